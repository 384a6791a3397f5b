"""The rest of the script: review by keyboard, pins, the sheet, notices, the frame's height."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.house.demo.server import Room

pytestmark = pytest.mark.journey
Demo = tuple[str, Room]


def _open(page: Page, demo: Demo, part: str) -> None:
    page.goto(f"{demo[0]}/demo?part={part}")


def test_a_level_is_set_and_saved_by_key(page: Page, demo: Demo) -> None:
    _open(page, demo, "review")

    page.keyboard.press("j")
    page.keyboard.press("3")
    page.keyboard.press("j")
    page.keyboard.press("2")

    expect(page.locator("#score-a input[value='3']")).to_be_checked()
    expect(page.locator("#score-b input[value='2']")).to_be_checked()
    expect(page.locator("output[data-lc-review-count]")).to_have_text("2")
    expect(page.locator("#score-b-saved")).to_have_text("Saved 23:10")
    assert demo[1].texts["I.1.a"] == {"fields": {"level": "3", "comment": ""}, "revision": 1}


def test_keys_typed_in_a_comment_set_no_level(page: Page, demo: Demo) -> None:
    _open(page, demo, "review")

    page.locator("#c-a").press_sequentially("12 of 20")

    expect(page.locator("#score-a input:checked")).to_have_count(0)


def test_keys_are_explained_and_can_be_switched_off(page: Page, demo: Demo) -> None:
    _open(page, demo, "review")
    page.keyboard.press("?")
    page.get_by_label("Keys are switched on").uncheck()
    page.get_by_role("button", name="Close").click()

    page.keyboard.press("3")

    expect(page.locator("#score-a input:checked")).to_have_count(0)


def test_on_a_phone_the_rubric_is_a_sheet_that_remembers_that_it_was_open(
    page: Page, demo: Demo
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, demo, "review")
    expect(page.locator("#score-a")).to_be_hidden()

    page.get_by_role("button", name="Rubric").click()
    page.reload()

    expect(page.locator("#score-a")).to_be_visible()


def test_only_the_chosen_kind_of_place_is_asked_for(page: Page, demo: Demo) -> None:
    _open(page, demo, "form")

    page.get_by_label("A moment").check()

    expect(page.locator("#t")).to_be_visible()
    expect(page.locator("#p")).to_be_hidden()


def test_the_page_in_view_can_be_used_as_the_pin(page: Page, demo: Demo) -> None:
    _open(page, demo, "form")
    page.locator("#viewer-12-page-2").scroll_into_view_if_needed()
    expect(page.locator("[data-lc-viewer-at]")).to_have_text("2")

    page.get_by_role("button", name="Use the page in view").dispatch_event("click")

    expect(page.locator("#p")).to_have_value("2")


def test_a_notice_that_is_put_away_goes(page: Page, demo: Demo) -> None:
    _open(page, demo, "page")

    page.get_by_role("button", name="Put away").click()

    expect(page.get_by_text("Your badge is there.")).to_have_count(0)


def test_a_host_that_frames_the_page_hears_its_height(page: Page, demo: Demo) -> None:
    page.goto(f"{demo[0]}/host")

    page.wait_for_function("window.told.some((m) => m.subject === 'lti.frameResize')")
    told = page.evaluate("window.told.at(-1).height")
    tall = page.frames[1].evaluate("Math.ceil(document.body.getBoundingClientRect().height)")

    assert told == tall
