"""A row for each log-in refused and each launch, so that staff can see what happened and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from credentials.data import Actor
from credentials.errors import NotAllowed
from lti_tool import launch
from lti_tool.message import Message
from lti_tool.models import Deployment, LaunchLog, Registration, Visit
from lti_tool.refusal import Refused

OK: Final = "ok"
KEPT: Final = timedelta(days=180)
#: Rows a minute from senders nobody knows: enough to find a fault, too few to fill a disk.
STRANGERS_A_MINUTE: Final = 60
SHOWN: Final = 200


def launched(message: Message, visit: Visit, *, now: datetime) -> LaunchLog:
    """A launch went through; a few rows whose time is over go."""
    _sweep(now=now)
    return LaunchLog.objects.create(
        at=now,
        step="launch",
        code=OK,
        registration=visit.registration,
        program_id=visit.deployment.program_id,
        visit=visit,
        claims=launch.excerpt(message.claims) | {"kid": launch.short(message.header["kid"])},
    )


def refused_launch(refused: Refused, message: Message, *, now: datetime) -> LaunchLog:
    """A launch was refused; claims are kept only where their signature was good."""
    deployment = message.deployment
    return _refused(
        refused,
        step="launch",
        registration=message.state.registration if message.state else None,
        program_id=deployment.program_id if deployment else None,
        claims=launch.excerpt(message.claims) if message.claims else {},
        now=now,
    )


def refused_login(refused: Refused, *, now: datetime) -> LaunchLog:
    """A log-in was refused before any platform had a say."""
    return _refused(refused, step="login", registration=None, program_id=None, claims={}, now=now)


def rows_for(actor: Actor) -> tuple[LaunchLog, ...]:
    """The newest rows an administrator may see, two queries: those of their program.

    What was refused before its deployment was known is shown too where all deployments of the
    registration are theirs; else it might be about another institution's people. Raises NotAllowed.
    """
    if not actor.has("administrator"):
        raise NotAllowed("The launch log is for administrators of the program.")
    shared = Deployment.objects.exclude(program_id=actor.program_id).values("registration_id")
    own = list(
        Registration.objects.filter(deployments__program_id=actor.program_id)
        .exclude(pk__in=shared)
        .distinct()
        .values_list("pk", flat=True)
    )
    rows = LaunchLog.objects.select_related("registration")
    found = rows.filter(program_id=actor.program_id) | rows.filter(
        program=None, registration_id__in=own
    )
    return tuple(found.order_by("-at", "-pk")[:SHOWN])


def _refused(
    refused: Refused,
    *,
    step: str,
    registration: Registration | None,
    program_id: int | None,
    claims: dict[str, object],
    now: datetime,
) -> LaunchLog:
    row = LaunchLog(
        at=now,
        step=step,
        code=refused.code,
        cause=str(launch.short(refused.cause, longest=500)),
        registration=registration,
        program_id=program_id,
        claims=claims,
    )
    if registration is not None or _is_quiet(now):
        row.save()
    return row


def _is_quiet(now: datetime) -> bool:
    recent = LaunchLog.objects.filter(registration=None, at__gt=now - timedelta(minutes=1))
    return recent.count() < STRANGERS_A_MINUTE


def _sweep(*, now: datetime) -> None:
    old = LaunchLog.objects.filter(at__lt=now - KEPT).order_by("at").values_list("pk", flat=True)
    LaunchLog.objects.filter(pk__in=list(old[:20])).delete()
