"""Assignment and Grade Services 2.0: line items, scores, results."""

from __future__ import annotations

import sqlite3
from typing import Any

from lti_tool.practice_lms import gradebook, messages
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.messages import AGS_SCOPE
from lti_tool.practice_lms.paging import cut
from lti_tool.practice_lms.tokens import demand_scope
from lti_tool.practice_lms.web import Refusal, Request, Response, data

ITEM = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE = "application/vnd.ims.lis.v1.score+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"

MANAGE = f"{AGS_SCOPE}lineitem"
LOOK = f"{AGS_SCOPE}lineitem.readonly"
#: filter of the container -> column
_FILTERS = {"resource_link_id": "link", "resource_id": "resource_id", "tag": "tag"}


def list_items(lms: Lms, request: Request) -> Response:
    """The course's line items, filtered and in pages (3.2.5)."""
    demand_scope(lms, request, MANAGE, LOOK)
    request.accept(ITEMS)
    with lms.storage.open() as rows:
        found = rows.execute("SELECT * FROM line_item ORDER BY id").fetchall()
    for name, column in _FILTERS.items():
        if name in request.query:
            found = [row for row in found if row[column] == request.query[name]]
    shown, headers = cut(found, request, messages.line_items_url(lms.facts))
    return data([_document(lms, row) for row in shown], media_type=ITEMS, headers=headers)


def make_item(lms: Lms, request: Request) -> Response:
    """A new line item, coupled to a link when it names one of the course's (3.2.6)."""
    demand_scope(lms, request, MANAGE)
    request.accept(ITEM)
    document = request.json(ITEM)
    link = document.get("resourceLinkId")
    with lms.storage.change() as rows:
        if link is not None and not _is_placed(rows, link):
            raise Refusal(404, "not_found", "resourceLinkId is not a link of this course.")
        number = gradebook.add_item(rows, document, link=link, now=lms.now())
        row = _row(rows, number)
    return data(_document(lms, row), media_type=ITEM, status=201)


def get_item(lms: Lms, request: Request, number: int) -> Response:
    """One line item."""
    demand_scope(lms, request, MANAGE, LOOK)
    request.accept(ITEM)
    with lms.storage.open() as rows:
        return data(_document(lms, _row(rows, number)), media_type=ITEM)


def change_item(lms: Lms, request: Request, number: int) -> Response:
    """What the tool puts in its place; its id and its link stay what they are (3.2.7)."""
    demand_scope(lms, request, MANAGE)
    document = request.json(ITEM)
    label, maximum = gradebook.read_item(document)
    with lms.storage.change() as rows:
        row = _row(rows, number)
        known = _document(lms, row)
        for name in ("id", "resourceLinkId"):
            if name in document and document[name] != known.get(name):
                raise Refusal(400, "invalid", f"{name} of a line item never changes.")
        rows.execute(
            "UPDATE line_item SET label = ?, maximum = ?, resource_id = ?, tag = ? WHERE id = ?",
            (
                label,
                maximum,
                str(document.get("resourceId") or ""),
                str(document.get("tag") or ""),
                number,
            ),
        )
        return data(_document(lms, _row(rows, number)), media_type=ITEM)


def delete_item(lms: Lms, request: Request, number: int) -> Response:
    """The line item and its scores are gone (3.2.8)."""
    demand_scope(lms, request, MANAGE)
    with lms.storage.change() as rows:
        _row(rows, number)
        rows.execute("DELETE FROM score WHERE item = ?", (number,))
        rows.execute("DELETE FROM line_item WHERE id = ?", (number,))
    return Response(status=204)


def post_score(lms: Lms, request: Request, number: int) -> Response:
    """One person's score; `gradebook.take_score` says which are refused (3.4)."""
    demand_scope(lms, request, f"{AGS_SCOPE}score")
    score = gradebook.read_score(request.json(SCORE))
    refusal = None
    with lms.storage.change() as rows:
        _row(rows, number)
        try:
            gradebook.take_score(rows, number, score, now=lms.now())
        except Refusal as told:  # the refused arrival is kept, so the transaction ends well
            refusal = told
    if refusal:
        raise refusal
    return Response(status=200)


def list_results(lms: Lms, request: Request, number: int) -> Response:
    """What the gradebook holds now, on the line item's own scale (3.3)."""
    demand_scope(lms, request, f"{AGS_SCOPE}result.readonly")
    request.accept(RESULTS)
    with lms.storage.open() as rows:
        item = _row(rows, number)
        found = rows.execute(
            "SELECT * FROM score WHERE item = ? AND given IS NOT NULL ORDER BY person", (number,)
        ).fetchall()
    if "user_id" in request.query:
        found = [row for row in found if row["person"] == request.query["user_id"]]
    url = results_url(lms, number)
    shown, headers = cut(found, request, url)
    results = [_result(lms, item, row, url) for row in shown]
    return data(results, media_type=RESULTS, headers=headers)


def results_url(lms: Lms, number: int) -> str:
    """`/results` goes before the query string of the line item's address (3.3.1)."""
    path, _, query = messages.line_item_url(lms.facts, number).partition("?")
    return f"{path}/results?{query}"


def _result(lms: Lms, item: sqlite3.Row, row: sqlite3.Row, url: str) -> dict[str, Any]:
    path, _, query = url.partition("?")
    result = {
        "id": f"{path}/{row['person']}?{query}",
        "scoreOf": messages.line_item_url(lms.facts, item["id"]),
        "userId": row["person"],
        "resultScore": row["given"] / row["maximum"] * item["maximum"],
        "resultMaximum": item["maximum"],
    }
    return result | ({"comment": row["comment"]} if row["comment"] else {})


def _document(lms: Lms, row: sqlite3.Row) -> dict[str, Any]:
    document = {
        "id": messages.line_item_url(lms.facts, row["id"]),
        "label": row["label"],
        "scoreMaximum": row["maximum"],
    }
    for name, column in (("resourceLinkId", "link"), ("resourceId", "resource_id"), ("tag", "tag")):
        if row[column]:
            document[name] = row[column]
    return document


def _row(rows: sqlite3.Connection, number: int) -> sqlite3.Row:
    row: sqlite3.Row | None = rows.execute(
        "SELECT * FROM line_item WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "There is no such line item.")
    return row


def _is_placed(rows: sqlite3.Connection, link: object) -> bool:
    return (
        isinstance(link, str)
        and rows.execute("SELECT 1 FROM link WHERE id = ?", (link,)).fetchone() is not None
    )
