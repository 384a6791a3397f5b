"""Scores in gradebooks: administrators see where each is and why, and send again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from credentials import work
from lti_tool import outage
from lti_tool.models import Outage, ScorePassback
from tests.factories import work as make
from tests.factories.courses import make_deployment, make_link, make_opening
from tests.factories.gradebook import Fault
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
PAGE = "/lti/scores"
State = ScorePassback.State


def page(client, show: str = "attention") -> str:
    response = client.get(PAGE, {"show": show})
    assert response.status_code == 200
    return response.content.decode()


def again(client, row: ScorePassback):
    return client.post(reverse("lti-score-again", kwargs={"score": row.uuid}))


def test_refusal_is_shown_with_the_platforms_words(lms, opening, ada, dana, client_for) -> None:
    make.submitted(ada)
    lms.fail("scores", Fault(403, b'{"error": "The course is closed."}'))
    work.drain()

    shown = page(client_for(dana))

    assert "Ada" in shown
    assert "The platform refuses: 403 The course is closed." in shown
    assert "Needs you (1)" in shown


def test_send_again_delivers(lms, opening, ada, dana, client_for) -> None:
    make.submitted(ada)
    lms.fail("scores", Fault(403))
    work.drain()

    response = again(client_for(dana), ScorePassback.objects.get())
    work.drain()

    assert response.status_code == 302
    assert len(lms.scores_of("sub-ada")) == 1
    assert "Nothing needs you" in page(client_for(dana))
    assert "Delivered (1)" in page(client_for(dana))


def test_send_again_does_not_wait_for_the_end_of_an_outage(
    lms, deployment, opening, ada, dana, client_for
) -> None:
    make.submitted(ada)
    outage.began(deployment.registration, reason="502", after=None, now=timezone.now())
    work.drain()
    assert "has not taken anything since" in page(client_for(dana))

    again(client_for(dana), ScorePassback.objects.get())
    work.drain()

    assert len(lms.scores_of("sub-ada")) == 1
    assert not Outage.objects.exists()


def test_everything_refused_is_sent_again_at_once(lms, link, program, dana, client_for) -> None:
    for name in ("Ada", "Al"):
        learner = make_member(program, name, "learner")
        make_opening(link, learner)
        make.submitted(learner)
    ScorePassback.objects.update(state=State.REFUSED)

    client_for(dana).post(reverse("lti-scores-again"))
    work.drain()

    assert [len(lms.scores_of(user)) for user in ("sub-ada", "sub-al")] == [1, 1]


def test_only_the_newest_of_a_learner_is_listed(lms, opening, ada, ben, dana, client_for) -> None:
    make.passed(ada, ben)
    work.drain()

    shown = page(client_for(dana), "all")

    assert "Passed, 100 of 100" in shown
    assert "Handed in, not graded" not in shown


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_learners_and_reviewers_see_and_send_nothing(who, opening, ada, request, client_for):
    make.submitted(ada)
    client = client_for(request.getfixturevalue(who))

    assert client.get(PAGE).status_code == 403
    assert again(client, ScorePassback.objects.get()).status_code == 403
    assert client.post(reverse("lti-scores-again")).status_code == 403


def test_cem_sees_and_sends_nothing_of_another_program(opening, ada, cem, client_for) -> None:
    make.submitted(ada)
    ScorePassback.objects.update(state=State.REFUSED)
    client = client_for(cem)

    assert "Ada" not in page(client, "all")
    assert again(client, ScorePassback.objects.get()).status_code == 404
    client.post(reverse("lti-scores-again"))
    assert ScorePassback.objects.count() == 1


def test_cem_sees_no_outage_of_another_programs_platform(deployment, cem, client_for) -> None:
    outage.began(deployment.registration, reason="502", after=None, now=timezone.now())

    assert "has not taken anything" not in page(client_for(cem))


def test_replaced_score_is_not_sent_again(lms, opening, ada, ben, dana, client_for) -> None:
    make.passed(ada, ben)

    assert again(client_for(dana), ScorePassback.objects.earliest("pk")).status_code == 404


def test_three_rows_cost_no_more_queries_than_one(
    program, lms, dana, client_for, django_assert_max_num_queries
) -> None:
    deployment = make_deployment(program, origin=lms.origin)
    link = make_link(deployment, line_items=lms.items_url)
    client = client_for(dana)
    counts = []
    for group in (["Ada"], ["Al", "Amy"]):
        for name in group:
            learner = make_member(program, name, "learner")
            make_opening(link, learner)
            make.submitted(learner)
        with django_assert_max_num_queries(20) as counted:
            page(client, "all")
        counts.append(len(counted))

    assert counts[0] == counts[1]
