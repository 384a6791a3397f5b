"""The activities that the teacher has placed in the course."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from lti_tool.practice_lms.gradebook import add_item
from lti_tool.practice_lms.lms import Lms, opaque
from lti_tool.practice_lms.web import Refusal


@dataclass(frozen=True, kw_only=True)
class Link:
    """One activity: a resource link of the tool."""

    id: str
    title: str
    text: str
    url: str
    custom: dict[str, str]


def placed(lms: Lms) -> tuple[Link, ...]:
    """All of them, in the order in which they were placed."""
    with lms.storage.open() as rows:
        return tuple(_link(row) for row in rows.execute("SELECT * FROM link ORDER BY placed, id"))


def find(lms: Lms, identifier: str) -> Link:
    """The one with that id; Refusal when there is none."""
    with lms.storage.open() as rows:
        row = rows.execute("SELECT * FROM link WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There is no such activity in the course.")
    return _link(row)


def place(rows: sqlite3.Connection, item: dict[str, Any], *, default_url: str, now: float) -> None:
    """Puts a content item of type ltiResourceLink into the course, with its column if it has one.

    Deep Linking 2.0, 3.1: `url` falls back to the tool's own, `custom` and `lineItem` are kept.
    """
    identifier = opaque()
    rows.execute(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)",
        (
            identifier,
            str(item.get("title") or "Untitled activity"),
            str(item.get("text") or ""),
            str(item.get("url") or default_url),
            json.dumps(_custom(item.get("custom"))),
            now,
        ),
    )
    if "lineItem" in item:
        if not isinstance(item["lineItem"], dict):
            raise Refusal(400, "invalid", "lineItem must be an object.")
        column = {"label": item.get("title"), **item["lineItem"]}
        add_item(rows, column, link=identifier, now=now)


def remove(lms: Lms, identifier: str) -> None:
    """Takes it out of the course, its column and scores with it."""
    with lms.storage.change() as rows:
        rows.execute(
            "DELETE FROM score WHERE item IN (SELECT id FROM line_item WHERE link = ?)",
            (identifier,),
        )
        rows.execute("DELETE FROM line_item WHERE link = ?", (identifier,))
        rows.execute("DELETE FROM link WHERE id = ?", (identifier,))


def _custom(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise Refusal(400, "invalid", "custom must be an object of texts.")
    return value


def _link(row: sqlite3.Row) -> Link:
    return Link(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        url=row["url"],
        custom=json.loads(row["custom"]),
    )
