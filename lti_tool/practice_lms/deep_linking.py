"""What the tool answers to a deep linking request (Deep Linking 2.0, 4)."""

from __future__ import annotations

from typing import Any

from lti_tool.practice_lms import placement
from lti_tool.practice_lms.course import Person
from lti_tool.practice_lms.lms import Lms, first_seen
from lti_tool.practice_lms.messages import DL, LTI
from lti_tool.practice_lms.tool_keys import LONGEST_LIFE, Unbelievable
from lti_tool.practice_lms.web import Refusal


def take_answer(lms: Lms, person: Person, token: str) -> tuple[int, str]:
    """Places everything that was picked; how many, and the tool's words to the teacher.

    Refusal for an answer that is not the tool's, not to our request of this person, or the second
    one to it; nothing is placed then.
    """
    try:
        claims = lms.tool_keys.claims(
            token, audience=(lms.facts.issuer,), issuer=lms.facts.client_id
        )
    except Unbelievable as fault:
        raise Refusal(400, "invalid", f"The tool's answer cannot be believed: {fault}.") from None
    _demand(claims, f"{LTI}message_type", "LtiDeepLinkingResponse")
    _demand(claims, f"{LTI}version", "1.3.0")
    _demand(claims, f"{LTI}deployment_id", lms.facts.deployment_id)
    items = _items(claims)
    now = lms.now()
    with lms.storage.change() as rows:
        nonce = claims.get("nonce")
        expires = now + LONGEST_LIFE
        if not isinstance(nonce, str) or not nonce:
            raise Refusal(400, "invalid", "The tool's answer has no nonce.")
        if not first_seen(rows, f"nonce {nonce}", expires=expires, now=now):
            raise Refusal(400, "invalid", "The tool's answer was sent before.")
        answered = rows.execute(
            "UPDATE picking SET answered = ?"
            " WHERE data = ? AND person = ? AND answered IS NULL AND expires > ?",
            (now, str(claims.get(f"{DL}data")), person.id, now),
        )
        if answered.rowcount != 1:
            raise Refusal(400, "invalid", "The tool's answer is not to a question of ours.")
        for item in items:
            placement.place(rows, item, default_url=lms.facts.tool_launch_url, now=now)
    return len(items), str(claims.get(f"{DL}msg") or "")


def _demand(claims: dict[str, Any], name: str, value: str) -> None:
    if claims.get(name) != value:
        raise Refusal(400, "invalid", f"{name} must be {value}.")


def _items(claims: dict[str, Any]) -> list[dict[str, Any]]:
    items = claims.get(f"{DL}content_items", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refusal(400, "invalid", "content_items must be a list of objects.")
    for item in items:
        if item.get("type") != "ltiResourceLink":
            raise Refusal(400, "invalid", "We asked for items of type ltiResourceLink only.")
    return items
