"""Terms: changed by administrators, from now on, every fault named."""

from __future__ import annotations

import pytest

from credentials import api
from credentials.data import Actor
from credentials.domain.terms import read_holidays
from credentials.errors import Invalid, NotAllowed
from credentials.models import AuditEntry
from tests.factories import work

FIGURES = {
    "turnaround_days": 15,
    "revision_days": 45,
    "claim_hours": 48,
    "reviews_required": 2,
    "hold_minutes": 30,
}


def save(actor: Actor, **changes):
    given = {
        "figures": FIGURES,
        "holidays": "2031-11-28 2031-11-27",
        "time_zone": "America/Chicago",
        "contact_email": "office@lakeshore.example.edu",
    }
    return api.set_terms(actor, **{**given, **changes})


def test_terms_saved_twice_are_logged_once(dana: Actor):
    save(dana)
    terms = save(dana)
    assert terms == api.terms(dana)
    assert (terms.turnaround_days, terms.reviews_required) == (15, 2)
    assert terms.holidays == ("2031-11-27", "2031-11-28")
    assert AuditEntry.objects.filter(verb="program.terms-changed").count() == 1


def test_a_promised_date_stays(dana: Actor, ada: Actor):
    made = work.submitted(ada)
    save(dana)
    assert api.submission(ada, submission=made.uuid).due_at == made.due_at


def test_every_fault_is_named(dana: Actor):
    with pytest.raises(Invalid) as refused:
        save(
            dana,
            figures={**FIGURES, "turnaround_days": 0, "reviews_required": 3},
            holidays="Thanksgiving",
            time_zone="Mars/Olympus",
            contact_email="office",
        )
    assert {p.field for p in refused.value.problems} == {
        "turnaround_days",
        "reviews_required",
        "holidays",
        "time_zone",
        "contact_email",
    }


def test_holidays_are_read_between_spaces_commas_and_lines():
    assert read_holidays(" 2031-12-25,2031-01-01\n2031-12-25 ") == (
        ["2031-01-01", "2031-12-25"],
        [],
    )


def test_a_path_is_no_time_zone(dana: Actor):
    with pytest.raises(Invalid):
        save(dana, time_zone="../../etc/passwd")


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_only_administrators_see_and_set_terms(who: str, request):
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        api.terms(person)
    with pytest.raises(NotAllowed):
        save(person)
