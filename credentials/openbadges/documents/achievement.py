"""What was achieved: the Achievement, and for each indicator what it asks and how it was judged.

How a result is written: each indicator that was met has a ResultDescription of resultType
"Status", aligned to the indicator, and a Result with status "Completed". "Status" is the one
resultType whose Result carries no value at all (the specification asks for `status` instead), and
"Completed" is the one of its seven states that says "met"; so the badge tells that the indicator
was demonstrated and nothing about levels or scores, which stay with learner and program. An
indicator that was not met does not appear.

A score (IndicatorScore) is what a learner releases in a document of its own: a ResultDescription
of resultType "RubricCriterionLevel" with the whole scale, and a Result that names the level.
"""

from __future__ import annotations

from typing import Any

from credentials.openbadges.documents.content import (
    CredentialContent,
    IndicatorResult,
    IndicatorScore,
    RelatedAchievement,
    RubricLevel,
)
from credentials.openbadges.documents.parts import alignment, endorsements, profile
from credentials.openbadges.documents.writing import amount, iri, text
from credentials.openbadges.errors import NotSafe


def achievement(content: CredentialContent) -> dict[str, Any]:
    """Open Badges 3.0, Achievement, with a ResultDescription for each result."""
    said = content.achievement
    written: dict[str, Any] = {
        "id": iri("achievement.id", said.id),
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": text("achievement.name", said.name),
        "description": text("achievement.description", said.description),
        "criteria": {"narrative": text("achievement.criteria", said.criteria)},
        "version": text("achievement.version", said.version),
        "inLanguage": text("achievement.language", said.language),
    }
    if said.creator is not None:
        written["creator"] = profile("achievement.creator", said.creator)
    if said.credits is not None:
        written["creditsAvailable"] = amount("achievement.credits", said.credits)
    if content.image_url is not None:
        written["image"] = {"id": iri("image_url", content.image_url), "type": "Image"}
    if said.tags:
        written["tag"] = [text("achievement.tags", tag) for tag in said.tags]
    if said.related:
        written["related"] = [_related(said.id, other) for other in said.related]
    if content.alignments:
        written["alignment"] = [alignment(each) for each in content.alignments]
    if said.endorsements:
        written["endorsement"] = endorsements("achievement.endorsements", said.endorsements)
    told = _told(content)
    if told:
        written["resultDescription"] = [_description(each) for each in told]
    return written


def results(content: CredentialContent) -> list[dict[str, Any]]:
    """Open Badges 3.0, Result: one for each indicator that was met or is scored."""
    return [_result(each) for each in _told(content)]


def _told(content: CredentialContent) -> list[IndicatorResult | IndicatorScore]:
    return [r for r in content.results if isinstance(r, IndicatorScore) or r.met]


def _related(own_id: str, other: RelatedAchievement) -> dict[str, Any]:
    if other.id == own_id:
        raise NotSafe("achievement.related: a related achievement needs an identifier of its own.")
    written: dict[str, Any] = {"id": iri("achievement.related", other.id), "type": ["Related"]}
    if other.version is not None:
        written["version"] = text("achievement.related", other.version)
    if other.language is not None:
        written["inLanguage"] = text("achievement.related", other.language)
    return written


def _description(said: IndicatorResult | IndicatorScore) -> dict[str, Any]:
    place = f"result {said.indicator_code}"
    code, title = text(place, said.indicator_code), text(place, said.indicator_title)
    scored = isinstance(said, IndicatorScore)
    written: dict[str, Any] = {
        "id": iri(place, said.result_description_id),
        "type": ["ResultDescription"],
        "name": f"{code} {title}",
        "resultType": "RubricCriterionLevel" if scored else "Status",
    }
    if said.alignment is not None:
        written["alignment"] = [alignment(said.alignment)]
    if isinstance(said, IndicatorScore):
        _check_scale(place, said)
        written["requiredLevel"] = said.required
        written["rubricCriterionLevel"] = [_level(place, level) for level in said.levels]
    return written


def _check_scale(place: str, said: IndicatorScore) -> None:
    names = [level.id for level in said.levels]
    numbers = [level.number for level in said.levels]
    if numbers != sorted(set(numbers)) or len(set(names)) != len(names):
        raise NotSafe(f"{place}: the levels do not rise from low to high.")
    if said.required not in names or said.achieved not in names:
        raise NotSafe(f"{place}: the required or the achieved level is not in the rubric.")


def _level(place: str, level: RubricLevel) -> dict[str, Any]:
    """The list's order is not part of what is signed (its members are a set): `level` is."""
    written: dict[str, Any] = {
        "id": iri(place, level.id),
        "type": ["RubricCriterionLevel"],
        "name": text(place, level.name),
        "level": str(level.number),
        "points": str(level.number),
        "description": text(place, level.descriptor),
    }
    if level.alignment is not None:
        written["alignment"] = [alignment(level.alignment)]
    return written


def _result(said: IndicatorResult | IndicatorScore) -> dict[str, Any]:
    verdict = (
        {"achievedLevel": said.achieved}
        if isinstance(said, IndicatorScore)
        else {"status": "Completed"}
    )
    return {"type": ["Result"], "resultDescription": said.result_description_id, **verdict}
