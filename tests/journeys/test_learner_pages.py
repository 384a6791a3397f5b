"""Every page of a learner, in every state, on a phone and a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from course_content.loading import load
from credentials import api, work
from credentials.data import Actor
from credentials.errors import Conflict
from credentials.models import Program
from tests.factories import work as pieces
from tests.factories.badges import issued, revoked
from tests.factories.people import make_member
from tests.journeys.accessible import demand_accessible, demand_accessible_day_and_night

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ClientFor = Callable[[Actor], Client]
BrowserOf = Callable[[Actor], AbstractContextManager[Page]]
Pages = list[tuple[Actor | None, str]]

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [
    (1280, "light"),
    (390, "light"),
    (1280, "dark"),
    (390, "dark"),
]


@pytest.fixture
def states(program: Program, ada: Actor, ben: Actor) -> Pages:
    """A learner in each state and where its page is."""

    def learner(name: str) -> Actor:
        return make_member(program, name, "learner")

    draft, empty, handed_in, claimed = (learner(n) for n in ("Dee", "Eli", "Hal", "Kim"))
    back, again, gone, done = (learner(n) for n in ("Bob", "Abe", "Gus", "Flo"))
    pages: Pages = [(None, path) for path in ("/", "/lc/help", "/lc/help/learner", "/lc/glossary")]
    pages += [(None, f"/lc/help/{role}") for role in ("reviewer", "administrator", "district")]
    own = ("/lc/", "/lc/my/badges", "/lc/my/data", "/lc/nothing", "/lc/modules/I.1")
    pages += [(ada, path) for path in (*own, "/lc/modules/I.1/self-assessment")]
    slugs = [p.slug for p in load().module("I.1").pages]
    pages += [(ada, f"/lc/modules/I.1/pages/{slug}") for slug in slugs]

    def at(who: Actor, uuid: object, *rest: str) -> None:
        pages.extend((who, f"/lc/submissions/{uuid}{end}") for end in ("", *rest))

    at(empty, pieces.draft(empty).uuid, "/check")
    full = pieces.filled(draft)
    at(draft, full.uuid, "/check")
    with pytest.raises(Conflict):
        api.save_text(
            draft, submission=full.uuid, key="overview-1", text="x", revision=0, device="phone"
        )
    at(handed_in, pieces.submitted(handed_in).uuid)
    taken = pieces.submitted(claimed)
    api.claim(ben, submission=taken.uuid)
    at(claimed, taken.uuid)
    at(back, pieces.returned(back, ben, below=("I.1.b",)).uuid)
    first = pieces.returned(again, ben, below=("I.1.a", "I.1.c"))
    at(again, first.uuid)
    at(again, api.revise(again, submission=first.uuid).uuid, "/check")
    at(gone, api.withdraw(gone, submission=pieces.draft(gone).uuid).uuid)
    at(done, pieces.passed(done, ben).uuid)
    work.drain()
    pages += [(done, "/lc/"), (done, "/lc/my/badges"), (done, "/lc/modules/I.1")]
    return pages


@contextmanager
def browsing(
    chromium: Browser,
    address: str,
    client: Client | None,
    width: int,
    scheme: Literal["light", "dark"],
) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=address
    )
    if client:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
        )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_of_a_learner_is_accessible_and_fits(
    width: int,
    scheme: Literal["light", "dark"],
    states: Pages,
    chromium: Browser,
    live_server: LiveServer,
    client_for: ClientFor,
) -> None:
    people = {who.user_id: client_for(who) for who, _ in states if who}
    for who, path in states:
        client = people[who.user_id] if who else None
        with browsing(chromium, live_server.url, client, width, scheme) as page:
            complaints: list[str] = []
            page.on("pageerror", lambda error, told=complaints: told.append(str(error)))
            page.goto(path)
            where = f"{path} at {width} {scheme}"
            demand_accessible(page, where)
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert (wider <= 0, complaints) == (True, []), where


@pytest.fixture
def browser_of(chromium: Browser, live_server: LiveServer, client_for: ClientFor) -> BrowserOf:
    """Makes a page in which that person is signed in."""

    @contextmanager
    def make(who: Actor) -> Iterator[Page]:
        with browsing(chromium, live_server.url, client_for(who), 1280, "light") as page:
            yield page

    return make


def test_badges_in_every_state_are_accessible_to_their_learner(
    ada: Actor, ben: Actor, dana: Actor, browser_of: BrowserOf
) -> None:
    shown = issued(ada, ben)
    revoked(issued(ada, ben, "I.2"), dana)
    api.show_name(ada, award=shown.award.uuid, on=True)
    pieces.passed(ada, ben, "I.3")  # its badge is still being signed

    with browser_of(ada) as page:
        page.goto("/lc/my/badges")

        expect(page.locator(".lc-mybadge .lc-chip")).to_have_text(
            ["Being signed", "Revoked", "Earned"]
        )
        demand_accessible_day_and_night(page, "my badges")


def test_scores_are_accessible_kept_released_and_withdrawn(
    ada: Actor, ben: Actor, browser_of: BrowserOf
) -> None:
    issued(ada, ben)

    with browser_of(ada) as page:
        page.goto("/lc/my/badges")
        page.get_by_role("link", name="See your scores").click()
        demand_accessible_day_and_night(page, "scores kept")
        page.get_by_role("button", name="Release").click()
        demand_accessible_day_and_night(page, "scores released")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_role("status")).to_contain_text("Withdrawn")
        demand_accessible_day_and_night(page, "scores withdrawn")
