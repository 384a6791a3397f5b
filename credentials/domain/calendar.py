"""Business days of a program: Monday to Friday without its holidays, in its time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credentials.models import Program


def due(*, program: Program, start: datetime, days: int) -> datetime:
    """The end of the `days`-th business day after `start`."""
    day = start.astimezone(_zone(program)).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= is_business_day(program=program, day=day)
    end = datetime.combine(day, time(23, 59, 59), tzinfo=_zone(program))
    return end.astimezone(UTC)


def days_left(*, program: Program, now: datetime, until: datetime) -> int:
    """Business days after today up to and including the day of `until`; negative when past."""
    today = now.astimezone(_zone(program)).date()
    last = until.astimezone(_zone(program)).date()
    step = 1 if last >= today else -1
    count, day = 0, today
    while day != last:
        day += timedelta(days=step)
        counted = day if step > 0 else day + timedelta(days=1)
        count += step * is_business_day(program=program, day=counted)
    return count


def is_business_day(*, program: Program, day: date) -> bool:
    """Whether reviewers work on that day."""
    return day.weekday() < 5 and day.isoformat() not in program.holidays


def _zone(program: Program) -> ZoneInfo:
    return ZoneInfo(program.time_zone)
