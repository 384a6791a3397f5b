"""What a reviewer asks of the house: what is there to do, take it, score it, be done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from course_content.catalog import Module
from credentials.data import Actor, QueueItem, ReviewView, Text
from credentials.domain import module as modules
from credentials.domain import review as reviews
from credentials.domain import rule, showing
from credentials.domain import submission as submissions
from credentials.domain import text as texts
from credentials.errors import Invalid, NotAllowed, NotFound, Problem
from credentials.models import Review, ReviewNote, Submission


@dataclass(frozen=True, kw_only=True)
class DecisionPreview:
    """What completing the review would come to, by the module's rule, if it decided alone."""

    outcome: str  #: "passed", "returned"; "" while levels are missing
    open: tuple[str, ...]
    sentence: str


def queue(actor: Actor) -> tuple[QueueItem, ...]:
    """Own claims first, then what may be taken, the one due soonest on top."""
    _demand_reviewer(actor)
    now = timezone.now()
    with transaction.atomic():
        reviews.expire(now=now)
    mine = Review.objects.filter(
        submission__program_id=actor.program_id,
        reviewer_id=actor.user_id,
        state=Review.State.CLAIMED,
    ).select_related("submission__program", "submission__module_version")
    claimed = [_item(r.submission, r, r.role) for r in mine.order_by("expires_at")]
    waiting = [
        _item(row, None, role)
        for row in reviews.claimable(actor=actor)
        if (role := _wanted(row)) is not None
    ]
    return (*claimed, *waiting)


@transaction.atomic
def claim(actor: Actor, *, submission: UUID) -> ReviewView:
    """Take the piece; a second call gives the same claim. Raises Closed, NotFound."""
    _demand_reviewer(actor)
    row = _submission(actor, submission)
    return _view(reviews.claim(actor=actor, submission=row, now=timezone.now()))


@transaction.atomic
def release(actor: Actor, *, review: UUID) -> None:
    """Give the claim back; notes are kept. A second call changes nothing."""
    reviews.release(review=_own(actor, review), actor=actor, now=timezone.now())


def review(actor: Actor, *, review: UUID) -> ReviewView:
    """The reviewer's own review, claimed or completed; raises NotFound for anything else.

    A claim that has ended shows its state and notes, without the evidence being served any more.
    """
    with transaction.atomic():
        reviews.expire(now=timezone.now())
    return _view(_own(actor, review))


def module_of_review(actor: Actor, *, review: UUID) -> Module:
    """The module the reviewed submission was started on."""
    return modules.of(_own(actor, review).submission)


@transaction.atomic
def save_note(
    actor: Actor, *, review: UUID, key: str, text: str, revision: int, device: str
) -> Text:
    """Save one field of the review: "<indicator>.level", ".comment", ".unscorable", "summary".

    Raises Conflict with the other device's text in `theirs`, Closed when the claim has gone,
    Invalid for a level the rubric does not have.
    """
    now = timezone.now()
    row = _own(actor, review)
    reviews.demand_open(row, now)
    _demand_note(row, key, text)
    return texts.save(
        rows=ReviewNote.objects.all(),
        owner={"review": row},
        key=key,
        text=text,
        revision=revision,
        device=device[:64],
        now=now,
    )


def review_missing(actor: Actor, *, review: UUID) -> tuple[Problem, ...]:
    """What the review still lacks; empty when it can be completed."""
    return reviews.missing(_own(actor, review))


def preview(actor: Actor, *, review: UUID) -> DecisionPreview:
    """What these levels would come to by the module's rule, in a sentence."""
    row = _own(actor, review)
    given = reviews.levels(row)
    if set(given) != set(submissions.scope(row.submission)):
        return DecisionPreview(outcome="", open=(), sentence="Not every indicator has a level yet.")
    rubric = modules.of(row.submission).rubric
    result = rule.decide(rubric.rule, rubric.rows, {**row.submission.carried, **given})
    return DecisionPreview(
        outcome="passed" if result.passed else "returned",
        open=result.open,
        sentence=result.sentence,
    )


@transaction.atomic
def complete_review(actor: Actor, *, review: UUID) -> ReviewView:
    """Close the review; the decision and the award follow in the same transaction.

    A second call changes nothing. Raises Invalid with what is missing, Closed.
    """
    return _view(reviews.complete(actor=actor, review=_own(actor, review), now=timezone.now()))


@transaction.atomic
def declare_tie(actor: Actor, *, submission: UUID, kind: str) -> None:
    """The reviewer knows this learner: the piece is given back and never offered again."""
    _demand_reviewer(actor)
    reviews.tie_off(
        actor=actor, submission=_submission(actor, submission), kind=kind, now=timezone.now()
    )


@transaction.atomic
def set_conferred(actor: Actor, *, review: UUID, conferred: bool) -> None:
    """The reviewer talked about this piece with another: it leaves agreement statistics."""
    row = _own(actor, review)
    Review.objects.filter(pk=row.pk).update(conferred=conferred)


def completed_reviews(actor: Actor) -> tuple[QueueItem, ...]:
    """The reviewer's last 50 completed reviews in this program, newest first."""
    _demand_reviewer(actor)
    rows = _mine(actor).filter(state=Review.State.COMPLETED).order_by("-completed_at")
    return tuple(_item(row.submission, row, row.role) for row in rows[:50])


def pseudonym(submission: UUID) -> str:
    """What reviewers call the learner of a submission: stable for it, tells nothing."""
    number = int(hashlib.sha256(submission.bytes).hexdigest()[:8], 16)
    return f"Leader {number % 9000 + 1000}"


def _item(row: Submission, mine: Review | None, role: str) -> QueueItem:
    assert row.submitted_at is not None  # noqa: S101  # only submitted work is in the queue
    return QueueItem(
        submission=row.uuid,
        competency=row.competency,
        pseudonym=pseudonym(row.uuid),
        attempt=row.attempt,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        review=mine.uuid if mine else None,
        expires_at=mine.expires_at if mine else None,
        completed_at=mine.completed_at if mine else None,
        role=role,
        scope=submissions.scope(row),
    )


def _wanted(row: Submission) -> str | None:
    live = {r.role: r.state for r in row.reviews.all() if r.live}
    return reviews.next_role(live, row.program.reviews_required)


def _view(row: Review) -> ReviewView:
    return ReviewView(
        uuid=row.uuid,
        submission=showing.submission(row.submission, blind=True),
        pseudonym=pseudonym(row.submission.uuid),
        role=row.role,
        state=row.state,
        expires_at=row.expires_at,
        completed_at=row.completed_at,
        conferred=row.conferred,
        notes={n.key: texts.view(n) for n in row.notes.all()},
    )


def _demand_reviewer(actor: Actor) -> None:
    if not actor.has("reviewer"):
        raise NotAllowed("Only reviewers of this program see this page.")


def _mine(actor: Actor):  # type: ignore[no-untyped-def]  # a QuerySet, narrowed by callers
    return Review.objects.select_related(
        "submission__program", "submission__module_version", "submission__previous"
    ).filter(submission__program_id=actor.program_id, reviewer_id=actor.user_id)


def _own(actor: Actor, uuid: UUID) -> Review:
    _demand_reviewer(actor)
    row: Review | None = _mine(actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound("There is no such review.")
    return row


def _submission(actor: Actor, uuid: UUID) -> Submission:
    row = (
        Submission.objects.select_related("program", "module_version")
        .filter(uuid=uuid, program_id=actor.program_id)
        .exclude(state=Submission.State.DRAFT)
        .first()
    )
    if row is None:
        raise NotFound("There is no such piece for you to review.")
    return row


def _demand_note(row: Review, key: str, text: str) -> None:
    code, _, field = key.rpartition(".")
    scope = submissions.scope(row.submission)
    rubric = modules.of(row.submission).rubric
    known = key == "summary" or (code in scope and field in {"level", "comment", "unscorable"})
    if not known:
        raise Invalid("This field is not part of the review.")
    if field == "level" and text:
        steps = {str(step.number) for step in rubric.row(code).levels} | {reviews.UNSCORABLE}
        if text not in steps:
            message = f"{code} has no level {text[:10]!r}."
            raise Invalid(message, (Problem(field=key, code="no-such-level", message=message),))
