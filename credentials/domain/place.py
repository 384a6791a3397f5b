"""Places in evidence: a page, a moment, a quote or all of it, checked against the bytes."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from credentials.domain import stored_file
from credentials.domain.evidence import invalid
from credentials.files import FileType, Shown, file_type
from credentials.files.facts import DOCX, PPTX
from credentials.models import DraftText, Evidence, Pin

LONGEST_QUOTE = 2_000  # characters
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d+)?)")
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d+)?")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_SLACK = 1.0  # seconds: a player may show a moment just behind the end


@dataclass(frozen=True, kw_only=True)
class Place:
    """A checked place; `note` says what could not be checked."""

    locator: str
    page: int | None = None
    start_seconds: float | None = None
    end_seconds: float | None = None
    quote: str = ""
    note: str = ""


def checked(
    *,
    item: Evidence,
    locator: str,
    page: int | None,
    start_seconds: float | None,
    end_seconds: float | None,
    quote: str,
) -> Place:
    """The place if the evidence has it; raises Invalid with a sentence that says what to do.

    Only what belongs to the locator is kept. A quote that a PDF does not seem to contain is kept
    with a note: what a reader sees and what the file says can differ.
    """
    match locator:
        case Pin.Locator.WHOLE:
            return Place(locator=locator)
        case Pin.Locator.PAGE:
            return _page(item, page)
        case Pin.Locator.TIME:
            return _time(item, start_seconds, end_seconds)
        case Pin.Locator.QUOTE:
            return _quote(item, quote)
    raise invalid("place", "no-such-place", "Choose a page, a moment, words, or all of it.")


def seconds(text: str) -> float | None:
    """Seconds from "83", "1:23" or "01:02:03"; None for nothing; raises Invalid."""
    text = text.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    clock = _CLOCK.fullmatch(text)
    if (
        clock is None
        or float(clock[3].replace(",", ".")) >= 60
        or (clock[1] and int(clock[2]) > 59)
    ):
        raise invalid(
            "time", "not-a-time", f"“{text[:20]}” is not a time. Write it like 1:23 or 01:02:03."
        )
    return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3].replace(",", "."))


def clock(moment: float) -> str:
    """Seconds as people write them ("1:23", "1:02:03")."""
    whole = int(moment)
    minutes, left = divmod(whole, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def plain(text: str) -> str:
    """Text for looking up a quote: one kind of space, quote and hyphen, no case, no soft hyphen."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    joined = re.sub(r"[\u00ad\u0002\ufffe]|-\s*\n\s*", "", folded)
    return " ".join(joined.split())


def _page(item: Evidence, page: int | None) -> Place:
    if page is None or page < 1:
        raise invalid("page", "no-page", "Write the number of the page, counted from 1.")
    kind = _kind(item)
    if item.kind == Evidence.Kind.TEXT or (kind and not _has_pages(kind)):
        raise invalid(
            "place", "no-pages", "This evidence has no pages. Choose words, a moment, or all of it."
        )
    last = item.file.pages if item.file else None
    if last is not None and page > last:
        pages = "1 page" if last == 1 else f"{last} pages"
        raise invalid("page", "beyond-the-end", f"This file has {pages}; there is no page {page}.")
    unknown = (
        "The pages of this file cannot be counted here, so the page was not checked. "
        "A quote is more certain."
    )
    return Place(locator=Pin.Locator.PAGE, page=page, note="" if last else unknown)


def _time(item: Evidence, start: float | None, end: float | None) -> Place:
    kind = _kind(item)
    if item.kind == Evidence.Kind.TEXT or (kind and kind.shown not in {Shown.FILM, Shown.SOUND}):
        raise invalid(
            "place", "no-time", "This evidence does not play. Choose a page, words, or all of it."
        )
    if start is None or not math.isfinite(start) or start < 0:
        raise invalid("time", "no-start", "Write the moment where it begins, like 1:23.")
    if end is not None and (not math.isfinite(end) or end <= start):
        raise invalid("time_end", "end-before-start", "The end must come after the beginning.")
    length = item.file.seconds if item.file else None
    if length is not None:
        for field, moment in (("time", start), ("time_end", end)):
            if moment is not None and moment > length + _SLACK:
                message = f"This recording lasts {clock(length)}; {clock(moment)} is past its end."
                raise invalid(field, "beyond-the-end", message)
    unknown = "The length of this recording is not known here, so the moment was not checked."
    note = "" if length is not None or item.file is None else unknown
    return Place(locator=Pin.Locator.TIME, start_seconds=start, end_seconds=end, note=note)


def _quote(item: Evidence, quote: str) -> Place:
    words = " ".join(quote.split())
    if not words:
        raise invalid("quote", "no-quote", "Copy the words that the reviewer should look for.")
    if len(words) > LONGEST_QUOTE:
        raise invalid(
            "quote", "too-long", f"A quote has at most {LONGEST_QUOTE:,} characters. Shorten it."
        )
    kind = _kind(item)
    if kind and kind.shown not in {Shown.PAGES, Shown.DOWNLOAD}:
        raise invalid(
            "place",
            "no-words",
            "A reviewer cannot look up words here. Choose a moment, or all of it.",
        )
    if item.kind == Evidence.Kind.TEXT:
        if plain(words) not in plain(_body(item)):
            raise invalid("quote", "not-there", "These words do not stand in your text. Copy them.")
        return Place(locator=Pin.Locator.QUOTE, quote=words)
    if item.file and kind and kind.shown == Shown.PAGES:
        page, note = _look_up(stored_file.texts(item.file), words)
        return Place(locator=Pin.Locator.QUOTE, quote=words, page=page, note=note)
    return Place(locator=Pin.Locator.QUOTE, quote=words)


def _look_up(pages: tuple[str, ...], words: str) -> tuple[int | None, str]:
    wanted = plain(words)
    texts = [plain(page) for page in pages]
    for number, text in enumerate(texts, start=1):
        if wanted in text:
            return number, ""
    if wanted in " ".join(texts):  # over the turn of a page
        return None, ""
    if not any(texts):
        return None, "This PDF has no text that can be searched, so the words were not looked up."
    return None, (
        "These words were not found in the PDF. Check them against the page; a page number helps "
        "the reviewer more if they cannot be found."
    )


def _has_pages(kind: FileType) -> bool:
    return kind.shown == Shown.PAGES or kind in {DOCX, PPTX}


def _kind(item: Evidence) -> FileType | None:
    return file_type(item.file.media_type) if item.file else None


def _body(item: Evidence) -> str:
    key = f"evidence.{item.uuid}.body"
    rows = DraftText.objects.filter(submission_id=item.submission_id, key=key)
    return rows.values_list("text", flat=True).first() or ""
