"""What gradebooks are to be told, as rows written in the transaction in which it became true.

One row follows the other for each (resource link, person); `lti_tool.delivery` sends the newest.
A decision that returns a submission leaves the gradebook ungraded, never at zero. Comments say
where to look and nothing else: whoever sees the gradebook need not see a learner's returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from credentials import api, work
from credentials.data import ProgressView, Stage
from credentials.errors import LCError
from credentials.views.shell import SiteLinks
from lti_tool import grades
from lti_tool.models import Opening, PlatformUser, ResourceLink, ScorePassback

KIND: Final = "score"  # of the work items
#: A platform may compare whole seconds and refuse what is not later (AGS 3.4.9).
APART: Final = timedelta(seconds=1)
State = ScorePassback.State


@dataclass(frozen=True, kw_only=True)
class Told:
    """Where a learner stands, in the words of a gradebook (AGS 3.4.7, 3.4.8)."""

    activity: str
    grading: str
    comment: str = ""
    given: float | None = None


HANDED_IN: Final = Told(
    activity="Submitted", grading="PendingManual", comment="Handed in. Reviewers look at it."
)
RETURNED: Final = Told(
    activity="InProgress",
    grading="PendingManual",
    comment="Reviewed. Open the activity to see what comes next.",
)
PASSED: Final = Told(
    activity="Completed",
    grading="FullyGraded",
    comment="Passed. The badge is in the activity.",
    given=grades.MAXIMUM,
)
WITHDRAWN: Final = Told(activity="InProgress", grading="NotReady")
REVOKED: Final = Told(activity="Completed", grading="PendingManual")


# --- receivers of what the house announces, inside its transaction -------------------------------


def submitted(
    sender: object,
    *,
    submission: UUID,
    program_id: int,
    learner_id: int,
    competency: str,
    at: datetime,
    **_: object,
) -> None:
    """Receiver of `submission_submitted`."""
    for opening in _openings(program_id, learner_id, competency):
        _record(opening, submission, HANDED_IN, at=at, submitted_at=at)


def decided(
    sender: object,
    *,
    submission: UUID,
    program_id: int,
    learner_id: int,
    competency: str,
    outcome: str,
    at: datetime,
    **_: object,
) -> None:
    """Receiver of `submission_decided`, also of a corrected decision."""
    told = PASSED if outcome == "passed" else RETURNED
    for opening in _openings(program_id, learner_id, competency):
        _record(opening, submission, told, at=at)


def withdrawn(
    sender: object,
    *,
    submission: UUID,
    program_id: int,
    learner_id: int,
    competency: str,
    at: datetime,
    **_: object,
) -> None:
    """Receiver of `submission_withdrawn`; nothing where the gradebook never heard of it."""
    for opening in _openings(program_id, learner_id, competency):
        last = _last(opening.resource_link, opening.person)
        if last is not None and last.submission == submission:
            _record(opening, submission, WITHDRAWN, at=at)


def revoked(
    sender: object,
    *,
    program_id: int,
    learner_id: int,
    competency: str,
    at: datetime,
    **_: object,
) -> None:
    """Receiver of `award_revoked`: the score goes with the badge."""
    for opening in _openings(program_id, learner_id, competency):
        last = _last(opening.resource_link, opening.person)
        if last is not None:
            _record(opening, last.submission, REVOKED, at=at)


# --- for launches, staff and the worker -----------------------------------------------------------


@transaction.atomic
def catch_up(*, link: ResourceLink, person: PlatformUser, now: datetime) -> None:
    """A learner has opened the link: its gradebook is told what it missed.

    So a score reaches a course that was joined after the decision, a link that has got its column
    since, and a platform that had refused it. A second call changes nothing.
    """
    opening = Opening.objects.filter(resource_link=link, person=person, learner=True).first()
    if opening is None or not link.competency or not grades.takes_scores(link):
        return
    stand = _standing(opening)
    last = _last(link, person)
    if stand is not None and not _is_told(last, stand[0], stand[1]):
        submission, told, submitted_at = stand
        _record(opening, submission, told, at=now, submitted_at=submitted_at)
    elif last is not None and last.state in (State.REFUSED, State.GIVEN_UP):
        send_again(last, now=now)


@transaction.atomic
def send_again(row: ScorePassback, *, now: datetime) -> ScorePassback:
    """The newest thing told about this person at this link is told once more, as a new row.

    Its timestamp is a new one: the platform may have got the first and would refuse it twice.
    """
    opening = Opening.objects.get(resource_link=row.resource_link, person=row.person)
    newest = _last(row.resource_link, row.person) or row
    told = Told(
        activity=newest.activity_progress,
        grading=newest.grading_progress,
        comment=newest.comment,
        given=newest.score_given,
    )
    return _record(opening, newest.submission, told, at=now)


@transaction.atomic
def restamp(row: ScorePassback, *, now: datetime) -> bool:
    """Date a waiting row anew; False when there is a newer one, which goes instead."""
    _lock(row.resource_link_id, row.person_id)
    last = _last(row.resource_link, row.person)
    if last is None or last.pk != row.pk:
        return False
    row.timestamp = max(now, row.timestamp + APART)
    row.save(update_fields=["timestamp"])
    return True


def _openings(program_id: int, learner_id: int, competency: str) -> list[Opening]:
    """The places where the learner opened that module as a learner, and that take scores."""
    rows = Opening.objects.filter(
        learner=True,
        person__user_id=learner_id,
        resource_link__competency=competency,
        resource_link__deployment__program_id=program_id,
        resource_link__deployment__approved=True,
    ).select_related("resource_link", "person")
    return [row for row in rows.order_by("pk") if grades.takes_scores(row.resource_link)]


def _record(
    opening: Opening,
    submission: UUID,
    told: Told,
    *,
    at: datetime,
    submitted_at: datetime | None = None,
) -> ScorePassback:
    """The next row of its pair, and the work of sending it; in the caller's transaction."""
    _lock(opening.resource_link_id, opening.person_id)
    last = _last(opening.resource_link, opening.person)
    if submitted_at is None and last is not None and last.submission == submission:
        submitted_at = last.submitted_at
    made = ScorePassback.objects.create(
        resource_link_id=opening.resource_link_id,
        person_id=opening.person_id,
        sequence=last.sequence + 1 if last else 1,
        submission=submission,
        timestamp=max(at, last.timestamp + APART) if last else at,
        activity_progress=told.activity,
        grading_progress=told.grading,
        score_given=told.given,
        score_maximum=None if told.given is None else grades.MAXIMUM,
        comment=told.comment,
        submitted_at=submitted_at,
        created_at=at,
    )
    work.leave(
        kind=KIND,
        key=f"{opening.resource_link_id}-{opening.person_id}",
        payload={"resource_link": opening.resource_link_id, "person": opening.person_id},
        now=at,
    )
    return made


def _lock(resource_link_id: int, person_id: int) -> None:
    """Rows of one pair are made one after the other; the opening is there for every pair."""
    found = Opening.objects.select_for_update().filter(
        resource_link_id=resource_link_id, person_id=person_id
    )
    list(found.values_list("pk"))


def _last(link: ResourceLink, person: PlatformUser) -> ScorePassback | None:
    rows = ScorePassback.objects.filter(resource_link=link, person=person)
    return rows.order_by("-sequence").first()


def _is_told(last: ScorePassback | None, submission: UUID, told: Told) -> bool:
    if last is None or last.submission != submission:
        return False
    return (last.activity_progress, last.grading_progress) == (told.activity, told.grading)


def _standing(opening: Opening) -> tuple[UUID, Told, datetime | None] | None:
    """What the house knows about the learner at that module, if a gradebook should hear it."""
    link = opening.resource_link
    actor = api.actor_for(
        user=opening.person.user, program_id=link.deployment.program_id, links=SiteLinks()
    )
    if actor is None or actor.program_id != link.deployment.program_id:
        return None
    try:
        progress = api.progress(actor, competency=link.competency)
    except LCError:  # the link names a module that is not there
        return None
    return _told_of(progress)


def _told_of(progress: ProgressView) -> tuple[UUID, Told, datetime | None] | None:
    states = {"submitted": HANDED_IN, "returned": RETURNED, "passed": PASSED}
    handed_in = [attempt for attempt in progress.attempts if attempt.state in states]
    if not handed_in:
        return None
    newest = max(handed_in, key=lambda attempt: attempt.attempt)
    told = states[newest.state]
    if newest.stage == Stage.REVOKED:  # its own: a new attempt may have begun since
        told = REVOKED
    return newest.uuid, told, newest.submitted_at
