"""What a learner asks of the house: where do I stand, save, hand in, revise, my badges."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from course_content.catalog import Module
from course_content.loading import load
from credentials.api import badges
from credentials.data import (
    Actor,
    BadgeView,
    CellView,
    ProgramView,
    ProgressView,
    Stage,
    SubmissionView,
    Text,
)
from credentials.domain import audit, calendar, completeness, evidence, proof, showing
from credentials.domain import module as modules
from credentials.domain import program as programs
from credentials.domain import submission as submissions
from credentials.domain import text as texts
from credentials.errors import Conflict, Invalid, NotAllowed, NotFound, Problem
from credentials.models import (
    Award,
    DraftText,
    OtherVersion,
    PageRead,
    Pin,
    Program,
    SelfLevel,
    Submission,
)

_NEXT = {
    Stage.OPEN: "Read the module and look at yourself honestly.",
    Stage.DRAFT: "Go on with your evidence.",
    Stage.IN_REVIEW: "Wait for the review; you need do nothing.",
    Stage.RETURNED: "Read the feedback and revise what is open.",
    Stage.EARNED: "Show your badge to whom you like.",
    Stage.REVOKED: "Read why, and ask your program.",
}


def program(actor: Actor) -> ProgramView:
    """The terms of the actor's program."""
    return programs.view(Program.objects.get(pk=actor.program_id))


def honeycomb(actor: Actor) -> tuple[CellView, ...]:
    """All competencies in the framework's order with where the learner stands in each."""
    latest = {s.competency: s for s in _mine(actor).order_by("attempt")}
    stages = showing.stages(list(latest.values()))
    catalog = load()
    return tuple(
        _cell(c.code, latest.get(c.code), c.code in catalog.modules, stages)
        for c in catalog.framework.competencies
    )


def module(actor: Actor, *, competency: str) -> Module:
    """Today's module; raises NotFound where there is none."""
    return modules.current(competency)


def module_of(actor: Actor, *, submission: UUID) -> Module:
    """The module as it stood when the learner's own attempt was started."""
    return modules.of(_own(actor, submission))


def progress(actor: Actor, *, competency: str) -> ProgressView:
    """Everything the module's page says about this learner."""
    attempts = tuple(_mine(actor).filter(competency=competency).order_by("attempt"))
    last = attempts[-1] if attempts else None
    cell = _cell(competency, last, True, showing.stages([last] if last else []))
    levels = SelfLevel.objects.filter(
        program_id=actor.program_id,
        learner_id=actor.user_id,
        competency=competency,
        submission=None,
    ).order_by("noted_at", "pk")
    read = PageRead.objects.filter(
        program_id=actor.program_id, learner_id=actor.user_id, competency=competency
    )
    return ProgressView(
        stage=cell.stage,
        submission=cell.submission,
        pages_read=frozenset(read.values_list("page", flat=True)),
        self_levels={s.indicator: s.level for s in levels},
        next_step=cell.next_step,
        due_at=cell.due_at,
        attempts=showing.attempts(attempts),
    )


@transaction.atomic
def mark_page_read(actor: Actor, *, competency: str, page: str) -> None:
    """The learner has read the page; a second call changes nothing. Raises NotFound."""
    if page not in {p.slug for p in modules.current(competency).pages}:
        raise NotFound("This module has no such page.")
    PageRead.objects.get_or_create(
        program_id=actor.program_id, learner_id=actor.user_id, competency=competency, page=page
    )


@transaction.atomic
def save_self_assessment(actor: Actor, *, competency: str, levels: Mapping[str, int]) -> None:
    """Note the learner's own levels today; earlier ones stay, so that growth can be seen."""
    rubric = modules.current(competency).rubric
    problems = [
        Problem(field=code, code="no-such-level", message=f"{code} has no level {level}.")
        for code, level in levels.items()
        if code not in {row.indicator for row in rubric.rows}
        or level not in {step.number for step in rubric.row(code).levels}
    ]
    if problems:
        raise Invalid("Choose one of the levels shown.", tuple(problems))
    now = timezone.now()
    SelfLevel.objects.bulk_create(
        SelfLevel(
            program_id=actor.program_id,
            learner_id=actor.user_id,
            competency=competency,
            indicator=code,
            level=level,
            noted_at=now,
        )
        for code, level in levels.items()
    )


@transaction.atomic
def start_submission(actor: Actor, *, competency: str) -> SubmissionView:
    """The learner's open attempt, made if there is none; a second call gives the same."""
    if not actor.has("learner"):
        raise NotAllowed("Only a learner of this program can hand in evidence.")
    started = submissions.start(actor=actor, competency=competency, now=timezone.now())
    return showing.submission(started)


def submission(actor: Actor, *, submission: UUID) -> SubmissionView:
    """The learner's own attempt; raises NotFound for anybody else's."""
    return showing.submission(_own(actor, submission))


def save_text(
    actor: Actor, *, submission: UUID, key: str, text: str, revision: int, device: str
) -> Text:
    """Save one field of a draft; answers it with its new revision.

    When another device was faster, the incoming text is kept as an OtherVersion and Conflict is
    raised with `theirs`, the stored Text, and `other`, the id of the kept one. The same device's
    next successful save settles it. Raises Closed once the attempt is handed in, Invalid for an
    unknown field.
    """
    now = timezone.now()
    conflict = None
    with transaction.atomic():
        row = _own(actor, submission, lock=True)
        submissions.demand(row, Submission.State.DRAFT)
        _demand_field(row, key)
        try:
            saved = texts.save(
                rows=DraftText.objects.all(),
                owner={"submission": row},
                key=key,
                text=text,
                revision=revision,
                device=device[:64],
                now=now,
            )
        except Conflict as found:
            conflict = found
            kept, _ = OtherVersion.objects.update_or_create(
                submission=row,
                key=key,
                device=device[:64],
                resolved_at=None,
                defaults={"text": text, "saved_at": now},
            )
            conflict.other = kept.pk
        else:
            # the device that was slower has now written over the newest text: it saw both
            OtherVersion.objects.filter(
                submission=row, key=key, device=device[:64], resolved_at=None
            ).update(resolved_at=now)
        submissions.touch(row, now)
    if conflict:
        raise conflict
    return saved


@transaction.atomic
def choose_version(actor: Actor, *, submission: UUID, other: int, use: bool) -> Text:
    """The learner chose between two devices' versions; `use` takes the kept one."""
    row = _own(actor, submission, lock=True)
    submissions.demand(row, Submission.State.DRAFT)
    kept = OtherVersion.objects.filter(submission=row, pk=other).first()
    if kept is None:
        raise NotFound("This version is not there any more.")
    now = timezone.now()
    stored, _ = DraftText.objects.get_or_create(submission=row, key=kept.key)
    if use and kept.resolved_at is None:
        stored.text, stored.revision, stored.saved_at = kept.text, stored.revision + 1, now
        stored.device = kept.device
        stored.save()
    OtherVersion.objects.filter(pk=kept.pk, resolved_at=None).update(resolved_at=now)
    return texts.view(stored)


@transaction.atomic
def set_self_level(actor: Actor, *, submission: UUID, indicator: str, level: int) -> None:
    """The learner's own level for an indicator of this attempt; the last one counts."""
    row = _own(actor, submission, lock=True)
    submissions.demand(row, Submission.State.DRAFT)
    rubric = modules.of(row).rubric
    known = {r.indicator: {step.number for step in r.levels} for r in rubric.rows}
    if level not in known.get(indicator, ()):
        message = "Choose one of the levels shown."
        raise Invalid(
            message, (Problem(field=f"{indicator}.self", code="no-such-level", message=message),)
        )
    SelfLevel.objects.filter(submission=row, indicator=indicator).delete()
    SelfLevel.objects.create(
        program_id=row.program_id,
        learner_id=row.learner_id,
        submission=row,
        competency=row.competency,
        indicator=indicator,
        level=level,
    )


def missing(actor: Actor, *, submission: UUID) -> tuple[Problem, ...]:
    """Everything that stops a hand-in, by name; empty when nothing does."""
    return completeness.missing(_own(actor, submission))


def concerns(actor: Actor, *, submission: UUID) -> tuple[Problem, ...]:
    """Personal data that seems to stand in the texts; named, never blocking."""
    return completeness.concerns(_own(actor, submission))


@transaction.atomic
def submit(actor: Actor, *, submission: UUID) -> SubmissionView:
    """Hand in; raises Invalid with every missing part. A second call changes nothing."""
    audit.line_up()
    row = _own(actor, submission, lock=True)
    return showing.submission(submissions.submit(actor=actor, submission=row, now=timezone.now()))


@transaction.atomic
def withdraw(actor: Actor, *, submission: UUID) -> SubmissionView:
    """Take the attempt back before a decision. A second call changes nothing."""
    audit.line_up()
    row = _own(actor, submission, lock=True)
    return showing.submission(submissions.withdraw(actor=actor, submission=row, now=timezone.now()))


@transaction.atomic
def revise(actor: Actor, *, submission: UUID) -> SubmissionView:
    """The next attempt after a returned one, everything copied; a second call gives the same."""
    audit.line_up()
    row = _own(actor, submission, lock=True)
    return showing.submission(submissions.revise(actor=actor, submission=row, now=timezone.now()))


def business_days_left(actor: Actor, *, submission: UUID) -> int | None:
    """Business days until the attempt is due; negative when overdue, None without a due date."""
    row = _own(actor, submission)
    if row.due_at is None:
        return None
    return calendar.days_left(program=row.program, now=timezone.now(), until=row.due_at)


def my_badges(actor: Actor) -> tuple[BadgeView, ...]:
    """What the learner has been awarded in this program, newest first, the revoked too."""
    awards = Award.objects.filter(
        program_id=actor.program_id, learner_id=actor.user_id, badge__isnull=False
    ).order_by("-awarded_at")
    out = proof.released_awards(actor.user_id)
    return tuple(
        badges.view(award, released=award.pk in out)
        for award in awards.select_related(*badges.RELATED)
    )


@transaction.atomic
def show_name(actor: Actor, *, award: UUID, on: bool) -> None:
    """The learner's revocable switch: whether the badge's page shows their name."""
    changed = Award.objects.filter(
        uuid=award, program_id=actor.program_id, learner_id=actor.user_id
    ).update(show_name=on)
    if not changed:
        raise NotFound("There is no such badge.")


def _mine(actor: Actor):  # type: ignore[no-untyped-def]  # a QuerySet, narrowed by callers
    return Submission.objects.filter(
        program_id=actor.program_id, learner_id=actor.user_id
    ).select_related("module_version", "program")


def _own(actor: Actor, uuid: UUID, *, lock: bool = False) -> Submission:
    rows = Submission.objects.all()
    # a lock over joined rows would need OF, which MariaDB does not have
    rows = rows.select_for_update() if lock else rows.select_related("program", "module_version")
    row = rows.filter(uuid=uuid, program_id=actor.program_id, learner_id=actor.user_id).first()
    if row is None:
        raise NotFound("There is no such submission.")
    return row


def _cell(
    code: str, last: Submission | None, available: bool, stages: Mapping[int, Stage]
) -> CellView:
    stage = stages[last.pk] if last else Stage.OPEN
    step = _NEXT[stage] if available else "This module is being written."
    return CellView(
        competency=code,
        stage=stage,
        available=available,
        submission=last.uuid if last else None,
        next_step=step,
        due_at=last.due_at if last else None,
    )


def _demand_field(row: Submission, key: str) -> None:
    head, _, rest = key.partition(".")
    if head in {p.key for p in modules.of(row).prompts} and not rest:
        return
    item, _, field = rest.partition(".")
    if head == "evidence" and field in {"title", "body", "my_part"} and _is_uuid(item):
        found = row.evidence.filter(uuid=item).first()
        if found is not None:
            evidence.demand_changeable(item=found)
            return
    elif head == "pin" and field == "why" and _is_uuid(item):
        pin = Pin.objects.filter(uuid=item, evidence__submission=row).first()
        if pin is not None and pin.indicator not in row.carried:
            return
    message = "This field is not part of the submission any more; reload the page."
    raise Invalid(message, (Problem(field=key, code="no-such-field", message=message),))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
