"""The module in a unit of a course: drafted, reopened and handed in there, reviewed on the desk.

The xblock-sdk's workbench is the host. The same work done on the web earns the same badge.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from credentials import api, work
from credentials.data import Actor
from tests.comparing import comparable
from tests.factories import files
from tests.factories.people import TestLinks
from tests.journeys.accessible import demand_accessible
from tests.journeys.steps import (
    answer,
    check_and_hand_in,
    judge_oneself,
    level,
    pin,
    settle,
    unfold,
)
from tests.workbench.seed import PROGRAM, QUALIFICATION

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CODES = ("I.1.a", "I.1.b", "I.1.c")


@dataclass(frozen=True)
class Workbench:
    """The host in a process of its own."""

    url: str
    environment: dict[str, str]

    def drain(self) -> None:
        """What is left to do after the commits: signing, above all."""
        subprocess.run(
            [sys.executable, "-m", "credentials.cli", "work", "--once"],
            env=self.environment,
            check=True,
            timeout=60,
        )


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """A workbench with a course for Ada and a review desk for Ben."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "DATABASE_URL"}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.workbench.settings",
        "LC_DATA_DIR": str(tmp_path),
        "LC_BASE_URL": url,
    }
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.workbench.seed", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        for _ in range(300):
            assert process.poll() is None, (tmp_path / "log").read_text()
            try:
                urllib.request.urlopen(f"{url}/lc/verify", timeout=5).close()  # noqa: S310  # loopback
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail(f"the workbench did not answer:\n{(tmp_path / 'log').read_text()}")
        yield Workbench(url=url, environment=environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser of somebody's own; what breaks in a page's script fails the test."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def make(url: str) -> BrowserContext:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=url)
        context.on("weberror", lambda error: broken.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert broken == []


def test_a_unit_and_the_web_lead_to_the_same_badge(
    workbench: Workbench,
    live_server: LiveServer,
    window: Callable[[str], BrowserContext],
    client_for: Callable[[Actor], Client],
) -> None:
    unit = window(workbench.url).new_page()
    open_unit(unit)
    demand_accessible(unit, "module in a unit", ".lc-unit")
    unit.get_by_role("button", name="Start collecting evidence").click()
    first = unit.locator("#overview-1")
    first.press_sequentially("We asked forty families first.", delay=10)
    settle(unit)
    open_unit(unit)
    unit.get_by_role("link", name="Go on with the draft").click()
    expect(first).to_have_value("We asked forty families first.")
    refuse_a_large_file(unit)
    complete(unit)
    demand_accessible(unit, "draft in a unit", ".lc-unit")
    check_and_hand_in(unit)
    expect(unit.get_by_role("heading", name="It waits for a reviewer")).to_be_focused()
    demand_accessible(unit, "status in a unit", ".lc-unit")

    desk = window(workbench.url).new_page()
    desk.goto("/accounts/login/?as=ben&next=/lc/review")
    review(desk)
    workbench.drain()
    open_unit(unit)
    expect(unit.get_by_role("heading", name="You earned this badge")).to_be_visible()
    unit.get_by_role("link", name="Open attempt 1").click()
    expect(unit.get_by_role("heading", name="You showed it")).to_be_visible()
    demand_accessible(unit, "result in a unit", ".lc-unit")
    unit.goto("/accounts/login/?as=ada&next=/lc/my/badges")
    in_the_unit = document(unit, workbench.url)

    on_the_web = earn_on_the_web(live_server, window, client_for)

    assert in_the_unit == on_the_web


def open_unit(page: Page) -> None:
    page.goto("/scenario/unit/?student=ada")


def refuse_a_large_file(page: Page) -> None:
    """A block takes up to 4 MB; the same draft on its own page takes more."""
    large = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"\0" * 4_100_000}
    page.locator("input[type=file]").set_input_files(files=[large])
    refused = page.locator(".lc-upload__file[data-upload=refused]")
    expect(refused).to_contain_text("at most 4 MB")
    refused.get_by_role("button", name="Put away").click()
    own_page = page.get_by_role("link", name="this draft on its own page")
    expect(own_page).to_have_attribute("target", "_blank")


def complete(page: Page) -> None:
    """Everything that a hand-in needs, through either door."""
    for field in page.locator("textarea[data-lc-words]").all():
        answer(field)
    settle(page)
    report = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": files.pdf("a", "b")}
    page.locator("input[type=file]").set_input_files(files=[report])
    item = page.locator("#evidence-list > li")
    expect(item).to_have_count(1)
    unfold(item)
    title = item.locator("input.lc-input[name$='.title']")
    title.fill("Report on two dialogues")
    title.blur()
    item.locator("select[name=artifact]").select_option("plan")
    settle(page)
    for number, code in enumerate(CODES, start=1):
        pin(page, 0, code, "page", "#page-", "2", becomes=number)
    judge_oneself(page)
    settle(page)


def review(desk: Page) -> None:
    """Ben scores every indicator at its required level."""
    desk.get_by_role("button", name="Claim I.1").first.click()
    desk.wait_for_url("**/lc/review/*")
    for code in CODES:
        level(desk, code, 3)
    settle(desk)
    desk.get_by_role("button", name="See what it comes to").click()
    expect(desk.get_by_role("heading", name="This passes")).to_be_visible()
    desk.get_by_role("button", name="Complete this review").click()
    desk.wait_for_load_state()


def earn_on_the_web(
    live_server: LiveServer,
    window: Callable[[str], BrowserContext],
    client_for: Callable[[Actor], Client],
) -> Any:
    """Al does the same on the site's own pages, in a program of the same name."""
    program = api.found_program(**PROGRAM)

    def signed_in(name: str, role: str, qualification: str = "") -> BrowserContext:
        user = get_user_model().objects.create_user(username=name, email=f"{name}@example.edu")
        api.enrol(program=program, user=user, role=role, qualification=qualification)
        actor = api.actor_for(user=user, program_id=program.id, links=TestLinks())
        assert actor
        context = window(live_server.url)
        cookie = client_for(actor).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return context

    page = signed_in("al", "learner").new_page()
    page.goto("/lc/modules/I.1")
    page.get_by_role("button", name="Start collecting evidence").click()
    complete(page)
    check_and_hand_in(page)
    desk = signed_in("ben", "reviewer", QUALIFICATION).new_page()
    desk.goto("/lc/review")
    review(desk)
    work.drain()
    page.goto("/lc/my/badges")
    return document(page, live_server.url)


def document(page: Page, url: str) -> Any:
    """The badge that the page offers, with what any two badges differ in made equal."""
    address = page.locator("a[href*='/lc/badges/'][href$='.json']").first.get_attribute("href")
    with urllib.request.urlopen(f"{url}{address}", timeout=10) as answer:  # noqa: S310  # loopback
        return comparable(answer.read())
