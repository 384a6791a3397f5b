"""Verifying with an offline bundle: no network, no database, no settings; a file and a clock.

The same questions as `credentials.api.verification`, which an installation asks.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from credentials.openbadges.bundle import Bundle
from credentials.openbadges.bundle_file import MAX_BYTES, read_bundle
from credentials.openbadges.errors import BadBundle
from credentials.openbadges.offline import Knowledge, verify_offline
from credentials.openbadges.report import Report, nothing_to_read
from credentials.verdict import Rested, Verification


def open_bundle(path: Path, *, signed_by: str = "") -> Bundle:
    """The bundle in a file; raises BadBundle, also where another key than `signed_by` signed it."""
    try:
        with path.open("rb") as file:
            bundle = read_bundle(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise BadBundle(f"{path} could not be opened: {error.strerror or error}.") from None
    if signed_by not in {"", bundle.key}:
        raise BadBundle(
            f"It is signed by the key {bundle.key}, not by {signed_by}. Ask whoever gave it to you."
        )
    return bundle


class Offline:
    """Verifies with what a bundle holds; `now` is only for the dates that a report says."""

    def __init__(self, bundle: Bundle, *, now: datetime) -> None:
        self._knowledge = Knowledge(bundle)
        self._now = now
        self._rested = Rested(made=bundle.made, maker=bundle.maker, key=bundle.key)

    def verify_bytes(
        self, *, data: bytes, source: str, as_of: datetime | None = None, recipient: str = ""
    ) -> Verification:
        """The report on a badge that was read from somewhere."""
        report = verify_offline(
            data,
            knowledge=self._knowledge,
            as_of=as_of or self._now,
            now=self._now,
            recipient=recipient or None,
        )
        return self._made(report, source)

    def not_handed_in(self, *, source: str, reason: str) -> Verification:
        """The report where nothing could be got hold of, such as a file that is not there."""
        report = nothing_to_read(code="not-opened", reason=reason, as_of=self._now)
        return self._made(report, source)

    def not_fetched(self, *, url: str) -> Verification:
        """The report on an address: offline nothing is fetched, not even a badge."""
        reason = "Offline no address is asked. Hand in the badge itself as a file."
        report = nothing_to_read(code="not-fetched", reason=reason, as_of=self._now)
        return self._made(report, url)

    def _made(self, report: Report, source: str) -> Verification:
        return Verification(report=report, checked_at=self._now, source=source, bundle=self._rested)
