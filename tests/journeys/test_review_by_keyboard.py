"""A whole submission scored by keyboard, in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from credentials import api
from credentials.data import Actor, ReviewView
from tests.factories import work

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def claimed(ada: Actor, ben: Actor) -> ReviewView:
    """Ben has Ada's work."""
    return api.claim(ben, submission=work.submitted(ada).uuid)


@pytest.fixture
def bens_page(
    chromium: Browser,
    live_server: LiveServer,
    client_for: Callable[[Actor], Client],
    ben: Actor,
) -> Iterator[Page]:
    """A browser in which Ben is signed in."""
    session = client_for(ben).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    yield context.new_page()
    context.close()


def test_keyboard_alone_scores_comments_and_completes(
    bens_page: Page, live_server: LiveServer, claimed: ReviewView, ada: Actor
) -> None:
    page = bens_page
    page.goto(live_server.url + reverse("lc:review", kwargs={"review": claimed.uuid}))

    for key in ("j", "2", "c"):
        page.keyboard.press(key)
    page.keyboard.type("The dates are missing from the minutes.")
    for key in ("Escape", "j", "3", "j", "4"):
        page.keyboard.press(key)
    expect(page.locator("[data-lc-review-count]")).to_have_text("3")
    page.get_by_role("button", name="See what it comes to").press("Enter")
    expect(page.get_by_text("2 of 3 indicators are at their required level")).to_be_visible()
    page.get_by_role("button", name="Complete this review").press("Enter")
    expect(page.get_by_text("Your scores can no longer be changed", exact=False)).to_be_visible()

    decision = api.submission(ada, submission=claimed.submission.uuid).decision
    assert decision is not None
    assert [(r.level, r.comments) for r in decision.results] == [
        (2, ("The dates are missing from the minutes.",)),
        (3, ()),
        (4, ()),
    ]


def test_what_was_noted_survives_the_tab(
    bens_page: Page, live_server: LiveServer, claimed: ReviewView
) -> None:
    page = bens_page
    address = live_server.url + reverse("lc:review", kwargs={"review": claimed.uuid})
    page.goto(address)
    page.keyboard.press("j")
    page.keyboard.press("3")
    with page.expect_response("**/save"):
        page.get_by_label("Comment on I.1.a").fill("Well dated.")
    page.wait_for_timeout(1500)
    page.close()

    again = page.context.new_page()
    again.goto(address)

    expect(again.get_by_label("Comment on I.1.a")).to_have_value("Well dated.")
    expect(again.locator("input[name='I.1.a.level'][value='3']")).to_be_checked()
