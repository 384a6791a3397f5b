"""What a form or the script sent, read into values; it knows no kind of request.

A form is any mapping of names to texts; what cannot be read raises Invalid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from credentials import api
from credentials.errors import Invalid, Problem

NOT_AGREED = "Say that you have removed what must not be in it."


def document(body: bytes) -> dict[str, Any]:
    """The script's JSON object; `fields`, where it has them, is an object, too."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("fields", {}), dict):
        raise Invalid("This could not be read; reload the page and try again.")
    return sent


def number(value: object) -> int:
    """A small natural number, or 0 where none was sent."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def field(body: bytes) -> dict[str, Any]:
    """One saved field (docs/look.md, "Saving"), as `api.save_text` and `save_note` take it."""
    sent = document(body)
    return {
        "key": str(sent.get("key", "")),
        "text": api.storable(str(sent.get("text", ""))),
        "revision": number(sent.get("revision")),
        "device": api.storable(str(sent.get("device", ""))),
    }


def own_level(body: bytes) -> dict[str, Any]:
    """The learner's own level as `api.set_self_level` takes it; 0 where none was chosen."""
    sent = document(body)
    return {
        "indicator": str(sent.get("key", "")).removesuffix(".self"),
        "level": number(sent.get("fields", {}).get("level")),
    }


def levels(form: Mapping[str, str], indicators: Iterable[str]) -> dict[str, int]:
    """The chosen levels of a self-assessment, by indicator."""
    chosen = {code: form.get(f"level-{code}", "") for code in indicators}
    return {code: number(value) for code, value in chosen.items() if value.isdecimal()}


def link(form: Mapping[str, str]) -> dict[str, str]:
    """A link as evidence, as `api.add_link` takes it."""
    return {name: form.get(name, "") for name in ("url", "artifact", "title")}


def text(form: Mapping[str, str]) -> dict[str, str]:
    """A text as evidence, as `api.add_text` takes it."""
    given = {name: form.get(name, "") for name in ("artifact", "title", "body")}
    return {**given, "body": given["body"].replace("\r\n", "\n")}


def about_evidence(body: bytes) -> dict[str, Any]:
    """Kind of artifact and group work, as `api.set_evidence` takes them."""
    fields = document(body).get("fields", {})
    return {
        "artifact": str(fields.get("artifact", "")),
        "group_work": fields.get("group_work") == "on",
    }


def place(form: Mapping[str, str]) -> dict[str, Any]:
    """Indicator and place of a pin, as `api.add_pin` takes them."""
    page, chosen = form.get("page", "").strip(), form.get("place", "")
    times = (form.get("time", ""), form.get("time_end", "")) if chosen == "time" else ("", "")
    return {
        "indicator": form.get("indicator", ""),
        "locator": chosen,
        "page": int(page) if page.isdecimal() and len(page) < 7 else None,
        "start_seconds": api.seconds_of(times[0]),
        "end_seconds": api.seconds_of(times[1]),
        "quote": form.get("quote", ""),
    }


def new_upload(body: bytes) -> dict[str, Any]:
    """Name and size of a file that is to come, as `api.begin_upload` takes them."""
    sent = document(body)
    try:
        return {"name": str(sent["name"]), "size": int(sent["size"])}
    except (ValueError, KeyError, TypeError, OverflowError):  # JSON here knows Infinity
        raise Invalid(
            "This could not be read; reload the page and choose the file again."
        ) from None


def offset(header: str | None) -> int:
    """Where a piece of a file begins."""
    if not header or not header.isdecimal() or len(header) > 15:
        raise Invalid("This is not a piece of a file; reload the page and choose the file again.")
    return int(header)


def demand_agreement(form: Mapping[str, str]) -> None:
    """Nothing is handed in before the learner has said that it may be shown."""
    if "agree" not in form:
        problem = Problem(field="agree", code="not-agreed", message=NOT_AGREED)
        raise Invalid(NOT_AGREED, (problem,))
