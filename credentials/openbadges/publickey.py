"""A public key of any kind that badges are signed with, its text forms, and what it has signed.

Sources: W3C Controlled Identifiers 1.0 (Multikey, JsonWebKey), RFC 7517, RFC 7518 section 6,
RFC 7638, RFC 8037.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials.openbadges.errors import BadKey, OpenBadgesError
from credentials.openbadges.multibase import (
    base64url_decode,
    base64url_encode,
    multikey_decode,
    multikey_encode,
)


class KeyKind(StrEnum):
    """Named as JWK names curves; RSA has none."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"


#: Weaker keys can be broken; larger ones only cost whoever checks (RFC 7518, section 3.3).
RSA_BITS: Final = range(2048, 8193)
_MAX_EXPONENT: Final = 2**32

_CURVES: Final[dict[KeyKind, tuple[ec.EllipticCurve, hashes.HashAlgorithm, int]]] = {
    KeyKind.P256: (ec.SECP256R1(), hashes.SHA256(), 32),
    KeyKind.P384: (ec.SECP384R1(), hashes.SHA384(), 48),
}
#: What a JWK of each kind may say that it is for.
_ALGORITHMS: Final = {
    KeyKind.ED25519: ("EdDSA", "Ed25519"),
    KeyKind.P256: ("ES256",),
    KeyKind.P384: ("ES384",),
    KeyKind.RSA: ("RS256",),
}
_SECRETS: Final = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")

_Key = Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class PublicKey:
    """One key; two are the same key when their thumbprints are equal."""

    kind: KeyKind
    key: _Key

    @classmethod
    def of(cls, key: _Key) -> Self:
        """The key as read by `cryptography`; raises BadKey for a kind or size not used here."""
        if isinstance(key, Ed25519PublicKey):
            return cls(KeyKind.ED25519, key)
        if isinstance(key, rsa.RSAPublicKey):
            if key.key_size not in RSA_BITS or key.public_numbers().e >= _MAX_EXPONENT:
                raise BadKey(f"An RSA key of {key.key_size} bits is not relied on here.")
            return cls(KeyKind.RSA, key)
        for kind, (curve, _, _) in _CURVES.items():
            if key.curve.name == curve.name:
                return cls(kind, key)
        raise BadKey(f"A key on the curve {key.curve.name} is not relied on here.")

    @classmethod
    def from_multibase(cls, text: str) -> Self:
        """The key in Multikey form (z6Mk..., zDna..., z82L...); raises BadKey."""
        name, raw = multikey_decode(text)
        kind = KeyKind(name)
        try:
            if kind is KeyKind.ED25519:
                return cls(kind, Ed25519PublicKey.from_public_bytes(raw))
            return cls(kind, ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[kind][0], raw))
        except ValueError:
            raise BadKey("The key is not a point on the curve.") from None

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> Self:
        """The key of a public JWK; raises BadKey, also for one that shows its secret part."""
        if any(name in jwk for name in _SECRETS):
            raise BadKey("The key is published with its secret part, so anybody could sign.")
        key = cls._of_jwk(jwk)
        operations, alg = jwk.get("key_ops", ["verify"]), jwk.get("alg")
        verifies = isinstance(operations, list) and "verify" in operations
        meant = alg is None or alg in _ALGORITHMS[key.kind]
        if jwk.get("use", "sig") != "sig" or not verifies or not meant:
            raise BadKey("The key is published for another use.")
        return key

    @classmethod
    def _of_jwk(cls, jwk: Mapping[str, Any]) -> Self:
        kty, crv = jwk.get("kty"), jwk.get("crv")
        try:
            if (kty, crv) == ("OKP", KeyKind.ED25519):
                return cls.of(Ed25519PublicKey.from_public_bytes(_bytes(jwk, "x", 32)))
            if kty == "EC" and crv in (KeyKind.P256, KeyKind.P384):
                curve, _, length = _CURVES[KeyKind(str(crv))]
                x, y = _number(jwk, "x", length), _number(jwk, "y", length)
                return cls.of(ec.EllipticCurvePublicNumbers(x, y, curve).public_key())
            if kty == "RSA":
                numbers = rsa.RSAPublicNumbers(_number(jwk, "e"), _number(jwk, "n"))
                return cls.of(numbers.public_key())
        except ValueError:
            raise BadKey("The key is written in a form that is no key.") from None
        raise BadKey(f"The key is of a kind that is not known here ({str(crv or kty)[:40]}).")

    @property
    def multibase(self) -> str:
        """The key in Multikey form; raises BadKey for RSA, which has none."""
        if isinstance(self.key, Ed25519PublicKey):
            return multikey_encode(self.kind, self.key.public_bytes_raw())
        if isinstance(self.key, rsa.RSAPublicKey):
            raise BadKey("An RSA key has no Multikey form here.")
        return multikey_encode(
            self.kind, self.key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        )

    @property
    def jwk(self) -> dict[str, str]:
        """The key as JWK with its required members only."""
        if isinstance(self.key, Ed25519PublicKey):
            raw = self.key.public_bytes_raw()
            return {"crv": str(self.kind), "kty": "OKP", "x": base64url_encode(raw)[1:]}
        if isinstance(self.key, rsa.RSAPublicKey):
            public = self.key.public_numbers()
            return {"e": _text(public.e), "kty": "RSA", "n": _text(public.n)}
        point, length = self.key.public_numbers(), _CURVES[self.kind][2]
        x, y = _text(point.x, length), _text(point.y, length)
        return {"crv": str(self.kind), "kty": "EC", "x": x, "y": y}

    @property
    def thumbprint(self) -> str:
        """RFC 7638 with SHA-256: the same for every way to write the key."""
        required = json.dumps(self.jwk, separators=(",", ":"), sort_keys=True)
        return base64url_encode(sha256(required.encode()).digest())[1:]

    def has_signed(self, data: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's: Ed25519, ECDSA as r and s in fixed length, or RS256.

        The hash of ECDSA goes with the curve: SHA-256 for P-256, SHA-384 for P-384.
        """
        try:
            if isinstance(self.key, Ed25519PublicKey):
                self.key.verify(signature, data)
            elif isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                _, algorithm, length = _CURVES[self.kind]
                if len(signature) != 2 * length:
                    return False
                r, s = signature[:length], signature[length:]
                pair = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
                self.key.verify(pair, data, ec.ECDSA(algorithm))
        except InvalidSignature:
            return False
        return True


def _bytes(jwk: Mapping[str, Any], name: str, length: int | None = None) -> bytes:
    value = jwk.get(name)
    try:
        found = base64url_decode(value) if isinstance(value, str) and len(value) <= 2048 else b""
    except OpenBadgesError:
        found = b""
    if not found or (length is not None and len(found) != length):
        raise BadKey("The key is written in a form that is no key.")
    return found


def _number(jwk: Mapping[str, Any], name: str, length: int | None = None) -> int:
    return int.from_bytes(_bytes(jwk, name, length), "big")


def _text(number: int, length: int | None = None) -> str:
    size = (number.bit_length() + 7) // 8 if length is None else length
    return base64url_encode(number.to_bytes(size, "big"))[1:]
