"""Grant an award for a passing decision, once; take it back with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from course_content.catalog import Stack
from course_content.loading import load
from credentials import signals
from credentials.data import Actor
from credentials.domain import audit, badge, notice, proof, work
from credentials.errors import Closed, Invalid, LCError, Problem
from credentials.models import Achievement, Award, Badge, Decision


def grant(*, decision: Decision, actor: Actor | None, now: datetime) -> Award:
    """The learner holds the achievement because of this decision; in the deciding transaction.

    Makes the award, the badge's row (identifier, place in the status list, content) and the work
    of signing it, and the same for every stack that it completes. A second call, or a second
    decision for a badge already held, gives the award that exists. Raises LCError for a decision
    that did not pass: nothing else awards.
    """
    if decision.outcome != Decision.Outcome.PASSED:
        raise LCError("Only a passing decision awards.")
    made = _award(decision, decision.submission.competency, actor, now)
    for stack in load().stacks:  # parts stand before what they are part of
        if _complete(stack, made):
            _award(decision, stack.code, actor, now)
    return made


def _award(decision: Decision, code: str, actor: Actor | None, now: datetime) -> Award:
    submission = decision.submission
    achievement, _ = Achievement.objects.get_or_create(program_id=submission.program_id, code=code)
    held = Award.objects.filter(
        learner_id=submission.learner_id, achievement=achievement, active=True
    )
    if (existing := held.first()) is not None:
        return existing
    again = Award.objects.filter(
        decision=decision, achievement=achievement, badge__signed_at=None, revoked_at=None
    )
    if (taken_back := again.first()) is not None:  # a correction was itself corrected
        return _restore(taken_back, now)
    try:
        with transaction.atomic():
            made = Award.objects.create(
                program_id=submission.program_id,
                learner_id=submission.learner_id,
                achievement=achievement,
                decision=decision,
                awarded_at=now,
            )
    except IntegrityError:  # the constraint is the last word, whoever came first
        return held.get()
    row = badge.prepare(award=made, now=now)
    _queue(row, now)
    _log(actor, "award.granted", made, now)
    return made


def revoke_award(*, award: Award, reason: str, actor: Actor, now: datetime) -> Award:
    """Take the award back for good and say so in the status list; a second call changes nothing.

    `reason` is for the learner; the public sees only that it was revoked, and when. A stack's
    badge falls with its part.
    A badge that is not signed yet is never signed.
    """
    audit.line_up()
    award = Award.objects.select_for_update().get(pk=award.pk)
    if award.revoked_at:
        return award
    if not reason.strip():
        message = "Say why the badge is revoked; the learner reads it."
        raise Invalid(message, (Problem(field="reason", code="missing", message=message),))
    award.active, award.revoked_at, award.revoked_by_id = None, now, actor.user_id
    award.reason = reason
    award.save()
    badge.revoke(badge=award.badge, now=now)
    proof.fall(award=award, now=now)
    for whole in _stacks_over(award):
        part = f"A part of it, {award.achievement.code}, was revoked: {reason}"
        revoke_award(award=whole, reason=part, actor=actor, now=now)
    _log(actor, "award.revoked", award, now)
    signals.award_revoked.send(
        None,
        award=award.uuid,
        program_id=award.program_id,
        learner_id=award.learner_id,
        competency=award.achievement.code,
        at=now,
    )
    notice.tell(
        user_id=award.learner_id,
        program_id=award.program_id,
        kind="revoked",
        subject=award.uuid,
        competency=award.achievement.code,
        now=now,
    )
    return award


def take_back_unsigned(*, decision: Decision, actor: Actor, reason: str, now: datetime) -> None:
    """Undo the awards of a decision that is being corrected; raises Closed once one is signed."""
    for award in Award.objects.select_for_update().filter(decision=decision, active=True):
        over = _stacks_over(award)
        _take_back(award, reason, actor, now)
        for whole in over:
            part = f"A part of it, {award.achievement.code}, was taken back: {reason}"
            if whole.badge.signed_at:
                revoke_award(award=whole, reason=part, actor=actor, now=now)
            elif whole.decision_id != decision.pk:  # those of this decision come in this loop
                _take_back(whole, part, actor, now)


def _take_back(award: Award, reason: str, actor: Actor, now: datetime) -> None:
    row = Badge.objects.select_for_update().get(award=award)
    if row.signed_at:
        raise Closed("The badge is signed already. If it is wrong, revoke it with a reason.")
    award.active, award.reason = None, reason
    award.save()
    work.cancel(kind="sign", key=str(row.uuid), now=now)
    _log(actor, "award.taken-back", award, now)


def _complete(stack: Stack, award: Award) -> bool:
    held = Award.objects.filter(
        program_id=award.program_id, learner_id=award.learner_id, active=True
    )
    return set(stack.all_of) <= set(held.values_list("achievement__code", flat=True))


def _stacks_over(award: Award) -> list[Award]:
    """The learner's active awards of stacks that this one is a part of, at any depth."""
    parts = {award.achievement.code}
    for stack in load().stacks:
        if parts & set(stack.all_of):
            parts.add(stack.code)
    over = parts - {award.achievement.code}
    return list(
        Award.objects.filter(
            program_id=award.program_id,
            learner_id=award.learner_id,
            active=True,
            achievement__code__in=over,
        )
    )


def _restore(award: Award, now: datetime) -> Award:
    award.active, award.reason = True, ""
    award.save()
    _queue(award.badge, now)
    return award


def _queue(row: Badge, now: datetime) -> None:
    hold = timedelta(minutes=row.issuer.program.hold_minutes)
    item = work.renew(kind="sign", key=str(row.uuid), payload={"badge": str(row.uuid)}, now=now)
    item.__class__.objects.filter(pk=item.pk).update(not_before=now + hold)


def _log(actor: Actor | None, verb: str, award: Award, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="award",
        subject=award.uuid,
        program=award.program.uuid,
        details={"achievement": award.achievement.code, "decision": str(award.decision.uuid)},
        now=now,
    )
