"""What a report comes to, in the words that stand at its top."""

from __future__ import annotations

from credentials.openbadges import Ports, verify
from credentials.verdict import Meaning, Verification, meaning
from tests.credentials.openbadges.endorsed import (
    both_at_home,
    endorsed_by_university,
    with_endorsements,
    with_university_on_list,
)
from tests.credentials.openbadges.issued import TODAY, signed

GOOD = endorsed_by_university()
KNOWN = both_at_home(trust=with_university_on_list)


def _meaning(data: bytes, ports: Ports = KNOWN) -> Meaning:
    report = verify(data, as_of=TODAY, ports=ports)
    return meaning(Verification(report=report, checked_at=TODAY, source="badge.json"))


def test_endorsed_badge_is_verified() -> None:
    assert _meaning(signed(with_endorsements(GOOD))).headline == "Verified"


def test_endorsement_alone_is_never_called_a_verified_badge() -> None:
    told = _meaning(GOOD)

    assert (told.verdict, told.headline) == (
        "verified",
        "An endorsement, verified: it is not a badge",
    )


def test_false_endorsement_counts_more_than_an_issuer_who_is_not_approved() -> None:
    false = with_endorsements(GOOD.replace(b"three", b"seven"))
    nobody = both_at_home(trust=lambda issuer, as_of: KNOWN.trust("did:web:nobody", as_of))

    assert _meaning(signed(false), nobody).headline == "It claims support that it does not have"
