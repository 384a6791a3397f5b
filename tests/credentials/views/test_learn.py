"""A learner's pages around the work: the path, the module, self-assessment, badges."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course_content.loading import load
from credentials import api
from credentials.data import Actor
from credentials.models import Award, PageRead, SelfLevel, Submission
from tests.factories import work

ClientFor = Callable[[Actor], Client]
MODULE = "/lc/modules/I.1"
PAGE = load().module("I.1").pages[0].slug


@pytest.fixture
def browser(ada: Actor, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_path_begins_with_the_first_module(browser: Client) -> None:
    html = browser.get("/lc/").content.decode()

    assert "Begin with I.1" in html
    assert html.count('class="lc-comb__item"') == 21


def test_path_puts_what_came_back_first(browser: Client, ada: Actor, ben: Actor) -> None:
    back = work.returned(ada, ben, below=("I.1.b",))

    html = main_of(browser.get("/lc/").content.decode())

    assert f'<a class="lc-button lc-button--primary" href="/lc/submissions/{back.uuid}">' in html
    assert "Read the feedback" in html


@pytest.mark.parametrize(("who", "desk"), [("ben", "/lc/review"), ("dana", "/lc/program")])
def test_path_leads_others_to_their_desk(
    who: str, desk: str, client_for: ClientFor, request: pytest.FixtureRequest
) -> None:
    response = client_for(request.getfixturevalue(who)).get("/lc/")

    assert (response.status_code, response["Location"]) == (302, desk)


def test_nobody_is_sent_to_sign_in_and_back(client: Client, db: None) -> None:
    response = client.get(MODULE)

    assert response["Location"] == "/accounts/login/?next=%2Flc%2Fmodules%2FI.1"


def test_module_offers_a_start_and_shows_the_terms(browser: Client) -> None:
    html = browser.get(MODULE).content.decode()

    assert f'action="{MODULE}/start"' in html
    assert "At most 10 working days after you submit" in text_of(html)
    assert "No rule on file." in html


def test_module_under_way_leads_to_its_draft(browser: Client, ada: Actor) -> None:
    draft = work.draft(ada)

    html = main_of(browser.get(MODULE).content.decode())

    assert f'href="/lc/submissions/{draft.uuid}">Go on with the draft' in html
    assert f'action="{MODULE}/start"' not in html


def test_module_that_is_not_written_is_not_found(browser: Client) -> None:
    assert browser.get("/lc/modules/IX.9").status_code == 404


def test_start_twice_opens_the_same_attempt(browser: Client, ada: Actor) -> None:
    first = browser.post(f"{MODULE}/start")["Location"]
    second = browser.post(f"{MODULE}/start")["Location"]

    assert first == second
    assert Submission.objects.filter(learner_id=ada.user_id).count() == 1


def test_start_needs_a_post(browser: Client) -> None:
    assert browser.get(f"{MODULE}/start").status_code == 405


def test_start_is_refused_without_a_token(ada: Actor) -> None:
    from django.contrib.auth import get_user_model

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get(pk=ada.user_id))

    assert strict.post(f"{MODULE}/start").status_code == 403
    assert not Submission.objects.exists()


def test_page_marked_twice_is_read_once_and_leads_on(browser: Client, ada: Actor) -> None:
    answers = [browser.post(f"{MODULE}/pages/{PAGE}/read") for _ in range(2)]

    assert [a.status_code for a in answers] == [302, 302]
    assert PageRead.objects.filter(learner_id=ada.user_id).count() == 1
    assert 'data-state="yes">Read</span>' in browser.get(f"{MODULE}/pages/{PAGE}").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_that_is_not_there_is_not_found(browser: Client, method: str) -> None:
    address = f"{MODULE}/pages/nothing" + ("/read" if method == "post" else "")

    assert getattr(browser, method)(address).status_code == 404


def test_self_assessment_is_kept_and_shown_again(browser: Client, ada: Actor) -> None:
    browser.post(f"{MODULE}/self-assessment", {"level-I.1.a": "2", "level-I.1.b": "1"})

    html = browser.get(f"{MODULE}/self-assessment").content.decode()

    assert re.findall(r'name="level-([^"]+)" value="(\d)" checked', html) == [
        ("I.1.a", "2"),
        ("I.1.b", "1"),
    ]


@pytest.mark.parametrize("level", ["9", "9" * 5000])
def test_self_assessment_of_a_level_that_is_not_there_is_refused(
    browser: Client, level: str
) -> None:
    response = browser.post(f"{MODULE}/self-assessment", {"level-I.1.a": level})

    assert response.status_code == 422
    assert not SelfLevel.objects.exists()


def test_badges_say_that_one_is_being_signed(browser: Client, ada: Actor, ben: Actor) -> None:
    work.passed(ada, ben)

    assert "Being signed" in browser.get("/lc/my/badges").content.decode()


def test_name_switch_turns_on_and_off_and_twice_changes_nothing(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    work.passed(ada, ben)
    award = Award.objects.get()

    shown = []
    for on in ("yes", "yes", "no", "no"):
        browser.post(f"/lc/my/badges/{award.uuid}/name", {"on": on})
        award.refresh_from_db()
        shown.append(award.show_name)

    assert shown == [True, True, False, False]


def test_nobody_else_can_switch_the_name(
    ada: Actor, al: Actor, ben: Actor, cem: Actor, client_for: ClientFor
) -> None:
    work.passed(ada, ben)
    award = Award.objects.get()

    answers = [
        client_for(who).post(f"/lc/my/badges/{award.uuid}/name", {"on": "yes"}).status_code
        for who in (al, cem)
    ]

    assert answers == [404, 404]
    award.refresh_from_db()
    assert award.show_name is False


@pytest.mark.parametrize("who", ["ben", "dana"])
def test_pages_of_learners_are_for_learners(
    who: str, client_for: ClientFor, request: pytest.FixtureRequest
) -> None:
    browser = client_for(request.getfixturevalue(who))

    assert browser.get("/lc/my/badges").status_code == 403
    assert browser.post(f"{MODULE}/start").status_code == 403


def test_list_of_attempts_costs_the_same_for_one_and_three(browser: Client, ada: Actor) -> None:
    api.withdraw(ada, submission=work.draft(ada).uuid)
    browser.get(MODULE)
    with CaptureQueriesContext(connection) as one:
        browser.get(MODULE)
    for _ in range(2):
        api.withdraw(ada, submission=work.draft(ada).uuid)
    with CaptureQueriesContext(connection) as three:
        html = browser.get(MODULE).content.decode()

    assert html.count('class="lc-timeline__item') == 3
    assert (len(one), len(three)) == (10, 10)
