"""Records with a bad badge inside, and badges with a bad endorsement."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from credentials.openbadges import IssuerProfile, SigningKey
from tests.credentials.openbadges.corpus.entry import (
    ALTERED,
    OURS,
    SMALLEST,
    UNREAD,
    Entry,
    entry,
)
from tests.credentials.openbadges.corpus.material import LATER, as_bytes
from tests.credentials.openbadges.corpus.signers import STRANGER, STRANGER_METHOD
from tests.credentials.openbadges.endorsed import (
    ENDORSEMENT,
    both_at_home,
    endorsed_by_university,
    with_endorsements,
)
from tests.credentials.openbadges.issued import (
    CONTENT,
    HOME,
    INDEX,
    OTHER_KEY,
    signed,
    signed_document,
    signed_list,
)
from tests.credentials.openbadges.recorded import badge_of, record

#: A badge that is read out of a record.
INSIDE: Final = {**OURS, "readable": "yes inside"}


def _inside(document: dict[str, Any]) -> list[Any]:
    found: list[Any] = document["credentialSubject"]["verifiableCredential"]
    return found


def _resigned(change: Callable[[list[Any]], None]) -> bytes:
    """The record with other badges in it, signed anew by its issuer."""
    document = json.loads(record())
    del document["proof"]
    change(_inside(document))
    return signed_document(document)


def _altered_inside() -> bytes:
    return _resigned(lambda badges: badges[1].update(name="Shared Power"))


def _altered_after() -> bytes:
    document = json.loads(record())
    _inside(document)[1]["name"] = "Shared Power"
    return as_bytes(document)


def _swapped() -> bytes:
    """Another of Ada's badges, word for word, put into the record after it was signed."""
    document = json.loads(record())
    _inside(document)[1] = json.loads(signed(badge_of(9)))
    return as_bytes(document)


def _by_stranger() -> bytes:
    content = replace(badge_of(9), issuer=IssuerProfile(id=STRANGER, name=CONTENT.issuer.name))
    return signed(content, OTHER_KEY, STRANGER_METHOD)


def _endorsed(name: str, made: Callable[[], bytes], endorsed: str, **differs: Any) -> Entry:
    """Ada's badge with that endorsement of its achievement, signed around it by its issuer."""
    return entry(
        name,
        lambda: signed(with_endorsements(made())),
        endorsed=endorsed,
        **{"ports": both_at_home(), **differs},
    )


def _forged() -> bytes:
    return as_bytes({**json.loads(endorsed_by_university()), "name": "Highest praise"})


SEVERAL: Final[list[Entry]] = [
    entry(
        "clr-with-one-altered-badge-inside",
        _altered_inside,
        usual=SMALLEST,
        parts=(INSIDE, {**INSIDE, **ALTERED}, INSIDE),
    ),
    entry(
        "clr-altered-after-signing",
        _altered_after,
        usual={**SMALLEST, **ALTERED},
        parts=(INSIDE, {**INSIDE, **ALTERED}, INSIDE),
    ),
    entry(
        "clr-with-another-good-badge-put-in",
        _swapped,
        usual={**SMALLEST, **ALTERED},
        parts=(INSIDE, INSIDE, INSIDE),
    ),
    entry(
        "clr-with-a-strangers-badge-inside",
        lambda: _resigned(lambda badges: badges.append(json.loads(_by_stranger()))),
        usual=SMALLEST,
        parts=(
            *[INSIDE] * 3,
            {
                **INSIDE,
                "issuer_known": "no not-on-list",
                "not_revoked": "unchecked status-list-other",
            },
        ),
    ),
    entry(
        "clr-with-revoked-badges-inside",
        record,
        usual=SMALLEST,
        ports=replace(HOME, status_list=lambda url: signed_list(INDEX)),
        parts=({**INSIDE, "not_revoked": "no revoked"},) * 3,
    ),
    entry(
        "clr-with-an-expired-badge-inside",
        lambda: _resigned(
            lambda badges: badges.append(
                json.loads(signed(replace(badge_of(9), valid_until=LATER)))
            )
        ),
        usual=SMALLEST,
        parts=(*[INSIDE] * 3, {**INSIDE, "not_expired": "no expired"}),
    ),
    entry(
        "clr-with-something-else-inside",
        lambda: _resigned(lambda badges: badges.append("https://lead.example/lc/badges/33")),
        usual={**SMALLEST, "well_formed": "no badges"},
        parts=(*[INSIDE] * 3, {**UNREAD, "readable": "no not-a-badge"}),
    ),
    entry(
        "clr-with-nothing-inside",
        lambda: _resigned(lambda badges: badges.clear()),
        usual={**SMALLEST, "well_formed": "no badges"},
    ),
    # --- endorsements ----------------------------------------------------------------------------
    _endorsed("endorsement-forged", _forged, "no endorsement-not-genuine"),
    _endorsed(
        "endorsement-signed-with-another-key",
        lambda: endorsed_by_university(key=SigningKey.from_bytes(bytes(range(3, 35)))),
        "no endorsement-not-genuine",
    ),
    _endorsed(
        "endorsement-of-something-else",
        lambda: endorsed_by_university(replace(ENDORSEMENT, endorsed_id="urn:uuid:9")),
        "no endorses-else",
    ),
    entry(
        "endorsement-added-after-signing",
        lambda: as_bytes(
            {**json.loads(signed()), "endorsement": [json.loads(endorsed_by_university())]}
        ),
        ports=both_at_home(),
        endorsed="yes endorsed",
        **ALTERED,
    ),
    entry(
        "endorsement-that-is-a-badge",
        lambda: as_bytes({**json.loads(signed()), "endorsement": [json.loads(signed())]}),
        endorsed="no not-an-endorsement",
        **ALTERED,
    ),
]
