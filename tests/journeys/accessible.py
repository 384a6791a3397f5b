"""The accessibility rules of axe-core, run in the page as it stands."""

from __future__ import annotations

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
#: What the same page by night can break that by day was whole: no other rule looks at colours.
COLOURS = ("color-contrast", "link-in-text-block")
#: Where to keep a picture of every state that is checked, for a person to look at.
PICTURES = os.environ.get("LC_SCREENSHOTS")


def demand_accessible(
    page: Page,
    where: str,
    part: str = "html",
    *,
    widths: tuple[int, ...] = (),
    rules: tuple[str, ...] = (),
) -> None:
    """No violation of axe-core's rules in this state of the page, wide and on a phone.

    `part` is the selector of what is ours, where the page around it is somebody else's; `widths`
    are other widths to look at it in, `rules` the only ones to ask where others were asked before.
    """
    size = page.viewport_size
    assert size is not None
    for width in widths or (390, size["width"]):
        page.set_viewport_size({"width": width, "height": size["height"]})
        asked = {"runOnly": list(rules)} if rules else None
        found = _AXE.run(page, context=part, options=asked).response["violations"]
        told = [f"{v['id']}: {v['help']} at {v['nodes'][0]['target']}" for v in found]
        if PICTURES:
            name = re.sub(r"\W+", "-", where)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        assert told == [], f"{where} at {width}: {told}"
        overflow = page.locator(part).evaluate("e => e.scrollWidth - e.clientWidth")
        assert overflow <= 0, f"{where} at {width}: {overflow} px too wide"


def demand_accessible_day_and_night(page: Page, where: str) -> None:
    """The same, loaded once: by day on a phone and wide, by night on a phone."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # colours change at once
    demand_accessible(page, f"{where} light", widths=(390, 1280))
    page.emulate_media(color_scheme="dark")
    demand_accessible(page, f"{where} dark", widths=(390,), rules=COLOURS)
