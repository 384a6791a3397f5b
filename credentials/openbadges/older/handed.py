"""A badge of 2.0 by its address alone, as the oldest pictures carry it: fetched, then read."""

from __future__ import annotations

from typing import Final

from credentials.openbadges.answers import finding
from credentials.openbadges.older.hosted import GONE
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.reading import Reading, read
from credentials.openbadges.report import Answer, Question

WITHDRAWN: Final = finding(
    Question.READABLE,
    Answer.UNCHECKED,
    "withdrawn",
    "It is only the address of a badge, and the address says that its issuer has withdrawn it.",
)


def fetched_reading(address: str, ports: Ports, *, max_bytes: int) -> Reading:
    """What the address answers, read like a file; an address of an address is not followed."""
    try:
        reading = read(ports.fetch(address).body, max_bytes=max_bytes)
    except Unreachable as error:
        if error.status == GONE:
            return Reading(finding=WITHDRAWN)
        return _unread(
            Answer.UNCHECKED,
            "not-fetched",
            f"It is only the address of a badge, which could not be fetched. {error.message}",
        )
    if reading.address:
        return _unread(
            Answer.NO, "not-a-badge", "It is only an address, which leads to another address."
        )
    return reading


def _unread(answer: Answer, code: str, reason: str) -> Reading:
    return Reading(finding=finding(Question.READABLE, answer, code, reason))
