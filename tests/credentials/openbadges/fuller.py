"""Ada's badge with everything a badge of ours can say, and the scores she may release."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from credentials.openbadges import (
    ConsentedEmail,
    EvidenceNote,
    IndicatorAlignment,
    IndicatorScore,
    IssuerProfile,
    RelatedAchievement,
    RubricLevel,
)
from tests.credentials.openbadges.issued import BASE, CONTENT, alignment

ACHIEVEMENT = CONTENT.achievement.id
SCHEMA = f"{BASE}/lc/schemas/OpenBadgeCredential"
SCALE = ("Not yet", "Growing", "Shown", "Extended")

FULL = replace(
    CONTENT,
    achievement=replace(
        CONTENT.achievement,
        version="2.0",
        credits=1.5,
        related=(
            RelatedAchievement(id=f"{ACHIEVEMENT}#version-1.0", version="1.0"),
            RelatedAchievement(id=f"{BASE}/lc/ob2/badges/22"),
            RelatedAchievement(id=f"{ACHIEVEMENT}#es", language="es"),
        ),
    ),
    evidence=(
        EvidenceNote(
            name="Evidence 1: plan", narrative="12 pages.", genre="Plan", digest="ab" * 32
        ),
    ),
    valid_until=datetime(2031, 3, 2, 15, 4, 5, tzinfo=UTC),
    source=IssuerProfile(id=f"{BASE}/lc/programs/1", name="Ridgeline School"),
    holder=ConsentedEmail.of("Ada@Lead.example", "9f3c"),
    schema_url=SCHEMA,
)


def scale(letter: str) -> tuple[RubricLevel, ...]:
    """The levels of one indicator's rubric, low to high."""
    return tuple(
        RubricLevel(
            id=f"{ACHIEVEMENT}#I.1.{letter}-level-{number}",
            number=number,
            name=name,
            descriptor=f"{name}: what is seen at {letter}.",
            alignment=IndicatorAlignment(
                target_url=f"{BASE}/lc/uri/9999-{letter}{number}",
                target_code=f"9999-{letter}{number}",
                target_name=name,
                target_framework="Leadership Competencies",
                target_type="CFRubricCriterionLevel",
            ),
        )
        for number, name in enumerate(SCALE, start=1)
    )


def score(letter: str, achieved: int = 3) -> IndicatorScore:
    """The level that was decided on for one indicator."""
    return IndicatorScore(
        indicator_code=f"I.1.{letter}",
        indicator_title=f"Title {letter}",
        result_description_id=f"{ACHIEVEMENT}#I.1.{letter}-rubric",
        levels=scale(letter),
        required=scale(letter)[2].id,
        achieved=scale(letter)[achieved - 1].id,
        alignment=alignment(letter),
    )


SCORED = replace(
    CONTENT,
    id=f"{BASE}/lc/rubric-proofs/77",
    name="Scored rubric: Shared Vision",
    results=(score("a"), score("b", 4)),
    evidence=(
        EvidenceNote(
            name="The badge that this belongs to",
            narrative="Awarded on these scores.",
            genre="Open Badge",
            url=CONTENT.id,
        ),
    ),
)
