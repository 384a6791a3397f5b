"""The product as `make run` starts it, and a browser in front of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browsing import FLAGS

PASSWORD = "practice at lakeshore"


@pytest.fixture
def strict_browser(
    driver: Playwright, chromium_path: str, tmp_path: Path
) -> Iterator[Callable[[str], BrowserContext]]:
    """Makes somebody's own browser, set to block third-party cookies."""
    opened = []

    def make(name: str) -> BrowserContext:
        profile = tmp_path / f"browser of {name}"
        (profile / "Default").mkdir(parents=True)
        settings = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
        (profile / "Default" / "Preferences").write_text(json.dumps(settings))
        opened.append(
            driver.chromium.launch_persistent_context(
                profile,
                executable_path=chromium_path,
                args=FLAGS,
                viewport={"width": 1280, "height": 900},
            )
        )
        return opened[-1]

    yield make
    for context in opened:
        context.close()


class Site(str):
    """The address of a running installation, its practice LMS and its folder beside it."""

    lms: str
    data: Path

    def __new__(cls, address: str, *, lms: str, data: Path) -> Site:
        site = super().__new__(cls, address)
        site.lms, site.data = lms, data
        return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A fresh installation, started by the command that `make run` uses; its address."""
    data = tmp_path_factory.mktemp("site")
    port, lms_port = _free_ports()
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("LC_") and key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment["LC_DATA_DIR"] = str(data)
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "credentials.cli", "run"),
                *("--port", str(port), "--lms-port", str(lms_port)),
            ],
            env=environment,
            stdout=log,
            stderr=log,
        )
    address = f"http://localhost:{port}"
    try:
        _wait(address, process, data / "log")
        yield Site(address, lms=f"http://lms.localhost:{lms_port}", data=data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"the site did not start:\n{log.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310  # loopback
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the site did not answer within a minute:\n{log.read_text()}")


class Person:
    """Somebody signed in, in a browser of their own."""

    def __init__(self, browser: Browser, site: str, name: str, width: int = 1280) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, accept_downloads=True, base_url=site
        )
        self.page: Page = self.context.new_page()
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", f"{name}@lakeshore.example")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/lc/**")
