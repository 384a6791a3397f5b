"""Bringing trust lists in and seeing which are here; for whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from credentials.domain import audit, trust
from credentials.errors import Invalid, Problem
from credentials.models import TrustList
from credentials.openbadges.errors import BadTrustList
from credentials.openbadges.trust_file import read_edition


@dataclass(frozen=True, kw_only=True)
class TrustListView:
    """One edition of a list; `new` says whether it was brought in just now."""

    name: str
    publisher: str
    dated: date
    issuers: int
    new: bool = False


def import_trust_list(*, raw: bytes) -> TrustListView:
    """Keeps the edition in a file, in one transaction; a second call changes nothing.

    Raises Invalid with every fault of the file, Conflict where another edition of that name and
    date is here already.
    """
    try:
        edition = read_edition(raw)
    except BadTrustList as error:
        faults = (Problem(field=f, code="trust-list", message=m) for f, m in error.faults)
        raise Invalid(error.message, tuple(faults)) from None
    now = timezone.now()
    with transaction.atomic():
        row, new = trust.import_edition(edition=edition, now=now)
        if new:
            audit.record(
                actor=None,
                verb="trust.imported",
                subject_kind="trust-list",
                subject=row.uuid,
                program=None,
                details={"name": row.name, "dated": row.dated.isoformat()},
                now=now,
            )
    return _view(row, new=new)


def trust_lists() -> tuple[TrustListView, ...]:
    """Every edition that is here, the newest first."""
    return tuple(_view(row) for row in TrustList.objects.order_by("-dated", "name"))


def _view(row: TrustList, *, new: bool = False) -> TrustListView:
    return TrustListView(
        name=row.name,
        publisher=row.publisher,
        dated=row.dated,
        issuers=len(row.entries),
        new=new,
    )
