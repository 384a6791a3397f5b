"""Issue for a whole cohort: every badge that waits, signed on all cores, kept a batch at a time.

It is the work that `work` does one by one, on the same rows, leases and with the same outcome:
both may run at once, either may be killed at any point, and whoever comes next goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from credentials.domain import audit, content, issuer_key, work
from credentials.domain import badge as badges
from credentials.models import Badge, IssuerKey, WorkItem
from credentials.openbadges.cohort import Order, Press, Signed
from credentials.openbadges.keys import verification_method

BATCH: Final = 200  # badges kept in one transaction; a kill costs at most their signatures


@dataclass(frozen=True)
class Progress:
    """How far it is: badges issued, badges that could not be, items seen to be not needed."""

    issued: int = 0
    refused: int = 0
    dropped: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.issued + other.issued,
            self.refused + other.refused,
            self.dropped + other.dropped,
        )


def waiting(*, now: datetime) -> int:
    """How many badges are due to be signed, also those that another worker is at."""
    return work.due(kind="sign", now=now)


def issue(*, processes: int) -> Iterator[Progress]:
    """Sign, bake and keep every badge that is due and that nobody else is at; yields per batch.

    Opens a transaction per batch. A badge that cannot be signed is postponed with the reason for
    staff, as by `lc work`, and stops no other. A second call finds nothing left to do.
    """
    keys = _Keys()
    with Press(
        {name: issuer_key.open_key(row) for name, row in keys.items()}, processes=processes
    ) as press:
        done = Progress()
        batch = _begin(press, keys)
        while batch is not None:
            following = _begin(press, keys)  # signed by others while this one is written here
            done += batch.keep()
            yield done
            batch = following


class _Keys(dict[str, IssuerKey]):
    """The key each issuer signs with as this begins, by verification method."""

    def __init__(self) -> None:
        rows = IssuerKey.objects.filter(active=True, kind=IssuerKey.Kind.PROOF).select_related(
            "issuer"
        )
        super().__init__(
            (verification_method(row.issuer.did, row.public_multibase), row) for row in rows
        )
        self.of_issuer = {row.issuer_id: name for name, row in self.items()}


def _begin(press: Press, keys: _Keys) -> _Batch | None:
    """Lease the next badges and start signing them; None when nothing is left."""
    items = work.lease_many(kind="sign", limit=BATCH, now=timezone.now())
    if not items:
        return None
    rows = Badge.objects.filter(uuid__in=[item.payload["badge"] for item in items])
    waiting = {
        str(row.uuid): row
        for row in rows.select_related(
            "award__program", "award__achievement", "issuer__program", "status_list__issuer"
        )
        if row.document is None and row.award.active and row.issuer_id in keys.of_issuer
    }
    orders = [_order(row, keys.of_issuer[row.issuer_id]) for row in waiting.values()]
    return _Batch(items, waiting, keys, press.sign(orders))


def _order(row: Badge, method: str) -> Order:
    return Order(
        name=str(row.uuid),
        content=content.credential(row),
        verification_method=method,
        created=row.award.awarded_at,
    )


class _Batch:
    def __init__(
        self,
        items: list[WorkItem],
        rows: Mapping[str, Badge],
        keys: _Keys,
        signed: Iterator[Signed],
    ) -> None:
        self._items = {item.payload["badge"]: item for item in items}
        self._rows, self._keys, self._signed = rows, keys, signed

    def keep(self) -> Progress:
        """Write what was signed, in one transaction, and settle every leased item."""
        answers = list(self._signed)
        with transaction.atomic():
            audit.line_up()
            done = sum((self._keep(answer) for answer in answers), Progress())
            left = set(self._items) - {answer.name for answer in answers}
            for name in left:  # signed already, or taken back meanwhile
                self._finish(name)
        return done + Progress(dropped=len(left))

    def _keep(self, answer: Signed) -> Progress:
        if answer.document is None:
            item = self._items[answer.name]
            work.postpone(item=item, lease=item.lease, error=answer.refusal, now=timezone.now())
            return Progress(refused=1)
        row = self._rows[answer.name]
        key = self._keys[self._keys.of_issuer[row.issuer_id]]
        kept = badges.keep(badge=row, document=answer.document, key=key, now=timezone.now())
        self._finish(answer.name)
        return Progress(issued=1) if kept else Progress(dropped=1)

    def _finish(self, name: str) -> None:
        item = self._items[name]
        work.finish(item=item, lease=item.lease, now=timezone.now())
