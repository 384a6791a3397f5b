"""Badges as values, for their holders, their program and the public."""

from __future__ import annotations

from credentials.data import BadgeView
from credentials.domain import proof
from credentials.models import Award, WorkItem

RELATED = ("achievement", "program", "badge", "learner", "decision__submission")


def view(award: Award, *, released: bool = False) -> BadgeView:
    """The badge of an award; the holder's name only where the holder switched it on."""
    badge = award.badge
    if award.revoked_at:
        state = "revoked"
    elif badge.png is None:
        state = "being signed"
    else:
        state = "ready"
    return BadgeView(
        uuid=badge.uuid,
        award=award.uuid,
        competency=award.achievement.code,
        title=str(badge.content["achievement"]["name"]),
        program_name=award.program.name,
        state=state,
        awarded_at=award.awarded_at,
        revoked_at=award.revoked_at,
        reason=award.reason,
        holder_name=award.learner.get_full_name() if award.show_name else "",
        show_name=award.show_name,
        content=badge.content,
        document=bytes(badge.document) if badge.document is not None else None,
        problem=_problem(award) if state == "being signed" else "",
        scored=proof.may_release(award),
        released=released,
    )


def _problem(award: Award) -> str:
    failing = WorkItem.objects.filter(
        kind__in=("sign", "bake"), key=str(award.badge.uuid), done_at=None
    ).exclude(last_error="")
    return failing.values_list("last_error", flat=True).first() or ""
