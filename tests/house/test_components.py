"""Every component on phone and laptop, light and dark: axe objects to nothing, all fits."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.house.demo.server import Room

pytestmark = pytest.mark.journey
SIZES = {"phone": (390, 844), "laptop": (1280, 900)}


@pytest.mark.parametrize("part", ["page", "form&files", "desk", "review", "badge"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_components_have_no_axe_violation_and_fit(
    browser: Browser, demo: tuple[str, Room], part: str, scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()

    page.goto(f"{demo[0]}/demo?part={part}")
    found = Axe().run(page).response["violations"]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert overflow <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_on_a_page_has_no_axe_violation(
    browser: Browser, demo: tuple[str, Room], scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    review, form = context.new_page(), context.new_page()

    review.goto(f"{demo[0]}/demo?part=review")
    review.get_by_role("button", name="Rubric").click()
    review.locator("#score-a input[value='3']").check()
    sheet = Axe().run(review).response["violations"]
    review.keyboard.press("?")
    dialog = Axe().run(review).response["violations"]
    form.goto(f"{demo[0]}/demo?part=form")
    form.locator(".lc-menu summary").click()
    demo[1].texts["overview-1"] = {"text": "From the phone", "revision": 9}
    form.locator("#overview-1").fill("From the laptop")
    form.locator(".lc-conflict").wait_for()
    conflict = Axe().run(form).response["violations"]
    context.close()

    assert [v["id"] for v in (*sheet, *dialog, *conflict)] == []
