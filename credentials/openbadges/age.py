"""How old knowledge is, in words."""

from __future__ import annotations

from datetime import UTC, datetime


def as_of(moment: datetime, *, now: datetime) -> str:
    """ "as of 3 March 2026, 12 days ago": days are counted from midnight to midnight, in UTC."""
    day, today = moment.astimezone(UTC).date(), now.astimezone(UTC).date()
    return f"as of {day.day} {day:%B %Y}, {_ago((today - day).days)}"


def _ago(days: int) -> str:
    if days < 0:
        return "which by this computer’s clock has not come yet"
    if days == 0:
        return "today"
    return "1 day ago" if days == 1 else f"{days:,} days ago"
