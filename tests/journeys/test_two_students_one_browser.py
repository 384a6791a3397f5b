"""Two students at one browser, in two tabs: what is one's never becomes the other's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from tests.journeys.conftest import Site
from tests.journeys.in_course import Member, demand_cookies_blocked
from tests.journeys.steps import settle

pytestmark = pytest.mark.journey


def test_two_students_in_two_tabs_of_one_browser_never_mix(
    strict_browser: Callable[[str], BrowserContext], site: Site
) -> None:
    Member(strict_browser("Tess"), site, "Tess").pick("I.1")
    shared = strict_browser("the reading room")
    sams = Member(shared, site, "Sam").open("I.1")
    demand_cookies_blocked(sams)
    begin_with(sams, "Sam asked forty families first.")
    sofias = Member(shared, site, "Sofia").open("I.1")
    begin_with(sofias, "Sofia asked her teachers first.")

    go_on_with(sams, "Sam asked forty families first, then their children.")
    go_on_with(sofias, "Sofia asked her teachers first, then the school board.")

    assert holds(sams) == ("Sam Delgado", "Sam asked forty families first, then their children.")
    assert holds(sofias) == (
        "Sofia Marin",
        "Sofia asked her teachers first, then the school board.",
    )
    assert draft_of(sofias) != draft_of(sams)
    assert at_the_others_draft(sams, draft_of(sofias)) == 404
    assert at_the_others_draft(sofias, draft_of(sams)) == 404


def begin_with(frame: Frame, words: str) -> None:
    """A draft with its first words."""
    frame.get_by_role("button", name="Start").first.click()
    frame.wait_for_url("**/lc/submissions/**")
    go_on_with(frame, words)


def go_on_with(frame: Frame, words: str) -> None:
    """Those words in the first answer, saved."""
    first = frame.locator("textarea[data-lc-words]").first
    first.fill(words)
    first.blur()
    settle(frame)


def holds(frame: Frame) -> tuple[str, str]:
    """Whose page it is and what the first answer says, both loaded anew."""
    frame.goto(frame.url)
    name = frame.locator("header .lc-menu summary").first
    expect(name).to_be_visible()
    return name.inner_text().strip(), frame.locator("textarea[data-lc-words]").first.input_value()


def draft_of(frame: Frame) -> str:
    """The id of the draft on the page."""
    return frame.url.partition("/lc/submissions/")[2].partition("/")[0].partition("?")[0]


def at_the_others_draft(frame: Frame, draft: str) -> int:
    """What somebody finds at the other's draft from their own visit."""
    own = frame.url
    answer = frame.goto(f"{own.partition('/lc/submissions/')[0]}/lc/submissions/{draft}")
    assert answer is not None
    frame.goto(own)
    return answer.status
