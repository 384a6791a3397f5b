"""Many badges are signed at once as each would be alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credentials.openbadges.cohort import Order, Press, Signed
from tests.credentials.openbadges.issued import AWARDED, CONTENT, KEY, METHOD, signed

KEYS = {METHOD: KEY}


def order(name: str, **changes: object) -> Order:
    """Ada's badge, changed."""
    return Order(
        name=name,
        content=replace(CONTENT, **changes),
        verification_method=METHOD,
        created=AWARDED,
    )


def test_cohort_gets_the_bytes_that_one_badge_gets() -> None:
    with Press(KEYS, processes=1) as press:
        assert list(press.sign([order("ada")])) == [Signed(name="ada", document=signed())]


def test_badge_that_cannot_be_signed_stops_no_other() -> None:
    with Press(KEYS, processes=1) as press:
        bad, good = press.sign([order("bad", id="not an address"), order("good")])

    assert (bad.document, bad.refusal) == (None, "id: 'not an address' is not a complete address.")
    assert good.document == signed()


@pytest.mark.soak
def test_processes_give_every_answer_once() -> None:
    subjects = [f"urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-{number:012x}" for number in range(100)]
    with Press(KEYS, processes=2) as press:
        answers = list(press.sign([order(s, subject_id=s) for s in subjects]))

    assert sorted(answer.name for answer in answers) == subjects
    assert all(answer.name.encode() in (answer.document or b"") for answer in answers)


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one process"):
        Press(KEYS, processes=0)
