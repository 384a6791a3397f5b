"""The badges inside a record, each of them verified as it would be alone, within bounds.

Source: Comprehensive Learner Record 2.0, "ClrSubject". The record's own signature says who put the
badges together; whether one of them holds is that badge's own question.
"""

from __future__ import annotations

from typing import Any, Final

from credentials.openbadges.reading import Reading, read
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_record

#: More than any program awards to one learner (21 competencies, four domains, the whole).
MAX_BADGES: Final = 64
#: As many as are looked at in a record whose own statements are in doubt.
MAX_IN_DOUBT: Final = 8
#: A record may hold records, and these again badges, but no records.
MAX_DEEP: Final = 2


ENVELOPE: Final = "data:application/vc+jwt,"


class Budget:
    """How many badges one verification may still look into, however they are nested."""

    def __init__(self, badges: int = MAX_BADGES) -> None:
        self._left = badges
        self.spent = f"The record holds more than {badges} badges"

    def in_doubt(self, badges: int = MAX_IN_DOUBT) -> None:
        """A record around them cannot be read for sure: then each badge may cost far more work."""
        if badges < self._left:
            self._left = badges
            self.spent = f"The record cannot be read for sure and holds more than {badges} badges"

    def take(self) -> bool:
        """Use up one; False when there is none left."""
        self._left -= 1
        return self._left >= 0


def badges_in(document: dict[str, Any]) -> list[Any]:
    """What a record holds, each as it stands there; nothing for what is no record."""
    subject = document.get("credentialSubject")
    if not is_record(document) or not isinstance(subject, dict):
        return []
    found = subject.get("verifiableCredential")
    return found if isinstance(found, list) else [] if found is None else [found]


def open_badge(badge: Any, *, depth: int, budget: Budget) -> Reading:
    """One badge of a record, ready to be asked; beyond the bounds, why it was not looked at.

    `depth` counts the records around it.
    """
    if depth > MAX_DEEP:
        return _closed("too-deep", "It lies in records within records, which are not opened here.")
    if not budget.take():
        return _closed(
            "too-many-badges",
            f"{budget.spent}; this one and those after it were not looked at.",
        )
    if not isinstance(badge, dict):
        return _closed("not-a-badge", "One entry of the record is not a badge.", Answer.NO)
    envelope = badge.get("id")
    if isinstance(envelope, str) and envelope.startswith(ENVELOPE):
        return read(envelope.removeprefix(ENVELOPE).encode("utf-8", "replace"))
    reason = "It was read out of the record."
    return Reading(finding=_readable(Answer.YES, "inside", reason), document=badge)


def _closed(code: str, reason: str, answer: Answer = Answer.UNCHECKED) -> Reading:
    return Reading(finding=_readable(answer, code, reason))


def _readable(answer: Answer, code: str, reason: str) -> Finding:
    return Finding(question=Question.READABLE, answer=answer, code=code, reason=reason)
