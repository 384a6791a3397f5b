"""From a course to a grade and a badge, across two sites, with third-party cookies blocked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, expect

from tests.journeys.accessible import demand_accessible
from tests.journeys.conftest import Person, Site
from tests.journeys.in_course import Member, demand_cookies_blocked
from tests.journeys.steps import (
    add_link,
    answer,
    check_and_hand_in,
    judge_oneself,
    level,
    pin,
    settle,
)

pytestmark = pytest.mark.journey

Strict = Callable[[str], BrowserContext]


def test_activity_placed_by_a_teacher_becomes_a_grade_and_a_badge(
    strict_browser: Strict, chromium: Browser, site: Site, tmp_path: Path
) -> None:
    tess = Member(strict_browser("Tess"), site, "Tess")
    tess.pick("I.1")
    sam = Member(strict_browser("Sam"), site, "Sam")
    frame = sam.open("I.1")
    demand_cookies_blocked(frame)
    write_and_hand_in(frame)
    tess.expect_grade("waits for a reviewer")
    pass_it(Person(chromium, site, "ben"))
    tess.expect_grade("100 / 100")
    demand_accessible(tess.page, "gradebook")
    sam.expect_grade("100 / 100")
    verify(chromium, site, download(sam, tmp_path))


def write_and_hand_in(frame: Frame) -> None:
    """Everything that a submission needs, in the frame."""
    frame.get_by_role("button", name="Start").first.click()
    frame.wait_for_url("**/lc/submissions/**")
    add_link(frame, "https://docs.example.edu/profile-of-a-graduate", "Profile of a graduate")
    for number, code in enumerate(("I.1.a", "I.1.b", "I.1.c"), start=1):
        pin(frame, 0, code, "whole", becomes=number)
    answers = frame.locator("textarea[data-lc-words]")
    for number in range(answers.count()):
        answer(answers.nth(number))
    judge_oneself(frame)
    settle(frame)
    check_and_hand_in(frame)
    frame.wait_for_url("**/lc/submissions/*")
    expect(frame.get_by_text("Handed in").first).to_be_visible()


def pass_it(ben: Person) -> None:
    """A reviewer of the program, who has never seen the course, finds everything shown."""
    page = ben.page
    page.goto("/lc/review")
    page.get_by_role("button", name="Claim I.1").first.click()
    page.wait_for_url("**/lc/review/*")
    body = page.content()
    assert [name in body for name in ("Sam", "Delgado", "Leading Schools")] == [False] * 3
    for code in ("I.1.a", "I.1.b", "I.1.c"):
        level(page, code, 3)
    settle(page)
    page.get_by_role("button", name="See what it comes to").click()
    expect(page.get_by_role("heading", name="This passes")).to_be_visible()
    page.get_by_role("button", name="Complete this review").click()
    page.wait_for_load_state()


def download(sam: Member, folder: Path) -> Path:
    """The badge's picture, from the frame in the course."""
    frame = sam.open("I.1")
    link = frame.get_by_role("link", name="Download the badge")
    for _ in range(60):
        frame.get_by_role("link", name="My badges").first.click()
        frame.wait_for_load_state()
        if link.count():
            break
        frame.wait_for_timeout(500)
    with sam.page.expect_download() as waiting:
        link.first.click()
    path = folder / "badge.png"
    waiting.value.save_as(path)
    return path


def verify(browser: Browser, site: Site, png: Path) -> None:
    """Dora of the district, who has an account nowhere."""
    page = browser.new_page(base_url=site)
    page.goto("/lc/verify")
    page.set_input_files("input[type=file]", png)
    page.get_by_role("button", name="Verify").click()
    expect(page.locator(".lc-report")).to_have_attribute("data-verdict", "verified")
    page.close()
