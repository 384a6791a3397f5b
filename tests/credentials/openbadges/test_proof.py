"""Signing and checking: exact bytes, and no word may change afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges.documents import credential_document
from credentials.openbadges.errors import (
    BadProof,
    NotSafe,
    NotSigned,
    OpenBadgesError,
    ProofNotSupported,
    SelfCheckFailed,
)
from credentials.openbadges.jsonld import Engine
from credentials.openbadges.proof import instant, read_instant, read_proofs, sign, verify_proof
from credentials.openbadges.report import Answer, Question
from credentials.openbadges.verify import verify
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    HOME,
    KEY,
    METHOD,
    OTHER_KEY,
    TODAY,
    signed,
)

SIGNED = json.loads(signed())

Path = tuple[str | int, ...]


def _leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, (*path, name))
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from _leaves(member, (*path, position))
    else:
        yield path


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _with(path: Path, value: Any) -> dict[str, Any]:
    changed: dict[str, Any] = deepcopy(SIGNED)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _without(path: Path) -> dict[str, Any]:
    changed: dict[str, Any] = deepcopy(SIGNED)
    del _at(changed, path[:-1])[path[-1]]
    return changed


def _signature(document: dict[str, Any]) -> Answer:
    report = verify(json.dumps(document).encode(), as_of=TODAY, ports=HOME)
    return report.finding(Question.SIGNATURE).answer


LEAVES = list(_leaves(SIGNED))

#: What says how to read or check it: another kind is not a forgery but not checked either.
KINDS = {
    ("@context", 0),
    ("@context", 1),
    ("@context", 2),
    ("proof", "type"),
    ("proof", "cryptosuite"),
}


def test_signature_of_the_untouched_badge_is_good() -> None:
    assert _signature(SIGNED) is Answer.YES
    assert len(LEAVES) > 60


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_signature_is_not_good_after_one_letter_is_added(path: Path) -> None:
    expected = Answer.UNCHECKED if path in KINDS else Answer.NO

    assert _signature(_with(path, f"{_at(SIGNED, path)}x")) is expected


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_signature_is_not_good_after_one_value_is_taken_out(path: Path) -> None:
    extensions = ("@context", 2)  # says nothing about any word of this badge

    assert (_signature(_without(path)) is Answer.YES) == (path == extensions)


def test_same_arguments_give_the_same_bytes() -> None:
    assert signed() == signed()


def test_signed_bytes_are_the_document_and_one_proof() -> None:
    proof = SIGNED["proof"]

    assert {name: member for name, member in SIGNED.items() if name != "proof"} == (
        credential_document(CONTENT)
    )
    assert {**proof, "proofValue": proof["proofValue"][:1]} == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-02T15:04:05Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "proofValue": "z",
    }


def test_proof_verifies_with_its_key_only() -> None:
    assert verify_proof(SIGNED, KEY.public_multibase)
    assert not verify_proof(SIGNED, OTHER_KEY.public_multibase)


def test_document_with_an_undefined_word_is_never_signed() -> None:
    document = {**credential_document(CONTENT), "undefinedWord": "x"}

    with pytest.raises(NotSafe):
        sign(document, KEY, verification_method=METHOD, created=AWARDED)


def test_signed_document_is_not_signed_again() -> None:
    with pytest.raises(BadProof):
        sign(SIGNED, KEY, verification_method=METHOD, created=AWARDED)


class _LosesTheProofPurpose(Engine):
    """An engine that leaves a statement unsigned, as a prototype once did."""

    def canonical_form(self, document: Any, hash_name: str = "sha256") -> str:
        kept = {name: member for name, member in document.items() if name != "proofPurpose"}
        return super().canonical_form(kept, hash_name)


def test_document_is_not_released_when_the_second_engine_disagrees() -> None:
    with pytest.raises(SelfCheckFailed):
        sign(
            credential_document(CONTENT),
            KEY,
            verification_method=METHOD,
            created=AWARDED,
            engine=_LosesTheProofPurpose(),
        )


@pytest.mark.parametrize(
    ("proof", "error"),
    [
        (None, NotSigned),
        ([], NotSigned),
        ("x", BadProof),
        ([SIGNED["proof"]] * 5, ProofNotSupported),
        ({"type": "RsaSignature2018"}, ProofNotSupported),
        ({"type": "Ed25519Signature2020"}, BadProof),
        ({**SIGNED["proof"], "cryptosuite": "ecdsa-sd-2023"}, ProofNotSupported),
        ({**SIGNED["proof"], "cryptosuite": ["eddsa-rdfc-2022"]}, ProofNotSupported),
        ({**SIGNED["proof"], "@context": "https://example.org/other"}, BadProof),
        ({**SIGNED["proof"], "previousProof": "urn:x"}, ProofNotSupported),
        ({**SIGNED["proof"], "proofPurpose": "authentication"}, BadProof),
        ({**SIGNED["proof"], "proofValue": "u" + "A" * 86}, BadProof),
        ({**SIGNED["proof"], "proofValue": "z0"}, BadProof),
        ({**SIGNED["proof"], "proofValue": "z11"}, BadProof),
        ({**SIGNED["proof"], "proofValue": "z" + "2" * 100_000}, BadProof),
        ({**SIGNED["proof"], "verificationMethod": {"id": METHOD}}, BadProof),
        ({**SIGNED["proof"], "created": "yesterday"}, BadProof),
        ({**SIGNED["proof"], "expires": 7}, BadProof),
    ],
)
def test_proof_in_another_form_is_refused(proof: Any, error: type[OpenBadgesError]) -> None:
    with pytest.raises(error):
        read_proofs({**SIGNED, "proof": proof})


def test_proof_of_another_kind_beside_ours_is_passed_over() -> None:
    both = {**SIGNED, "proof": [{"type": "RsaSignature2018"}, SIGNED["proof"]]}

    assert verify_proof(both, KEY.public_multibase)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T15:04:05Z", AWARDED),
        ("2026-03-02T16:04:05+01:00", AWARDED),
        ("2026-03-02T15:04:05.000Z", AWARDED),
        ("2026-03-02T15:04:05", None),
        ("2026-03-02", None),
        ("2026-13-02T15:04:05Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        (7, None),
    ],
)
def test_instants_are_read_with_their_zone_only(text: Any, moment: datetime | None) -> None:
    assert read_instant(text) == moment


def test_instant_is_written_in_utc_and_needs_a_zone() -> None:
    assert instant(AWARDED) == "2026-03-02T15:04:05Z"
    with pytest.raises(ValueError, match="zone"):
        instant(AWARDED.replace(tzinfo=None))


def test_moments_round_trip() -> None:
    assert read_instant(instant(TODAY)) == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
