"""Sends the newest row of the outbox to its gradebook: the handler of work of kind "score".

Safe to repeat: a row whose worker died before it could note the answer is sent again, the platform
refuses its timestamp, and the result is compared.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isclose
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from credentials.work import Later
from lti_tool import column, grades, outage, outbox
from lti_tool.models import PlatformUser, ResourceLink, ScorePassback
from lti_tool.service_faults import Declined, Unavailable

WAITS: Final = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
GIVE_UP_AFTER: Final = timedelta(days=3)
#: Scores that waited together do not all come at the same instant.
_SPREAD: Final = timedelta(seconds=2)
State = ScorePassback.State


def deliver(payload: Mapping[str, Any]) -> None:
    """The gradebook has the newest of the pair, or it is noted why it will not take it.

    Raises credentials.work.Later while it can still succeed. One worker at a time per pair: the
    lease of the work item sees to it, so nothing older overtakes.
    """
    rows = ResourceLink.objects.select_related("deployment__registration", "context")
    link = rows.get(pk=payload["resource_link"])
    person = PlatformUser.objects.get(pk=payload["person"])
    while (row := _newest_waiting(link, person)) is not None:
        _send(link, row, now=timezone.now())


def _newest_waiting(link: ResourceLink, person: PlatformUser) -> ScorePassback | None:
    """What is to be sent; whatever waits behind a newer one is told no more."""
    pair = ScorePassback.objects.filter(resource_link=link, person=person).select_related("person")
    newest = pair.order_by("-sequence").first()
    if newest is None:
        return None
    pair.filter(state=State.WAITING, sequence__lt=newest.sequence).update(state=State.REPLACED)
    return newest if newest.state == State.WAITING else None


def _send(link: ResourceLink, row: ScorePassback, *, now: datetime) -> None:
    registration = link.deployment.registration
    if not registration.active or not link.deployment.approved:
        _settle(row, State.REFUSED, error="This course system is switched off here.")
        return
    if resting := outage.of(registration, now=now):
        _try_later(row, resting.reason, after=resting.until - now, now=now)
        return
    ScorePassback.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
    row.attempts += 1
    try:
        _post(link, row, now=now)
    except Unavailable as fault:
        after = fault.after or WAITS[min(row.attempts, len(WAITS)) - 1]
        if fault.everybody:
            gone = outage.began(registration, reason=fault.reason, after=fault.after, now=now)
            after = gone.until - now
        _try_later(row, fault.reason, after=after, now=now, status=fault.status)
    except Declined as fault:
        outage.ended(registration)
        _settle(row, State.REFUSED, error=fault.reason, status=fault.status)
    else:
        outage.ended(registration)
        _settle(row, State.SENT, sent_at=now)


def _post(link: ResourceLink, row: ScorePassback, *, now: datetime) -> None:
    """One attempt, with what a refusal lets us put right at once; raises ServiceFault."""
    try:
        grades.send_score(link, column.of(link, now=now), _score(row), now=now)
    except Declined as fault:
        if fault.status == 409:
            _settle_conflict(link, row, now=now)
        elif fault.status in (404, 410) and column.moved(link, now=now):
            grades.send_score(link, link.line_item_url, _score(row), now=now)
        elif fault.status in (404, 410) and not link.line_item_url:
            raise Declined(
                "The gradebook column is gone. Sending again makes a new one.", status=fault.status
            ) from None
        else:
            raise


def _settle_conflict(link: ResourceLink, row: ScorePassback, *, now: datetime) -> None:
    """409: something with that timestamp or a later one is there, most likely this very row.

    If it is not, the row is dated anew and sent once more; raises ServiceFault.
    """
    if grades.RESULT in link.scopes:
        held = grades.read_result(link, link.line_item_url, row.person.subject, now=now)
        if _agrees(row, held):
            return
    if outbox.restamp(row, now=now):
        grades.send_score(link, link.line_item_url, _score(row), now=now)
    else:
        _settle(row, State.REPLACED)


def _agrees(row: ScorePassback, held: grades.Result | None) -> bool:
    if row.score_given is None or not row.score_maximum:
        return held is None or held.score is None
    if held is None or held.score is None or not held.maximum:
        return False
    return isclose(held.score / held.maximum, row.score_given / row.score_maximum, abs_tol=1e-6)


def _score(row: ScorePassback) -> grades.Score:
    return grades.Score(
        subject=row.person.subject,
        timestamp=row.timestamp,
        activity=row.activity_progress,
        grading=row.grading_progress,
        given=row.score_given,
        maximum=row.score_maximum,
        comment=row.comment,
        submitted_at=row.submitted_at,
    )


def _try_later(
    row: ScorePassback,
    reason: str,
    *,
    after: timedelta,
    now: datetime,
    status: int | None = None,
) -> None:
    """Raises Later, or gives the row up after three days."""
    if now - row.created_at >= GIVE_UP_AFTER:
        _settle(row, State.GIVEN_UP, error=reason, status=status)
        return
    _settle(row, State.WAITING, error=reason, status=status)
    spread = _SPREAD * (secrets.randbelow(1000) / 1000)
    raise Later(reason, after=after + spread)


def _settle(
    row: ScorePassback,
    state: str,
    *,
    error: str = "",
    status: int | None = None,
    sent_at: datetime | None = None,
) -> None:
    """Note what became of it, unless it was replaced meanwhile."""
    ScorePassback.objects.filter(pk=row.pk, state=State.WAITING).update(
        state=state, last_error=error[:500], last_status=status, sent_at=sent_at
    )
