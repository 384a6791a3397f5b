"""Files arrive whole though the connection breaks, the server stumbles or the page is reloaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.house.demo.server import Room

pytestmark = pytest.mark.journey
Demo = tuple[str, Room]
FIVE_MEGABYTES = bytes(range(256)) * 20_000


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "night.mov"
    path.write_bytes(FIVE_MEGABYTES)
    return path


def _choose(page: Page, demo: Demo, path: Path) -> None:
    page.goto(f"{demo[0]}/demo?part=form")
    page.locator(".lc-upload__input").set_input_files(path)


def test_a_file_arrives_in_chunks_and_appears_in_the_list(
    page: Page, demo: Demo, film: Path
) -> None:
    _choose(page, demo, film)

    expect(page.locator("#evidence-1")).to_have_text("Arrived")
    assert demo[1].uploads["1"] == FIVE_MEGABYTES
    expect(page.locator(".lc-upload__file")).to_have_count(0)


def test_a_broken_connection_goes_on_where_it_stopped(page: Page, demo: Demo, film: Path) -> None:
    demo[1].cut_after = 1_000_000

    _choose(page, demo, film)

    expect(page.locator("#evidence-1")).to_have_text("Arrived", timeout=15_000)
    assert demo[1].uploads["1"] == FIVE_MEGABYTES


def test_a_stumbling_server_is_asked_again(page: Page, demo: Demo, film: Path) -> None:
    demo[1].faults += [503, 502]

    _choose(page, demo, film)

    expect(page.locator("#evidence-1")).to_have_text("Arrived", timeout=15_000)


def test_the_same_file_chosen_after_a_reload_goes_on(page: Page, demo: Demo, film: Path) -> None:
    demo[1].cut_after, demo[1].closed = 1_000_000, True
    page.on("dialog", lambda dialog: dialog.accept())
    _choose(page, demo, film)
    expect(page.locator(".lc-upload__state")).to_contain_text("goes on by itself")

    demo[1].closed = False
    _choose(page, demo, film)

    expect(page.locator("#evidence-1")).to_have_text("Arrived", timeout=15_000)
    assert demo[1].uploads == {"1": FIVE_MEGABYTES}


def test_a_refused_file_says_why_and_the_next_one_goes_on(
    page: Page, demo: Demo, film: Path, tmp_path: Path
) -> None:
    web_page = tmp_path / "page.html"
    web_page.write_text("<p>")

    page.goto(f"{demo[0]}/demo?part=form")
    page.locator(".lc-upload__input").set_input_files([web_page, film])

    expect(page.locator(".lc-upload__state").first).to_have_text(
        "A web page cannot be shown safely. Save it as PDF."
    )
    expect(page.locator("#evidence-1")).to_have_text("Arrived")


def test_a_cancelled_upload_is_gone_on_both_sides(page: Page, demo: Demo, film: Path) -> None:
    demo[1].closed = True
    _choose(page, demo, film)
    expect(page.locator(".lc-upload__state")).to_contain_text("goes on by itself")

    page.get_by_role("button", name="Cancel night.mov").click()

    expect(page.locator(".lc-upload__file")).to_have_count(0)
    page.wait_for_timeout(200)
    assert demo[1].uploads == {}
