"""npm @digitalbazaar/vc accepts our badges and refuses altered and revoked ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges import (
    CredentialContent,
    bake_png,
    credential_document,
    unbake_png,
)
from credentials.openbadges.multibase import base58_encode
from credentials.openbadges.proof import document_digest, hash_data, instant
from tests.credentials.openbadges.fuller import FULL, SCORED
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    INDEX,
    KEY,
    METHOD,
    OTHER_KEY,
    TODAY,
    own_did,
    signed,
    signed_document,
    signed_list,
    tiny_png,
)
from tests.credentials.openbadges.recorded import record
from tests.judges import FOLDER, judge_vc

pytestmark = pytest.mark.judge


def _judge(credential: bytes, status_list: bytes | None = None, **more: Any) -> dict[str, Any]:
    return judge_vc(credential, own_did(), status_list or signed_list(), **more)


def test_judge_accepts_the_badge_out_of_the_picture() -> None:
    badge = unbake_png(bake_png(tiny_png(), signed()))

    assert _judge(badge, now=TODAY) == {"verified": True, "errors": [], "status": True}


@pytest.mark.parametrize("content", [FULL, SCORED], ids=["full", "scored"])
def test_judge_accepts_everything_a_badge_of_ours_can_say(content: CredentialContent) -> None:
    answer = _judge(signed(content), now=TODAY)

    assert answer == {"verified": True, "errors": [], "status": True}


def test_judge_accepts_the_record_and_refuses_it_altered() -> None:
    altered = record().replace(b'"isPartOf"', b'"precedes"', 1)

    assert _judge(record(), now=TODAY)["verified"] is True
    assert _judge(altered, now=TODAY)["verified"] is False


@pytest.mark.parametrize(
    "change",
    [
        (b"Shared Vision", b"Shared Vipion"),
        (b'"Completed"', b'"Failed"'),
        (b"2026-03-02", b"2026-03-03"),
        (b"94567", b"94568"),
    ],
)
def test_judge_refuses_the_altered_badge(change: tuple[bytes, bytes]) -> None:
    answer = _judge(signed().replace(*change), now=TODAY)

    assert answer["verified"] is False
    assert "Invalid signature." in answer["errors"]


def test_judge_refuses_the_scores_altered() -> None:
    altered = signed(SCORED).replace(b'I.1.b-level-4"', b'I.1.b-level-3"')

    assert "Invalid signature." in _judge(altered, now=TODAY)["errors"]


def test_judge_reports_the_revoked_badge() -> None:
    assert _judge(signed(), signed_list(INDEX), now=TODAY)["status"] is False


def test_judge_does_not_believe_a_list_that_somebody_else_signed() -> None:
    answer = _judge(signed(), signed_list(key=OTHER_KEY), now=TODAY)

    assert (answer["verified"], answer["status"]) == (False, None)


def test_judge_refuses_the_expired_badge() -> None:
    ends = replace(CONTENT, valid_until=datetime(2026, 6, 1, tzinfo=UTC))

    assert _judge(signed(ends), now=AWARDED)["verified"] is True
    assert _judge(signed(ends), now=TODAY)["verified"] is False


@pytest.mark.parametrize(
    "members",
    [
        {"name": {"@value": "Visión compartida — Tầm nhìn 😀", "@language": "es"}},
        {"description": 'tab\tline\nreturn\r quote" backslash\\'},
        {"evidence": [{"type": ["Evidence"], "name": "same"}] * 3},
    ],
)
def test_judge_reads_other_documents_as_we_do(members: dict[str, Any]) -> None:
    document = {**credential_document(CONTENT), **members}

    assert _judge(signed_document(document), now=TODAY)["verified"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {"creditsEarned": 2.5},
        {"creditsEarned": 3.0},
        {"creditsEarned": 123456789.12345},
        {"creditsEarned": 0.000012},
        {"activityEndDate": "2026-02-01"},
        {"narrative": "bell\x07 delete\x7f form\x0c back\x08 nul\x00 next\x85"},
    ],
)
def test_judge_reads_what_we_would_not_issue_as_we_do(changes: dict[str, Any]) -> None:
    """Numbers and control characters that only a stranger's badge has (PyLD differs there)."""
    document = credential_document(CONTENT)
    document["credentialSubject"].update(changes)

    assert _judge(_signed_without_second_opinion(document), now=TODAY)["verified"] is True


def _signed_without_second_opinion(document: dict[str, Any]) -> bytes:
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": instant(AWARDED),
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(document_digest(document), options, document["@context"])
    proof = {**options, "proofValue": "z" + base58_encode(KEY.sign(data))}
    return json.dumps({**document, "proof": proof}).encode()


def test_lock_file_does_not_name_where_packages_came_from() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)
