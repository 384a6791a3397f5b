"""Private keys at rest: sealed under LC_MASTER_KEY, opened only to sign."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

from credentials.conf import conf

_NONCE = 12  # bytes, NIST SP 800-38D section 5.2.1.1


def new_master_key() -> str:
    """32 random bytes as URL-safe base64: what LC_MASTER_KEY holds."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def seal(secret: bytes, *, purpose: str) -> bytes:
    """`secret` under AES-256-GCM; `purpose` must be given again to open it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_master()).encrypt(nonce, secret, purpose.encode())


def unseal(sealed: bytes, *, purpose: str, master_key: str | None = None) -> bytes:
    """The secret; raises ImproperlyConfigured where another master key sealed it.

    `master_key` stands in for this installation's while a backup is read.
    """
    try:
        box = AESGCM(_master(master_key))
        return box.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except InvalidTag:
        raise ImproperlyConfigured(
            "LC_MASTER_KEY does not open the signing keys in this database. Set the master key "
            "that was in use when they were made (it is part of a backup)."
        ) from None


def _master(given: str | None = None) -> bytes:
    try:
        key = base64.urlsafe_b64decode(given or conf().master_key)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(
            "LC_MASTER_KEY must be 32 bytes in URL-safe base64: `lc key new` prints one."
        )
    return key
