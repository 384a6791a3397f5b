"""The bundle that Dora's district was given: what the world of `issued` looked like on a day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from credentials.openbadges.bundle import Bundle, Kind, Member, Missing, pinned
from credentials.openbadges.bundle_file import write_bundle
from credentials.openbadges.bundle_records import Framework, write_framework, write_own
from credentials.openbadges.trust import Edition, Entry
from credentials.openbadges.trust_file import write_edition
from tests.credentials.openbadges.issued import (
    BASE,
    ISSUER,
    ISSUER_URL,
    KEY,
    LIST,
    own_did,
    signed_list,
)

MADE = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
#: The revocation list was had a day before the rest.
LIST_HAD = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

EDITION = Edition(
    name="State list of programs",
    publisher="State Agency",
    dated=date(2026, 9, 1),
    entries=(
        Entry(issuer=ISSUER, legal_name="Ridgeline Unified School District", since="", until=""),
    ),
)
FRAMEWORK = Framework(
    codes={f"{BASE}/lc/uri/1111-{letter}": f"1111-{letter}" for letter in "ab"}, within=(BASE,)
)

MEMBERS = {
    Kind.ISSUER: Member(
        kind=Kind.ISSUER, name=ISSUER_URL, as_of=MADE, body=json.dumps(own_did()).encode()
    ),
    Kind.STATUS_LIST: Member(kind=Kind.STATUS_LIST, name=LIST, as_of=LIST_HAD, body=signed_list()),
    Kind.OWN_ISSUERS: Member(
        kind=Kind.OWN_ISSUERS, name="lead.example", as_of=MADE, body=write_own([])
    ),
    Kind.TRUST_LIST: Member(
        kind=Kind.TRUST_LIST, name="State list", as_of=MADE, body=write_edition(EDITION)
    ),
    Kind.FRAMEWORK: Member(
        kind=Kind.FRAMEWORK, name="lead.example", as_of=MADE, body=write_framework(FRAMEWORK)
    ),
}


def bundle(*members: Member, without: Kind | None = None) -> Bundle:
    """The district's bundle, with these members in place of those of the same kind."""
    held = {**MEMBERS, **{one.kind: one for one in members}}
    return Bundle(
        made=MADE,
        maker=ISSUER,
        key=KEY.public_multibase,
        members=tuple(one for kind, one in held.items() if kind is not without),
        missing=(Missing(kind=Kind.ISSUER, name="https://gone.example/", reason="It is away."),),
        contexts=pinned(),
    )


def written(made: Bundle | None = None) -> bytes:
    """The file, signed by the maker."""
    return write_bundle(made or bundle(), KEY)
