"""Keys for tokens: kept, shown and named, never with the secret."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from credentials.openbadges import did_document
from credentials.openbadges.errors import BadKey
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.tokenkeys import TokenKey
from tests.credentials.openbadges.issued import KEY
from tests.credentials.openbadges.other_proofs import P256, P384
from tests.credentials.openbadges.tokens import ES256, RS256

KEYS = pytest.mark.parametrize("key", [ES256, RS256], ids=["ES256", "RS256"])


@KEYS
def test_key_from_its_bytes_is_the_same_key(key: TokenKey) -> None:
    assert TokenKey.from_bytes(key.to_bytes()).public_jwk == key.public_jwk


@KEYS
def test_key_never_shows_its_secret(key: TokenKey) -> None:
    assert repr(key) == str(key) == f"TokenKey({key.alg}, {key.public.thumbprint})"
    assert {"d", "p", "q", "dp", "dq", "qi"} & key.public_jwk.keys() == set()


@KEYS
def test_public_jwk_is_read_back_as_the_same_key(key: TokenKey) -> None:
    assert PublicKey.from_jwk(key.public_jwk).thumbprint == key.public_jwk["kid"]


def test_thumbprint_is_the_one_of_rfc_7638() -> None:
    n = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_B"
        "JECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_F"
        "DW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4"
        "vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    key = PublicKey.from_jwk({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256"})

    assert key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize("alg", ["EdDSA", "HS256", "none"])
def test_key_for_another_algorithm_is_not_made(alg: str) -> None:
    with pytest.raises(BadKey):
        TokenKey.generate(alg)


@pytest.mark.parametrize("der", [b"", b"secret", KEY.to_bytes()])
def test_bytes_that_are_no_key_are_refused(der: bytes) -> None:
    with pytest.raises(BadKey):
        TokenKey.from_bytes(der)


def test_key_on_another_curve_or_too_short_is_refused() -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  # refused below

    for private in (P384, ec.generate_private_key(ec.SECP256K1()), short):
        with pytest.raises(BadKey):
            TokenKey(private)


def test_ed25519_key_is_not_one_for_tokens() -> None:
    der = _pkcs8(Ed25519PrivateKey.generate())

    with pytest.raises(BadKey):
        TokenKey.from_bytes(der)


def _pkcs8(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def test_public_keys_of_all_curves_keep_their_text_forms() -> None:
    keys = [PublicKey.of(key.public_key()) for key in (P256, P384)]
    keys.append(PublicKey.from_multibase(KEY.public_multibase))

    assert [key.multibase[:4] for key in keys] == ["zDna", "z82L", "z6Mk"]
    assert [PublicKey.from_multibase(key.multibase).jwk for key in keys] == [
        PublicKey.from_jwk(key.jwk).jwk for key in keys
    ]


def test_rsa_key_has_no_multikey_form() -> None:
    with pytest.raises(BadKey):
        _ = RS256.public.multibase


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "oct"},
        {"crv": "secp256k1"},
        {"crv": "P-384"},
        {"x": ES256.public.jwk["y"]},
        {"x": ES256.public.jwk["x"] + "AAAA"},
        {"x": "="},
        {"x": 7},
        {"x": None},
        {"d": "AAAA"},
        {"use": "enc"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"alg": "RS256"},
    ],
)
def test_jwk_in_another_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadKey):
        PublicKey.from_jwk({**ES256.public_jwk, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"n": "AQAB"},
        {"n": "_" * 2_048},
        {"n": "A" * 4_000},
        {"e": "AQ"},
        {"e": "AAAA"},
        {"e": "AQAAAAE"},
        {"alg": "PS256"},
    ],
)
def test_rsa_key_too_weak_or_too_costly_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadKey):
        PublicKey.from_jwk({**RS256.public_jwk, **changes})


def test_did_document_lists_keys_for_tokens_beside_the_others() -> None:
    document = did_document("did:web:a.b", [KEY.public_multibase], [ES256.public_jwk])
    names = [f"did:web:a.b#{KEY.public_multibase}", f"did:web:a.b#{ES256.public.thumbprint}"]

    assert document["assertionMethod"] == names
    assert document["@context"][-1] == "https://w3id.org/security/jwk/v1"
    assert document["verificationMethod"][1] == {
        "id": names[1],
        "type": "JsonWebKey",
        "controller": "did:web:a.b",
        "publicKeyJwk": ES256.public_jwk,
    }


def test_did_document_says_from_when_a_key_is_revoked() -> None:
    moment = "2026-10-01T00:00:00Z"
    revoked = {KEY.public_multibase: moment, ES256.public.thumbprint: moment}

    document = did_document("did:web:a.b", [KEY.public_multibase], [ES256.public_jwk], revoked)

    assert [method["revoked"] for method in document["verificationMethod"]] == [moment, moment]
