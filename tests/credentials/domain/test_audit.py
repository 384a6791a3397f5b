"""The audit chain: whole when nobody touched it, and telling when somebody did."""

from __future__ import annotations

import pytest

from credentials.cli import main
from credentials.domain import audit
from credentials.models import AuditEntry
from tests.factories import work as make


@pytest.fixture
def chain(ada, ben) -> None:
    make.passed(ada, ben)


def test_untouched_chain_has_no_fault(chain):
    assert list(audit.faults()) == []


def test_altered_entry_is_told(chain):
    AuditEntry.objects.filter(sequence=2).update(verb="submission.forgotten")

    assert list(audit.faults()) == ["entry 2 was altered after it was written"]


def test_entry_moved_in_time_is_told(chain):
    entry = AuditEntry.objects.get(sequence=3)
    entry.at = entry.at.replace(year=2020)
    entry.save()

    assert list(audit.faults()) == ["entry 3 was altered after it was written"]


def test_removed_entry_is_told(chain):
    AuditEntry.objects.filter(sequence=2).delete()

    assert list(audit.faults()) == [
        "entries 2 to 2 are missing",
        "entry 3 does not continue the one before it",
    ]


def test_removed_end_is_told(chain):
    last = AuditEntry.objects.order_by("-sequence").first()
    written = last.sequence
    last.delete()

    assert list(audit.faults()) == [
        f"the chain ends at entry {written - 1}, but {written} entries were written"
    ]


def test_entry_with_a_hash_made_to_fit_breaks_the_next(chain):
    entry = AuditEntry.objects.get(sequence=2)
    entry.verb = "submission.forgotten"
    entry.hash = audit.entry_hash(entry)
    entry.save()

    assert list(audit.faults()) == ["entry 3 does not continue the one before it"]


def test_no_entry_holds_a_name_or_what_somebody_wrote(chain):
    told = str(list(AuditEntry.objects.values_list("details", "actor", "verb")))

    assert "Ada" not in told
    assert "dialogues" not in told


def test_command_says_whether_it_is_whole(chain, capsys):
    assert main(["audit", "verify"]) == 0
    AuditEntry.objects.filter(sequence=2).update(verb="submission.forgotten")
    assert main(["audit", "verify"]) == 1
    assert "entry 2 was altered" in capsys.readouterr().out
