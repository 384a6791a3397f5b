"""Two badges beside each other: equal but for ids of rows, times, place in a list and learner."""

from __future__ import annotations

import json
import re
from typing import Any

from course_content.loading import load

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What differs between any two badges: the proof, when it was, and the place in the status list.
OWN = {"proof", "validFrom", "validUntil", "awardedDate", "statusListIndex"}


def comparable(badge: bytes) -> Any:
    """What a badge for I.1 says, with what any two badges differ in made equal."""
    said = json.loads(badge)
    issued_at = said["id"].partition("/lc/badges/")[0]
    return same(said, issued_at, {str(i.uuid) for i in load().module("I.1").competency.indicators})


def same(said: Any, base: str, items: set[str]) -> Any:
    """Without dates and proof; ids of rows are "uuid", those of framework items stay."""
    if isinstance(said, dict):
        return {key: same(value, base, items) for key, value in said.items() if key not in OWN}
    if isinstance(said, list):
        return [same(value, base, items) for value in said]
    if not isinstance(said, str):
        return said
    host = base.partition("//")[2].replace(":", "%3A")
    placed = said.replace(base, "https://host").replace(f"did:web:{host}", "did:web:host")
    named = UUID.sub(lambda found: found[0] if found[0] in items else "uuid", placed)
    return re.sub(r"(/lc/status/uuid)#\d+$", r"\1#place", named)
