"""An issuer's private keys for badges as tokens: P-256 for ES256, RSA for RS256.

Source: Open Badges 3.0, section "JSON Web Token Proof Format"; RFC 7518, sections 3.3 and 3.4.
"""

from __future__ import annotations

from typing import Final, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from joserfc.jwk import ECKey, RSAKey

from credentials.openbadges.errors import BadKey
from credentials.openbadges.publickey import KeyKind, PublicKey

ES256: Final = "ES256"
RS256: Final = "RS256"

_ALGORITHMS: Final = {KeyKind.P256: ES256, KeyKind.RSA: RS256}
_RSA_BITS: Final = 3072


class TokenKey:
    """A private key for tokens; its text form never shows the secret."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        """Raises BadKey for a curve or a size that tokens of badges are not signed with."""
        self.public = PublicKey.of(private.public_key())
        if self.public.kind not in _ALGORITHMS:
            raise BadKey(f"Tokens are not signed with a key on {self.public.kind}.")
        self._private = private

    @classmethod
    def generate(cls, alg: str = ES256) -> Self:
        """A new key from the operating system's randomness; raises BadKey for another `alg`."""
        if alg == ES256:
            return cls(ec.generate_private_key(ec.SECP256R1()))
        if alg == RS256:
            return cls(rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS))
        raise BadKey(f"Tokens are signed with {ES256} or {RS256}, not with {alg}.")

    @classmethod
    def from_bytes(cls, der: bytes) -> Self:
        """The key of these PKCS #8 bytes (DER, not encrypted); raises BadKey."""
        try:
            private = load_der_private_key(der, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise BadKey("These bytes are not a private key in the form PKCS #8.") from None
        if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise BadKey("Tokens are signed with a P-256 or an RSA key.")
        return cls(private)

    def to_bytes(self) -> bytes:
        """The secret as PKCS #8 (DER, not encrypted): to be stored encrypted, never logged."""
        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @property
    def alg(self) -> str:
        """How it signs: "ES256" or "RS256"."""
        return _ALGORITHMS[self.public.kind]

    @property
    def public_jwk(self) -> dict[str, str]:
        """The public key as the issuer publishes it; `kid` is its thumbprint."""
        return token_jwk(self.public)

    def jose(self) -> ECKey | RSAKey:
        """The key as joserfc signs with it."""
        if isinstance(self._private, rsa.RSAPrivateKey):
            return RSAKey(self._private, None)
        return ECKey(self._private, None)

    def __repr__(self) -> str:
        return f"TokenKey({self.alg}, {self.public.thumbprint})"


def token_jwk(key: PublicKey) -> dict[str, str]:
    """A public key for tokens as its issuer publishes it; raises BadKey for another kind."""
    if key.kind not in _ALGORITHMS:
        raise BadKey(f"Tokens are not signed with a key on {key.kind}.")
    return {**key.jwk, "alg": _ALGORITHMS[key.kind], "kid": key.thumbprint, "use": "sig"}
