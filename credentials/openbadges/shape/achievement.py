"""What was achieved, by whom, and how it was judged.

Source: Open Badges 3.0, sections "AchievementSubject" to "Result".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from credentials.openbadges.shape.values import (
    Fault,
    each,
    has_texts,
    is_iri,
    is_named,
    is_number,
    is_typed,
    is_wording,
    members,
)

RESULT_TYPES: Final = frozenset(
    {
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "PredictedScore",
        "RawScore",
        "Result",
        "RubricCriterion",
        "RubricCriterionLevel",
        "RubricScore",
        "ScaledScore",
        "Status",
    }
)


def subject_faults(subject: Any) -> Iterator[Fault]:
    """AchievementSubject."""
    if not is_typed(subject, "AchievementSubject"):
        yield Fault("subject", "It does not say to whom something was awarded.")
        return
    yield from holder_faults(subject)
    if not _is_profile(subject.get("source")):
        yield Fault("source", "It does not describe who assessed with an identifier.")
    for result in members(subject.get("result")):
        if not _is_result(result):
            yield Fault("result", "A result is not written as the standard asks.")
    yield from achievement_faults(subject.get("achievement"))


def holder_faults(subject: dict[str, Any]) -> Iterator[Fault]:
    """The holder has an identifier, or an IdentityObject, or both."""
    identifiers = members(subject.get("identifier"))
    if not is_iri(subject.get("id")) and not identifiers:
        yield Fault("subject", "It names its holder by nothing at all.")
    for identifier in identifiers:
        if not is_typed(identifier, "IdentityObject") or not has_texts(
            identifier, "identityHash", "identityType"
        ):
            yield Fault("identifier", "An identifier of its holder is not written as it must be.")


def achievement_faults(achievement: Any) -> Iterator[Fault]:
    """Achievement."""
    if not is_typed(achievement, "Achievement"):
        yield Fault("achievement", "It does not say what was achieved.")
        return
    if not is_iri(achievement.get("id")):
        yield Fault("achievement", "What was achieved has no identifier.")
    for name in ("name", "description"):
        if not is_wording(achievement.get(name)):
            yield Fault("achievement", f"What was achieved has no {name}.")
    criteria = achievement.get("criteria")
    if not isinstance(criteria, dict) or not (
        is_iri(criteria.get("id")) or is_wording(criteria.get("narrative"))
    ):
        yield Fault("criteria", "It does not say what had to be done for it.")
    if not _is_profile(achievement.get("creator")):
        yield Fault("creator", "It does not describe who made it up with an identifier.")
    available = achievement.get("creditsAvailable")
    if available is not None and not is_number(available):
        yield Fault("credits", "The credits it is worth are not a number.")
    yield from each(achievement.get("alignment"), _is_alignment, "alignment")
    yield from each(achievement.get("related"), lambda one: is_named(one, "Related"), "related")
    yield from each(achievement.get("resultDescription"), _is_result_description, "result")


def _is_profile(value: Any) -> bool:
    """Nobody, or a Profile; some write only its address."""
    return value is None or is_iri(value) or is_named(value, "Profile")


def _is_result(value: Any) -> bool:
    if not is_typed(value, "Result"):
        return False
    named = [value.get("achievedLevel"), value.get("resultDescription")]
    return all(name is None or is_iri(name) for name in named)


def _is_alignment(value: Any) -> bool:
    return (
        is_typed(value, "Alignment")
        and is_iri(value.get("targetUrl"))
        and is_wording(value.get("targetName"))
    )


def _is_result_description(value: Any) -> bool:
    if not is_named(value, "ResultDescription"):
        return False
    kind, required = value.get("resultType"), value.get("requiredLevel")
    return (
        isinstance(kind, str)
        and (kind in RESULT_TYPES or kind.startswith("ext:"))
        and is_wording(value.get("name"))
        and (required is None or is_iri(required))
        and all(_is_level(level) for level in members(value.get("rubricCriterionLevel")))
    )


def _is_level(value: Any) -> bool:
    return is_named(value, "RubricCriterionLevel") and is_wording(value.get("name"))
