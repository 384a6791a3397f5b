"""Published vectors, byte for byte (1EdTech OB 3.0 and CLR 2.0 guides, W3C vc-di-eddsa)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from html import unescape
from typing import Any

import pytest

from credentials.openbadges import TrustAnswer, Verdict, did_document, verify
from credentials.openbadges.jsonld import ENGINE, Engine
from credentials.openbadges.keys import SigningKey, signature_is_good
from credentials.openbadges.multibase import base58_decode
from credentials.openbadges.proof import (
    document_digest,
    hash_data,
    read_proofs,
    signed_data,
    verify_proof,
)
from tests.credentials.openbadges.issued import HOME, TODAY
from tests.credentials.openbadges.vectors import folder

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
W3C = Engine({EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}})


def _json_after(page: str, marker: str) -> dict[str, Any]:
    begin = page.index("{", page.index(marker))
    found, _ = json.JSONDecoder().raw_decode(page[begin:])
    assert isinstance(found, dict)
    return found


def _code_after(page: str, marker: str) -> str:
    """The text of the first code element after the last place that names `marker`."""
    found = re.search(r"<code\s*>([^<]*)</code", page[page.rindex(marker) :])
    assert found is not None
    return unescape(found[1]).strip()


def _page(kind: str) -> str:
    name = {"ob30": "linked-data-proof-ob.html", "clr20": "linked-data-proof-clr.html"}[kind]
    return (folder() / "ob30" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["ob30", "clr20"])
def test_1edtech_documents_have_the_published_canonical_form(kind: str) -> None:
    document = _json_after(_page(kind), "The credential used in the example is")

    form = ENGINE.compiled_form(document)

    assert form.encode() == (folder() / kind / "document-canon.txt").read_bytes()


@pytest.mark.parametrize("kind", ["ob30", "clr20"])
def test_pyld_gives_the_same_form(kind: str) -> None:
    document = _json_after(_page(kind), "The credential used in the example is")

    assert ENGINE.general_form(document) == ENGINE.expanded_form(document)
    assert ENGINE.expanded_form(document) == ENGINE.compiled_form(document)


@pytest.mark.parametrize("kind", ["ob30", "clr20"])
def test_1edtech_documents_have_the_published_hashes_and_signatures(kind: str) -> None:
    page = _page(kind)
    secret = bytes.fromhex(
        re.findall(r"6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4", page)[0]
    )
    document = _json_after(page, "Signed credential")
    (proof,) = read_proofs(document)
    digest = document_digest(document)
    data = hash_data(digest, proof.options, document["@context"])

    assert digest.hex() == _code_after(page, "Document hash (hex)")
    assert data.hex() == _code_after(page, "Data to sign (hex)")
    assert SigningKey.from_bytes(secret).sign(data).hex() == _code_after(page, "Signature (hex)")
    assert verify_proof(document, SigningKey.from_bytes(secret).public_multibase)


@pytest.mark.parametrize("kind", ["ob30", "clr20"])
def test_1edtech_proofs_have_the_published_canonical_form(kind: str) -> None:
    document = _json_after(_page(kind), "Signed credential")
    (proof,) = read_proofs(document)

    form = ENGINE.compiled_form({**proof.options, "@context": document["@context"]})

    assert form.encode() == (folder() / kind / "proof-canon.txt").read_bytes()


def test_1edtech_record_is_verified_with_the_badge_in_it() -> None:
    document = _json_after(_page("clr20"), "Signed credential")
    (proof,) = read_proofs(document)
    ports = replace(
        HOME,
        resolve_issuer=lambda issuer: did_document(issuer, [proof.key_name]),
        trust=lambda issuer, as_of: TrustAnswer(known=True, list_name="Vectors"),
    )

    report = verify(json.dumps(document).encode(), as_of=TODAY, ports=ports)

    assert report.verdict is Verdict.VERIFIED
    assert [part.verdict for part in report.parts] == [Verdict.VERIFIED]


def _w3c(name: str) -> str:
    return (folder() / "vc-di-eddsa" / name).read_text(encoding="utf-8")


def _w3c_signed() -> dict[str, Any]:
    document = json.loads(_w3c("eddsa-rdfc-2022/signedDataInt.json"))
    assert isinstance(document, dict)
    return document


def test_w3c_document_and_proof_have_the_published_canonical_forms_and_hashes() -> None:
    document = _w3c_signed()
    (proof,) = read_proofs(document)
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    document_form = W3C.compiled_form(unsigned)
    proof_form = W3C.compiled_form({**proof.options, "@context": document["@context"]})

    assert document_form == _w3c("eddsa-rdfc-2022/canonDocDataInt.txt")
    assert proof_form == _w3c("eddsa-rdfc-2022/proofCanonDataInt.txt")
    assert _hex(document_form) == _w3c("eddsa-rdfc-2022/docHashDataInt.txt")
    assert _hex(proof_form) == _w3c("eddsa-rdfc-2022/proofHashDataInt.txt")


def test_w3c_signature_is_reproduced_with_the_published_key() -> None:
    pair = json.loads(_w3c("keyPair.json"))
    secret = base58_decode(pair["privateKeyMultibase"][1:])[2:]
    document = _w3c_signed()
    (proof,) = read_proofs(document)
    digest = document_digest(document, engine=W3C)
    data = hash_data(digest, proof.options, document["@context"], engine=W3C)

    assert data.hex() == _w3c("eddsa-rdfc-2022/combinedHashDataInt.txt")
    assert SigningKey.from_bytes(secret).sign(data) == proof.signature
    assert proof.signature.hex() == _w3c("eddsa-rdfc-2022/sigHexDataInt.txt")
    assert verify_proof(document, pair["publicKeyMultibase"], engine=W3C)


def test_w3c_legacy_signature_is_reproduced_with_the_published_key() -> None:
    pair = json.loads(_w3c("keyPair.json"))
    secret = base58_decode(pair["privateKeyMultibase"][1:])[2:]
    document = json.loads(_w3c("Ed25519Signature2020/signedEdSig.json"))
    (proof,) = read_proofs(document)
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    data = signed_data(document, proof, document_digest(document, engine=W3C), engine=W3C)

    assert W3C.canonical_form(unsigned) == _w3c("Ed25519Signature2020/canonDocEdSig.txt")
    assert data.hex() == _w3c("Ed25519Signature2020/combinedHashEdSig.txt")
    assert SigningKey.from_bytes(secret).sign(data) == proof.signature
    assert verify_proof(document, pair["publicKeyMultibase"], engine=W3C)


def test_w3c_employment_vector_is_right_from_its_canonical_forms_on() -> None:
    """Its citizenship vocabulary is not pinned, so the published canonical forms are taken."""
    forms = [
        _w3c(f"eddsa-rdfc-2022/employ/{n}.txt") for n in ("proofCanonDataInt", "canonDocDataInt")
    ]
    data = bytes.fromhex("".join(_hex(form) for form in forms))
    signature = bytes.fromhex(_w3c("eddsa-rdfc-2022/employ/sigHexDataInt.txt"))
    key = json.loads(_w3c("keyPair.json"))["publicKeyMultibase"]

    assert data.hex() == _w3c("eddsa-rdfc-2022/employ/combinedHashDataInt.txt")
    assert signature_is_good(key, signature, data)


def _hex(form: str) -> str:
    return sha256(form.encode()).hexdigest()
