"""What an administrator asks of the house: who is stuck, what needs me, put it right, the log.

Nothing here shows evidence, drafts or what reviewers wrote.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from credentials.api.people import administer, members
from credentials.data import Actor, CaseView, DecisionView, MemberView
from credentials.desk import AuditView, CaseDetail, TermsView, TroubleView
from credentials.domain import award as awards
from credentials.domain import case as cases_
from credentials.domain import decision as decisions
from credentials.domain import history, showing, tie
from credentials.domain import review as reviews
from credentials.domain import submission as submissions
from credentials.domain import terms as terms_
from credentials.domain.workload import Load, Plan, load
from credentials.errors import NotFound
from credentials.models import AuditEntry, Award, Decision, Program, Role, Submission

PAGE = 50


def cases(actor: Actor, *, filter: str = "attention", page: int = 1) -> tuple[CaseView, ...]:
    """PAGE cases of that kind (domain/case.py, FILTERS), the most urgent first; five queries."""
    administer(actor)
    now = timezone.now()
    rows = cases_.chosen(cases_.of_program(actor.program_id), filter, now=now)
    start = (max(page, 1) - 1) * PAGE
    return cases_.views(rows[start : start + PAGE], now=now)


def case_counts(actor: Actor) -> dict[str, int]:
    """How many cases each filter has, in the order in which the desk offers them; one query."""
    administer(actor)
    return cases_.counts(cases_.of_program(actor.program_id), now=timezone.now())


def case_detail(actor: Actor, *, submission: UUID) -> CaseDetail:
    """One case with its attempts, reviews, decision and log; raises NotFound."""
    administer(actor)
    row = _own(actor, submission)
    now = timezone.now()
    attempts = cases_.of_program(actor.program_id).filter(
        learner_id=row.learner_id, competency=row.competency
    )
    decision = Decision.objects.filter(submission=row).first()
    views = {view.submission: view for view in cases_.views(attempts.order_by("attempt"), now=now)}
    return CaseDetail(
        case=views[row.uuid],
        attempts=tuple(views.values()),
        reviews=cases_.reviews(row),
        candidates=_candidates(actor, row),
        decision=_without_comments(decision) if decision else None,
        rule=str(decision.rule.get("sentence", "")) if decision else "",
        correctable=decision is not None and _correctable(decision),
        paused_because=row.pause_note,
        history=history.views(
            AuditEntry.objects.filter(subject__in=_subjects(row)).order_by("-sequence")
        ),
    )


def award_case(actor: Actor, *, award: UUID) -> CaseView:
    """The case that the award came from; raises NotFound."""
    administer(actor)
    rows = cases_.of_program(actor.program_id).filter(decision__awards__uuid=award)
    views = cases_.views(rows, now=timezone.now())
    if not views:
        raise NotFound("There is no such award.")
    return views[0]


@transaction.atomic
def assign_reviewer(actor: Actor, *, submission: UUID, reviewer_id: int) -> None:
    """Give the case to a reviewer, who is told; repeatable. Raises NotAllowed for a tied one."""
    administer(actor)
    reviews.assign(
        submission=_own(actor, submission),
        reviewer_id=reviewer_id,
        actor=actor,
        now=timezone.now(),
    )


@transaction.atomic
def unstick(actor: Actor, *, submission: UUID, reason: str, days: int = 0) -> None:
    """End open claims on the case; with `days`, its due date moves to that many days from now."""
    administer(actor)
    row = _own(actor, submission)
    reviews.unstick(submission=row, reason=reason, actor=actor, now=timezone.now())
    if days > 0:
        submissions.extend(submission=row, days=days, now=timezone.now())


@transaction.atomic
def correct_decision(actor: Actor, *, submission: UUID, outcome: str, reason: str) -> None:
    """Put the case's decision right, until its badge is signed; repeatable.

    Raises NotFound without a decision, Invalid without a reason, Closed when it is too late.
    """
    administer(actor)
    decision = Decision.objects.filter(submission=_own(actor, submission)).first()
    if decision is None:
        raise NotFound("There is no decision yet.")
    decisions.correct_decision(
        decision=decision, outcome=outcome, reason=reason, actor=actor, now=timezone.now()
    )


@transaction.atomic
def revoke_award(actor: Actor, *, award: UUID, reason: str) -> UUID:
    """Take the badge back for good; repeatable. Returns the submission it was awarded for."""
    administer(actor)
    row = (
        Award.objects.select_related("decision__submission")
        .filter(uuid=award, program_id=actor.program_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such award.")
    awards.revoke_award(award=row, reason=reason, actor=actor, now=timezone.now())
    case: UUID = row.decision.submission.uuid
    return case


def terms(actor: Actor) -> TermsView:
    """The program's terms, all of them."""
    administer(actor)
    return terms_.view(Program.objects.get(pk=actor.program_id))


@transaction.atomic
def set_terms(
    actor: Actor, *, figures: dict[str, int], holidays: str, time_zone: str, contact_email: str
) -> TermsView:
    """The terms from now on (domain/terms.py, BOUNDS); raises Invalid naming every fault."""
    administer(actor)
    program = terms_.change(
        actor=actor,
        figures=figures,
        holidays=holidays,
        time_zone=time_zone,
        contact_email=contact_email,
        now=timezone.now(),
    )
    return terms_.view(program)


def audit_log(actor: Actor, *, before: int | None = None) -> tuple[AuditView, ...]:
    """PAGE acts in the program, newest first, those before that sequence number; two queries."""
    administer(actor)
    program = Program.objects.values_list("uuid", flat=True).get(pk=actor.program_id)
    rows = AuditEntry.objects.filter(program=program).order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    return history.views(rows[:PAGE])


def troubles(actor: Actor) -> tuple[TroubleView, ...]:
    """Work of the program that failed and is tried again (signing, lists, mail)."""
    administer(actor)
    return history.troubles(program_id=actor.program_id)


def workload(actor: Actor, *, plan: Plan) -> Load:
    """Hours that a plan asks of its reviewers; raises Invalid naming each impossible figure."""
    administer(actor)
    return load(plan)


def _own(actor: Actor, identifier: UUID) -> Submission:
    row = (
        Submission.objects.select_related("program", "module_version")
        .filter(uuid=identifier, program_id=actor.program_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such case.")
    return row


def _candidates(actor: Actor, row: Submission) -> tuple[MemberView, ...]:
    if row.state != Submission.State.SUBMITTED or reviews.wanted_role(row) is None:
        return ()
    away = tie.reviewers_kept_away(program_id=row.program_id, learner_id=row.learner_id)
    busy = set(row.reviews.filter(live=True).values_list("reviewer_id", flat=True))
    return tuple(
        member
        for member in members(actor)
        if Role.REVIEWER in member.roles and member.user_id not in away | busy
    )


def _without_comments(decision: Decision) -> DecisionView:
    shown = showing.decision(decision)
    bare = (replace(result, comments=(), unscorable="") for result in shown.results)
    return replace(shown, results=tuple(bare))


def _correctable(decision: Decision) -> bool:
    if Submission.objects.filter(previous=decision.submission).exists():
        return False
    return not decision.awards.exclude(badge__signed_at=None).exists()


def _subjects(row: Submission) -> list[UUID]:
    decisions_ = Decision.objects.filter(submission=row)
    given = Award.objects.filter(decision__in=decisions_)
    return [
        row.uuid,
        *row.reviews.values_list("uuid", flat=True),
        *decisions_.values_list("uuid", flat=True),
        *given.values_list("uuid", flat=True),
        *given.values_list("badge__uuid", flat=True),
    ]
