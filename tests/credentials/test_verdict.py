"""What a report comes to, in the words that stand at its top."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credentials.openbadges import Ports, verify
from credentials.verdict import Meaning, Verification, meaning, parts
from tests.credentials.openbadges.endorsed import (
    both_at_home,
    endorsed_by_university,
    with_endorsements,
    with_university_on_list,
)
from tests.credentials.openbadges.issued import HOME, INDEX, TODAY, signed, signed_list
from tests.credentials.openbadges.recorded import RECORD, record

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


def test_record_that_holds_says_how_many_badges_it_is_of() -> None:
    told = _meaning(record(), HOME)

    assert (told.verdict, told.headline) == ("verified", "Verified: a record of 3 badges")


@pytest.mark.parametrize(
    ("badges", "headline"),
    [
        (RECORD.badges, "Do not rely on 3 of the 3 badges in this record"),
        (RECORD.badges[:1], "Do not rely on the one badge in this record"),
    ],
)
def test_record_names_the_badge_that_does_not_hold_and_why(
    badges: tuple[bytes, ...], headline: str
) -> None:
    revoked = replace(HOME, status_list=lambda url: signed_list(INDEX))

    told = _meaning(record(replace(RECORD, badges=badges, associations=())), revoked)

    assert told.headline == headline
    assert told.sentence.startswith("“Badge 1”: Revoked: its issuer has taken it back.")


def test_parts_are_told_in_the_same_words_as_a_badge() -> None:
    told = parts(verify(record(), as_of=TODAY, ports=HOME))

    assert [(part.name, part.issuer, part.word) for part in told] == [
        ("Badge 1", "Ridgeline Leadership Program", "yes"),
        ("Badge 2", "Ridgeline Leadership Program", "yes"),
        ("Badge 3", "Ridgeline Leadership Program", "yes"),
    ]
    assert told[0].findings[3][0] == "Is the signature intact?"
