"""A visit in a new tab: cookies stay behind in the course's page, a ticket goes along."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lti_tool.digest import digest
from lti_tool.frames import prefix_of
from lti_tool.models import Ticket, Visit

LIFETIME: Final = timedelta(seconds=60)


def issue(visit: Visit, *, path: str, now: datetime) -> str:
    """The secret of a ticket to that path of the visit; good once, for a minute."""
    secret = secrets.token_urlsafe(32)
    old = Ticket.objects.filter(expires_at__lt=now - LIFETIME).values_list("pk", flat=True)
    Ticket.objects.filter(pk__in=list(old[:20])).delete()
    Ticket.objects.create(
        digest=digest(secret),
        visit=visit,
        path=within(visit, path),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return secret


def redeem(visit: UUID | None, *, secret: str, now: datetime) -> Ticket | None:
    """The ticket of that visit, used up by this; None for any other, a late one or a used one."""
    if visit is None:
        return None
    row = (
        Ticket.objects.select_related("visit__registration", "visit__deployment")
        .filter(digest=digest(secret), visit__uuid=visit, expires_at__gt=now)
        .filter(visit__ended_at=None, visit__expires_at__gt=now, visit__registration__active=True)
        .first()
    )
    if row is None or not Ticket.objects.filter(pk=row.pk, used_at=None).update(used_at=now):
        return None
    return row


def within(visit: Visit, path: str) -> str:
    """The path if it lies in the visit, else the visit's beginning."""
    prefix = f"{prefix_of(visit.uuid)}/"
    plain = path.isascii() and path.isprintable() and "\\" not in path and "/../" not in path
    return path if plain and path.startswith(prefix) and len(path) < 2000 else prefix
