"""Dated trust lists: kept as they were published, and asked who was relied on as of a day.

What counts on which day is in docs/trust-lists.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime

from credentials.domain.trust_file import Edition, Entry
from credentials.errors import Conflict
from credentials.models import Issuer, TrustList
from credentials.openbadges import TrustAnswer


def import_edition(*, edition: Edition, now: datetime) -> tuple[TrustList, bool]:
    """Keeps an edition; the flag says whether it is new. The caller opens the transaction.

    The same edition again changes nothing. Other entries under the same name and date raise
    Conflict: reports printed under the first must stay explainable.
    """
    entries = [asdict(entry) for entry in edition.entries]
    row, created = TrustList.objects.get_or_create(
        name=edition.name,
        dated=edition.dated,
        defaults={"publisher": edition.publisher, "entries": entries, "imported_at": now},
    )
    if not created and (row.entries != entries or row.publisher != edition.publisher):
        raise Conflict(
            f"“{row.name}” dated {row.dated} is already here and says something else. "
            "Give the changed list a date of its own."
        )
    return row, created


def trusted(*, issuer_id: str, as_of: datetime) -> TrustAnswer:
    """Whether somebody this installation relies on stood behind the issuer at that moment.

    Its own record comes first; then the newest edition of each list dated on or before the day.
    `known` is None where no edition is old enough to be asked.
    """
    if own := own_issuer(issuer_id):
        return TrustAnswer(
            known=True,
            list_name="Issuers of this installation",
            list_date=own.created_at.date(),
            legal_name=own.program.legal_name,
            reason=f"{own.program.legal_name} issues from this installation, by its own record.",
        )
    day = as_of.date()
    editions = tuple(_in_force(day))
    for row, entry in _entries(editions, issuer_id):
        if entry.covers(day):
            return TrustAnswer(
                known=True,
                list_name=row.name,
                list_date=row.dated,
                legal_name=entry.legal_name,
                reason=f"{entry.legal_name} is on “{row.name}” of {row.publisher}, "
                f"dated {row.dated}.",
            )
    return _not_named(editions, issuer_id, day)


def _not_named(editions: tuple[TrustList, ...], issuer_id: str, day: date) -> TrustAnswer:
    if not editions:
        when = "that day" if TrustList.objects.exists() else "any day"
        return TrustAnswer(
            known=None,
            reason=f"No trust list for {when} has been brought in here, so nobody we rely on "
            "says who this issuer is.",
        )
    newest = max(editions, key=lambda row: row.dated)
    for row, entry in _entries(editions, issuer_id):
        return TrustAnswer(
            known=False,
            list_name=row.name,
            list_date=row.dated,
            legal_name=entry.legal_name,
            reason=f"“{row.name}”, dated {row.dated}, names {entry.legal_name}, but not for {day}.",
        )
    return TrustAnswer(
        known=False,
        list_name=newest.name,
        list_date=newest.dated,
        reason=f"No trust list that holds on {day} names this issuer "
        f"(the newest is “{newest.name}”, dated {newest.dated}).",
    )


def _in_force(day: date) -> Iterator[TrustList]:
    """The newest edition of each list that is not dated after the day."""
    seen: set[str] = set()
    for row in TrustList.objects.filter(dated__lte=day).order_by("-dated", "name"):
        if row.name not in seen:
            seen.add(row.name)
            yield row


def _entries(editions: tuple[TrustList, ...], issuer_id: str) -> Iterator[tuple[TrustList, Entry]]:
    for row in editions:
        for entry in row.entries:
            if entry["issuer"] == issuer_id:
                yield row, Entry(**entry)


def own_issuer(issuer_id: str) -> Issuer | None:
    """The issuer of this installation with exactly that identifier."""
    rows = Issuer.objects.filter(did=issuer_id).select_related("program")
    # MariaDB and MySQL compare without regard to case; identifiers do not
    return next((row for row in rows if row.did == issuer_id), None)
