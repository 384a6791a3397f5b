"""What the LMS and the tool know of each other, and what the tool has asked for."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from lti_tool.practice_lms.layout import layout
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.markup import Html, el
from lti_tool.practice_lms.messages import SCOPES
from lti_tool.practice_lms.sitting import teacher
from lti_tool.practice_lms.web import Request, Response

SHOWN = 40


def tool_page(lms: Lms, request: Request) -> Response:
    """The registration from both sides, then the newest requests to the services."""
    person = teacher(lms, request)
    facts = lms.facts
    with lms.storage.open() as rows:
        heard = rows.execute("SELECT * FROM heard ORDER BY id DESC LIMIT ?", (SHOWN,)).fetchall()
    return layout(
        facts,
        "External tool",
        el(
            "p",
            "This is the page where an administrator of a real LMS adds a tool. Here the tool was "
            "added when the practice LMS started.",
        ),
        el("h2", "What we know about the tool"),
        _list(
            ("Tool", facts.tool),
            ("Login initiation", facts.tool_login_url),
            ("Redirect (launch)", facts.tool_launch_url),
            ("Public keys", facts.tool_jwks_url),
        ),
        el("h2", "What the tool must know about us"),
        _list(
            ("Issuer", facts.issuer),
            ("Client id", facts.client_id),
            ("Deployment id", facts.deployment_id),
            ("Authorization", facts.authorize_url),
            ("Access token", facts.token_url),
            ("Public keys", facts.jwks_url),
        ),
        el("h2", "What the tool may ask for"),
        el("ul", [el("li", el("code", scope)) for scope in SCOPES]),
        el("h2", "What the tool asked for, newest first"),
        _heard(heard) if heard else el("p", "Nothing yet.", class_="empty"),
        person=person,
        path="/tool",
    )


def _list(*pairs: tuple[str, str]) -> Html:
    return el("dl", [(el("dt", name), el("dd", el("code", value))) for name, value in pairs])


def _heard(rows: list[sqlite3.Row]) -> Html:
    lines = [
        el(
            "tr",
            el("td", f"{datetime.fromtimestamp(row['at'], UTC):%H:%M:%S}"),
            el("td", el("code", f"{row['method']} {row['path']}")),
            el("td", str(row["status"])),
            el("td", row["told"]),
        )
        for row in rows
    ]
    head = el("tr", [el("th", title, scope="col") for title in ("UTC", "Asked", "Answer", "Why")])
    table = el("table", el("thead", head), el("tbody", lines))
    return el("div", table, class_="wide", tabindex="0", role="region", aria_label="Requests")
