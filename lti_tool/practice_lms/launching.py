"""Third-party-initiated login and the authorization endpoint (security 1.0, 5.1.1)."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

from lti_tool.practice_lms import messages, placement
from lti_tool.practice_lms.course import Person
from lti_tool.practice_lms.lms import Lms, opaque
from lti_tool.practice_lms.sitting import who
from lti_tool.practice_lms.web import Refusal, Request

HINT_SECONDS = 600
PICKING_SECONDS = 3600


def begin(lms: Lms, person: Person, *, link: placement.Link | None, framed: bool) -> str:
    """The address that sends the browser to the tool's login; without a link, to pick content."""
    hint = opaque()
    target = link.url if link else lms.facts.tool_launch_url
    kind = "LtiResourceLinkRequest" if link else "LtiDeepLinkingRequest"
    now = lms.now()
    with lms.storage.change() as rows:
        rows.execute("DELETE FROM start WHERE expires < ?", (now,))
        rows.execute(
            "INSERT INTO start VALUES (?, ?, ?, ?, ?, ?, ?)",
            (hint, person.id, kind, link and link.id, target, framed, now + HINT_SECONDS),
        )
    parameters = {
        "iss": lms.facts.issuer,
        "login_hint": person.id,
        "target_link_uri": target,
        "lti_message_hint": hint,
        "client_id": lms.facts.client_id,
        "lti_deployment_id": lms.facts.deployment_id,
    }
    separator = "&" if "?" in lms.facts.tool_login_url else "?"
    return f"{lms.facts.tool_login_url}{separator}{urlencode(parameters)}"


def authorize(lms: Lms, request: Request) -> tuple[str, dict[str, str]]:
    """Where the browser posts which fields: the signed message, or the standard's error.

    An unknown client or redirect address is refused here and now: nothing is ever sent there.
    """
    asked = dict(request.query) if request.method == "GET" else request.form()
    if asked.get("client_id") != lms.facts.client_id:
        raise Refusal(400, "unauthorized_client", "client_id is not the one that we registered.")
    redirect_uri = asked.get("redirect_uri", "")
    if redirect_uri != lms.facts.tool_launch_url:
        raise Refusal(400, "invalid_request", "redirect_uri is not one that we registered.")
    fields = {"state": asked["state"]} if asked.get("state") else {}
    try:
        token = _answer(lms, request, asked)
    except Refusal as refusal:
        told = {"error": refusal.code, "error_description": refusal.message}
        return redirect_uri, {**told, **fields}
    return redirect_uri, {"id_token": token, **fields}


def _answer(lms: Lms, request: Request, asked: dict[str, str]) -> str:
    for name, value in (
        ("response_type", "id_token"),
        ("response_mode", "form_post"),
        ("prompt", "none"),
    ):
        if asked.get(name) != value:
            raise Refusal(400, "invalid_request", f"{name} must be {value}.")
    if "openid" not in asked.get("scope", "").split():
        raise Refusal(400, "invalid_scope", "scope must be openid.")
    for name in ("state", "nonce"):
        if not asked.get(name):
            raise Refusal(400, "invalid_request", f"{name} is missing.")
    person, start = _begun(lms, request, asked)
    security = messages.security(lms.facts, person, nonce=asked["nonce"], now=lms.now())
    return lms.key.sign(security | _message(lms, person, start))


def _begun(lms: Lms, request: Request, asked: dict[str, str]) -> tuple[Person, sqlite3.Row]:
    with lms.storage.open() as rows:
        start = rows.execute(
            "SELECT * FROM start WHERE hint = ? AND expires > ?",
            (asked.get("lti_message_hint", ""), lms.now()),
        ).fetchone()
    if start is None:
        raise Refusal(400, "invalid_request", "lti_message_hint is not one of ours, or too old.")
    if asked.get("login_hint") != start["person"]:
        raise Refusal(400, "invalid_request", "login_hint is not the one that we sent.")
    person = who(lms, request)
    if person is None or person.id != start["person"]:
        raise Refusal(403, "login_required", "Somebody else is signed in here now, or nobody.")
    return person, start


def _message(lms: Lms, person: Person, start: sqlite3.Row) -> dict[str, Any]:
    framed = bool(start["frame"])
    if start["message"] == "LtiDeepLinkingRequest":
        data = opaque()
        with lms.storage.change() as rows:
            rows.execute(
                "INSERT INTO picking VALUES (?, ?, ?, NULL)",
                (data, person.id, lms.now() + PICKING_SECONDS),
            )
        return messages.deep_linking(lms.facts, person, data=data, framed=framed)
    link = placement.find(lms, start["link"])
    return messages.resource_link(
        lms.facts, person, link, item_url=_item_url(lms, link), framed=framed
    )


def _item_url(lms: Lms, link: placement.Link) -> str | None:
    """The link's line item if there is exactly one (AGS 2.0, 3.3)."""
    with lms.storage.open() as rows:
        found = rows.execute("SELECT id FROM line_item WHERE link = ?", (link.id,)).fetchall()
    return messages.line_item_url(lms.facts, found[0]["id"]) if len(found) == 1 else None
