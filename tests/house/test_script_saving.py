"""Words save themselves, survive a lost tab, a lost connection and a second device."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.house.demo.server import Room

pytestmark = pytest.mark.journey
Demo = tuple[str, Room]


def _form(page: Page, demo: Demo) -> None:
    page.goto(f"{demo[0]}/demo?part=form")


def _field(page: Page):
    return page.locator("#overview-1")


def _said(page: Page):
    return page.locator("#overview-1-saved")


def test_words_are_saved_a_second_after_the_last_key(page: Page, demo: Demo) -> None:
    _form(page, demo)

    _field(page).fill("We begin with three students")

    expect(_said(page)).to_have_text("Saved 23:10")
    assert demo[1].saves[0]["text"] == "We begin with three students"
    assert demo[1].saves[0]["revision"] == 4


def test_words_are_saved_within_three_seconds_while_typing_goes_on(page: Page, demo: Demo) -> None:
    _form(page, demo)

    _field(page).press_sequentially("typing without a pause, on and on", delay=120)

    assert len(demo[1].saves) == 1


def test_words_of_a_tab_that_died_come_back_and_are_sent(page: Page, demo: Demo) -> None:
    _form(page, demo)
    page.context.set_offline(True)
    _field(page).fill("Not yet sent")
    reopened = page.context.new_page()
    page.close()
    reopened.context.set_offline(False)

    reopened.goto(f"{demo[0]}/demo?part=form")

    expect(_field(reopened)).to_have_value("Not yet sent")
    expect(_said(reopened)).to_have_text("Saved 23:10")
    assert demo[1].texts["overview-1"]["text"] == "Not yet sent"


def test_without_connection_words_are_kept_and_sent_when_it_is_back(page: Page, demo: Demo) -> None:
    _form(page, demo)
    page.context.set_offline(True)
    _field(page).fill("Typed in a tunnel")
    expect(_said(page)).to_have_text("Kept on this device, will be saved")

    page.context.set_offline(False)

    expect(_said(page)).to_have_text("Saved 23:10")
    assert demo[1].texts["overview-1"]["text"] == "Typed in a tunnel"


def test_a_refusal_is_shown_as_the_server_says_it(page: Page, demo: Demo) -> None:
    _form(page, demo)
    demo[1].faults.append(403)

    _field(page).fill("Too late")

    expect(_said(page)).to_have_text("Not today.")


def test_an_answer_lost_on_the_way_is_no_conflict(page: Page, demo: Demo) -> None:
    _form(page, demo)
    demo[1].texts["overview-1"] = {"text": "We begin with three", "revision": 4}
    demo[1].lose_answer = True
    _field(page).fill("First")
    expect(_said(page)).to_have_text("Saved 23:10")

    _field(page).fill("First and second")

    page.wait_for_timeout(1500)
    expect(page.locator(".lc-conflict")).to_have_count(0)
    assert demo[1].texts["overview-1"]["text"] == "First and second"


def test_two_devices_keep_both_versions_until_one_is_chosen(
    browser: Browser, page: Page, demo: Demo
) -> None:
    _form(page, demo)
    phone = browser.new_context(timezone_id="UTC").new_page()
    _form(phone, demo)
    _field(phone).fill("From the phone")
    expect(_said(phone)).to_have_text("Saved 23:10")

    _field(page).fill("From the laptop")
    box = page.locator(".lc-conflict")
    expect(box).to_contain_text("From the phone")
    expect(box).to_contain_text("From the laptop")
    box.get_by_role("button", name="Use this one").first.click()

    expect(_said(page)).to_have_text("Saved 23:10")
    assert demo[1].texts["overview-1"] == {"text": "From the laptop", "revision": 6}
    page.get_by_text("The version you did not choose").click()
    expect(page.locator("details.lc-conflict")).to_contain_text("From the phone")
    phone.context.close()


def test_keeping_both_puts_one_below_the_other(page: Page, demo: Demo) -> None:
    _form(page, demo)
    demo[1].texts["overview-1"] = {"text": "Theirs", "revision": 5}
    _field(page).fill("Mine")

    page.get_by_role("button", name="Keep both").click()

    expect(_said(page)).to_have_text("Saved 23:10")
    assert demo[1].texts["overview-1"] == {"text": "Theirs\n\nMine", "revision": 6}


def test_words_are_counted_as_they_are_typed(page: Page, demo: Demo) -> None:
    _form(page, demo)

    _field(page).fill("It’s a well-kept school – 21 modules")

    expect(page.locator("#overview-1-words")).to_have_text("6 of 150 to 300 words")
