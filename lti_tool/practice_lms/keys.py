"""The platform's own signing key: made at the first run, readable by its owner alone."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """An RSA key and the name it is published under."""

    private: RSAPrivateKey
    kid: str

    def public_set(self) -> dict[str, Any]:
        """The JWK Set that tools fetch (RFC 7517)."""
        return {"keys": [self._public()]}

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT of those claims, RS256 (security 1.0, 5.1.2)."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.kid})

    def _public(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "kid": self.kid,
            "n": _base64url(numbers.n),
            "e": _base64url(numbers.e),
        }


def load_or_make(path: Path) -> SigningKey:
    """The key in that file; made there (mode 0600) when there is none."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _named(path.read_bytes())
    private = generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return _named(pem)


def _named(pem: bytes) -> SigningKey:
    private = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(private, RSAPrivateKey):
        raise ValueError("The practice LMS signs with RSA: delete its key file to make a new one.")
    numbers = private.public_key().public_numbers()
    # the thumbprint of RFC 7638: the members in this order, without spaces
    members = {"e": _base64url(numbers.e), "kty": "RSA", "n": _base64url(numbers.n)}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()
    return SigningKey(private=private, kid=base64.urlsafe_b64encode(digest).rstrip(b"=").decode())


def _base64url(number: int) -> str:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
