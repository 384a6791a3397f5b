"""Badges as tokens, made by hand: any header, any payload, any key of the issuer's or another's."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from credentials.openbadges import Ports, TokenKey, did_document
from credentials.openbadges.publickey import PublicKey
from tests.credentials.openbadges.issued import AWARDED, HOME, ISSUER, KEY, SUBJECT
from tests.credentials.openbadges.other_proofs import ED25519_2020, P256, SMALL, in_data_model_1

ES256 = TokenKey(P256)
RS256 = TokenKey.generate("RS256")
STRANGER = TokenKey.generate()

BEGINS = int(AWARDED.timestamp())
CLAIMS = {"iss": ISSUER, "jti": SMALL["id"], "sub": SUBJECT, "nbf": BEGINS}
PAYLOAD: dict[str, Any] = {**SMALL, **CLAIMS}

#: The same badge as tokens of data model 1.1 hold it.
PAYLOAD_1: dict[str, Any] = {"vc": in_data_model_1(SMALL, ED25519_2020), **CLAIMS}

Signer = Callable[[bytes], bytes]


def method(key: TokenKey) -> str:
    """The name under which the issuer lists a key for tokens."""
    return f"{ISSUER}#{key.public.thumbprint}"


def eddsa_jwk() -> dict[str, str]:
    """The issuer's Ed25519 key as JWK."""
    public = PublicKey.from_multibase(KEY.public_multibase)
    return {**public.jwk, "kid": public.thumbprint}


def did() -> dict[str, Any]:
    """The issuer's document with one key of each kind for tokens."""
    jwks = [ES256.public_jwk, RS256.public_jwk, eddsa_jwk()]
    return did_document(ISSUER, [KEY.public_multibase], jwks)


#: The installation of the issuer of these tokens.
TOKEN_HOME: Ports = replace(HOME, resolve_issuer=lambda issuer: did())


def encoded(value: Any) -> bytes:
    """A part of a token."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def signer(key: TokenKey) -> Signer:
    """Signs as RFC 7518 has it, without the library that the product signs with."""
    private: Any = load_der_private_key(key.to_bytes(), None)

    def rsa(data: bytes) -> bytes:
        return private.sign(data, padding.PKCS1v15(), SHA256())

    def ecdsa(data: bytes) -> bytes:
        r, s = decode_dss_signature(private.sign(data, ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return rsa if key.alg == "RS256" else ecdsa


def token(
    payload: Any = PAYLOAD,
    key: TokenKey = ES256,
    *,
    sign: Signer | None = None,
    **header: Any,
) -> bytes:
    """A token; `header` replaces or adds to the usual one, and None leaves a member out."""
    usual = {"alg": key.alg, "kid": method(key), "typ": "JWT"}
    members = {name: value for name, value in {**usual, **header}.items() if value is not None}
    signed = encoded(members) + b"." + encoded(payload)
    return signed + b"." + encoded((sign or signer(key))(signed))


#: A name for each kind of token -> a badge in it.
TOKENS: dict[str, bytes] = {
    "ES256": token(),
    "RS256": token(key=RS256),
    "EdDSA": token(alg="EdDSA", kid=f"{ISSUER}#{KEY.public_multibase}", sign=KEY.sign),
    "EdDSA by JWK": token(alg="EdDSA", kid=f"{ISSUER}#{eddsa_jwk()['kid']}", sign=KEY.sign),
    "Ed25519": token(alg="Ed25519", kid=f"#{KEY.public_multibase}", sign=KEY.sign),
    "ES256 in data model 1.1": token(PAYLOAD_1),
    "vc+jwt": token(SMALL, typ="vc+jwt"),
}
