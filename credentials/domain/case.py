"""Submissions as an administrator looks at them: state, people, dates, signing; never evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from credentials.data import CaseView
from credentials.desk import CaseReviewView
from credentials.models import Award, Review, Submission, WorkItem

State = Submission.State

#: Work that nobody has taken this long before it is due asks for an administrator.
SOON = timedelta(days=2)

#: What the desk can show, in the order in which it offers them.
FILTERS = (
    "attention",
    "overdue",
    "waiting",
    "in-review",
    "signing",
    "returned",
    "draft",
    "passed",
    "all",
)


def of_program(program_id: int) -> QuerySet[Submission]:
    """Every attempt of the program with what a case shows, in a fixed number of queries."""
    return (
        Submission.objects.filter(program_id=program_id)
        .select_related("learner", "decision")
        .prefetch_related("reviews__reviewer", "decision__awards__badge")
        .annotate(
            taken=Exists(
                Review.objects.filter(submission=OuterRef("pk"), state=Review.State.CLAIMED)
            ),
            unsigned=Exists(
                Award.objects.filter(
                    decision__submission=OuterRef("pk"), active=True, badge__baked_at=None
                )
            ),
        )
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )


def chosen(rows: QuerySet[Submission], name: str, *, now: datetime) -> QuerySet[Submission]:
    """The rows of one of FILTERS; an unknown name gives those that need attention."""
    wanted = _conditions(now)
    return rows.filter(wanted.get(name, wanted["attention"]))


def counts(rows: QuerySet[Submission], *, now: datetime) -> dict[str, int]:
    """How many rows each of FILTERS has; one query."""
    wanted = _conditions(now)
    # aggregates are named without hyphens: the name becomes a column
    found = rows.aggregate(
        **{name.replace("-", "_"): Count("pk", filter=wanted[name]) for name in FILTERS}
    )
    return {name: found[name.replace("-", "_")] for name in FILTERS}


def views(rows: Iterable[Submission], *, now: datetime) -> tuple[CaseView, ...]:
    """The rows as values, with one further query for what signing says."""
    rows = list(rows)
    badges = [award.badge.uuid for row in rows for award in _awards(row)]
    faults = signing_faults(badges)
    return tuple(_view(row, faults, now) for row in rows)


def signing_faults(badges: Iterable[UUID]) -> dict[str, str]:
    """badge uuid -> why its signing or baking failed last; nothing for those without a fault."""
    return dict(
        WorkItem.objects.filter(
            kind__in=("sign", "bake"), key__in=[str(b) for b in badges], done_at=None
        )
        .exclude(last_error="")
        .values_list("key", "last_error")
    )


def reviews(row: Submission) -> tuple[CaseReviewView, ...]:
    """Who looks or looked at the case, newest first."""
    return tuple(
        CaseReviewView(
            reviewer=name_of(review.reviewer),
            role=review.role,
            state=review.state,
            claimed_at=review.claimed_at,
            expires_at=review.expires_at,
            completed_at=review.completed_at,
        )
        for review in sorted(row.reviews.all(), key=lambda r: r.claimed_at, reverse=True)
    )


def name_of(user: AbstractBaseUser) -> str:
    """What people call this user, whatever user model the host has."""
    full_name = getattr(user, "get_full_name", None)
    return (full_name() if full_name else "") or user.get_username()


def _conditions(now: datetime) -> dict[str, Q]:
    overdue = Q(state=State.SUBMITTED, due_at__lt=now)
    soon = Q(state=State.SUBMITTED, taken=False, due_at__lt=now + SOON)
    return {
        "attention": overdue | soon | Q(unsigned=True),
        "overdue": overdue,
        "waiting": Q(state=State.SUBMITTED, taken=False),
        "in-review": Q(state=State.SUBMITTED, taken=True),
        "signing": Q(unsigned=True),
        "returned": Q(state=State.RETURNED, revision=None),
        "draft": Q(state=State.DRAFT),
        "passed": Q(state=State.PASSED),
        "all": ~Q(pk=None),
    }


def _view(row: Submission, faults: dict[str, str], now: datetime) -> CaseView:
    award = next(iter(_awards(row)), None)
    live = [review for review in row.reviews.all() if review.live]
    return CaseView(
        submission=row.uuid,
        learner_id=row.learner_id,
        learner=name_of(row.learner),
        competency=row.competency,
        attempt=row.attempt,
        state=row.state,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        overdue=row.state == State.SUBMITTED and row.due_at is not None and row.due_at < now,
        reviewers=tuple(name_of(review.reviewer) for review in live),
        award=award.uuid if award else None,
        badge_state=_badge_state(award),
        problem=faults.get(str(award.badge.uuid), "") if award else "",
    )


def _awards(row: Submission) -> list[Award]:
    """The award that stands or was revoked; one taken back before signing is no award."""
    decision = getattr(row, "decision", None)
    if decision is None:
        return []
    found = [award for award in decision.awards.all() if award.active or award.revoked_at]
    return sorted(found, key=lambda award: award.pk)  # the competency's own before a stack's


def _badge_state(award: Award | None) -> str:
    if award is None:
        return ""
    if award.revoked_at:
        return "revoked"
    return "ready" if award.badge.baked_at else "being signed"
