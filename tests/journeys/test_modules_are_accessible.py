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
from tests.journeys.accessible import demand_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ClientFor = Callable[[Actor], Client]
CODES = list(load().modules)


def demand_pages(
    chromium: Browser, address: str, client: Client, paths: list[str], code: str
) -> None:
    """Every page without a violation, without a script's complaint and no wider than the screen."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.add_cookies([cookie])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for number, path in enumerate(paths):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        kind = path.split("/")[-1] if code in path else f"step-{number}"
        page.emulate_media(color_scheme="light")
        demand_accessible(page, f"{code} {kind} light", widths=(390,))
        page.emulate_media(color_scheme="dark")
        demand_accessible(page, f"{code} {kind} dark", widths=(1280,))
    context.close()
    assert complaints == []


@pytest.mark.parametrize("code", CODES)
def test_module_is_accessible_to_its_learner(
    code: str, ada: Actor, chromium: Browser, live_server: LiveServer, client_for: ClientFor
) -> None:
    slugs = [page.slug for page in load().module(code).pages]
    draft = work.filled(ada, code).uuid
    paths = [
        f"/lc/modules/{code}",
        *(f"/lc/modules/{code}/pages/{slug}" for slug in slugs),
        f"/lc/modules/{code}/self-assessment",
        f"/lc/submissions/{draft}",
        f"/lc/submissions/{draft}/check",
    ]

    demand_pages(chromium, live_server.url, client_for(ada), paths, code)


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
    paths = [f"/lc/review/guides/{code}", f"/lc/review/{review}", f"/lc/review/{review}/guide"]

    demand_pages(chromium, live_server.url, client_for(ben), paths, code)
