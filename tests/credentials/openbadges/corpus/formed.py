"""Badges that their issuer signed without a part that the standard asks for, or out of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from tests.credentials.openbadges.corpus.entry import OPEN, Entry, entry
from tests.credentials.openbadges.corpus.material import (
    LATER,
    ada,
    ada_document,
    as_bytes,
    signed_lacking,
    signed_saying,
)
from tests.credentials.openbadges.fuller import FULL
from tests.credentials.openbadges.issued import (
    CONTENT,
    HOME,
    INDEX,
    signed,
    signed_list,
)


def _formed(name: str, place: str, code: str, value: Any = None, **differs: str) -> Entry:
    """Signed with `value` in that place, or without the place."""

    def make() -> bytes:
        return signed_lacking(place) if value is None else signed_saying(place, value)

    return entry(name, make, well_formed=f"no {code}", **differs)


_ACHIEVEMENT: Final = "credentialSubject.achievement"
_NOTHING: Final = {
    "issuer_known": "no no-issuer",
    "signature": "no no-issuer",
    "not_expired": "unchecked no-date",
    "not_revoked": "yes no-list",
    "alignment": "unchecked none-named",
}

FORMED: Final[list[Entry]] = [
    _formed("achievement-without-name", f"{_ACHIEVEMENT}.name", "achievement"),
    _formed("achievement-without-description", f"{_ACHIEVEMENT}.description", "achievement"),
    _formed("achievement-without-criteria", f"{_ACHIEVEMENT}.criteria", "criteria"),
    _formed("criteria-of-nothing", f"{_ACHIEVEMENT}.criteria.narrative", "criteria"),
    _formed("no-achievement", _ACHIEVEMENT, "achievement", alignment="unchecked none-named"),
    _formed("nobody-named-as-holder", "credentialSubject.id", "subject"),
    _formed("badge-without-identifier", "id", "id"),
    _formed("badge-without-beginning", "validFrom", "valid-from", not_expired="unchecked no-date"),
    _formed("kind-not-a-badge", "type", "type", ["VerifiableCredential"]),
    _formed(
        "date-without-zone",
        "validUntil",
        "date",
        "2027-03-02T15:04:05",
        not_expired="unchecked no-date",
    ),
    _formed(
        "day-that-there-is-not",
        "validUntil",
        "date",
        "2027-02-30T00:00:00Z",
        not_expired="unchecked no-date",
    ),
    _formed("issuer-only-an-address", "issuer", "issuer", CONTENT.issuer.id),
    _formed(
        "statement-without-address",
        f"{_ACHIEVEMENT}.alignment.0.targetUrl",
        "alignment",
        alignment="no not-there",
    ),
    _formed("statement-without-name", f"{_ACHIEVEMENT}.alignment.0.targetName", "alignment"),
    entry(
        "statement-that-the-framework-does-not-have",
        lambda: signed_saying(f"{_ACHIEVEMENT}.alignment.0.targetCode", "9999-z"),
        alignment="no not-there",
    ),
    entry(
        "json-without-vocabulary",
        lambda: b'{"id": "urn:x:1", "name": "Shared Vision"}',
        well_formed="no not-a-badge",
        **_NOTHING,
    ),
    entry(
        "no-issuer",
        lambda: as_bytes({name: part for name, part in ada_document().items() if name != "issuer"}),
        well_formed="no issuer",
        signature="no no-issuer",
        issuer_known="no no-issuer",
        not_revoked="unchecked status-list-other",
    ),
    entry(
        "badge-from-before-2.0",
        lambda: as_bytes({"uid": "1", "badge": "https://a.example", "recipient": {}, "verify": {}}),
        **{**_NOTHING, "signature": "unchecked not-reached"},
        well_formed="unchecked open-badges-1",
    ),
    # --- out of date -----------------------------------------------------------------------------
    entry(
        "expired",
        lambda: signed(replace(CONTENT, valid_until=LATER)),
        not_expired="no expired",
    ),
    entry("not-yet-valid", ada, as_of=datetime(2026, 3, 1, tzinfo=UTC), not_expired="no not-yet"),
    entry(
        "expired-and-revoked",
        lambda: signed(replace(CONTENT, valid_until=LATER)),
        ports=replace(HOME, status_list=lambda url: signed_list(INDEX)),
        not_expired="no expired",
        not_revoked="no revoked",
    ),
    # --- somebody else's -------------------------------------------------------------------------
    entry(
        "recipient-of-somebody-else",
        lambda: signed(FULL),
        whose="cem@lead.example",
        recipient="no someone-else",
    ),
    entry(
        "holder-of-somebody-else",
        ada,
        whose="urn:uuid:00000000-0000-4000-8000-000000000001",
        recipient="no someone-else",
    ),
    entry(
        "recipient-that-it-does-not-name",
        ada,
        whose="ada@lead.example",
        verdict=OPEN,
        recipient="unchecked opaque",
    ),
]
