"""Each of the 21 modules for its learner and its reviewer: by day on a phone, by night wide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from course_content.loading import load
from credentials import api
from credentials.data import Actor
from tests.factories import work
from tests.journeys.accessible import COLOURS, PICTURES, demand_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ClientFor = Callable[[Actor], Client]
CODES = list(load().modules)
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true; })"


def demand_pages(chromium: Browser, address: str, client: Client, pages: dict[str, str]) -> None:
    """Every page without a violation, without a script's complaint and no wider than the screen.

    With all that can be unfolded unfolded: what is folded is not checked.

    `pages` are paths by the names their pictures get.
    """
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
    # without motion: a button halfway between day and night has a color that nobody chose
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, base_url=address, reduced_motion="reduce"
    )
    context.add_cookies([cookie])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, path in pages.items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate(UNFOLD)
        page.emulate_media(color_scheme="light")
        demand_accessible(page, f"{name} light", widths=(390,))
        if _is_one_of_many(name) and not PICTURES:
            continue
        page.emulate_media(color_scheme="dark")
        demand_accessible(page, f"{name} dark", widths=(1280,), rules=COLOURS)
    context.close()
    assert complaints == []


def _is_one_of_many(name: str) -> bool:
    """A learning page after the first two: by night it has the colours that those have."""
    return " page " in name and not name.split(" page ")[1].startswith(("1 ", "2 "))


@pytest.mark.parametrize("code", CODES)
def test_module_is_accessible_to_its_learner(
    code: str, ada: Actor, chromium: Browser, live_server: LiveServer, client_for: ClientFor
) -> None:
    draft = work.filled(ada, code).uuid
    pages = {
        f"{code} home": f"/lc/modules/{code}",
        **{
            f"{code} page {number} {page.slug}": f"/lc/modules/{code}/pages/{page.slug}"
            for number, page in enumerate(load().module(code).pages, 1)
        },
        f"{code} self-assessment": f"/lc/modules/{code}/self-assessment",
        f"{code} submission": f"/lc/submissions/{draft}",
        f"{code} submission check": f"/lc/submissions/{draft}/check",
    }

    demand_pages(chromium, live_server.url, client_for(ada), pages)


@pytest.mark.parametrize("code", CODES)
def test_module_is_accessible_to_its_reviewer(
    code: str,
    ada: Actor,
    ben: Actor,
    chromium: Browser,
    live_server: LiveServer,
    client_for: ClientFor,
) -> None:
    review = api.claim(ben, submission=work.submitted(ada, code).uuid).uuid
    pages = {
        f"{code} reviewer guide": f"/lc/review/guides/{code}",
        f"{code} review": f"/lc/review/{review}",
        f"{code} review beside guide": f"/lc/review/{review}/guide",
    }

    demand_pages(chromium, live_server.url, client_for(ben), pages)
