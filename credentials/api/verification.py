"""Verifying anybody's badge: bytes or an address in, a report out; nothing is stored.

Everything that has to be fetched goes through the one policy of `credentials.fetching`, a few at
a time per process, so that the verify page cannot be made to flood anybody. What this installation
published itself waits for nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from uuid import UUID

from django.utils import timezone

from credentials.conf import conf
from credentials.domain.verification import (
    OwnRecords,
    own_base_urls,
    ports,
    refuse_to_fetch,
)
from credentials.errors import Closed
from credentials.fetching import Fetcher, FetchError
from credentials.models import Badge
from credentials.openbadges import Answer, Fetched, Finding, Question, Report, Unreachable, Verdict
from credentials.openbadges.older.hosted import GONE
from credentials.openbadges.report import nothing_to_read
from credentials.openbadges.verify import verify
from credentials.verdict import QUESTIONS, Meaning, Verification, asked_about, meaning, parts

__all__ = [
    "MAX_BYTES",
    "QUESTIONS",
    "Answer",
    "Finding",
    "Meaning",
    "Question",
    "Report",
    "Verdict",
    "Verification",
    "asked_about",
    "is_own",
    "meaning",
    "not_handed_in",
    "parts",
    "verify_bytes",
    "verify_own",
    "verify_url",
]

MAX_BYTES = 10 * 1024 * 1024
ACCEPT = (
    "application/vc+ld+json, application/vc, application/ld+json;q=0.9, "
    "application/json;q=0.9, image/png;q=0.8, image/svg+xml;q=0.8"
)
#: Fetches under way at once in this process, and how long one waits for its turn.
AT_ONCE = 4
WAIT_SECONDS = 5
#: The longest that one verification may fetch and wait, and one of its fetches, in all.
SECONDS_IN_ALL = 20.0
SECONDS_EACH = 10.0

_slots = BoundedSemaphore(AT_ONCE)


def verify_bytes(
    *,
    data: bytes,
    source: str,
    as_of: datetime | None = None,
    recipient: str = "",
    network: bool = True,
) -> Verification:
    """The report on a PNG or JSON; `as_of` is now unless given.

    Raises Closed when something has to be fetched and too much is being fetched in this process.
    """
    fetch = _Fetches() if network else refuse_to_fetch
    return _verified(data=data, source=source, as_of=as_of, recipient=recipient, fetch=fetch)


def _verified(
    *,
    data: bytes,
    source: str,
    as_of: datetime | None,
    recipient: str,
    fetch: Callable[[str], Fetched],
) -> Verification:
    now = timezone.now()
    report = verify(
        data,
        as_of=as_of or now,
        ports=ports(fetch=fetch, now=now),
        recipient=recipient or None,
    )
    own = _own(report)
    if own is None:
        return Verification(report=report, checked_at=now, source=source)
    return Verification(
        report=report,
        checked_at=now,
        source=source,
        badge=own.uuid,
        holder=own.award.learner.get_full_name() if own.award.show_name else "",
        program=own.issuer.program.name,
        contact=own.issuer.program.contact_email,
    )


def verify_url(
    *, url: str, as_of: datetime | None = None, recipient: str = "", network: bool = True
) -> Verification:
    """The report on what is at an address; a badge of this installation is never fetched.

    An address that cannot be fetched, or may not be, gives a report that says so. Raises Closed
    as `verify_bytes` does.
    """
    now = timezone.now()
    fetch = _Fetches() if network else refuse_to_fetch
    data = _published(url, now)
    if data is None:
        try:
            data = fetch(url).body
        except Unreachable as error:
            if error.status == GONE:  # which is an answer about the badge
                return _verified(
                    data=url.encode(), source=url, as_of=as_of, recipient=recipient, fetch=fetch
                )
            report = nothing_to_read(code="not-fetched", reason=error.message, as_of=as_of or now)
            return Verification(report=report, checked_at=now, source=url)
    return _verified(data=data, source=url, as_of=as_of, recipient=recipient, fetch=fetch)


def _published(url: str, now: datetime) -> bytes | None:
    """What this installation itself serves at that address, a badge or released scores."""
    records = OwnRecords(base_urls=own_base_urls(), now=now)
    own = records.badge(url)
    if own is None or own.document is None:
        return records.scores(url)
    return bytes(own.png if url.endswith(".png") and own.png else own.document)


def verify_own(*, badge: UUID, as_of: datetime | None = None) -> Verification | None:
    """The report on a badge of this installation; None where it has no such badge."""
    row = Badge.objects.filter(uuid=badge, document__isnull=False).first()
    if row is None or row.document is None:
        return None
    return verify_bytes(data=bytes(row.document), source="the badge in our records", as_of=as_of)


def not_handed_in(*, source: str, reason: str) -> Verification:
    """The report where nothing could be got hold of, such as a file that is not there."""
    now = timezone.now()
    report = nothing_to_read(code="not-opened", reason=reason, as_of=now)
    return Verification(report=report, checked_at=now, source=source)


def is_own(url: str) -> bool:
    """Whether a signed badge or released scores are published under that address here."""
    return _published(url, timezone.now()) is not None


def fetched(url: str) -> Fetched:
    """What one address answers under the policy; raises Unreachable. For a few threads at once."""
    fetcher = Fetcher(allow=conf().fetch_allow, deadline_seconds=SECONDS_EACH)
    try:
        found = fetcher.get(url, accept=ACCEPT, max_bytes=MAX_BYTES)
    except FetchError as error:
        raise Unreachable(error.reason, status=error.status) from error
    return Fetched(body=found.body, content_type=found.content_type, url=found.url)


class _Fetches:
    """The `fetch` of one verification: one policy, one deadline for all that it has to fetch."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + SECONDS_IN_ALL

    def __call__(self, url: str) -> Fetched:
        """Raises Unreachable for refusals, failures and lateness, Closed without a free slot."""
        with _slot(min(WAIT_SECONDS, self._left())):
            seconds = min(SECONDS_EACH, self._left())
            fetcher = Fetcher(allow=conf().fetch_allow, deadline_seconds=seconds)
            try:
                found = fetcher.get(url, accept=ACCEPT, max_bytes=MAX_BYTES)
            except FetchError as error:
                raise Unreachable(error.reason, status=error.status) from error
        return Fetched(body=found.body, content_type=found.content_type, url=found.url)

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unreachable(
                f"What this badge names took longer than {SECONDS_IN_ALL:g} seconds to answer."
            )
        return left


def _own(report: Report) -> Badge | None:
    """The badge of ours that was read: our name for it under a good signature by our own key."""
    if report.summary is None or report.finding(Question.SIGNATURE).answer is not Answer.YES:
        return None
    own = OwnRecords(base_urls=own_base_urls(), now=report.as_of).badge(report.summary.id)
    return own if own is not None and own.issuer.did == report.summary.issuer_id else None


@contextmanager
def _slot(seconds: float) -> Iterator[None]:
    if not _slots.acquire(timeout=seconds):
        raise Closed("Many badges are being checked right now. Please try again in a minute.")
    try:
        yield
    finally:
        _slots.release()
