"""Our own keys: what platforms find at /lti/jwks, and what signs for us."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from jwt.algorithms import RSAAlgorithm

from lti_tool.models import ToolKey
from lti_tool.sealing import box

ALGORITHM: Final = "RS256"  # security framework, 5.1.2: the one that every platform knows
#: A key is seen by platforms with a cached set before it signs, and for long after.
PUBLISHED_BEFORE: Final = timedelta(days=1)
PUBLISHED_AFTER: Final = timedelta(days=30)
_PURPOSE: Final = "tool key"


def ensure(*, now: datetime) -> None:
    """There is a key that signs and one that will; repeatable, in one transaction."""
    with transaction.atomic():
        for state in (ToolKey.State.ACTIVE, ToolKey.State.NEXT):
            if not ToolKey.objects.filter(state=state, current=True).exists():
                _make(state, now=now)


@transaction.atomic
def rotate(*, now: datetime) -> ToolKey:
    """The next key signs from now on, a new one is next, the old one stays published 30 days."""
    ensure(now=now)
    old = ToolKey.objects.select_for_update().get(state=ToolKey.State.ACTIVE, current=True)
    following = ToolKey.objects.select_for_update().get(state=ToolKey.State.NEXT, current=True)
    old.state, old.current, old.retired_at = ToolKey.State.RETIRED, None, now
    old.save(update_fields=["state", "current", "retired_at"])
    following.state = ToolKey.State.ACTIVE
    following.save(update_fields=["state"])
    _make(ToolKey.State.NEXT, now=now)
    return following


def next_is_known(*, now: datetime) -> bool:
    """Whether platforms with a cached key set have had time to see the key that signs next."""
    row = ToolKey.objects.filter(state=ToolKey.State.NEXT, current=True).first()
    return row is None or row.created_at <= now - PUBLISHED_BEFORE


def published(*, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """The key set as platforms fetch it (RFC 7517, section 5)."""
    rows = ToolKey.objects.order_by("pk")
    keys = [
        dict(row.public_jwk)
        for row in rows
        if row.retired_at is None or row.retired_at > now - PUBLISHED_AFTER
    ]
    return {"keys": keys}


def sign(claims: Mapping[str, Any]) -> str:
    """A compact JWT under the key that signs now; raises ImproperlyConfigured where none does."""
    row = ToolKey.objects.filter(state=ToolKey.State.ACTIVE, current=True).first()
    if row is None:
        raise ImproperlyConfigured("This tool has no key yet: `lc platform add` makes one.")
    private = _opened(row.kid, bytes(row.sealed_private))
    return jwt.encode(dict(claims), private, algorithm=ALGORITHM, headers={"kid": row.kid})


def reseal(old_key: str, **_: object) -> None:
    """Receiver of `master_key_changed`: the same keys sign after a restore elsewhere."""
    for row in ToolKey.objects.all():
        secret = box(_PURPOSE, old_key).decrypt(bytes(row.sealed_private))
        row.sealed_private = box(_PURPOSE).encrypt(secret)
        row.save(update_fields=["sealed_private"])


def _make(state: str, *, now: datetime) -> ToolKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = secrets.token_urlsafe(16)
    public = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ToolKey.objects.create(
        kid=kid,
        public_jwk={
            "kty": "RSA",
            "kid": kid,
            "alg": ALGORITHM,
            "use": "sig",
            "n": public["n"],
            "e": public["e"],
        },
        sealed_private=box(_PURPOSE).encrypt(pem),
        state=state,
        created_at=now,
    )


@lru_cache(maxsize=4)
def _opened(kid: str, sealed: bytes) -> rsa.RSAPrivateKey:
    """Kept open: checking an RSA key at every load takes 70 times as long as a signature."""
    key = load_pem_private_key(box(_PURPOSE).decrypt(sealed), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ImproperlyConfigured(f"The tool key {kid} is no RSA key.")
    return key
