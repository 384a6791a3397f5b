"""Whom this installation relies on, as of which day, by which dated list."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from credentials.api.trust import import_trust_list, trust_lists
from credentials.domain.trust import trusted
from credentials.errors import Conflict, Invalid
from credentials.models import AuditEntry, Program, TrustList
from credentials.openbadges.trust_file import MAX_BYTES, read_edition, write_edition

RIDGELINE = "did:web:badges.ridgeline.example"
STRANGER = "did:web:unknown.example"


def edition(dated: str = "2031-02-01", **changes: Any) -> bytes:
    """A list on which Ridgeline stands from July 2029 on."""
    entry = {"issuer": RIDGELINE, "legal_name": "Ridgeline District", "from": "2029-07-01"}
    document = {
        "name": "State list",
        "publisher": "State Agency",
        "dated": dated,
        "entries": [{**entry, "until": None}],
        **changes,
    }
    return json.dumps(document).encode()


def on(day: str) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


pytestmark = pytest.mark.django_db


def test_issuer_on_the_list_in_force_is_known_by_the_lists_name_for_it() -> None:
    import_trust_list(raw=edition())

    answer = trusted(issuer_id=RIDGELINE, as_of=on("2031-03-04"))

    assert (answer.known, answer.legal_name) == (True, "Ridgeline District")
    assert (answer.list_name, answer.list_date) == ("State list", date(2031, 2, 1))


def test_issuer_on_no_list_is_not_known() -> None:
    import_trust_list(raw=edition())

    answer = trusted(issuer_id=STRANGER, as_of=on("2031-03-04"))

    assert answer.known is False
    assert answer.reason == (
        "No trust list that holds on 4 March 2031 names this issuer "
        "(the newest is “State list”, dated 1 February 2031)."
    )


def test_without_any_list_nothing_can_be_said() -> None:
    assert trusted(issuer_id=RIDGELINE, as_of=on("2031-03-04")).known is None


def test_day_before_the_first_list_cannot_be_judged_by_it() -> None:
    import_trust_list(raw=edition())

    assert trusted(issuer_id=RIDGELINE, as_of=on("2031-01-31")).known is None


def test_own_issuer_is_known_without_a_list(program: Program) -> None:
    answer = trusted(issuer_id=program.issuer.did, as_of=on("2031-03-04"))

    assert (answer.known, answer.legal_name) == (True, "Lakeshore University")


def test_own_issuer_in_other_letters_is_a_stranger(program: Program) -> None:
    import_trust_list(raw=edition())

    assert trusted(issuer_id=program.issuer.did.upper(), as_of=on("2031-03-04")).known is False


def test_newer_edition_takes_an_issuer_off_but_not_for_the_past() -> None:
    import_trust_list(raw=edition("2031-02-01"))
    import_trust_list(raw=edition("2031-06-01", entries=[]))

    known = [
        trusted(issuer_id=RIDGELINE, as_of=on(day)).known for day in ("2031-05-31", "2031-06-01")
    ]

    assert known == [True, False]


@pytest.mark.parametrize(
    ("day", "known"),
    [("2031-02-28", False), ("2031-03-01", True), ("2031-03-31", True), ("2031-04-01", False)],
)
def test_bounds_of_an_entry_are_its_first_and_last_day(day: str, known: bool) -> None:
    entry = {"issuer": RIDGELINE, "legal_name": "R", "from": "2031-03-01", "until": "2031-03-31"}
    import_trust_list(raw=edition("2031-01-01", entries=[entry]))

    assert trusted(issuer_id=RIDGELINE, as_of=on(day)).known is known


def test_one_list_of_several_is_enough() -> None:
    import_trust_list(raw=edition("2031-02-01", name="District list", entries=[]))
    import_trust_list(raw=edition("2031-01-01"))

    assert trusted(issuer_id=RIDGELINE, as_of=on("2031-03-04")).known is True


def test_importing_twice_changes_nothing() -> None:
    first, second = import_trust_list(raw=edition()), import_trust_list(raw=edition())

    assert (first.new, second.new) == (True, False)
    assert TrustList.objects.count() == 1
    assert AuditEntry.objects.filter(verb="trust.imported").count() == 1


def test_other_entries_under_the_same_date_are_refused() -> None:
    import_trust_list(raw=edition())

    with pytest.raises(Conflict):
        import_trust_list(raw=edition(entries=[]))

    assert [one.issuers for one in trust_lists()] == [1]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    entries = [{"issuer": "Ridgeline", "until": "June"}, "text", {"issuer": RIDGELINE, "colour": 1}]
    raw = edition("1 February", publisher="", entries=entries, note="x")

    with pytest.raises(Invalid) as caught:
        import_trust_list(raw=raw)

    assert [problem.field for problem in caught.value.problems] == [
        "note",
        "publisher",
        "dated",
        "entries[1].legal_name",
        "entries[1].issuer",
        "entries[1].until",
        "entries[2]",
        "entries[3].colour",
        "entries[3].legal_name",
    ]


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"\xff\xfe", b"{", b'{"name": NaN', b"[" * 100_000, b" " * (MAX_BYTES + 1)]
)
def test_file_that_is_no_list_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid):
        import_trust_list(raw=raw)


def test_moment_just_before_midnight_belongs_to_its_day() -> None:
    import_trust_list(raw=edition("2031-02-01"))
    late = datetime(2031, 2, 1, 23, 59, 59, 999_999, tzinfo=UTC)

    assert trusted(issuer_id=RIDGELINE, as_of=late).known is True


def test_written_list_reads_as_what_it_was() -> None:
    made = read_edition(edition())

    assert read_edition(write_edition(made)) == made
