"""Revocation lists of npm @digitalbazaar packages are read as they mean them, and ours by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from credentials.openbadges import Question, StatusList, credential_document, verify
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
    LIST,
    TODAY,
    signed_document,
)
from tests.judges import lists_by_judge

pytestmark = pytest.mark.judge

REVOKED = [0, 7, 8, INDEX, 131_071]
STATUS_2021 = "https://w3id.org/vc/status-list/2021/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    """What the judge makes of these revocations, and reads in our lists of them."""
    packed = StatusList.empty().with_revoked(REVOKED).encode()
    return lists_by_judge(LIST, REVOKED, bitstring=packed, list_2021=packed[1:])


def test_judge_reads_our_lists(answer: dict[str, Any]) -> None:
    assert answer["read"] == {"bitstring": REVOKED, "list2021": REVOKED}


@pytest.mark.parametrize(("index", "code"), [(INDEX, "revoked"), (INDEX + 1, "not-revoked")])
@pytest.mark.parametrize(
    ("kind", "entry_type", "date", "in_list", "in_badge"),
    [
        ("bitstring", "BitstringStatusListEntry", "validFrom", [], []),
        ("list2021", "StatusList2021Entry", "issuanceDate", [DATA_INTEGRITY], [STATUS_2021]),
    ],
)
def test_list_of_the_judge_is_read(
    answer: dict[str, Any],
    kind: str,
    entry_type: str,
    date: str,
    in_list: list[str],
    in_badge: list[str],
    index: int,
    code: str,
) -> None:
    listed = {**answer[kind], "issuer": ISSUER, date: instant(AWARDED)}
    listed["@context"] = [*listed["@context"], *in_list]
    document = credential_document(CONTENT)
    document["@context"] += in_badge
    document["credentialStatus"].update(type=entry_type, statusListIndex=str(index))
    ports = replace(HOME, status_list=lambda url: signed_document(listed))

    report = verify(signed_document(document), as_of=TODAY, ports=ports)

    assert report.finding(Question.NOT_REVOKED).code == code
    assert report.finding(Question.SIGNATURE).code == "signed"
