"""Trust lists: who, as of a day, somebody relied on stood behind; the only ground for "known".

What counts on which day is in docs/trust-lists.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from credentials.openbadges.answers import day as in_words
from credentials.openbadges.ports import TrustAnswer


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One issuer on a list; the dates are ISO 8601 days, empty where there is no bound."""

    issuer: str
    legal_name: str
    since: str
    until: str

    def covers(self, day: date) -> bool:
        """Whether the publisher stood behind the issuer on that day."""
        return self.since <= day.isoformat() and day.isoformat() <= (self.until or "9999")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A trust list as its publisher dated it."""

    name: str
    publisher: str
    dated: date
    entries: tuple[Entry, ...]


def listed(editions: Sequence[Edition], *, issuer_id: str, as_of: datetime) -> TrustAnswer:
    """Whether the newest edition of any list, dated on or before the day, names the issuer for it.

    `known` is None where no edition is old enough to be asked.
    """
    day = as_of.date()
    in_force = tuple(_in_force(editions, day))
    for edition, entry in _entries(in_force, issuer_id):
        if entry.covers(day):
            return TrustAnswer(
                known=True,
                list_name=edition.name,
                list_date=edition.dated,
                legal_name=entry.legal_name,
                reason=f"{entry.legal_name} is on “{edition.name}” of {edition.publisher}, "
                f"dated {in_words(edition.dated)}.",
            )
    if not in_force:
        when = "that day" if editions else "any day"
        return TrustAnswer(
            known=None,
            reason=f"No trust list for {when} has been brought in here, so nobody we rely on "
            "says who this issuer is.",
        )
    return _not_named(in_force, issuer_id, day)


def own_issuer(*, legal_name: str, host: str, since: date) -> TrustAnswer:
    """The answer about an issuer of the installation at `host`, which needs no list for it."""
    return TrustAnswer(
        known=True,
        list_name=f"Issuers of {host}",
        list_date=since,
        legal_name=legal_name,
        reason=f"{legal_name} issues from {host}, by that installation’s own record.",
    )


def _not_named(in_force: Sequence[Edition], issuer_id: str, day: date) -> TrustAnswer:
    for edition, entry in _entries(in_force, issuer_id):
        return TrustAnswer(
            known=False,
            list_name=edition.name,
            list_date=edition.dated,
            legal_name=entry.legal_name,
            reason=f"“{edition.name}”, dated {in_words(edition.dated)}, names {entry.legal_name}, "
            f"but not for {in_words(day)}.",
        )
    newest = max(in_force, key=lambda edition: edition.dated)
    return TrustAnswer(
        known=False,
        list_name=newest.name,
        list_date=newest.dated,
        reason=f"No trust list that holds on {in_words(day)} names this issuer "
        f"(the newest is “{newest.name}”, dated {in_words(newest.dated)}).",
    )


def _in_force(editions: Sequence[Edition], day: date) -> Iterator[Edition]:
    """The newest edition of each list that is not dated after the day, the newest first."""
    seen: set[str] = set()
    for edition in sorted(editions, key=lambda one: (-one.dated.toordinal(), one.name)):
        if edition.dated <= day and edition.name not in seen:
            seen.add(edition.name)
            yield edition


def _entries(editions: Sequence[Edition], issuer_id: str) -> Iterator[tuple[Edition, Entry]]:
    for edition in editions:
        for entry in edition.entries:
            if entry.issuer == issuer_id:
                yield edition, entry
