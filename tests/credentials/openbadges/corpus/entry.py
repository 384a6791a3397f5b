"""One thing that Dora may be handed, what the world answers her, and what the report must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from credentials.openbadges import Ports, Report, verify
from tests.credentials.openbadges.issued import HOME, TODAY

#: Question -> answer and code, of Ada's good badge where it was issued.
OURS: Final = {
    "readable": "yes read",
    "well_formed": "yes well-formed",
    "issuer_known": "yes known",
    "signature": "yes signed",
    "not_expired": "yes valid",
    "not_revoked": "yes not-revoked",
    "recipient": "unchecked not-asked",
    "alignment": "yes there",
    "endorsed": "unchecked none-carried",
}
#: Of a badge that says no more than it must.
SMALLEST: Final = {
    **OURS,
    "not_revoked": "yes no-list",
    "alignment": "unchecked none-named",
}
#: Of what no badge could be read out of; `readable` says why.
UNREAD: Final = {
    **dict.fromkeys(OURS, "unchecked not-reached"),
    "recipient": "unchecked not-asked",
}
#: What differs where the signature is not good: its issuer's name proves nothing either.
ALTERED: Final = {"signature": "no altered", "issuer_known": "unchecked not-proven"}

NOT_VERIFIED: Final = "not verified"
OPEN: Final = "could not check"
VERIFIED: Final = "verified"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`expected` has every question; `parts` is what each badge inside a record is expected."""

    name: str
    make: Callable[[], bytes]
    verdict: str
    expected: Mapping[str, str]
    parts: tuple[Mapping[str, str], ...] = ()
    ports: Ports = HOME
    as_of: datetime = TODAY
    whose: str | None = None

    @cached_property
    def data(self) -> bytes:
        """The bytes handed in, made when they are first asked for."""
        return self.make()

    @cached_property
    def report(self) -> Report:
        """What the library says, asked once."""
        return verify(self.data, as_of=self.as_of, ports=self.ports, recipient=self.whose)


def entry(
    name: str,
    make: Callable[[], bytes],
    *,
    usual: Mapping[str, str] = OURS,
    verdict: str = NOT_VERIFIED,
    parts: tuple[Mapping[str, str], ...] = (),
    ports: Ports = HOME,
    as_of: datetime = TODAY,
    whose: str | None = None,
    **differs: str,
) -> Entry:
    """An entry of which only what differs from the `usual` answers is written down."""
    return Entry(
        name=name,
        make=make,
        verdict=verdict,
        expected={**usual, **differs},
        parts=parts,
        ports=ports,
        as_of=as_of,
        whose=whose,
    )


def answers(report: Report) -> dict[str, str]:
    """Question -> answer and code, of a report."""
    return {str(found.question): f"{found.answer} {found.code}" for found in report.findings}
