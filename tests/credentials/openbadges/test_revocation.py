"""Dora asks whether a badge was withdrawn: the issuer's own list says so, or nothing does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from credentials.openbadges import Answer, Finding, Ports, Question, Verdict, verify
from credentials.openbadges.documents import credential_document
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    HOME,
    INDEX,
    LIST,
    OTHER_KEY,
    TODAY,
    signed,
    signed_document,
    signed_list,
)


def _ask(data: bytes, ports: Ports = HOME, as_of: datetime = TODAY) -> Finding:
    return verify(data, as_of=as_of, ports=ports).finding(Question.NOT_REVOKED)


def test_revoked_badge_says_revoked_whenever_asked_about() -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(INDEX))

    finding = _ask(signed(), ports, as_of=AWARDED)

    assert (finding.answer, finding.code) == (Answer.NO, "revoked")
    assert finding.reason == (
        "Its issuer has revoked it, by the issuer's list as it stands now (dated 2 March 2026)."
    )


def test_neighbour_in_the_list_is_not_revoked() -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(INDEX - 1, INDEX + 1))

    assert _ask(signed(), ports).answer is Answer.YES


def _altered_list() -> bytes:
    document = json.loads(signed_list(INDEX))
    document["credentialSubject"]["encodedList"] = json.loads(signed_list())["credentialSubject"][
        "encodedList"
    ]
    return json.dumps(document).encode()


def _list_subject(**changes: Any) -> dict[str, Any]:
    return {"credentialSubject": {**json.loads(signed_list())["credentialSubject"], **changes}}


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        (b"", "status-list-unreadable"),
        (b"[]", "status-list-other"),
        (_altered_list(), "status-list-not-signed"),
        (signed_list(key=OTHER_KEY), "status-list-not-signed"),
        (signed_list(issuer="did:web:other"), "status-list-other"),
        (signed_list(id=f"{BASE}/lc/status/else"), "status-list-other"),
        (signed_list(validUntil="2026-04-01T00:00:00Z"), "status-list-expired"),
        (signed_list(**_list_subject(statusPurpose="suspension")), "bad-status-list"),
        (signed_list(**_list_subject(encodedList="uAAAA")), "bad-status-list"),
        (signed_list(type=["VerifiableCredential"]), "bad-status-list"),
    ],
)
def test_list_that_cannot_be_relied_on_is_never_not_revoked(listed: bytes, code: str) -> None:
    finding = _ask(signed(), replace(HOME, status_list=lambda url: listed))

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, code)


ENTRY = credential_document(CONTENT)["credentialStatus"]


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (None, Answer.YES, "no-list"),
        ([], Answer.YES, "no-list"),
        ([ENTRY, ENTRY], Answer.YES, "not-revoked"),
        ([ENTRY] * 5, Answer.UNCHECKED, "too-many-lists"),
        (LIST, Answer.UNCHECKED, "status-not-supported"),
        ({**ENTRY, "type": "1EdTechRevocationList"}, Answer.UNCHECKED, "status-not-supported"),
        ({**ENTRY, "statusPurpose": "message"}, Answer.UNCHECKED, "status-not-supported"),
        ({**ENTRY, "statusListIndex": 94_567}, Answer.UNCHECKED, "status-entry"),
        ({**ENTRY, "statusListIndex": "-1"}, Answer.UNCHECKED, "status-entry"),
        ({**ENTRY, "statusListIndex": "131072"}, Answer.UNCHECKED, "bad-status-list"),
        ({**ENTRY, "statusListCredential": "list"}, Answer.UNCHECKED, "status-entry"),
        ({**ENTRY, "statusSize": 2}, Answer.UNCHECKED, "status-not-supported"),
    ],
)
def test_status_entry_of_another_form(status: Any, answer: Answer, code: str) -> None:
    document = json.loads(signed())
    document["credentialStatus"] = status

    finding = _ask(json.dumps(document).encode())

    assert (finding.answer, finding.code) == (answer, code)


def test_badge_that_names_no_list_says_so() -> None:
    document = credential_document(CONTENT)
    del document["credentialStatus"]

    report = verify(signed_document(document), as_of=TODAY, ports=HOME)

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.NOT_REVOKED).code == "no-list"
