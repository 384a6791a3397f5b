"""What people do on the product's pages, whether these fill a window or a frame in a course."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page, expect

from tests.factories.work import words

View = Page | Frame


def unfold(item: Locator) -> None:
    """Opens what is folded away in a piece of evidence."""
    folded = item.locator("details:not([open]) > summary:visible")
    while folded.count():  # a fold may hold another
        folded.first.click()


def add_link(view: View, url: str, title: str) -> None:
    """One more piece of evidence, at an address."""
    pieces = view.locator("#evidence-list > li")
    before = pieces.count()
    view.get_by_text("Add a link").click()
    view.fill("#link-url", url)
    view.fill("#link-title", title)
    view.get_by_role("button", name="Add the link").click()
    expect(pieces).to_have_count(before + 1)


def pin(
    view: View,
    number: int,
    indicator: str,
    place: str,
    field: str = "",
    value: str = "",
    *,
    becomes: int = 1,
) -> None:
    """Pins one piece at a place and says why; it has so many pins then."""
    item = view.locator("#evidence-list > li").nth(number)
    form = item.locator("form:has(textarea[name=why])").last
    unfold(item)
    form.locator("select[name=indicator]").select_option(indicator)
    form.locator(f"input[name=place][value={place}]").check()
    if field:
        form.locator(f"input[id^='{field[1:]}']").first.fill(value)
    form.locator("textarea[name=why]").fill("It shows who changed which line, and when.")
    form.get_by_role("button", name="Pin it").click()
    pins = view.locator("#evidence-list > li").nth(number).locator(".lc-pin")
    expect(pins).to_have_count(becomes)


def answer(field: Locator) -> None:
    """Enough words for the prompt."""
    field.fill(words(int(field.get_attribute("data-lc-min") or 0) + 10))
    field.blur()


def judge_oneself(view: View) -> None:
    """The third level for every indicator."""
    for group in view.locator("[id$='.self']").all():
        group.locator("input[type=radio]").nth(2).check()


def settle(view: View) -> None:
    """Until everything typed is saved."""
    view.wait_for_timeout(2500)
    expect(view.locator(".lc-saved[data-state=saving]")).to_have_count(0)


def check_and_hand_in(view: View) -> None:
    """Through the check page, with the promise about pupils' names."""
    view.get_by_role("link", name="Check and hand in").first.click()
    view.get_by_label("I have removed").check()
    view.get_by_role("button", name="Hand in").click()


def level(view: View, code: str, number: int) -> None:
    """The reviewer's level for that indicator."""
    view.locator(f"[id='{code}.level'] input[value='{number}']").check()
