"""Doing what the rows say is left to do: sign, bake, status lists, mail, sweeping."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, transaction
from django.utils import timezone

from credentials.domain import badge, notice, overdue, review, upload, work
from credentials.models import Badge, StatusList, WorkItem

logger = logging.getLogger(__name__)
Payload = Mapping[str, Any]


class Later(Exception):
    """Raised by a handler that did not succeed and knows when to try again."""

    def __init__(self, reason: str, *, after: timedelta) -> None:
        super().__init__(reason)
        self.reason = reason  #: for staff
        self.after = after


def serve(kind: str, handler: Callable[[Payload], None]) -> None:
    """Items of that kind are done by this function from now on; how a door brings its own work.

    The handler is called outside any transaction and must be safe to repeat.
    """
    HANDLERS[kind] = handler


def leave(*, kind: str, key: str, payload: Payload, now: datetime) -> None:
    """In the caller's transaction: this is to be done after the commit.

    The same key again makes it due again, also while a worker is at it; never two at once.
    """
    work.renew(kind=kind, key=key, payload=payload, now=now)


def drain(*, limit: int | None = None) -> int:
    """Do everything that is due, one item at a time; returns how many were done.

    Each handler is safe to repeat: a process killed at any point leaves an item whose lease runs
    out, and whoever takes it next ends in the same state. A failing item is postponed, its reason
    kept for staff, and the rest goes on.
    """
    done = 0
    while limit is None or done < limit:
        item = work.lease_one(now=timezone.now())
        if item is None:
            return done
        _run(item)
        done += 1
    return done


def tick() -> None:
    """One look of a worker: what the clock made due, then everything that waits.

    Never raises: a worker outlives its database's restart.
    """
    try:
        close_old_connections()
        with transaction.atomic():
            review.expire(now=timezone.now())
        overdue.tell_administrators(now=timezone.now())
        drain()
        upload.sweep(now=timezone.now())
    except Exception as fault:
        logger.warning("the worker will try again: %s", type(fault).__name__)


def _run(item: WorkItem) -> None:
    try:
        HANDLERS[item.kind](item.payload)
    except Later as told:
        work.postpone(
            item=item, lease=item.lease, error=told.reason, now=timezone.now(), wait=told.after
        )
    except Exception as fault:  # whatever it was, the next item must not wait for it
        logger.warning("work %s %s failed: %s", item.kind, item.key, type(fault).__name__)
        reason = f"{type(fault).__name__}: {fault}"
        work.postpone(item=item, lease=item.lease, error=reason, now=timezone.now())
    else:
        work.finish(item=item, lease=item.lease, now=timezone.now())


def _sign(payload: Payload) -> None:
    badge.sign(badge=Badge.objects.get(uuid=payload["badge"]), now=timezone.now())


def _bake(payload: Payload) -> None:
    badge.bake(badge=Badge.objects.get(uuid=payload["badge"]), now=timezone.now())


def _status(payload: Payload) -> None:
    row = StatusList.objects.get(uuid=payload["status_list"])
    badge.status_list_bytes(status_list=row, now=timezone.now())


HANDLERS: dict[str, Callable[[Payload], None]] = {
    "sign": _sign,
    "bake": _bake,
    "status": _status,
    "mail": notice.send,
}
