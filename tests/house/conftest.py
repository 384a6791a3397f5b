"""A browser and the component pages, for the tests that look at them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.house.demo.server import Room, demo_server


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """Chromium, without a window."""
    return chromium


@pytest.fixture
def demo() -> Iterator[tuple[str, Room]]:
    """The component pages and what their server holds."""
    with demo_server() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Ada's tab; a word on the console about an error or the CSP fails the test."""
    context = browser.new_context(timezone_id="UTC")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda m: complaints.append(m.text) if "Security Policy" in m.text else None)
    yield tab
    context.close()
    assert complaints == []
