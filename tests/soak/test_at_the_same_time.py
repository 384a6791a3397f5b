"""People who press a button at the same moment: one result, nobody stuck, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from credentials import api
from credentials.data import Actor
from credentials.errors import Closed
from credentials.models import Award, Decision, Review
from tests.factories import work as make

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


def together(*acts: Callable[[], object]) -> list[object]:
    """Runs the acts in threads that start at once; what each gave or raised."""
    gate = Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            results[number] = act()
        except Exception as fault:
            results[number] = fault
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("round_", range(3))
def test_two_reviewers_who_finish_at_once_decide_once(program, ada, ben, bea, round_):
    program.reviews_required = 2
    program.save()
    made = make.submitted(ada)
    reviews = [(who, make.scored(who, made).uuid) for who in (ben, bea)]

    results = together(
        *(lambda who=who, uuid=uuid: api.complete_review(who, review=uuid) for who, uuid in reviews)
    )

    assert [r for r in results if isinstance(r, Exception)] == []
    assert Decision.objects.get().reviewers == 2
    assert Award.objects.count() == 1


def test_one_button_pressed_four_times_at_once_awards_once(ada, ben):
    review = make.scored(ben, make.submitted(ada)).uuid

    results = together(*[lambda: api.complete_review(ben, review=review)] * 4)

    assert [r for r in results if isinstance(r, Exception)] == []
    assert Award.objects.count() == 1


def test_of_two_who_claim_at_once_one_gets_it(ada, ben, bea):
    made = make.submitted(ada)

    results = together(*(claiming(who, made.uuid) for who in (ben, bea)))

    assert len([r for r in results if isinstance(r, Closed)]) == 1
    assert Review.objects.count() == 1


def claiming(who: Actor, submission) -> Callable[[], object]:  # type: ignore[no-untyped-def]  # UUID
    return lambda: api.claim(who, submission=submission)


def test_revoking_while_another_review_completes_ends_both(ada, al, ben, dana):
    first = make.scored(ben, make.submitted(ada)).uuid
    second = make.scored(ben, make.submitted(al)).uuid
    api.complete_review(ben, review=first)
    award = Award.objects.get()

    results = together(
        lambda: api.revoke_award(dana, award=award.uuid, reason="Not their own work"),
        lambda: api.complete_review(ben, review=second),
    )

    assert [r for r in results if isinstance(r, Exception)] == []
    assert Award.objects.filter(active=True).count() == 1
