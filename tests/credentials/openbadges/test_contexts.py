"""The pinned vocabularies are the files they claim to be."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from credentials.openbadges import contexts
from credentials.openbadges.contexts import PINNED, context_bytes, context_document

#: Words that verification reads from the JSON and that only one spelling may have.
READ = {
    "https://www.w3.org/2018/credentials#validFrom",
    "https://www.w3.org/2018/credentials#validUntil",
    "https://www.w3.org/2018/credentials#issuanceDate",
    "https://www.w3.org/2018/credentials#expirationDate",
    "https://www.w3.org/2018/credentials#credentialStatus",
    "https://www.w3.org/2018/credentials#credentialSubject",
    "https://www.w3.org/2018/credentials#issuer",
    "https://www.w3.org/ns/credentials/status#statusListIndex",
    "https://www.w3.org/ns/credentials/status#statusListCredential",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash",
}


@pytest.mark.parametrize("url", PINNED)
def test_context_has_the_hash_it_is_pinned_to(url: str) -> None:
    assert sha256(context_bytes(url)).hexdigest() == PINNED[url][1]


def test_every_context_file_has_its_origin_written_down() -> None:
    folder = files(contexts)
    origin = folder.joinpath("ORIGIN.md").read_text(encoding="utf-8")
    written = {name for name, digest in PINNED.values() if name in origin and digest in origin}

    kept = {entry.name for entry in folder.iterdir() if entry.name.endswith(".json")}

    assert written == kept


def test_no_context_names_another_one() -> None:
    imports = [
        url for url in PINNED if any(isinstance(c, str) for c in _contexts(context_document(url)))
    ]

    assert imports == []


def test_what_verification_reads_has_one_name_in_all_vocabularies() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for url in PINNED:
        for term, iri in _terms(context_document(url)):
            whole = iri.replace("cred:", "https://www.w3.org/2018/credentials#")
            if whole in READ and not term.startswith("@"):
                names[whole].add(term)

    assert {iri: len(terms) for iri, terms in names.items()} == dict.fromkeys(READ, 1)


def _contexts(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return []
    here = value.get("@context")
    found = here if isinstance(here, list) else [here]
    return found + [deeper for member in value.values() for deeper in _contexts(member)]


def _terms(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, list):
        return [found for member in value for found in _terms(member)]
    if not isinstance(value, dict):
        return []
    here = [
        (name, str(member.get("@id") if isinstance(member, dict) else member))
        for name, member in value.items()
    ]
    return here + [found for member in value.values() for found in _terms(member)]
