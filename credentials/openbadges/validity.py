"""From when and until when a badge says it is valid, in the words of either data model.

A badge that uses the words of both must satisfy both.

Source: W3C Verifiable Credentials Data Model 2.0, section 4.9, and 1.1, sections 4.6 and 4.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from credentials.openbadges.proof import read_instant


def begins(document: Mapping[str, Any]) -> Any:
    """The date from which it is valid, as written: the latest, or one that cannot be read."""
    return _ordered(document, "validFrom", "issuanceDate")[-1]


def ends(document: Mapping[str, Any]) -> Any:
    """The date until which it is valid, as written: the earliest, or one that cannot be read."""
    return _ordered(document, "validUntil", "expirationDate")[0]


def _ordered(document: Mapping[str, Any], *names: str) -> list[Any]:
    """The dates from early to late; those that cannot be read alone; [None] for no date."""
    given = [document[name] for name in names if document.get(name) is not None]
    moments = [(moment, value) for value in given if (moment := read_instant(value)) is not None]
    if len(moments) < len(given):
        return [value for value in given if read_instant(value) is None]
    return [value for _, value in sorted(moments)] or [None]
