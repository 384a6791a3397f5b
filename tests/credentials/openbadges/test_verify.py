"""Dora asks: each question, its yes, its no and its "could not check", in her words."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Ports,
    Question,
    Report,
    TrustAnswer,
    Verdict,
    bake_png,
    did_document,
    verification_method,
    verify,
)
from credentials.openbadges.documents import credential_document
from tests.credentials.openbadges.issued import (
    AWARDED,
    AWAY,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
    KEY,
    METHOD,
    OTHER_KEY,
    SUBJECT,
    TODAY,
    fetching,
    own_did,
    signed,
    signed_document,
    signed_list,
    tiny_png,
)

Q = Question


def _ask(data: bytes, ports: Ports = HOME, as_of: datetime = TODAY, **more: Any) -> Report:
    return verify(data, as_of=as_of, ports=ports, **more)


def _codes(report: Report) -> dict[str, tuple[str, str]]:
    return {str(f.question): (str(f.answer), f.code) for f in report.findings}


def _document(**changes: Any) -> dict[str, Any]:
    return {**credential_document(CONTENT), **changes}


@pytest.mark.parametrize("data", [signed(), bake_png(tiny_png(), signed())], ids=["json", "png"])
def test_good_badge_is_verified_by_the_installation_that_issued_it(data: bytes) -> None:
    report = _ask(data)

    assert report.verdict is Verdict.VERIFIED
    assert _codes(report) == {
        "readable": ("yes", "read"),
        "well_formed": ("yes", "well-formed"),
        "issuer_known": ("yes", "known"),
        "signature": ("yes", "signed"),
        "not_expired": ("yes", "valid"),
        "not_revoked": ("yes", "not-revoked"),
        "recipient": ("unchecked", "not-asked"),
        "alignment": ("yes", "there"),
        "endorsed": ("unchecked", "none-carried"),
    }


def test_good_badge_is_verified_elsewhere_over_the_network() -> None:
    ports = replace(AWAY, fetch=fetching(did=json.dumps(own_did()).encode(), status=signed_list()))

    report = _ask(signed(), ports)

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Q.ALIGNMENT).code == "elsewhere"


def test_foreign_badge_without_network_could_not_be_checked() -> None:
    report = _ask(signed(), AWAY)

    assert report.verdict is Verdict.COULD_NOT_CHECK
    assert report.finding(Q.SIGNATURE).code == "issuer-unreachable"
    assert report.finding(Q.NOT_REVOKED).code == "status-list-unreachable"
    assert report.finding(Q.ISSUER_KNOWN).code == "not-proven"


def test_altered_badge_is_told_apart_without_network() -> None:
    altered = signed().replace(b"Shared Vision", b"Shared Vipion")

    report = _ask(altered, AWAY)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert report.finding(Q.SIGNATURE).code == "altered"


def test_every_question_is_answered_after_a_no() -> None:
    altered = json.loads(signed(replace(CONTENT, valid_until=AWARDED + timedelta(days=1))))
    altered["name"] = "Another"
    ports = replace(HOME, status_list=lambda url: signed_list(INDEX))

    codes = _codes(_ask(json.dumps(altered).encode(), ports, recipient="urn:uuid:else"))

    assert codes == {
        "readable": ("yes", "read"),
        "well_formed": ("yes", "well-formed"),
        "issuer_known": ("unchecked", "not-proven"),
        "signature": ("no", "altered"),
        "not_expired": ("no", "expired"),
        "not_revoked": ("no", "revoked"),
        "recipient": ("no", "someone-else"),
        "alignment": ("yes", "there"),
        "endorsed": ("unchecked", "none-carried"),
    }


def test_moment_without_zone_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        _ask(signed(), as_of=TODAY.replace(tzinfo=None))


# --- validity --------------------------------------------------------------------------------

ENDS = datetime(2027, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        (AWARDED - SECOND, "not-yet"),
        (AWARDED, "valid"),
        (ENDS, "valid"),
        (ENDS + SECOND, "expired"),
    ],
)
def test_validity_is_judged_at_the_moment_asked_about(as_of: datetime, code: str) -> None:
    data = signed(replace(CONTENT, valid_until=ENDS))

    assert _ask(data, as_of=as_of).finding(Q.NOT_EXPIRED).code == code


def test_expired_badge_is_not_called_forged() -> None:
    report = _ask(signed(replace(CONTENT, valid_until=ENDS)), as_of=ENDS + SECOND)

    assert report.finding(Q.SIGNATURE).answer is Answer.YES
    assert report.finding(Q.NOT_EXPIRED).reason == (
        "It was valid until 1 January 2027; asked about 1 January 2027."
    )
    assert report.verdict is Verdict.NOT_VERIFIED


@pytest.mark.parametrize("value", [["2020-01-01T00:00:00Z"], "soon", {"@value": "2020"}, 7])
def test_end_that_cannot_be_read_is_never_valid(value: Any) -> None:
    document = json.loads(signed())
    document["validUntil"] = value

    report = _ask(json.dumps(document).encode())

    assert report.finding(Q.NOT_EXPIRED).answer is Answer.UNCHECKED
    assert report.finding(Q.WELL_FORMED).answer is Answer.NO


# --- who issued it ---------------------------------------------------------------------------


def test_issuer_on_no_list_is_not_known() -> None:
    ports = replace(HOME, trust=lambda issuer, as_of: TrustAnswer(known=False))

    finding = _ask(signed(), ports).finding(Q.ISSUER_KNOWN)

    assert (finding.answer, finding.code) == (Answer.NO, "not-on-list")


def test_issuer_without_a_list_at_hand_could_not_be_checked() -> None:
    ports = replace(HOME, trust=lambda issuer, as_of: TrustAnswer(known=None))

    assert _ask(signed(), ports).verdict is Verdict.COULD_NOT_CHECK


def test_known_issuer_is_told_with_list_date_and_legal_name() -> None:
    assert _ask(signed()).finding(Q.ISSUER_KNOWN).reason == (
        'Ridgeline Unified School District is on the list "State list of programs" '
        "of 1 September 2026."
    )


def test_forger_who_writes_a_known_issuer_into_the_badge_is_not_known() -> None:
    method = verification_method(ISSUER, OTHER_KEY.public_multibase)
    forged = signed(key=OTHER_KEY, method=method)

    report = _ask(forged)

    assert report.finding(Q.SIGNATURE).code == "key-not-listed"
    assert report.finding(Q.ISSUER_KNOWN).answer is Answer.UNCHECKED


def test_badge_signed_by_somebody_else_says_so() -> None:
    did = f"did:key:{OTHER_KEY.public_multibase}"
    method = verification_method(did, OTHER_KEY.public_multibase)

    assert _ask(signed(key=OTHER_KEY, method=method)).finding(Q.SIGNATURE).code == "other-signer"


def test_badge_of_a_did_key_issuer_needs_no_network() -> None:
    did = f"did:key:{KEY.public_multibase}"
    content = replace(CONTENT, issuer=replace(CONTENT.issuer, id=did))
    method = verification_method(did, KEY.public_multibase)

    assert _ask(signed(content, method=method), AWAY).finding(Q.SIGNATURE).answer is Answer.YES


def _with_did(**changes: Any) -> Ports:
    document = {**own_did(), **changes}
    return replace(HOME, resolve_issuer=lambda issuer: document)


METHOD_OBJECT = own_did()["verificationMethod"][0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"assertionMethod": []}, "key-not-listed"),
        ({"assertionMethod": None}, "key-not-listed"),
        ({"assertionMethod": [7, {}]}, "key-not-listed"),
        ({"assertionMethod": [f"#{KEY.public_multibase}"]}, "signed"),
        ({"assertionMethod": [METHOD_OBJECT]}, "signed"),
        ({"assertionMethod": METHOD}, "signed"),
        ({"verificationMethod": []}, "signed"),
        (
            {"verificationMethod": [{**METHOD_OBJECT, "controller": "did:web:other"}]},
            "key-not-listed",
        ),
        (
            {
                "verificationMethod": [
                    {**METHOD_OBJECT, "publicKeyMultibase": OTHER_KEY.public_multibase}
                ]
            },
            "key-not-listed",
        ),
        (
            {"verificationMethod": [{**METHOD_OBJECT, "revoked": "2026-10-01T00:00:00Z"}]},
            "key-withdrawn",
        ),
        ({"verificationMethod": [{**METHOD_OBJECT, "expires": "2027-10-01T00:00:00Z"}]}, "signed"),
        ({"verificationMethod": [{**METHOD_OBJECT, "revoked": "soon"}]}, "key-withdrawn"),
    ],
)
def test_key_counts_only_as_the_issuer_lists_it(changes: dict[str, Any], code: str) -> None:
    assert _ask(signed(), _with_did(**changes)).finding(Q.SIGNATURE).code == code


@pytest.mark.parametrize(
    ("named", "code"),
    [
        (KEY.public_multibase, "signed"),
        (OTHER_KEY.public_multibase, "altered"),
        ("z6MkX", "bad-key"),
    ],
)
def test_key_with_a_name_of_its_own_is_looked_up(named: str, code: str) -> None:
    method = f"{ISSUER}#key-1"
    did = did_document(ISSUER, [])
    did["verificationMethod"] = [{**METHOD_OBJECT, "id": method, "publicKeyMultibase": named}]
    did["assertionMethod"] = [method]
    ports = replace(HOME, resolve_issuer=lambda issuer: did)

    assert _ask(signed(method=method), ports).finding(Q.SIGNATURE).code == code


@pytest.mark.parametrize("did", [b"", b"<html>", b"[]", b'{"id":"did:web:other"}', b"[" * 999])
def test_issuer_document_that_is_none_leaves_the_signature_unchecked(did: bytes) -> None:
    ports = replace(AWAY, fetch=fetching(did=did))

    assert _ask(signed(), ports).finding(Q.SIGNATURE).code == "issuer-unreachable"


def test_issuer_is_looked_up_once_for_badge_and_list() -> None:
    asked: list[str] = []

    def resolve(issuer: str) -> dict[str, Any]:
        asked.append(issuer)
        return own_did()

    _ask(signed(), replace(HOME, resolve_issuer=resolve))

    assert asked == [ISSUER]


# --- recipient and alignment -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("recipient", "answer", "code"),
    [
        (SUBJECT, Answer.YES, "same-id"),
        (f" {SUBJECT} ", Answer.YES, "same-id"),
        ("urn:uuid:else", Answer.NO, "someone-else"),
        ("ada@lead.example", Answer.UNCHECKED, "opaque"),
        ("  ", Answer.UNCHECKED, "not-asked"),
    ],
)
def test_recipient_of_an_opaque_badge(recipient: str, answer: Answer, code: str) -> None:
    finding = _ask(signed(), recipient=recipient).finding(Q.RECIPIENT)

    assert (finding.answer, finding.code) == (answer, code)


@pytest.mark.parametrize(
    ("recipient", "code"),
    [
        ("ada@lead.example", "same-identity"),
        ("Ada@Lead.example", "same-identity"),
        ("cem@lead.example", "someone-else"),
    ],
)
def test_recipient_of_a_badge_with_a_hashed_address(recipient: str, code: str) -> None:
    document = deepcopy(_document())
    document["credentialSubject"]["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + sha256(b"ada@lead.examplesalt").hexdigest(),
            "identityType": "emailAddress",
            "salt": "salt",
        }
    ]

    assert _ask(signed_document(document), recipient=recipient).finding(Q.RECIPIENT).code == code


def test_alignment_to_a_statement_that_is_not_there_is_a_no() -> None:
    ports = replace(HOME, resolve_alignment=lambda url, code: not code.endswith("b"))

    report = _ask(signed(), ports)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert report.finding(Q.ALIGNMENT).code == "not-there"


def test_badge_without_alignment_could_not_be_checked_for_it() -> None:
    report = _ask(signed(replace(CONTENT, alignments=())))

    assert report.finding(Q.ALIGNMENT).code == "none-named"
    assert report.verdict is Verdict.VERIFIED
