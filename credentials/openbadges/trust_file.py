"""A trust list as a file: read whole, or refused with every fault at once; and written.

The format is in docs/trust-lists.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from credentials.openbadges.errors import BadTrustList
from credentials.openbadges.trust import Edition, Entry

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 20_000
LIST_FIELDS = frozenset({"name", "publisher", "dated", "entries"})
ENTRY_FIELDS = frozenset({"issuer", "legal_name", "from", "until"})

#: Where in the file, and what is wrong there.
Fault = tuple[str, str]


def read_edition(raw: bytes) -> Edition:
    """The edition in a file; raises BadTrustList with every fault of the file at once."""
    if len(raw) > MAX_BYTES:
        raise BadTrustList(
            f"The file has {len(raw):,} bytes; a trust list has at most {MAX_BYTES:,}."
        )
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadTrustList(f"The file is not JSON in UTF-8: {error}.") from None
    if not isinstance(document, dict):
        raise BadTrustList("The file must hold one JSON object; see docs/trust-lists.md.")
    faults = (*_list_faults(document), *_entry_faults(document.get("entries")))
    if faults:
        raise BadTrustList(f"The trust list has {len(faults)} faults.", faults)
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


def write_edition(edition: Edition) -> bytes:
    """The file of an edition, which `read_edition` gives back; the same bytes each time."""
    entries = [
        {
            "issuer": entry.issuer,
            "legal_name": entry.legal_name,
            "from": entry.since or None,
            "until": entry.until or None,
        }
        for entry in edition.entries
    ]
    document = {
        "name": edition.name,
        "publisher": edition.publisher,
        "dated": edition.dated.isoformat(),
        "entries": entries,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _list_faults(document: dict[str, Any]) -> Iterator[Fault]:
    yield from _unknown(document, LIST_FIELDS, "")
    for name, most in (("name", 200), ("publisher", 200)):
        yield from _text_fault(document.get(name), name, most)
    if not _is_day(document.get("dated")):
        yield _fault("dated", "is not a day such as 2031-02-01")


def _entry_faults(entries: Any) -> Iterator[Fault]:
    if not isinstance(entries, list):
        yield _fault("entries", "is not a list")
        return
    if len(entries) > MAX_ENTRIES:
        yield _fault("entries", f"has more than {MAX_ENTRIES:,} issuers")
        return
    for number, entry in enumerate(entries, start=1):
        where = f"entries[{number}]"
        if not isinstance(entry, dict):
            yield _fault(where, "is not an object")
            continue
        yield from _unknown(entry, ENTRY_FIELDS, f"{where}.")
        yield from _text_fault(entry.get("legal_name"), f"{where}.legal_name", 200)
        issuer = entry.get("issuer")
        if not isinstance(issuer, str) or not _is_identifier(issuer):
            yield _fault(f"{where}.issuer", "is not a did:web, did:key or https identifier")
        for name in ("from", "until"):
            if entry.get(name) is not None and not _is_day(entry[name]):
                yield _fault(f"{where}.{name}", "is not a day such as 2031-02-01, or null")


def _unknown(found: dict[str, Any], known: frozenset[str], where: str) -> Iterator[Fault]:
    for name in sorted(found.keys() - known):
        yield _fault(f"{where}{name}", "is not a field of a trust list")


def _text_fault(value: Any, name: str, most: int) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield _fault(name, "is missing")
    elif len(value) > most:
        yield _fault(name, f"is longer than {most} characters")


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_identifier(value: str) -> bool:
    return value.startswith(("did:web:", "did:key:", "https://")) and not any(
        character.isspace() for character in value
    )


def _fault(field: str, message: str) -> Fault:
    return field, f"{field} {message}."
