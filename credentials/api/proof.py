"""A learner's scores: what releasing them would say, releasing them, withdrawing them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from credentials.data import Actor, ScoresView, ScoreView
from credentials.domain import content, proof
from credentials.domain import scores as rows
from credentials.errors import NotFound
from credentials.models import Award

_RELATED = ("achievement", "badge__issuer", "decision__submission__module_version", "program")


def scores(actor: Actor, *, award: UUID) -> ScoresView:
    """What a scored rubric of that badge says, released or not.

    Raises NotFound for somebody else's award and for one without scores of its own.
    """
    row = _mine(actor, award)
    released = proof.current(row)
    return ScoresView(
        award=row.uuid,
        competency=row.achievement.code,
        title=str(row.badge.content["achievement"]["name"]),
        scores=tuple(_score(one) for one in rows.reached(row)),
        proof=released.uuid if released else None,
        address=content.proof_url(row.badge.issuer, released.uuid) if released else "",
        released_at=released.released_at if released else None,
    )


@transaction.atomic
def release_scores(actor: Actor, *, award: UUID) -> ScoresView:
    """Sign the scores as a document of its own; a second call changes nothing.

    Raises NotFound as `scores` does, and Closed for a badge that has run out.
    """
    proof.release(award=_mine(actor, award), actor=actor, now=timezone.now())
    return scores(actor, award=award)


@transaction.atomic
def withdraw_scores(actor: Actor, *, award: UUID) -> ScoresView:
    """Take the released scores back: the address answers nobody, copies read as withdrawn.

    A second call changes nothing. Raises NotFound as `scores` does.
    """
    proof.withdraw(award=_mine(actor, award), actor=actor, now=timezone.now())
    return scores(actor, award=award)


def _mine(actor: Actor, uuid: UUID) -> Award:
    row = (
        Award.objects.filter(
            uuid=uuid, program_id=actor.program_id, learner_id=actor.user_id, badge__isnull=False
        )
        .select_related(*_RELATED)
        .first()
    )
    if row is None or not proof.may_release(row):
        raise NotFound("There are no scores to release at this address.")
    return row


def _score(one: rows.Reached) -> ScoreView:
    return ScoreView(
        indicator=one.indicator,
        level=one.level.number,
        name=one.level.name,
        descriptor=one.level.descriptor,
        required=one.row.required,
        highest=one.row.levels[-1].number,
    )
