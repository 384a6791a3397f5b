"""What anyone may see: badges that were signed, their issuers, status lists and achievements.

Nothing here asks who is asking, and nothing here shows a draft, an attempt, a score, a return or
a reviewer. A badge that is not signed yet does not exist for the public. Each function reads; a
status list may be signed anew, in a transaction of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from course_content.art import badge_png, badge_svg
from course_content.catalog import DomainLetter, UnknownItem
from course_content.loading import load
from credentials.domain import badge as badges
from credentials.domain import content, endorsement, verification
from credentials.errors import NotFound
from credentials.models import Achievement, Badge, Issuer, RubricProof, StatusList
from credentials.openbadges.schemas import schema_bytes

Json = Mapping[str, Any]

PICTURE = 512  # pixels: an achievement's picture, which is nobody's badge


@dataclass(frozen=True, kw_only=True)
class Document:
    """Bytes as they are served; `digest` is their SHA-256 (hex), for caches."""

    body: bytes
    digest: str


@dataclass(frozen=True, kw_only=True)
class IssuerPage:
    """Who issues, as this installation knows it; `keys` as Multikey, the active one first."""

    uuid: UUID
    name: str
    program_name: str
    legal_name: str
    contact_email: str
    website: str
    did: str
    since: datetime
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Demonstrated:
    """An indicator that a badge stands for; `parts` are (label, statement) of its sub-items."""

    code: str
    title: str
    statement: str
    url: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class EvidenceSummary:
    """A piece of private evidence in the words of the badge."""

    name: str
    narrative: str


@dataclass(frozen=True, kw_only=True)
class AchievementPage:
    """What a program awards for a competency."""

    uuid: UUID
    competency: str
    domain: str  #: letter, for the colour
    domain_name: str
    name: str
    description: str
    criteria: str  #: Markdown
    version: str
    issuer: IssuerPage


@dataclass(frozen=True, kw_only=True)
class BadgePage:
    """A signed badge: what it says and whether it still stands.

    state: valid, expired or revoked. `holder` is empty unless the holder switched the name on.
    """

    uuid: UUID
    address: str  #: the badge's own identifier, which is also where it is served
    state: str
    achievement: AchievementPage
    demonstrated: tuple[Demonstrated, ...]
    evidence: tuple[EvidenceSummary, ...]
    review_statement: str
    holder: str
    awarded_at: datetime
    valid_until: datetime | None
    revoked_at: datetime | None
    subject: str
    has_picture: bool
    has_older_form: bool  #: of Open Badges 2.0
    endorsers: tuple[endorsement.Endorser, ...]


def badge_page(*, badge: UUID) -> BadgePage:
    """The badge as its public page shows it; raises NotFound before it is signed."""
    row = find_badge(badge)
    said: dict[str, Any] = row.content
    awarded = content.credential(row)
    award = row.award
    return BadgePage(
        uuid=row.uuid,
        address=awarded.id,
        state=_state(row, awarded.valid_until),
        achievement=_achievement_page(row.award.achievement, said["achievement"], row.issuer),
        demonstrated=tuple(
            Demonstrated(
                code=indicator["code"],
                title=indicator["title"],
                statement=indicator["statement"],
                url=indicator["url"],
                parts=_parts(said["competency"], indicator["code"]),
            )
            for indicator in said["indicators"]
        ),
        evidence=tuple(
            EvidenceSummary(name=note["name"], narrative=note["narrative"])
            for note in said["evidence"]
        ),
        review_statement=awarded.review_statement,
        holder=award.learner.get_full_name() if award.show_name else "",
        awarded_at=award.awarded_at,
        valid_until=awarded.valid_until,
        revoked_at=award.revoked_at,
        subject=awarded.subject_id,
        has_picture=row.png is not None,
        has_older_form=content.has_older_form(row.issuer),
        endorsers=tuple(
            endorsement.endorser(one, now=timezone.now())
            for one in awarded.achievement.endorsements
        ),
    )


def badge_document(*, badge: UUID) -> Document:
    """The exact bytes that were signed, also of a revoked badge; raises NotFound."""
    return document(find_badge(badge).document)


def badge_picture(*, badge: UUID) -> Document:
    """The PNG with the signed bytes in it; raises NotFound until it is baked."""
    return document(find_badge(badge).png)


def issuer_page(*, issuer: UUID) -> IssuerPage:
    """The issuer for a person; raises NotFound."""
    return _issuer_page(find_issuer(issuer))


def issuer_profile(*, issuer: UUID) -> Json:
    """The issuer as an Open Badges 3.0 Profile; raises NotFound."""
    return badges.issuer_profile(find_issuer(issuer))


def did_document(*, issuer: UUID) -> Json:
    """The issuer's did:web document with all its keys and lists; raises NotFound."""
    return badges.published_did_document(find_issuer(issuer))


def status_list(*, status_list: UUID) -> Document:
    """The signed revocation list as it is now; raises NotFound."""
    row = StatusList.objects.filter(uuid=status_list).first()
    if row is None:
        raise NotFound("There is no status list of that identifier.")
    return document(verification.current_status_list(row, now=timezone.now()))


def revocations(*, issuer: UUID) -> Json:
    """The issuer's withdrawn badges as a 1EdTech Revocation List; raises NotFound."""
    return badges.revocations(find_issuer(issuer))


def achievement_page(*, achievement: UUID) -> AchievementPage:
    """The achievement in today's words; a badge keeps those it was signed with."""
    row = _achievement(achievement)
    return _achievement_page(row, _words(row), row.program.issuer)


def achievement_document(*, achievement: UUID) -> Json:
    """The achievement as Open Badges 3.0 has it, standing alone; raises NotFound."""
    page = achievement_page(achievement=achievement)
    base = _achievement(achievement).program.issuer.base_url
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{base}/lc/achievements/{achievement}",
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": page.name,
        "description": page.description,
        "criteria": {"narrative": page.criteria},
        "version": page.version,
        "inLanguage": "en",
        "image": {"id": f"{base}/lc/achievements/{achievement}.png", "type": "Image"},
    }


def achievement_picture(*, achievement: UUID) -> Document:
    """The art of the achievement without anybody's badge in it; raises NotFound."""
    row = _achievement(achievement)
    return document(
        badge_png(
            badge_svg(
                row.code,
                title=content.title(row.code),
                domain=content.domain_letter(row.code),
                program=row.program.name,
                year=row.created_at.year,
            ),
            PICTURE,
        )
    )


def rubric_proof(*, proof: UUID) -> Document:
    """A learner's released scores, as signed; raises NotFound once they are withdrawn."""
    row = RubricProof.objects.filter(uuid=proof, active=True).first()
    if row is None:
        raise NotFound("There is nothing at this address.")
    return document(row.document)


def schema_document(*, name: str) -> Document:
    """The JSON Schema that documents of that type keep to; raises NotFound."""
    try:
        return document(schema_bytes(name))
    except KeyError:
        raise NotFound("There is no schema of that name.") from None


def find_badge(uuid: UUID) -> Badge:
    """The row of a signed badge; raises NotFound."""
    row = (
        Badge.objects.filter(uuid=uuid, document__isnull=False)
        .select_related(
            "award__achievement__program",
            "award__learner",
            "issuer__program",
            "status_list__issuer",
        )
        .first()
    )
    if row is None:
        raise NotFound("There is no badge at this address.")
    return row


def find_issuer(uuid: UUID) -> Issuer:
    """The row of an issuer; raises NotFound."""
    row = Issuer.objects.filter(uuid=uuid).select_related("program").first()
    if row is None:
        raise NotFound("There is no issuer at this address.")
    return row


def _achievement(uuid: UUID) -> Achievement:
    row = Achievement.objects.filter(uuid=uuid).select_related("program__issuer__program").first()
    if row is None:
        raise NotFound("There is no achievement at this address.")
    return row


def _words(row: Achievement) -> Json:
    """Name, description, criteria and version: today's module, else the last badge's."""
    for stack in load().stacks:
        if stack.code == row.code:
            return {
                "name": stack.badge.name,
                "description": stack.badge.description,
                "criteria": stack.badge.criteria,
                "version": "1.0",
            }
    try:
        module = load().module(row.code)
    except UnknownItem:
        newest = Badge.objects.filter(award__achievement=row, document__isnull=False).last()
        if newest is None:
            raise NotFound("There is no achievement at this address.") from None
        last: Json = newest.content["achievement"]
        return last
    return {
        "name": module.badge.name,
        "description": module.badge.description,
        "criteria": module.badge.criteria,
        "version": module.version,
    }


def _achievement_page(row: Achievement, words: Json, issuer: Issuer) -> AchievementPage:
    letter = content.domain_letter(row.code)
    names = {domain.letter: domain.short_name for domain in load().framework.domains}
    return AchievementPage(
        uuid=row.uuid,
        competency=row.code,
        domain=letter,
        domain_name=names[DomainLetter(letter)] if letter else load().framework.title,
        name=words["name"],
        description=words["description"],
        criteria=words["criteria"],
        version=words["version"],
        issuer=_issuer_page(issuer),
    )


def _issuer_page(row: Issuer) -> IssuerPage:
    keys = (
        row.keys.filter(kind="Ed25519")
        .order_by("-created_at", "-pk")
        .values_list("public_multibase", flat=True)
    )
    return IssuerPage(
        uuid=row.uuid,
        name=row.name,
        program_name=row.program.name,
        legal_name=row.program.legal_name,
        contact_email=row.program.contact_email,
        website=row.program.website,
        did=row.did,
        since=row.created_at,
        keys=tuple(keys),
    )


def _parts(competency: str, indicator: str) -> tuple[tuple[str, str], ...]:
    try:
        found = load().framework.competency(competency).indicator(indicator)
    except UnknownItem:  # a stack's badge names competencies, which have no parts
        return ()
    return tuple((part.label, part.statement) for part in found.sub_items)


def _state(row: Badge, valid_until: datetime | None) -> str:
    if row.award.revoked_at is not None:
        return "revoked"
    return "expired" if valid_until is not None and valid_until < timezone.now() else "valid"


def document(body: Any) -> Document:
    """Bytes as they are served; raises NotFound where there are none yet."""
    if body is None:
        raise NotFound("There is nothing at this address yet.")
    raw = bytes(body)
    return Document(body=raw, digest=hashlib.sha256(raw).hexdigest())
