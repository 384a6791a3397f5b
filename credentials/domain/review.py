"""Who may score what; claim, give back, expire, assign and complete a review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from credentials.data import Actor
from credentials.domain import audit, decision, module, notice, submission, tie
from credentials.errors import Closed, Invalid, NotAllowed, NotFound, Problem
from credentials.models import Membership, Review, ReviewNote, Role, Score, Submission, Tie

State = Review.State
#: What the note of a level holds when the indicator cannot be scored.
UNSCORABLE = "unscorable"
#: Words for a reviewer whose claim has gone; the notes stay and come back with the next claim.
LOST = (
    "Your claim on this piece has ended. Nothing you wrote is lost: claim it again, if nobody "
    "else has, and your notes are back."
)


def may_score(*, submission: Submission, user_id: int, role: str) -> bool:
    """THE predicate: whether this person may score this submission in this role now.

    An active reviewer of the program, not the learner, not tied to the learner, with no live
    review of the same submission; and the submission waits for a review in that role.
    """
    return (
        submission.state == Submission.State.SUBMITTED
        and Membership.objects.filter(
            program_id=submission.program_id, user_id=user_id, role=Role.REVIEWER, active=True
        ).exists()
        and user_id
        not in tie.reviewers_kept_away(
            program_id=submission.program_id, learner_id=submission.learner_id
        )
        and not Review.objects.filter(
            submission=submission, reviewer_id=user_id, live=True
        ).exists()
        and role == wanted_role(submission)
    )


def wanted_role(submission: Submission) -> str | None:
    """The role of the next review the submission waits for; None when it waits for none."""
    live = dict(
        Review.objects.filter(submission=submission, live=True).values_list("role", "state")
    )
    return next_role(live, submission.program.reviews_required)


def next_role(live: Mapping[str, str], required: int) -> str | None:
    """The role wanted next, given the live reviews (role -> state) and how many are required."""
    if Review.Role.FIRST not in live:
        return Review.Role.FIRST
    if Review.Role.SECOND not in live:
        return Review.Role.SECOND if required == 2 else None
    done = all(state == State.COMPLETED for state in live.values())
    return Review.Role.ADJUDICATOR if done and Review.Role.ADJUDICATOR not in live else None


def claimable(*, actor: Actor) -> QuerySet[Submission]:
    """Submissions of the program that wait and are not the actor's own nor of tied learners."""
    return (
        Submission.objects.filter(program_id=actor.program_id, state=Submission.State.SUBMITTED)
        .exclude(
            learner_id__in=tie.learners_kept_away(
                program_id=actor.program_id, reviewer_id=actor.user_id
            )
        )
        .exclude(reviews__reviewer_id=actor.user_id, reviews__live=True)
        .select_related("program", "module_version")
        .prefetch_related("reviews")
        .order_by("due_at", "pk")
    )


def claim(*, actor: Actor, submission: Submission, now: datetime) -> Review:
    """Take the piece; a second call gives the same claim. Notes of an earlier claim come back.

    Raises Closed when somebody else was faster, NotFound for work the person may not see.
    """
    audit.line_up()
    expire(now=now)
    mine = Review.objects.filter(submission=submission, reviewer_id=actor.user_id, live=True)
    if (existing := mine.first()) is not None:
        return existing
    return _take(submission, actor.user_id, now, actor=actor, assigned_by=None)


def assign(*, submission: Submission, reviewer_id: int, actor: Actor, now: datetime) -> Review:
    """An administrator gives the piece to a reviewer; the same predicate holds. Idempotent."""
    audit.line_up()
    expire(now=now)
    mine = Review.objects.filter(submission=submission, reviewer_id=reviewer_id, live=True)
    if (existing := mine.first()) is not None:
        return existing
    try:
        made = _take(submission, reviewer_id, now, actor=actor, assigned_by=actor.user_id)
    except NotFound:
        raise NotAllowed(
            "This person cannot review this piece: they wrote it, are tied to the learner, or "
            "are not an active reviewer."
        ) from None
    notice.tell(
        user_id=reviewer_id,
        program_id=submission.program_id,
        kind="assigned",
        subject=made.uuid,
        competency=submission.competency,
        now=now,
    )
    return made


def release(*, review: Review, actor: Actor | None, now: datetime) -> None:
    """Give a claim back; its notes are kept. Nothing happens to one that is no longer claimed."""
    audit.line_up()
    gone = Review.objects.filter(pk=review.pk, state=State.CLAIMED).update(
        state=State.RELEASED, live=None
    )
    if gone:
        _log(actor, "review.released", review, now)


def unstick(*, submission: Submission, reason: str, actor: Actor, now: datetime) -> None:
    """Free a piece that nobody finishes: every open claim on it ends, the reason is logged."""
    for row in Review.objects.filter(submission=submission, state=State.CLAIMED):
        release(review=row, actor=actor, now=now)
    submission.pause_note = reason[:500]
    submission.save(update_fields=["pause_note"])
    audit.record(
        actor=actor,
        verb="submission.unstuck",
        subject_kind="submission",
        subject=submission.uuid,
        program=submission.program.uuid,
        details={},
        now=now,
    )


def expire(*, now: datetime) -> int:
    """End every claim whose time has run out; returns how many."""
    return Review.objects.filter(state=State.CLAIMED, expires_at__lt=now).update(
        state=State.EXPIRED, live=None
    )


def release_all(*, program_id: int, user_id: int, now: datetime) -> int:
    """A reviewer leaves: their claims in the program end. Returns how many."""
    return Review.objects.filter(
        submission__program_id=program_id, reviewer_id=user_id, state=State.CLAIMED
    ).update(state=State.RELEASED, live=None)


def demand_open(review: Review, now: datetime) -> None:
    """Raises Closed unless the review is still claimed and in time."""
    if review.state == State.COMPLETED:
        raise Closed("This review is complete and can no longer be changed.")
    if review.state != State.CLAIMED or review.expires_at < now:
        raise Closed(LOST)
    submission.demand(review.submission, Submission.State.SUBMITTED)


def levels(review: Review) -> dict[str, int | None]:
    """The levels given so far within the scope; an indicator without one is left out.

    None is unscorable: so chosen as the level and with a reason. A reason that was noted before
    a level was chosen after all counts nothing.
    """
    notes = dict(ReviewNote.objects.filter(review=review).values_list("key", "text"))
    given: dict[str, int | None] = {}
    for code in submission.scope(review.submission):
        level = notes.get(f"{code}.level", "").strip()
        if level and level != UNSCORABLE:
            given[code] = int(level)
        elif notes.get(f"{code}.unscorable", "").strip():
            given[code] = None
    return given


def missing(review: Review) -> tuple[Problem, ...]:
    """What a review still lacks: a level or a reason for each indicator, a comment below."""
    notes = dict(ReviewNote.objects.filter(review=review).values_list("key", "text"))
    given = levels(review)
    rubric = module.of(review.submission).rubric
    problems = []
    for code in submission.scope(review.submission):
        row = rubric.row(code)
        if code not in given:
            if notes.get(f"{code}.level", "") == UNSCORABLE:
                message = f"Say why {code} cannot be scored."
                field, kind = f"{code}.unscorable", "no-reason"
            else:
                message = f"Give {code} a level, or say why it cannot be scored."
                field, kind = f"{code}.level", "no-level"
            problems.append(Problem(field=field, code=kind, message=message))
            continue
        level = given[code]
        if (
            level is not None
            and level < row.required
            and not notes.get(f"{code}.comment", "").strip()
        ):
            message = f"{code} is below level {row.required}: say what is open and what would do."
            problems.append(Problem(field=f"{code}.comment", code="no-comment", message=message))
    return tuple(problems)


def complete(*, actor: Actor, review: Review, now: datetime) -> Review:
    """Close the review, keep its scores, and decide if it was the last one wanted.

    One transaction with the decision and, if it passes, the award. A second call changes
    nothing. Raises Invalid with what is missing, Closed when the claim has gone.
    """
    audit.line_up()  # of two reviewers who finish at once the second sees the first's scores
    Submission.objects.select_for_update().get(pk=review.submission_id)
    review = Review.objects.select_related("submission__program").get(pk=review.pk)
    if review.state == State.COMPLETED:
        return review
    demand_open(review, now)
    if review.reviewer_id in tie.reviewers_kept_away(
        program_id=review.submission.program_id, learner_id=review.submission.learner_id
    ):
        raise Closed("A tie between you and this learner was recorded; somebody else decides.")
    problems = missing(review)
    if problems:
        raise Invalid("Some indicators still need you.", problems)
    notes = dict(ReviewNote.objects.filter(review=review).values_list("key", "text"))
    Score.objects.bulk_create(
        Score(
            review=review,
            indicator=code,
            level=level,
            unscorable=notes.get(f"{code}.unscorable", "") if level is None else "",
            comment=notes.get(f"{code}.comment", ""),
        )
        for code, level in levels(review).items()
    )
    review.state, review.completed_at = State.COMPLETED, now
    review.save()
    _log(actor, "review.completed", review, now)
    decision.decide_if_ready(submission=review.submission, actor=actor, now=now)
    return review


def tie_off(*, actor: Actor, submission: Submission, kind: str, now: datetime) -> None:
    """The reviewer knows this person: give back any claim and never offer it again."""
    if kind not in Tie.Kind.values:
        raise Invalid("Choose how you know this person.")
    tie.declare(
        program_id=actor.program_id,
        reviewer_id=actor.user_id,
        learner_id=submission.learner_id,
        kind=kind,
        now=now,
    )
    keep_away(
        program_id=actor.program_id,
        reviewer_id=actor.user_id,
        learner_id=submission.learner_id,
        actor=actor,
        now=now,
    )


def keep_away(
    *, program_id: int, reviewer_id: int, learner_id: int, actor: Actor, now: datetime
) -> None:
    """End what the reviewer holds of that learner's undecided work, their finished reviews too.

    So that no decision rests on a reviewer with a tie; the role is wanted again.
    """
    audit.line_up()
    for row in Review.objects.filter(
        submission__program_id=program_id,
        submission__learner_id=learner_id,
        submission__state=Submission.State.SUBMITTED,
        reviewer_id=reviewer_id,
        live=True,
    ):
        Review.objects.filter(pk=row.pk).update(state=State.RELEASED, live=None)
        _log(actor, "review.released", row, now)


def _take(
    submission: Submission, user_id: int, now: datetime, *, actor: Actor, assigned_by: int | None
) -> Review:
    role = wanted_role(submission)
    if role is None:
        raise Closed("Somebody else has just taken this piece.")
    if not may_score(submission=submission, user_id=user_id, role=role):
        raise NotFound("There is no such piece for you to review.")
    expires = now + timedelta(hours=submission.program.claim_hours)
    try:
        with transaction.atomic():
            made = Review.objects.create(
                submission=submission,
                reviewer_id=user_id,
                role=role,
                assigned_by_id=assigned_by,
                claimed_at=now,
                expires_at=expires,
            )
    except IntegrityError:
        raise Closed("Somebody else has just taken this piece.") from None
    _restore_notes(made)
    _log(actor, "review.claimed", made, now)
    return made


def _restore_notes(review: Review) -> None:
    earlier = (
        Review.objects.filter(submission=review.submission, reviewer_id=review.reviewer_id)
        .exclude(pk=review.pk)
        .order_by("-claimed_at")
        .first()
    )
    if earlier:
        ReviewNote.objects.bulk_create(
            ReviewNote(review=review, key=n.key, text=n.text, saved_at=n.saved_at)
            for n in earlier.notes.all()
        )


def _log(actor: Actor | None, verb: str, review: Review, now: datetime) -> None:
    program: UUID = review.submission.program.uuid
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="review",
        subject=review.uuid,
        program=program,
        details={"submission": str(review.submission.uuid), "role": review.role},
        now=now,
    )
