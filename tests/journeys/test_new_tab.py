"""From a course's frame to a tab of its own, where the frame's cookie does not reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.accessible import demand_accessible
from tests.journeys.conftest import Site
from tests.journeys.in_course import Member, demand_cookies_blocked

pytestmark = pytest.mark.journey

Strict = Callable[[str], BrowserContext]


def test_page_of_the_frame_goes_on_in_a_tab_of_its_own(strict_browser: Strict, site: Site) -> None:
    Member(strict_browser("Tess"), site, "Tess").pick("I.1")
    sam = Member(strict_browser("Sam"), site, "Sam")
    frame = sam.open("I.1")
    demand_cookies_blocked(frame)
    asked: list[str] = []
    sam.context.on("request", lambda request: asked.append(request.url))

    with sam.context.expect_page() as opened:
        frame.get_by_role("button", name="New tab").click()
    tab = opened.value
    tab.wait_for_url("**/lc/modules/I.1")

    assert tab.url == frame.url
    expect(tab.locator("header .lc-menu summary")).to_have_text("Sam Delgado")
    expect(tab.get_by_role("button", name="New tab")).to_be_hidden()
    demand_accessible(tab, "module in a tab of its own")
    tab.reload()
    expect(tab.locator("header .lc-menu summary")).to_have_text("Sam Delgado")

    (ticket,) = {url for url in asked if "/lti/ticket" in url}
    stranger = strict_browser("a stranger").new_page()
    for address in (ticket, tab.url):
        stranger.goto(address)
        expect(stranger.get_by_role("heading", name="Open this from your course")).to_be_visible()
