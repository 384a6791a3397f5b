"""A learner's record of badges (CLR 2.0): made and signed when the learner asks, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from course_content.loading import load
from credentials.domain import content, issuer_key
from credentials.models import Award, Badge, Issuer
from credentials.openbadges import Association, RecordContent, clr_document, sign
from credentials.openbadges.keys import verification_method


@dataclass(frozen=True, kw_only=True)
class Record:
    """Exact signed bytes, how many badges are in them, and whether there are others."""

    document: bytes
    badges: int
    partial: bool


def make(*, learner_id: int, program_id: int, now: datetime) -> Record | None:
    """Everything the learner holds of that program, signed by its issuer; None without a badge.

    What was revoked or has run out is left out. `partial` is true where the learner holds more
    than is in it: a badge that ran out or is not signed yet, or one of another program here.
    The record and its holder have the same identifiers each time, which name nobody.
    """
    held = Award.objects.filter(learner_id=learner_id, active=True)
    rows = _signed(learner_id, program_id)
    inside = [row for row in rows if _in_force(row, now)]
    if not inside:
        return None
    issuer = Issuer.objects.select_related("program").get(program_id=program_id)
    partial = held.count() > len(inside)
    document = clr_document(_content(issuer, inside, partial=partial, now=now))
    key = issuer_key.active(issuer)
    data = sign(
        document,
        issuer_key.open_key(key),
        verification_method=verification_method(issuer.did, key.public_multibase),
        created=now,
    )
    return Record(document=data, badges=len(inside), partial=partial)


def _signed(learner_id: int, program_id: int) -> Sequence[Badge]:
    rows = Badge.objects.filter(
        award__learner_id=learner_id,
        award__program_id=program_id,
        award__active=True,
        document__isnull=False,
    )
    related = ("award__achievement", "issuer__program", "status_list__issuer")
    return list(rows.select_related(*related).order_by("award__awarded_at", "pk"))


def _in_force(row: Badge, now: datetime) -> bool:
    until = content.credential(row).valid_until
    return until is None or until >= now


def _content(
    issuer: Issuer, badges: Sequence[Badge], *, partial: bool, now: datetime
) -> RecordContent:
    first = _first_subject(badges[0].award)
    return RecordContent(
        id=f"urn:uuid:{uuid5(first, 'record')}",
        name=f"Badges of one learner, {issuer.program.name}",
        issuer=content.profile(issuer),
        subject_id=f"urn:uuid:{uuid5(first, 'holder')}",
        badges=tuple(bytes(row.document or b"") for row in badges),
        partial=partial,
        valid_from=now,
        associations=_associations(badges),
        schema_url=content.schema_url(issuer, "ClrCredential"),
    )


def _first_subject(award: Award) -> UUID:
    """The opaque number in the learner's first badge here, also if that was revoked since."""
    rows = Badge.objects.filter(
        award__learner_id=award.learner_id, award__program_id=award.program_id
    )
    return rows.order_by("pk").values_list("subject", flat=True)[0]


def _associations(badges: Sequence[Badge]) -> tuple[Association, ...]:
    """Which badge is part of which stack's, as far as both are there."""
    names = {row.award.achievement.code: content.achievement_url(row) for row in badges}
    return tuple(
        Association(kind="isPartOf", source=names[part], target=names[stack.code])
        for stack in load().stacks
        if stack.code in names
        for part in stack.all_of
        if part in names
    )
