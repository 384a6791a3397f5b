"""While a platform is away, one request finds out for all that wait for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lti_tool.models import Outage, Registration

WAITS: Final = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=1),  # and every hour from then on: the platform hardly notices
)


def of(registration: Registration, *, now: datetime) -> Outage | None:
    """The outage that is not to be disturbed yet."""
    return Outage.objects.filter(registration=registration, until__gt=now).first()


def began(
    registration: Registration, *, reason: str, after: timedelta | None, now: datetime
) -> Outage:
    """The platform did not serve us; `until` of the answer is when it is to be asked again.

    `after` is what the platform asked for (Retry-After). Failures of requests that were under way
    together count as one.
    """
    row, new = Outage.objects.get_or_create(
        registration=registration, defaults={"failures": 0, "since": now, "until": now}
    )
    if new or row.until <= now:
        row.failures += 1
    wait = WAITS[min(row.failures, len(WAITS)) - 1] if after is None else max(after, WAITS[0])
    row.until, row.reason = max(row.until, now + wait), reason[:500]
    row.save(update_fields=["failures", "until", "reason"])
    return row


def ended(registration: Registration) -> None:
    """The platform serves us."""
    Outage.objects.filter(registration=registration).delete()
