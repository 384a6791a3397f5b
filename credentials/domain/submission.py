"""Start, hand in, withdraw and revise an attempt."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.dispatch import Signal

from credentials import signals
from credentials.data import Actor
from credentials.domain import audit, calendar, completeness, module, notice, tie
from credentials.errors import Closed, Invalid
from credentials.models import (
    Award,
    DraftText,
    Evidence,
    Membership,
    Program,
    Review,
    Role,
    SelfLevel,
    Submission,
)

State = Submission.State


def start(*, actor: Actor, competency: str, now: datetime) -> Submission:
    """The learner's open attempt at the competency, made if there is none; caller's transaction.

    Raises Closed when an earlier attempt is passed, or returned and waiting to be revised.
    """
    mine = Submission.objects.filter(
        program_id=actor.program_id, learner_id=actor.user_id, competency=competency
    )
    last = mine.order_by("-attempt").first()
    if last and last.open:
        return last
    if last and last.state == State.RETURNED:
        raise Closed("Your last attempt was returned: open it and choose “Revise”.")
    if last and last.state == State.PASSED and _holds(actor, competency):
        raise Closed("You have earned this badge already.")
    pinned = module.pin(module=module.current(competency), now=now)
    try:
        with transaction.atomic():
            made = Submission.objects.create(
                program_id=actor.program_id,
                learner_id=actor.user_id,
                competency=competency,
                module_version=pinned,
                attempt=last.attempt + 1 if last else 1,
                created_at=now,
                touched_at=now,
            )
    except IntegrityError:  # a second click was faster
        return mine.get(open=True)
    _log(actor, "submission.started", made, now)
    return made


def submit(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Hand the draft in: reviewers see it, the learner can no longer change it.

    A second call changes nothing. Raises Invalid with everything that is missing, by name.
    """
    if submission.state == State.SUBMITTED:
        return submission
    demand(submission, State.DRAFT)
    problems = completeness.missing(submission)
    if problems:
        raise Invalid("Some parts are still missing; nothing has been lost.", problems)
    program = submission.program
    submission.state = State.SUBMITTED
    submission.submitted_at = submission.touched_at = now
    submission.due_at = calendar.due(program=program, start=now, days=program.turnaround_days)
    submission.save()
    _log(actor, "submission.submitted", submission, now)
    _announce(signals.submission_submitted, submission, now)
    _tell(submission, submission.learner_id, "submitted", now)
    for reviewer in reviewers_to_tell(submission):
        _tell(submission, reviewer, "new-work", now)
    return submission


def withdraw(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """Take the attempt back before a decision; claims on it end. A second call changes nothing."""
    if submission.state == State.WITHDRAWN:
        return submission
    demand(submission, State.DRAFT, State.SUBMITTED)
    Review.objects.filter(submission=submission, live=True).update(
        live=None, state=Review.State.RELEASED
    )
    submission.state, submission.open = State.WITHDRAWN, None
    submission.closed_at = submission.touched_at = now
    submission.due_at = None
    submission.save()
    _log(actor, "submission.withdrawn", submission, now)
    _announce(signals.submission_withdrawn, submission, now)
    return submission


def revise(*, actor: Actor, submission: Submission, now: datetime) -> Submission:
    """The next attempt after a returned one, with everything copied into it.

    Indicators that were met are carried: they are not scored again. A second call gives the same
    attempt. The returned one stays as it is, readable.
    """
    existing = Submission.objects.filter(previous=submission).first()
    if existing:
        return existing
    demand(submission, State.RETURNED)
    results = submission.decision.results
    made = Submission.objects.create(
        program=submission.program,
        learner_id=submission.learner_id,
        competency=submission.competency,
        module_version=submission.module_version,
        attempt=submission.attempt + 1,
        previous=submission,
        carried={code: r["level"] for code, r in results.items() if not r["open"]},
        due_at=submission.due_at,
        created_at=now,
        touched_at=now,
    )
    _copy(submission, made, now)
    _log(actor, "submission.revised", made, now, previous=str(submission.uuid))
    return made


def scope(submission: Submission) -> tuple[str, ...]:
    """The indicators that this attempt is scored on."""
    rows = module.of(submission).rubric.rows
    return tuple(row.indicator for row in rows if row.indicator not in submission.carried)


def demand(submission: Submission, *states: str) -> None:
    """Raises Closed, saying where the attempt stands, unless it is in one of `states`."""
    if submission.state not in states:
        raise Closed(_WHERE[State(submission.state)])


def touch(submission: Submission, now: datetime) -> None:
    """Note that somebody worked on it."""
    Submission.objects.filter(pk=submission.pk).update(touched_at=now)


def extend(*, submission: Submission, days: int, now: datetime) -> datetime:
    """Move the due date to that many calendar days from now; returns it."""
    submission.due_at = now + timedelta(days=days)
    submission.save(update_fields=["due_at"])
    return submission.due_at


def reviewers_to_tell(submission: Submission) -> tuple[int, ...]:
    """Reviewers of the program who could take this piece."""
    members = Membership.objects.filter(
        program=submission.program, role=Role.REVIEWER, active=True
    ).values_list("user_id", flat=True)
    far = tie.reviewers_kept_away(
        program_id=submission.program_id, learner_id=submission.learner_id
    )
    return tuple(user for user in members if user not in far)


_WHERE = {
    State.DRAFT: "This attempt has not been handed in yet.",
    State.SUBMITTED: "This attempt has been handed in and can no longer be changed.",
    State.RETURNED: "This attempt was returned; choose “Revise” to go on.",
    State.PASSED: "This attempt has passed and is closed.",
    State.WITHDRAWN: "This attempt was withdrawn.",
}


def _copy(old: Submission, new: Submission, now: datetime) -> None:
    renamed: dict[str, str] = {}
    for item in Evidence.objects.filter(submission=old):
        pins = list(item.pins.all())
        source, item_was = item.pk, item.uuid
        item.pk, item.uuid, item.submission, item.copied_from_id = None, uuid4(), new, source
        item._state.adding = True
        item.save()
        renamed[f"evidence.{item_was}."] = f"evidence.{item.uuid}."
        for pin in pins:
            pin_was = pin.uuid
            pin.pk, pin.uuid, pin.evidence = None, uuid4(), item
            pin._state.adding = True
            pin.save()
            renamed[f"pin.{pin_was}."] = f"pin.{pin.uuid}."
    DraftText.objects.bulk_create(
        DraftText(submission=new, key=_rename(row.key, renamed), text=row.text, saved_at=now)
        for row in DraftText.objects.filter(submission=old)
    )
    SelfLevel.objects.bulk_create(
        SelfLevel(
            program=new.program,
            learner_id=new.learner_id,
            submission=new,
            competency=new.competency,
            indicator=row.indicator,
            level=row.level,
            noted_at=now,
        )
        for row in SelfLevel.objects.filter(submission=old)
    )


def _rename(key: str, renamed: dict[str, str]) -> str:
    head, dot, field = key.rpartition(".")
    return renamed.get(head + dot, head + dot) + field


def _holds(actor: Actor, competency: str) -> bool:
    return Award.objects.filter(
        program_id=actor.program_id,
        learner_id=actor.user_id,
        achievement__code=competency,
        active=True,
    ).exists()


def _tell(submission: Submission, user_id: int, kind: str, now: datetime) -> None:
    notice.tell(
        user_id=user_id,
        program_id=submission.program_id,
        kind=kind,
        subject=submission.uuid,
        competency=submission.competency,
        now=now,
    )


def _announce(signal: Signal, row: Submission, now: datetime) -> None:
    signal.send(
        None,
        submission=row.uuid,
        program_id=row.program_id,
        learner_id=row.learner_id,
        competency=row.competency,
        at=now,
    )


def _log(actor: Actor, verb: str, row: Submission, now: datetime, **details: object) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="submission",
        subject=row.uuid,
        program=Program.objects.values_list("uuid", flat=True).get(pk=row.program_id),
        details={"competency": row.competency, "attempt": row.attempt, **details},
        now=now,
    )
