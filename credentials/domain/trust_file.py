"""Reading a trust list from its file: the whole list, or every fault at once.

The format is in docs/trust-lists.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from credentials.errors import Invalid, Problem

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 20_000
LIST_FIELDS = frozenset({"name", "publisher", "dated", "entries"})
ENTRY_FIELDS = frozenset({"issuer", "legal_name", "from", "until"})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One issuer on a list; the dates are ISO 8601 days, empty where there is no bound."""

    issuer: str
    legal_name: str
    since: str
    until: str

    def covers(self, day: date) -> bool:
        """Whether the publisher stood behind the issuer on that day."""
        return self.since <= day.isoformat() and day.isoformat() <= (self.until or "9999")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A trust list as its publisher dated it."""

    name: str
    publisher: str
    dated: date
    entries: tuple[Entry, ...]


def read_edition(raw: bytes) -> Edition:
    """The edition in a file; raises Invalid with every fault of the file at once."""
    if len(raw) > MAX_BYTES:
        raise Invalid(f"The file has {len(raw):,} bytes; a trust list has at most {MAX_BYTES:,}.")
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Invalid(f"The file is not JSON in UTF-8: {error}.") from None
    if not isinstance(document, dict):
        raise Invalid("The file must hold one JSON object; see docs/trust-lists.md.")
    problems = (*_list_problems(document), *_entry_problems(document.get("entries")))
    if problems:
        raise Invalid(f"The trust list has {len(problems)} faults.", problems)
    return Edition(
        name=document["name"].strip(),
        publisher=document["publisher"].strip(),
        dated=date.fromisoformat(document["dated"]),
        entries=tuple(
            Entry(
                issuer=entry["issuer"],
                legal_name=entry["legal_name"].strip(),
                since=entry.get("from") or "",
                until=entry.get("until") or "",
            )
            for entry in document["entries"]
        ),
    )


def _list_problems(document: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown(document, LIST_FIELDS, "")
    for name, most in (("name", 200), ("publisher", 200)):
        yield from _text_problem(document.get(name), name, most)
    if not _is_day(document.get("dated")):
        yield _problem("dated", "is not a day such as 2031-02-01")


def _entry_problems(entries: Any) -> Iterator[Problem]:
    if not isinstance(entries, list):
        yield _problem("entries", "is not a list")
        return
    if len(entries) > MAX_ENTRIES:
        yield _problem("entries", f"has more than {MAX_ENTRIES:,} issuers")
        return
    for number, entry in enumerate(entries, start=1):
        where = f"entries[{number}]"
        if not isinstance(entry, dict):
            yield _problem(where, "is not an object")
            continue
        yield from _unknown(entry, ENTRY_FIELDS, f"{where}.")
        yield from _text_problem(entry.get("legal_name"), f"{where}.legal_name", 200)
        issuer = entry.get("issuer")
        if not isinstance(issuer, str) or not _is_identifier(issuer):
            yield _problem(f"{where}.issuer", "is not a did:web, did:key or https identifier")
        for name in ("from", "until"):
            if entry.get(name) is not None and not _is_day(entry[name]):
                yield _problem(f"{where}.{name}", "is not a day such as 2031-02-01, or null")


def _unknown(found: dict[str, Any], known: frozenset[str], where: str) -> Iterator[Problem]:
    for name in sorted(found.keys() - known):
        yield _problem(f"{where}{name}", "is not a field of a trust list")


def _text_problem(value: Any, name: str, most: int) -> Iterator[Problem]:
    if not isinstance(value, str) or not value.strip():
        yield _problem(name, "is missing")
    elif len(value) > most:
        yield _problem(name, f"is longer than {most} characters")


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_identifier(value: str) -> bool:
    return value.startswith(("did:web:", "did:key:", "https://")) and not any(
        character.isspace() for character in value
    )


def _problem(field: str, message: str) -> Problem:
    return Problem(field=field, code="trust-list", message=f"{field} {message}.")
