"""Dora hands in badges of another form: the report says what is wrong with them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credentials.openbadges import Answer, Question, Report, verify
from tests.credentials.openbadges.issued import HOME, ISSUER, TODAY, signed


def _ask(document: dict[str, Any]) -> Report:
    return verify(json.dumps(document).encode(), as_of=TODAY, ports=HOME)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("issuer",), ISSUER, "issuer"),
        (("issuer", "type"), ["Achievement"], "issuer"),
        (("id",), None, "id"),
        (("type",), ["VerifiableCredential"], "type"),
        (("validFrom",), None, "valid-from"),
        (("validFrom",), "2026-03-02", "valid-from"),
        (("credentialSubject",), None, "subject"),
        (("credentialSubject", "id"), None, "subject"),
        (("credentialSubject", "achievement"), None, "achievement"),
        (("credentialSubject", "achievement", "name"), " ", "achievement"),
        (("credentialSubject", "achievement", "criteria"), {}, "criteria"),
        (("credentialSubject", "achievement", "resultDescription", 0, "resultType"), "x", "result"),
        (("credentialSubject", "achievement", "alignment", 0, "targetName"), None, "alignment"),
        (("credentialSubject", "result", 0, "type"), None, "unknown-term"),
        (("evidence", 0, "type"), ["Image"], "unknown-term"),
        (("credentialStatus", "type"), ["BitstringStatusListEntry", "Evidence"], "status"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2"], "unknown-term"),
        (("@context", 1), "https://w3id.org/openbadges/v3", "unknown-context"),
        (("@context", 0), "https://www.w3.org/2018/credentials/v1", "unknown-term"),
        (("@context",), "https://w3id.org/openbadges/v2", "type"),
        (("@context",), None, "not-a-badge"),
    ],
)
def test_badge_in_another_form_says_what_is_wrong(path: Any, value: Any, code: str) -> None:
    document = json.loads(signed())
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    if value is None:
        del place[path[-1]]

    report = _ask(document)

    assert report.finding(Question.WELL_FORMED).code == code
    assert report.finding(Question.WELL_FORMED).answer is not Answer.YES
    assert report.finding(Question.SIGNATURE).answer is not Answer.YES


def test_unknown_context_is_named_in_the_reason() -> None:
    document = json.loads(signed())
    document["@context"].append("https://example.org/made-up")

    reason = _ask(document).finding(Question.WELL_FORMED).reason

    assert reason == (
        "It relies on a vocabulary that is not known here: https://example.org/made-up."
    )


def test_signature_that_has_run_out_is_a_no() -> None:
    with_end = json.loads(signed())
    with_end["proof"]["expires"] = "2026-04-01T00:00:00Z"

    # The end is part of what is signed, so adding it afterwards is an alteration.
    assert _ask(with_end).finding(Question.SIGNATURE).code == "altered"
