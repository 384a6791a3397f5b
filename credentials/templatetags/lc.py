"""What our templates say in a few letters: addresses, states, times, sizes, places in evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from credentials.data import Actor, PinView
from credentials.errors import Problem
from credentials.files.size import size_in_words

register = template.Library()

#: The word of each state; the shape beside it comes from the stylesheet (docs/look.md).
STATE_WORDS = {
    "open": "Open",
    "draft": "Draft",
    "submitted": "Submitted",
    "in-review": "In review",
    "awaiting": "Waiting",
    "returned": "Returned",
    "passed": "Passed",
    "earned": "Earned",
    "renewed": "Renewed",
    "revoked": "Revoked",
    "expired": "Expired",
    "withdrawn": "Withdrawn",
    "yes": "Yes",
    "no": "No",
    "unchecked": "Could not check",
    "met": "Met",
    "not-yet": "Not yet",
    "unscorable": "Unscorable",
}
#: States that share the shape of another one.
SHAPES = {"passed": "earned"}

MEDIA_WORDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "Slides",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Spreadsheet",
    "text/csv": "Table (CSV)",
    "image/jpeg": "Photo (JPEG)",
    "image/png": "Image (PNG)",
    "image/webp": "Image (WebP)",
    "image/heic": "Photo (HEIC)",
}


@register.simple_tag(takes_context=True)
def lc_url(context: template.Context, name: str, **arguments: object) -> str:
    """The address of `name` as the person's door spells it."""
    address: str = context["links"].to(name, **arguments)
    return address


@register.simple_tag
def lc_chip(state: str, word: str = "") -> SafeString:
    """A state as word and shape; `word` says it more exactly ("Due in 3 days")."""
    key = str(state).replace("_", "-")
    return format_html(
        '<span class="lc-chip" data-state="{}">{}</span>',
        SHAPES.get(key, key),
        word or STATE_WORDS.get(key, key),
    )


@register.simple_tag(takes_context=True)
def lc_when(context: template.Context, moment: datetime | None, form: str = "minute") -> SafeString:
    """A moment in the program's time zone; `form` is "minute", "day" or "year" (day with year).

    Without a program (public pages) it is in UTC and says so.
    """
    if moment is None:
        return SafeString("")
    zone, suffix = _zone(context)
    local = moment.astimezone(zone)
    words = f"{local.day} {local:%B}"
    if form == "year" or local.year != datetime.now(zone).year:
        words += f" {local.year}"
    if form == "minute":
        words += f", {local:%H:%M}{suffix}"
    stamp = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time datetime="{}">{}</time>', stamp, words)


@register.filter
def lc_size(count: int | None) -> str:
    """Bytes in the unit a person would use ("2.1 MB")."""
    return size_in_words(count or 0)


@register.filter
def lc_duration(seconds: float | None) -> str:
    """Seconds as people write them ("3:05", "1:02:03")."""
    whole = int(seconds or 0)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


@register.filter
def lc_media(media_type: str) -> str:
    """A media type in a word ("PDF", "Video", "Audio")."""
    if word := MEDIA_WORDS.get(media_type):
        return word
    kind = media_type.partition("/")[0]
    return {"video": "Video", "audio": "Audio", "image": "Image", "text": "Text"}.get(kind, "File")


@register.filter
def lc_place(pin: PinView) -> str:
    """Where in the evidence a pin points ("page 3", "3:05 to 4:10", "“the words”", "all of it")."""
    match pin.locator:
        case "page":
            return f"page {pin.page}"
        case "time":
            start = lc_duration(pin.start_seconds)
            if pin.end_seconds is None:
                return f"at {start}"
            return f"{start} to {lc_duration(pin.end_seconds)}"
        case "quote":
            return f"“{pin.quote}”"
        case _:
            return "all of it"


@register.filter
def lc_roles(actor: Actor) -> str:
    """In which roles somebody acts here ("Learner", "Administrator and reviewer")."""
    return " and ".join(sorted(actor.roles)).capitalize()


@register.filter
def lc_tone(message: Any) -> str:
    """The tone of a flash message in the words of the stylesheet."""
    tones = {"success": "good", "warning": "careful", "error": "bad"}
    return tones.get(message.level_tag, "plain")


@register.filter
def lc_item(mapping: Any, key: object) -> Any:
    """The value under a key that the template holds in a variable; None where there is none."""
    return mapping.get(key)


@register.filter
def lc_where(problem: Problem, places: Any) -> str:
    """In which part of the page a problem stands ("Part 1, question 2: ")."""
    where: str = places.where(problem)
    return where


@register.filter
def lc_abs(number: int) -> int:
    """The number without its sign."""
    return abs(number)


@register.filter
def lc_words(text: str) -> int:
    """How many words a text has, counted as the script and the word ranges count them."""
    return len(text.split())


def _zone(context: template.Context) -> tuple[ZoneInfo, str]:
    program = context.get("lc_program")
    if not program:
        return ZoneInfo("UTC"), " UTC"
    try:
        return ZoneInfo(program.time_zone), ""
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC"), " UTC"
