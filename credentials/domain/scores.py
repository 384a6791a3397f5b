"""The levels that reviewers decided on, as values to be shown and as what a proof of them says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from course_content.catalog import Level, Module, RubricRow
from course_content.exports.case import item_uri
from course_content.loading import load
from course_content.loading.identifiers import level_uuid
from credentials.domain import content
from credentials.domain import module as modules
from credentials.errors import Closed
from credentials.models import Award, Badge
from credentials.openbadges import (
    CredentialContent,
    EvidenceNote,
    IndicatorAlignment,
    IndicatorScore,
    RubricLevel,
    StatusEntry,
)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """The level that was decided on for one indicator, with its place in the rubric."""

    indicator: str
    row: RubricRow
    level: Level


def reached(award: Award) -> tuple[Reached, ...]:
    """The decided level of each indicator in the rubric's order; what is unscorable has none."""
    results = award.decision.results
    found = []
    for row in modules.of(award.decision.submission).rubric.rows:
        number = results[row.indicator]["level"]
        level = next((level for level in row.levels if level.number == number), None)
        if level is not None:
            found.append(Reached(indicator=row.indicator, row=row, level=level))
    return tuple(found)


def proof_content(of: Badge, *, uuid: UUID, entry: StatusEntry, now: datetime) -> CredentialContent:
    """What the badge says, with levels for "met" and the badge itself as the evidence.

    Raises Closed for a badge that has run out.
    """
    said = content.credential(of)
    if said.valid_until is not None and said.valid_until <= now:
        raise Closed("This badge has run out, so its scores cannot be released any more.")
    name = said.achievement.name
    return replace(
        said,
        id=content.proof_url(of.issuer, uuid),
        name=f"Scored rubric: {name}",
        results=_scores(of),
        evidence=(
            EvidenceNote(
                name=f"Badge: {name}",
                narrative="The badge that was awarded on these scores. The learner released them.",
                genre="Open Badge",
                url=said.id,
            ),
        ),
        valid_from=now,
        status=entry,
    )


def _scores(of: Badge) -> tuple[IndicatorScore, ...]:
    module = modules.of(of.award.decision.submission)
    return tuple(_score(of, module, one) for one in reached(of.award))


def _score(of: Badge, module: Module, one: Reached) -> IndicatorScore:
    indicator = module.competency.indicator(one.indicator)
    place = f"{content.achievement_url(of)}#{indicator.code}-rubric-{quote(module.version)}"
    return IndicatorScore(
        indicator_code=indicator.code,
        indicator_title=indicator.title,
        result_description_id=place,
        levels=tuple(_level(of, one.row, level, place) for level in one.row.levels),
        required=_level_id(place, one.row.required),
        achieved=_level_id(place, one.level.number),
        alignment=IndicatorAlignment(
            target_url=item_uri(of.issuer.base_url, indicator.uuid),
            target_code=str(indicator.uuid),
            target_name=indicator.statement,
            target_framework=load().framework.title,
        ),
    )


def _level(of: Badge, row: RubricRow, level: Level, place: str) -> RubricLevel:
    uuid = level_uuid(row.uuid, level.number)
    return RubricLevel(
        id=_level_id(place, level.number),
        number=level.number,
        name=level.name,
        descriptor=level.descriptor,
        alignment=IndicatorAlignment(
            target_url=item_uri(of.issuer.base_url, uuid),
            target_code=str(uuid),
            target_name=level.name,
            target_framework=load().framework.title,
            target_type="CFRubricCriterionLevel",
        ),
    )


def _level_id(place: str, number: int) -> str:
    return f"{place}-level-{number}"
