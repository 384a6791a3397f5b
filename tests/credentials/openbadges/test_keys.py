"""Keys, their text forms and the documents that publish them."""

from __future__ import annotations

import pytest

from credentials.openbadges.errors import BadDid, BadKey, OpenBadgesError
from credentials.openbadges.keys import (
    SigningKey,
    did_document,
    did_key_document,
    did_web,
    did_web_url,
    signature_is_good,
    verification_method,
)
from credentials.openbadges.multibase import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multikey_decode,
)

UUID = "5f0c7a52-2a5e-4f0c-9d1f-0f3f6a1b2c3d"


def test_key_from_its_bytes_is_the_same_key() -> None:
    key = SigningKey.generate()

    again = SigningKey.from_bytes(key.to_bytes())

    assert again.public_multibase == key.public_multibase
    assert again.sign(b"x") == key.sign(b"x")


def test_key_never_shows_its_secret() -> None:
    key = SigningKey.from_bytes(bytes(range(32)))

    assert repr(key) == "SigningKey(z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd)"


def test_key_of_another_length_is_refused() -> None:
    with pytest.raises(BadKey):
        SigningKey.from_bytes(b"short")


def test_signature_is_good_only_for_its_key_and_data() -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"data")

    assert signature_is_good(key.public_multibase, signature, b"data")
    assert not signature_is_good(key.public_multibase, signature, b"date")
    assert not signature_is_good(other.public_multibase, signature, b"data")


@pytest.mark.parametrize("text", ["", "z6Mk", "z6Mk0", "zQ3sh", "u6Mk", "z6Mk" + "1" * 400])
def test_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        multikey_decode(text)


@pytest.mark.parametrize(
    ("raw", "text"), [(b"", ""), (b"\0\0", "11"), (b"\0\x01", "12"), (b"hello", "Cn8eVZg")]
)
def test_base58_goes_both_ways(raw: bytes, text: str) -> None:
    assert base58_encode(raw) == text
    assert base58_decode(text) == raw


def test_base58_of_unreasonable_length_is_refused() -> None:
    with pytest.raises(OpenBadgesError):
        base58_decode("2" * 257)


@pytest.mark.parametrize("text", ["=", "a", "é", "a b"])
def test_base64url_of_other_text_is_refused(text: str) -> None:
    with pytest.raises(OpenBadgesError):
        base64url_decode(text)


def test_base64url_goes_both_ways() -> None:
    assert base64url_encode(b"\xff\xfe") == "u__4"
    assert base64url_decode("__4") == b"\xff\xfe"


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://lead.example", f"did:web:lead.example:lc:issuers:{UUID}"),
        ("https://lead.example:8443/", f"did:web:lead.example%3A8443:lc:issuers:{UUID}"),
        ("http://localhost:8000", f"did:web:localhost%3A8000:lc:issuers:{UUID}"),
        ("https://lead.example/school", f"did:web:lead.example:school:lc:issuers:{UUID}"),
    ],
)
def test_did_web_of_a_base_address(base: str, did: str) -> None:
    assert did_web(base, "lc", "issuers", UUID) == did


@pytest.mark.parametrize(
    "base",
    [
        "",
        "lead.example",
        "ftp://a.b",
        "https://u:p@a.b",
        "https://a.b?c",
        "https://[::1]",
        "https://a:x",
    ],
)
def test_did_web_of_what_is_no_base_address_is_refused(base: str) -> None:
    with pytest.raises(BadDid):
        did_web(base, "lc")


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:lead.example", "https://lead.example/.well-known/did.json"),
        (
            f"did:web:lead.example%3A8443:lc:issuers:{UUID}",
            f"https://lead.example:8443/lc/issuers/{UUID}/did.json",
        ),
    ],
)
def test_did_web_url(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:web:",
        "did:key:z6Mk",
        "did:web:a.b::c",
        "did:web:a.b/../c",
        "did:web:a.b%2Fc",
        "did:web:a%40b",
        "did:web:a.b:..:c",
        "did:web:a.b:%2e%2e:c",
        "xdid:web:a.b",
        "did:web:a.b#k",
    ],
)
def test_what_is_no_did_web_has_no_url(did: str) -> None:
    with pytest.raises(BadDid):
        did_web_url(did)


def test_did_document_lists_names_as_text_and_keys_as_objects() -> None:
    key = SigningKey.from_bytes(bytes(range(32))).public_multibase

    assert did_document("did:web:a.b", [key]) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": "did:web:a.b",
        "verificationMethod": [
            {
                "id": f"did:web:a.b#{key}",
                "type": "Multikey",
                "controller": "did:web:a.b",
                "publicKeyMultibase": key,
            }
        ],
        "assertionMethod": [verification_method("did:web:a.b", key)],
    }


def test_did_key_document_stands_for_the_key_in_it() -> None:
    key = SigningKey.from_bytes(bytes(range(32))).public_multibase

    assert did_key_document(f"did:key:{key}")["assertionMethod"] == [f"did:key:{key}#{key}"]


def test_did_key_of_another_kind_is_refused() -> None:
    with pytest.raises(BadDid):
        did_key_document("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")
