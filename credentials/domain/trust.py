"""Dated trust lists: kept as they were published, and asked who was relied on as of a day.

What counts on which day is in docs/trust-lists.md.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from credentials.domain import content
from credentials.errors import Conflict
from credentials.models import Issuer, TrustList
from credentials.openbadges import TrustAnswer, trust
from credentials.openbadges.trust import Edition, Entry

_OLDER_ISSUER = re.compile(r"/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/2\.0$")


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
    if own := own_issuer(issuer_id) or older_issuer_at(issuer_id):
        return trust.own_issuer(
            legal_name=own.program.legal_name, host=host_of(own), since=own.created_at.date()
        )
    editions = [edition(row, issuer_id) for row in TrustList.objects.all()]
    return trust.listed(editions, issuer_id=issuer_id, as_of=as_of)


def edition(row: TrustList, issuer_id: str | None = None) -> Edition:
    """The edition in a row, with the entries of one issuer only where one is named."""
    entries = tuple(Entry(**entry) for entry in row.entries if issuer_id in {None, entry["issuer"]})
    return Edition(name=row.name, publisher=row.publisher, dated=row.dated, entries=entries)


def own_issuer(issuer_id: str) -> Issuer | None:
    """The issuer of this installation with exactly that identifier."""
    rows = Issuer.objects.filter(did=issuer_id).select_related("program")
    # MariaDB and MySQL compare without regard to case; identifiers do not
    return next((row for row in rows if row.did == issuer_id), None)


def older_issuer_at(url: str) -> Issuer | None:
    """The issuer of this installation whose Profile of Open Badges 2.0 has that address."""
    named = _OLDER_ISSUER.search(url)
    row = Issuer.objects.filter(uuid=named[1]).select_related("program").first() if named else None
    if row is None or content.older_issuer_url(row) != url or not content.has_older_form(row):
        return None
    return row


def host_of(issuer: Issuer) -> str:
    """The host, with its port if it has one, under which the issuer publishes."""
    return urlsplit(issuer.base_url).netloc
