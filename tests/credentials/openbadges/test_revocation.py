"""Dora asks whether a badge was withdrawn: the issuer's own list says so, or nothing does."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Finding,
    Ports,
    Question,
    StatusList,
    Verdict,
    status_list_document,
    verify,
)
from credentials.openbadges.contexts import VC_V1
from credentials.openbadges.documents import credential_document
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
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
        ({**ENTRY, "type": "RevocationList2020Status"}, Answer.UNCHECKED, "status-not-supported"),
        ({**ENTRY, "type": "1EdTechRevocationList"}, Answer.UNCHECKED, "status-list-unreachable"),
        ({**ENTRY, "type": "StatusList2021Entry"}, Answer.UNCHECKED, "bad-status-list"),
        ([{**ENTRY, "statusPurpose": "refresh"}, ENTRY], Answer.YES, "not-revoked"),
        ([{**ENTRY, "statusPurpose": "suspension"}, ENTRY], Answer.UNCHECKED, "bad-status-list"),
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


# --- several lists, and the day asked about ---------------------------------------------------

SUSPENSIONS = f"{BASE}/lc/status/suspended"


def _suspensions(*suspended: int) -> bytes:
    bits = StatusList.empty().with_revoked(suspended)
    return signed_document(
        status_list_document(SUSPENSIONS, ISSUER, bits, AWARDED, purpose="suspension")
    )


def _with_both_lists(*suspended: int, revoked: tuple[int, ...] = ()) -> Finding:
    document = credential_document(CONTENT)
    other = {"statusPurpose": "suspension", "statusListCredential": SUSPENSIONS}
    document["credentialStatus"] = [ENTRY, {**ENTRY, **other, "id": f"{SUSPENSIONS}#{INDEX}"}]
    lists = {LIST: signed_list(*revoked), SUSPENSIONS: _suspensions(*suspended)}
    return _ask(signed_document(document), replace(HOME, status_list=lists.get))


def test_badge_in_two_lists_is_in_force_when_both_leave_it() -> None:
    assert _with_both_lists().code == "not-revoked"


def test_suspended_badge_says_suspended() -> None:
    assert _with_both_lists(INDEX).code == "suspended"


def test_badge_revoked_and_not_suspended_says_revoked() -> None:
    assert _with_both_lists(revoked=(INDEX,)).code == "revoked"


SECOND = timedelta(seconds=1)
NONE = "a list of this kind has no history."
REVOKED = "Its issuer has revoked it, by the issuer's list as it stands now (dated 2 March 2026)."
IN_FORCE = "The issuer's list, as it stands now (dated 2 March 2026), leaves it in force."


@pytest.mark.parametrize(
    ("as_of", "revoked", "reason"),
    [
        (
            AWARDED - SECOND,
            (INDEX,),
            f"{REVOKED} Whether it was still in force on 2 March 2026 cannot be told: {NONE}",
        ),
        (AWARDED, (INDEX,), REVOKED),
        (
            AWARDED - SECOND,
            (),
            f"{IN_FORCE} What is revoked stays revoked, so it was not revoked earlier either.",
        ),
        (AWARDED, (), IN_FORCE),
    ],
)
def test_list_younger_than_the_moment_asked_about_says_that_it_has_no_history(
    as_of: datetime, revoked: tuple[int, ...], reason: str
) -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(*revoked))

    assert _ask(signed(), ports, as_of=as_of).reason == reason


@pytest.mark.parametrize(
    ("as_of", "code"), [(TODAY, "not-revoked"), (TODAY + SECOND, "status-list-expired")]
)
def test_list_counts_until_its_own_end(as_of: datetime, code: str) -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(validUntil=instant(TODAY)))

    assert _ask(signed(), ports, as_of=as_of).code == code


# --- Status List 2021 ------------------------------------------------------------------------

STATUS_2021 = "https://w3id.org/vc/status-list/2021/v1"


def _list_2021(*revoked: int, encoded: str | None = None, **changes: Any) -> bytes:
    bits = StatusList.empty().with_revoked(revoked)
    packed = bits.encode()[1:] if encoded is None else encoded
    document = {
        "@context": [VC_V1, STATUS_2021, "https://w3id.org/security/data-integrity/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": ISSUER,
        "issuanceDate": instant(AWARDED),
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": packed,
        },
        **changes,
    }
    return signed_document(document)


def _badge_2021() -> bytes:
    document = credential_document(CONTENT)
    document["@context"] = [*document["@context"], STATUS_2021]
    document["credentialStatus"] = {**ENTRY, "type": "StatusList2021Entry"}
    return signed_document(document)


def test_badge_with_a_list_of_2021_is_verified() -> None:
    ports = replace(HOME, status_list=lambda url: _list_2021(INDEX - 1))

    assert verify(_badge_2021(), as_of=TODAY, ports=ports).verdict is Verdict.VERIFIED


def test_badge_revoked_in_a_list_of_2021_says_revoked() -> None:
    assert _ask(_badge_2021(), replace(HOME, status_list=lambda url: _list_2021(INDEX))).code == (
        "revoked"
    )


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data)).decode()


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        (_list_2021(encoded=_packed(bytes(16_384))), "not-revoked"),
        (_list_2021(encoded=_packed(b"\xff" * 16_384)), "revoked"),
        (_list_2021(encoded=_packed(bytes(16_383))), "bad-status-list"),
        (_list_2021(encoded=StatusList.empty().encode()), "bad-status-list"),
        (_list_2021().replace(b"H4sI", b"H4sJ"), "status-list-not-signed"),
        (signed_list(), "bad-status-list"),
        (b"", "status-list-unreadable"),
    ],
)
def test_list_of_2021_is_read_only_as_it_has_to_be(listed: bytes, code: str) -> None:
    assert _ask(_badge_2021(), replace(HOME, status_list=lambda url: listed)).code == code
