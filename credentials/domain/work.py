"""Rows of work: what a transaction leaves to be done after its commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from credentials.conf import conf
from credentials.models import WorkItem

_LONGEST_WAIT = timedelta(hours=1)


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, object],
    now: datetime,
    not_before: datetime | None = None,
) -> WorkItem:
    """One item per (kind, key) inside the caller's transaction; a second call changes nothing."""
    item, _ = WorkItem.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={"payload": dict(payload), "not_before": not_before or now, "created_at": now},
    )
    return item


def renew(*, kind: str, key: str, payload: Mapping[str, object], now: datetime) -> WorkItem:
    """Like `enqueue`, but the item is due again even if it was done or is being done just now.

    Whoever is doing it keeps it for themselves until they end; what they have done then does not
    count as this, and it is done once more.
    """
    item = enqueue(kind=kind, key=key, payload=payload, now=now)
    WorkItem.objects.filter(pk=item.pk).update(
        done_at=None, cancelled_at=None, not_before=now, attempts=0, lease=None
    )
    return item


def lease_one(*, now: datetime) -> WorkItem | None:
    """Take the item that is due longest, for conf().lease_seconds; None when nothing is due.

    A conditional update decides between workers, so this is safe on every database and at any
    number of them. An item whose worker died is due again when its lease has run out.
    """
    while True:
        item = _free(now).order_by("not_before", "pk").first()
        if item is None:
            return None
        lease = uuid4()
        taken = (
            _free(now)
            .filter(pk=item.pk, lease=item.lease)
            .update(lease=lease, leased_until=_until(now), attempts=item.attempts + 1)
        )
        if taken:
            item.lease, item.attempts = lease, item.attempts + 1
            return item


def lease_many(*, kind: str, limit: int, now: datetime) -> list[WorkItem]:
    """Take up to `limit` items of one kind, those due longest first, as `lease_one` takes one."""
    due = _free(now).filter(kind=kind).order_by("not_before", "pk")
    chosen = list(due.values_list("pk", flat=True)[:limit])
    lease = uuid4()
    _free(now).filter(pk__in=chosen).update(
        lease=lease, leased_until=_until(now), attempts=F("attempts") + 1
    )
    return list(WorkItem.objects.filter(pk__in=chosen, lease=lease).order_by("pk"))


def due(*, kind: str, now: datetime) -> int:
    """How many items of that kind are to be done now, leased ones included."""
    return WorkItem.objects.filter(
        kind=kind, done_at=None, cancelled_at=None, not_before__lte=now
    ).count()


def finish(*, item: WorkItem, lease: UUID | None, now: datetime) -> None:
    """Mark it done, unless another worker has taken it over meanwhile or it was opened again."""
    ended = WorkItem.objects.filter(pk=item.pk, lease=lease).update(
        done_at=now, leased_until=None, last_error=""
    )
    if not ended:
        _let_go(item)


def postpone(
    *,
    item: WorkItem,
    lease: UUID | None,
    error: str,
    now: datetime,
    wait: timedelta | None = None,
) -> None:
    """Try again later; `error` is shown to staff.

    After `wait`, or else after 2, 4, 8 ... seconds, at most an hour.
    """
    if wait is None:
        wait = min(timedelta(seconds=2 ** min(item.attempts, 12)), _LONGEST_WAIT)
    ended = WorkItem.objects.filter(pk=item.pk, lease=lease).update(
        not_before=now + wait, leased_until=None, last_error=error[:500]
    )
    if not ended:
        _let_go(item)


def _let_go(item: WorkItem) -> None:
    """It was renewed while we did it: the next worker need not wait for our lease to run out."""
    WorkItem.objects.filter(pk=item.pk, lease=None).update(leased_until=None)


def _free(now: datetime) -> QuerySet[WorkItem]:
    """What is due and nobody is at, or whose worker let the lease run out."""
    nobody = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return WorkItem.objects.filter(nobody, done_at=None, cancelled_at=None, not_before__lte=now)


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=conf().lease_seconds)


def cancel(*, kind: str, key: str, now: datetime) -> None:
    """It need not be done any more; nothing happens to a finished item."""
    WorkItem.objects.filter(kind=kind, key=key, done_at=None).update(cancelled_at=now)


def troubles() -> tuple[WorkItem, ...]:
    """Items that failed at least once and are not done: what staff should see."""
    return tuple(
        WorkItem.objects.filter(done_at=None, cancelled_at=None)
        .exclude(last_error="")
        .order_by("created_at")
    )
