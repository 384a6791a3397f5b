"""The verdict follows from the answers."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from credentials.openbadges.report import (
    REQUIRED,
    Answer,
    Finding,
    Question,
    Report,
    Verdict,
    in_order,
)
from credentials.openbadges.summary import summarize
from tests.credentials.openbadges.issued import CONTENT, TODAY, signed


def _report(asked: bool = False, **answers: Answer) -> Report:
    given = {
        **dict.fromkeys(map(str, Question), Answer.YES),
        "recipient": Answer.UNCHECKED,
        **answers,
    }
    return Report(
        findings=in_order(
            Finding(
                question=Question(name),
                answer=answer,
                code="not-asked" if name == "recipient" and not asked else "code",
                reason="Because.",
            )
            for name, answer in given.items()
        ),
        as_of=TODAY,
    )


def test_all_required_yes_is_verified() -> None:
    assert _report().verdict is Verdict.VERIFIED
    assert _report(alignment=Answer.UNCHECKED).verdict is Verdict.VERIFIED
    assert _report(asked=True, recipient=Answer.YES).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("question", Question)
def test_any_no_is_not_verified(question: Question) -> None:
    others: dict[str, Answer] = {str(REQUIRED[0]): Answer.UNCHECKED, str(question): Answer.NO}

    assert _report(**others).verdict is Verdict.NOT_VERIFIED


@pytest.mark.parametrize("question", REQUIRED)
def test_any_required_unchecked_could_not_be_checked(question: Question) -> None:
    assert _report(**{str(question): Answer.UNCHECKED}).verdict is Verdict.COULD_NOT_CHECK


def test_recipient_asked_about_and_not_checked_is_never_verified() -> None:
    assert _report(asked=True).verdict is Verdict.COULD_NOT_CHECK


def test_report_lists_the_questions_in_their_order() -> None:
    assert [found.question for found in _report().findings] == list(Question)


def test_report_as_json_says_the_same() -> None:
    report = Report(
        findings=_report().findings, as_of=TODAY, summary=summarize(json.loads(signed()))
    )

    told = json.loads(json.dumps(report.to_json()))

    assert told["verdict"] == "verified"
    assert told["as_of"] == "2026-11-22T09:00:00Z"
    assert told["findings"][6] == {
        "question": "recipient",
        "answer": "unchecked",
        "code": "not-asked",
        "reason": "Because.",
    }
    assert told["summary"]["valid_from"] == "2026-03-02T15:04:05Z"
    assert told["summary"]["alignments"][0]["code"] == "1111-a"


@pytest.mark.parametrize(
    "written",
    [
        ["Failed"],
        [["Failed"]],
        ["Failed", "Failed"],
        ["Failed", None],
        {"@value": "Failed"},
        {"@set": ["Failed"]},
    ],
)
def test_no_way_of_writing_hides_what_was_signed(written: Any) -> None:
    document = json.loads(signed())
    document["credentialSubject"]["result"][0]["status"] = written

    assert summarize(document).results[0].status == "Failed"


@pytest.mark.parametrize("times", [1, 2])
def test_no_way_of_writing_hides_the_picture(times: int) -> None:
    document = json.loads(signed())
    achievement = document["credentialSubject"]["achievement"]
    achievement["image"] = [[achievement["image"]] * times, None]

    assert summarize(document).image == CONTENT.image_url


def test_summary_tells_what_the_badge_says() -> None:
    summary = summarize(json.loads(signed()))

    assert summary.name == "Shared Vision"
    assert summary.issuer_name == "Ridgeline Leadership Program"
    assert summary.review_statement.startswith("Two trained reviewers decided.")
    assert [(r.name, r.status) for r in summary.results] == [
        ("I.1.a Title a", "Completed"),
        ("I.1.b Title b", "Completed"),
    ]
    assert [note.url for note in summary.evidence] == ["", ""]
    assert summary.valid_until is None


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"issuer": "did:web:a.b", "credentialSubject": []},
        {"issuer": 7, "credentialSubject": [{"achievement": [{"alignment": "x"}]}]},
        {"evidence": {"name": ["x"]}, "validFrom": {"@value": 1}, "name": {"@value": 2}},
    ],
)
def test_summary_of_anything_is_text(odd: dict[str, object]) -> None:
    summary = summarize(odd)

    assert isinstance(summary.name, str)
    assert isinstance(summary.valid_from, datetime | None)


def test_summary_leaves_out_what_could_hide_or_reorder_text() -> None:
    summary = summarize({"name": "A\u202ed\x00a\n" + "x" * 5_000})

    assert summary.name == "Ada " + "x" * 1_996
