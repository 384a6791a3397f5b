"""What a badge says: fixed with the award as a snapshot, read back when it is signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from course_content.catalog import ArtifactKind, Module, Stack
from course_content.exports.case import item_uri
from course_content.loading import load
from credentials.domain import module as modules
from credentials.models import (
    Award,
    Badge,
    DraftText,
    Evidence,
    Issuer,
    ModuleVersion,
    StatusList,
)
from credentials.openbadges.documents import (
    AchievementText,
    CredentialContent,
    EvidenceNote,
    IndicatorAlignment,
    IndicatorResult,
    IssuerProfile,
    RelatedAchievement,
    StatusEntry,
)

_GENRE = {kind.value: kind.value.replace("-", " ").capitalize() for kind in ArtifactKind}


def snapshot(*, award: Award, issuer: Issuer) -> dict[str, Any]:
    """JSON-ready, complete, with nothing in it that names a person or shows evidence."""
    if award.achievement.code == award.decision.submission.competency:
        said = _of_module(award, issuer, modules.of(award.decision.submission))
    else:
        said = _of_stack(award, issuer, load().stack(award.achievement.code))
    return {
        **said,
        "source": {"id": f"{issuer_url(issuer)}#program", "name": issuer.program.name},
        "schema": schema_url(issuer, "OpenBadgeCredential"),
        "older": has_older_form(issuer),
    }


def domain_letter(code: str) -> str:
    """The letter of the domain that a competency or a domain's stack belongs to; else empty."""
    for domain in load().framework.domains:
        if code == domain.code or code in {c.code for c in domain.competencies}:
            return domain.letter.value
    return ""


def title(code: str) -> str:
    """What stands on the badge's art: the short title of a competency, the name of a stack."""
    catalog = load()
    names = {stack.code: stack.badge.name for stack in catalog.stacks}
    return names.get(code) or catalog.framework.competency(code).title


def _of_stack(award: Award, issuer: Issuer, stack: Stack) -> dict[str, Any]:
    """Aligned to the competencies it stands for; its evidence is the badges it is made of."""
    framework = load().framework
    parts = _competencies_of(stack)
    held = Award.objects.filter(
        program_id=award.program_id, learner_id=award.learner_id, active=True
    )
    dates = dict(held.values_list("achievement__code", "awarded_at"))
    return {
        "competency": stack.code,
        "title": stack.badge.name,
        "achievement": {
            "name": stack.badge.name,
            "description": stack.badge.description,
            "criteria": stack.badge.criteria,
            "version": "1.0",
            "tags": list(stack.badge.tags),
        },
        "framework": framework.title,
        "valid_years": stack.badge.valid_years,
        "indicators": [
            {
                "uuid": str(competency.uuid),
                "code": competency.code,
                "title": competency.title,
                "statement": competency.statement,
                "url": item_uri(issuer.base_url, competency.uuid),
            }
            for competency in map(framework.competency, parts)
        ],
        "evidence": [
            {
                "name": f"Badge {code}: {framework.competency(code).title}",
                "narrative": f"Awarded {dates[code]:%Y-%m-%d} on evidence of its own.",
                "genre": "Micro-credential",
            }
            for code in parts
        ],
        "review": (
            f"Each of the {len(parts)} competencies was decided on by trained reviewers on its own "
            "evidence; the badge of each says how many and of what kind."
        ),
        "module_digest": "",
    }


def _competencies_of(stack: Stack) -> list[str]:
    """The competency codes it stands for, through the stacks it is made of, in order."""
    stacks = {s.code: s for s in load().stacks}
    return [
        code
        for part in stack.all_of
        for code in (_competencies_of(stacks[part]) if part in stacks else [part])
    ]


def _of_module(award: Award, issuer: Issuer, module: Module) -> dict[str, Any]:
    """The competency's own badge.

    Evidence is described by its kind and by what it was pinned to: a title or a sentence that the
    learner wrote could name somebody.
    """
    decision = award.decision
    results: dict[str, dict[str, Any]] = decision.results
    framework = load().framework
    return {
        "competency": module.competency.code,
        "title": module.competency.title,
        "achievement": {
            "name": module.badge.name,
            "description": module.badge.description,
            "criteria": module.badge.criteria,
            "version": module.version,
            "tags": list(module.badge.tags),
        },
        "framework": framework.title,
        "valid_years": module.badge.valid_years,
        "indicators": [
            {
                "uuid": str(indicator.uuid),
                "code": indicator.code,
                "title": indicator.title,
                "statement": indicator.statement,
                "url": item_uri(issuer.base_url, indicator.uuid),
            }
            for indicator in module.competency.indicators
            if results[indicator.code]["met"]
        ],
        "evidence": _evidence(award),
        "earlier_versions": _earlier_versions(module),
        "review": review_statement(decision.reviewers, list(decision.qualifications)),
        "module_digest": module.digest,
    }


def _earlier_versions(module: Module) -> list[str]:
    """The versions of the module that somebody here began on before this one was first used."""
    used = ModuleVersion.objects.filter(competency=module.competency.code).order_by("first_used_at")
    versions = dict.fromkeys(used.values_list("version", flat=True))
    before = list(versions)
    return before[: before.index(module.version)] if module.version in versions else before


def review_statement(reviewers: int, qualifications: list[str]) -> str:
    """Who decided, in a sentence for a reader who knows nothing of us."""
    count = {1: "One trained reviewer", 2: "Two trained reviewers", 3: "Three trained reviewers"}
    who = count.get(reviewers, f"{reviewers} trained reviewers")
    kind = f" ({'; '.join(qualifications)})" if qualifications else ""
    how = " independently of each other" if reviewers > 1 else ""
    apart = (
        "The reviewer was not the learner and had declared no tie to the learner."
        if reviewers == 1
        else "None of them was the learner, and none had declared a tie to the learner."
    )
    return (
        f"{who}{kind} scored the evidence against the rubric of this competency{how}, without "
        f"knowing the learner's name. {apart}"
    )


def credential(badge: Badge) -> CredentialContent:
    """The badge's content for `openbadges.documents`; the same row gives the same value."""
    said: dict[str, Any] = badge.content
    award, achievement = badge.award, achievement_url(badge)
    alignments = {
        indicator["code"]: IndicatorAlignment(
            target_url=indicator["url"],
            target_code=indicator["uuid"],
            target_name=indicator["statement"],
            target_framework=said["framework"],
        )
        for indicator in said["indicators"]
    }
    years = said["valid_years"]
    awarded = award.awarded_at
    return CredentialContent(
        id=badge_url(badge),
        issuer=profile(badge.issuer),
        subject_id=f"urn:uuid:{badge.subject}",
        achievement=AchievementText(
            id=achievement,
            related=(*_related(achievement, said), *_older(badge)),
            endorsements=tuple(one.encode() for one in said.get("endorsements", ())),
            **{**said["achievement"], "tags": _tags(said)},
        ),
        alignments=tuple(alignments.values()),
        results=tuple(
            IndicatorResult(
                indicator_code=indicator["code"],
                indicator_title=indicator["title"],
                result_description_id=f"{achievement}#{indicator['code']}",
                alignment=alignments[indicator["code"]],
            )
            for indicator in said["indicators"]
        ),
        evidence=tuple(EvidenceNote(**note) for note in said["evidence"]),
        review_statement=said["review"],
        valid_from=awarded,
        awarded=awarded,
        valid_until=_years_later(awarded, years) if years else None,
        status=StatusEntry(list_url=status_list_url(badge.status_list), index=badge.status_index),
        image_url=f"{achievement}.png",
        source=IssuerProfile(**said["source"]) if "source" in said else None,
        schema_url=said.get("schema"),
    )


def older_url(badge: Badge) -> str:
    """Where its hosted assertion of Open Badges 2.0 is served, for ever (decision 0001)."""
    return f"{badge.issuer.base_url}/lc/badges/{badge.uuid}/2.0"


def older_issuer_url(issuer: Issuer) -> str:
    """Where its Profile of Open Badges 2.0 is served, for ever (decision 0001)."""
    return f"{issuer_url(issuer)}/2.0"


def has_older_form(issuer: Issuer) -> bool:
    """Open Badges 2.0 does without no issuer's e-mail address."""
    return bool(issuer.program.contact_email)


def profile(issuer: Issuer) -> IssuerProfile:
    """The issuer as badges name it."""
    return IssuerProfile(id=issuer.did, name=issuer.name, url=issuer_url(issuer))


def issuer_url(issuer: Issuer) -> str:
    """The issuer's page."""
    return f"{issuer.base_url}/lc/issuers/{issuer.uuid}"


def schema_url(issuer: Issuer, name: str) -> str:
    """Where the JSON Schema is served, for ever (decision 0001)."""
    return f"{issuer.base_url}/lc/schemas/{name}.json"


def status_list_url(row: StatusList) -> str:
    """Where the list is served, for ever (decision 0001)."""
    return f"{row.issuer.base_url}/lc/status/{row.uuid}"


def badge_url(badge: Badge) -> str:
    """What the badge calls itself, and where it is, for ever (decision 0001)."""
    return f"{badge.issuer.base_url}/lc/badges/{badge.uuid}"


def achievement_url(badge: Badge) -> str:
    """What its achievement calls itself, and where it is, for ever (decision 0001)."""
    return achievement_at(badge.issuer, badge.award.achievement.uuid)


def achievement_at(issuer: Issuer, uuid: UUID) -> str:
    """The identifier of that achievement of the issuer's program."""
    return f"{issuer.base_url}/lc/achievements/{uuid}"


def proof_url(issuer: Issuer, uuid: UUID) -> str:
    """What a learner's released scores call themselves, and where they are until withdrawn."""
    return f"{issuer.base_url}/lc/rubric-proofs/{uuid}"


def revocations_url(issuer: Issuer) -> str:
    """Where the issuer's list of withdrawn badges is served, for ever (decision 0001)."""
    return f"{issuer.base_url}/lc/issuers/{issuer.uuid}/revocations"


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year + years, day=28)


def _tags(said: dict[str, Any]) -> tuple[str, ...]:
    return tuple(said["achievement"]["tags"])


def _older(badge: Badge) -> tuple[RelatedAchievement, ...]:
    """The same achievement in the words of 2.0, where there were such words when it was awarded."""
    if not badge.content.get("older"):
        return ()
    return (RelatedAchievement(id=f"{older_url(badge)}/class"),)


def _related(achievement: str, said: dict[str, Any]) -> tuple[RelatedAchievement, ...]:
    return tuple(
        RelatedAchievement(id=f"{achievement}#version-{quote(version)}", version=version)
        for version in said.get("earlier_versions", ())
    )


def _evidence(award: Award) -> list[dict[str, str]]:
    submission = award.decision.submission
    links = set(DraftText.objects.filter(submission=submission).values_list("key", flat=True))
    notes = []
    found = Evidence.objects.filter(submission=submission).select_related("file")
    items = found.prefetch_related("pins")
    for number, item in enumerate(items, start=1):
        pinned = sorted({pin.indicator for pin in item.pins.all()})
        if not pinned:
            continue
        kind = _GENRE.get(item.artifact, "Other")
        part = (
            " Group work; the learner's own part was stated."
            if item.group_work and f"evidence.{item.uuid}.my_part" in links
            else ""
        )
        notes.append(
            {
                "name": f"Evidence {number}: {kind.lower()}",
                "narrative": f"Reviewed for {', '.join(pinned)}.{part}",
                "genre": kind,
                **({"digest": item.file.digest} if item.file else {}),
            }
        )
    return notes
