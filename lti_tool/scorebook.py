"""What administrators see of scores on their way to gradebooks, and can send again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from credentials.data import Actor
from credentials.errors import NotAllowed, NotFound
from lti_tool import outbox
from lti_tool.models import Outage, ScorePassback

State = ScorePassback.State
SHOWN: Final = 50  # on a page
#: So many at most are sent again at once; the rest at the next press.
AT_ONCE: Final = 500

_NEEDS_STAFF: Final = Q(state__in=(State.REFUSED, State.GIVEN_UP))
FILTERS: Final[dict[str, Q]] = {
    "attention": _NEEDS_STAFF,
    "waiting": Q(state=State.WAITING),
    "delivered": Q(state=State.SENT),
    "all": Q(),
}
_SAYS: Final = {
    (outbox.HANDED_IN.activity, outbox.HANDED_IN.grading): "Handed in, not graded",
    (outbox.RETURNED.activity, outbox.RETURNED.grading): "Returned, not graded",
    (outbox.WITHDRAWN.activity, outbox.WITHDRAWN.grading): "Withdrawn, not graded",
    (outbox.REVOKED.activity, outbox.REVOKED.grading): "Badge revoked, not graded",
}


@dataclass(frozen=True, kw_only=True)
class ScoreView:
    """The newest that one gradebook is to know about one learner at one link."""

    uuid: UUID
    submission: UUID
    learner: str
    course: str
    platform: str
    competency: str
    says: str
    state: str  #: values of ScorePassback.State
    since: datetime
    attempts: int
    error: str
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OutageView:
    """A platform of the program that does not serve us."""

    platform: str
    reason: str
    since: datetime
    until: datetime


def scores(actor: Actor, *, show: str, page: int = 1) -> tuple[ScoreView, ...]:
    """One page of them, newest first, one query; raises NotAllowed for all but administrators."""
    rows = _newest(actor).filter(FILTERS[show]).order_by("-created_at", "-pk")
    start = (page - 1) * SHOWN
    return tuple(_view(row) for row in rows[start : start + SHOWN])


def counts(actor: Actor) -> dict[str, int]:
    """How many there are by filter."""
    newest = _newest(actor)
    return {name: newest.filter(wanted).count() for name, wanted in FILTERS.items()}


def outages(actor: Actor) -> tuple[OutageView, ...]:
    """The program's platforms that are away now."""
    _demand_administrator(actor)
    rows = Outage.objects.filter(registration__deployments__program_id=actor.program_id).distinct()
    return tuple(
        OutageView(
            platform=row.registration.name, reason=row.reason, since=row.since, until=row.until
        )
        for row in rows.select_related("registration").order_by("since")
    )


def send_again(actor: Actor, *, score: UUID, now: datetime) -> None:
    """Tell that gradebook once more, and at once. Raises NotAllowed, NotFound."""
    row = _newest(actor).filter(uuid=score).first()
    if row is None:
        raise NotFound("There is no such score, or a newer one has taken its place.")
    _again(row, now=now)


def send_all_again(actor: Actor, *, now: datetime) -> int:
    """Tell again whatever was refused or given up; how many there were. Raises NotAllowed."""
    rows = list(_newest(actor).filter(_NEEDS_STAFF).order_by("pk")[:AT_ONCE])
    for row in rows:
        _again(row, now=now)
    return len(rows)


def _again(row: ScorePassback, *, now: datetime) -> None:
    outbox.send_again(row, now=now)
    registration = row.resource_link.deployment.registration
    # whoever presses the button believes that the platform is back
    Outage.objects.filter(registration=registration).update(until=now)


def _newest(actor: Actor) -> QuerySet[ScorePassback]:
    """The last row of each pair in the actor's program."""
    _demand_administrator(actor)
    later = ScorePassback.objects.filter(
        resource_link_id=OuterRef("resource_link_id"),
        person_id=OuterRef("person_id"),
        sequence__gt=OuterRef("sequence"),
    )
    return ScorePassback.objects.filter(
        ~Exists(later), resource_link__deployment__program_id=actor.program_id
    ).select_related(
        "person__user", "resource_link__context", "resource_link__deployment__registration"
    )


def _demand_administrator(actor: Actor) -> None:
    if not actor.has("administrator"):
        raise NotAllowed("The scores in gradebooks are for administrators of the program.")


def _view(row: ScorePassback) -> ScoreView:
    link = row.resource_link
    return ScoreView(
        uuid=row.uuid,
        submission=row.submission,
        learner=row.person.name or row.person.user.get_full_name(),
        course=str(link.context),
        platform=link.deployment.registration.name,
        competency=link.competency,
        says=_says(row),
        state=row.state,
        since=row.created_at,
        attempts=row.attempts,
        error=row.last_error,
        sent_at=row.sent_at,
    )


def _says(row: ScorePassback) -> str:
    if row.score_given is not None:
        return f"Passed, {row.score_given:g} of {row.score_maximum:g}"
    return _SAYS[row.activity_progress, row.grading_progress]
