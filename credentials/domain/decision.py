"""From completed reviews to a decision, by the rule that the module states as data."""

from __future__ import annotations

from datetime import datetime, timedelta

from credentials import signals
from credentials.data import Actor
from credentials.domain import audit, award, module, notice, rule, tie
from credentials.errors import Closed, Invalid, NotAllowed, Problem
from credentials.models import (
    Award,
    Decision,
    Membership,
    Review,
    ReviewNote,
    Role,
    Score,
    Submission,
)

Outcome = Decision.Outcome


def decide_if_ready(*, submission: Submission, actor: Actor, now: datetime) -> Decision | None:
    """Decide once every wanted review is complete; None while one is still to come.

    With two reviews, a difference in pass or fail, or of two levels on one indicator, asks for an
    adjudicator, whose scores then stand alone. In the caller's transaction, with the award.
    """
    existing = Decision.objects.filter(submission=submission).first()
    if existing:
        return existing
    reviews = list(
        Review.objects.filter(submission=submission, state=Review.State.COMPLETED, live=True)
    )
    deciding = _deciding(submission, reviews)
    if not deciding:
        return None
    levels = {**submission.carried, **_combined(deciding)}
    rubric = module.of(submission).rubric
    result = rule.decide(rubric.rule, rubric.rows, levels)
    made = Decision.objects.create(
        submission=submission,
        outcome=Outcome.PASSED if result.passed else Outcome.RETURNED,
        results={
            row.indicator: {
                "level": levels.get(row.indicator),
                "required": row.required,
                "met": (levels.get(row.indicator) or 0) >= row.required,
                "open": row.indicator in result.open,
                "carried": row.indicator in submission.carried,
            }
            for row in rubric.rows
        },
        rule={"kind": rubric.rule.kind.value, "sentence": result.sentence, **result.figures},
        reviewers=len(reviews),
        qualifications=_qualifications(submission, reviews),
        summary=_summary(deciding),
        decided_at=now,
    )
    _close(made, now)
    _log(actor, "decision.made", made, now)
    if made.outcome == Outcome.PASSED:
        award.grant(decision=made, actor=actor, now=now)
    return made


def correct_decision(
    *, decision: Decision, outcome: str, reason: str, actor: Actor, now: datetime
) -> Decision:
    """An administrator puts a wrong decision right, until its badge is signed or work goes on.

    To PASSED it awards, to RETURNED it takes the unsigned award back. The same outcome again
    changes nothing. Raises Closed when it is too late, Invalid without a reason.
    """
    audit.line_up()
    Submission.objects.select_for_update().get(pk=decision.submission_id)
    decision = Decision.objects.select_related("submission__program").get(pk=decision.pk)
    if actor.user_id in tie.reviewers_kept_away(
        program_id=decision.submission.program_id, learner_id=decision.submission.learner_id
    ):
        raise NotAllowed("Somebody without a tie to this learner has to correct this decision.")
    if decision.outcome == outcome:
        return decision
    if Award.objects.filter(decision=decision).exclude(revoked_at=None, badge__signed_at=None):
        raise Closed(
            "The badge is signed already, or was revoked: this decision stands. If the badge is "
            "wrong, revoke it with a reason."
        )
    if outcome not in Outcome.values:
        raise Invalid("Choose “passed” or “returned”.")
    if not reason.strip():
        message = "Say why the decision is corrected; the learner reads it."
        raise Invalid(message, (Problem(field="reason", code="missing", message=message),))
    if outcome == Outcome.RETURNED:
        award.take_back_unsigned(decision=decision, actor=actor, reason=reason, now=now)
    elif Submission.objects.filter(previous=decision.submission).exists():
        raise Closed("The learner has begun to revise: review the new attempt instead.")
    decision.outcome = outcome
    decision.corrected_at, decision.corrected_by_id = now, actor.user_id
    decision.correction = reason
    if outcome == Outcome.RETURNED:
        # nothing was open under the rule, so the learner may work on whatever is below its top
        decision.results = {c: {**r, "open": True} for c, r in decision.results.items()}
    decision.save()
    _close(decision, now)
    _log(actor, "decision.corrected", decision, now)
    if outcome == Outcome.PASSED:
        award.grant(decision=decision, actor=actor, now=now)
    _tell(decision, "corrected", now)
    return decision


def _deciding(submission: Submission, reviews: list[Review]) -> list[Review]:
    by_role = {review.role: review for review in reviews}
    if Review.Role.ADJUDICATOR in by_role:
        return [by_role[Review.Role.ADJUDICATOR]]
    first, second = by_role.get(Review.Role.FIRST), by_role.get(Review.Role.SECOND)
    if first is None:
        return []
    if submission.program.reviews_required == 1 and second is None:
        return [first]
    if second is None or _disagree(submission, first, second):
        return []
    return [first, second]


def _disagree(submission: Submission, first: Review, second: Review) -> bool:
    a, b = _levels(first), _levels(second)
    rubric = module.of(submission).rubric
    far = any(
        (a[code] is None) != (b[code] is None) or abs((a[code] or 0) - (b[code] or 0)) >= 2
        for code in a
    )
    outcomes = {
        rule.decide(rubric.rule, rubric.rows, {**submission.carried, **levels}).passed
        for levels in (a, b)
    }
    return far or len(outcomes) > 1


def _combined(reviews: list[Review]) -> dict[str, int | None]:
    # two reviewers one level apart: the lower level stands, so that a badge never claims more
    # than both saw
    sets = [_levels(review) for review in reviews]
    return {
        code: None if any(s[code] is None for s in sets) else min(s[code] or 0 for s in sets)
        for code in sets[0]
    }


def _levels(review: Review) -> dict[str, int | None]:
    return dict(Score.objects.filter(review=review).values_list("indicator", "level"))


def _qualifications(submission: Submission, reviews: list[Review]) -> list[str]:
    return sorted(
        Membership.objects.filter(
            program=submission.program,
            role=Role.REVIEWER,
            active=True,
            user_id__in=[review.reviewer_id for review in reviews],
        )
        .exclude(qualification="")
        .values_list("qualification", flat=True)
        .distinct()
    )


def _summary(reviews: list[Review]) -> str:
    """What the deciding reviewers wrote about the whole, one below the other."""
    notes = ReviewNote.objects.filter(review__in=reviews, key="summary").order_by("review_id")
    return "\n\n".join(note.text.strip() for note in notes if note.text.strip())


def _close(decision: Decision, now: datetime) -> None:
    submission = decision.submission
    passed = decision.outcome == Outcome.PASSED
    decision.revise_by = None if passed else now + timedelta(days=submission.program.revision_days)
    decision.save(update_fields=["revise_by"])
    submission.state = Submission.State.PASSED if passed else Submission.State.RETURNED
    submission.open, submission.closed_at = None, now
    submission.due_at = decision.revise_by
    submission.save()
    if not passed:
        _tell(decision, "returned", now)
    results = decision.results.values()
    signals.submission_decided.send(
        None,
        submission=submission.uuid,
        program_id=submission.program_id,
        learner_id=submission.learner_id,
        competency=submission.competency,
        outcome=decision.outcome,
        met=sum(bool(result["met"]) for result in results),
        of=len(results),
        at=now,
    )


def _tell(decision: Decision, kind: str, now: datetime) -> None:
    notice.tell(
        user_id=decision.submission.learner_id,
        program_id=decision.submission.program_id,
        kind=kind,
        subject=decision.submission.uuid,
        competency=decision.submission.competency,
        now=now,
    )


def _log(actor: Actor, verb: str, decision: Decision, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="decision",
        subject=decision.uuid,
        program=decision.submission.program.uuid,
        details={"submission": str(decision.submission.uuid), "outcome": decision.outcome},
        now=now,
    )
