"""Line items and scores as rows: what Assignment and Grade Services and the pages both use."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lti_tool.practice_lms.course import Person, by_id
from lti_tool.practice_lms.web import Refusal

ACTIVITY: Final = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING: Final = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")


@dataclass(frozen=True, kw_only=True)
class Score:
    """One message of the tool about one person, checked (AGS 2.0, 3.4.1)."""

    person: Person
    stamp: str
    second: int
    given: float | None
    maximum: float | None
    activity: str
    grading: str
    comment: str


def read_score(document: dict[str, Any]) -> Score:
    """The score in that document; Refusal names the first thing that is wrong with it."""
    person = _gradable(document.get("userId"))
    stamp, second = _timestamp(document.get("timestamp"))
    given = _number(document, "scoreGiven")
    maximum = _number(document, "scoreMaximum")
    if given is not None and not maximum:
        raise Refusal(400, "invalid", "scoreGiven needs a scoreMaximum above zero (3.4.4).")
    return Score(
        person=person,
        stamp=stamp,
        second=second,
        given=given,
        maximum=maximum,
        activity=_one_of(document, "activityProgress", ACTIVITY),
        grading=_one_of(document, "gradingProgress", GRADING),
        comment=_text(document, "comment"),
    )


def take_score(rows: sqlite3.Connection, item: int, score: Score, *, now: float) -> None:
    """Keeps it as the newest of that person; Refusal (409) when a later one is already here.

    Stamps are compared in whole seconds, as a widespread LMS does. A score that is not fully
    graded leaves no mark: an earlier one is cleared (3.4.8).
    """
    kept = rows.execute(
        "SELECT second FROM score WHERE item = ? AND person = ?", (item, score.person.id)
    ).fetchone()
    if kept and score.second <= kept["second"]:
        _arrived(rows, item, score, 409)
        raise Refusal(409, "conflict", "A score with a timestamp as late or later is here already.")
    graded = score.grading == "FullyGraded"
    rows.execute(
        "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item,
            score.person.id,
            score.stamp,
            score.second,
            score.given if graded else None,
            score.maximum if graded else None,
            score.activity,
            score.grading,
            score.comment,
            now,
        ),
    )
    _arrived(rows, item, score, 200)


def add_item(
    rows: sqlite3.Connection, document: dict[str, Any], *, link: str | None, now: float
) -> int:
    """A new column of the gradebook; its number. Refusal for a label or maximum that cannot be."""
    label, maximum = read_item(document)
    added = rows.execute(
        "INSERT INTO line_item (link, label, maximum, resource_id, tag, made)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (link, label, maximum, _text(document, "resourceId"), _text(document, "tag"), now),
    )
    return int(added.lastrowid or 0)


def read_item(document: dict[str, Any]) -> tuple[str, float]:
    """The label and maximum that a line item must have (3.2.1)."""
    label = _text(document, "label").strip()
    maximum = _number(document, "scoreMaximum")
    if not label:
        raise Refusal(400, "invalid", "A line item needs a label.")
    if not maximum:
        raise Refusal(400, "invalid", "A line item needs a scoreMaximum above zero.")
    return label, maximum


def _arrived(rows: sqlite3.Connection, item: int, score: Score, status: int) -> None:
    rows.execute(
        "INSERT INTO arrival (item, person, stamp, given, status) VALUES (?, ?, ?, ?, ?)",
        (item, score.person.id, score.stamp, score.given, status),
    )


def _gradable(identifier: object) -> Person:
    person = by_id(identifier) if isinstance(identifier, str) else None
    if person is None:
        raise Refusal(404, "not_found", "Nobody in this course has that userId.")
    if person.teaches:
        raise Refusal(400, "invalid", "A teacher of the course is not graded.")
    return person


def _timestamp(value: object) -> tuple[str, int]:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or "T" not in str(value):
        raise Refusal(400, "invalid", "timestamp must be ISO 8601 with a time zone (3.4.9).")
    return str(value), int(moment.timestamp())


def _number(document: dict[str, Any], name: str) -> float | None:
    value = document.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Refusal(400, "invalid", f"{name} must be a number from zero.")
    return float(value)


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal(400, "invalid", f"{name} must be a text.")
    return value


def _one_of(document: dict[str, Any], name: str, words: tuple[str, ...]) -> str:
    value = document.get(name)
    if value not in words:
        raise Refusal(400, "invalid", f"{name} must be one of {', '.join(words)}.")
    return str(value)
