"""The whole path by mouse and keyboard: draft, hand in, return, revise, pass, verify, revoke."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from credentials.openbadges.baking import unbake_png
from tests.factories import files
from tests.factories.work import words
from tests.journeys.accessible import demand_accessible
from tests.journeys.conftest import Person
from tests.journeys.steps import (
    add_link,
    answer,
    check_and_hand_in,
    judge_oneself,
    level,
    pin,
    settle,
    unfold,
)
from tests.judges import judge_vc

pytestmark = pytest.mark.journey

#: Records two seconds of a moving picture in the browser itself: a real, playable video.
FILM = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240});
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: 'video/webm'});
  const parts = [];
  recorder.ondataavailable = event => parts.push(event.data);
  recorder.start();
  for (let i = 0; i < 20; i++) {
    pen.fillStyle = `hsl(${i * 18} 60% 50%)`;
    pen.fillRect(0, 0, 320, 240);
    await new Promise(done => setTimeout(done, 100));
  }
  await new Promise(done => { recorder.onstop = done; recorder.stop(); });
  return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()));
}"""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> dict[str, Path]:
    """A multi-page PDF printed by the browser, a phone's photo, a short video."""
    folder = tmp_path_factory.mktemp("evidence")
    page = chromium.new_page()
    sheets = "".join(
        f"<h1 style='break-before:page'>Dialogue {n}</h1><p>{words(120)}</p>" for n in range(1, 5)
    )
    page.set_content(f"<main>{sheets}</main>")
    (folder / "dialogues.pdf").write_bytes(page.pdf())
    (folder / "wall.heic").write_bytes(files.heic(1600, 1200))
    (folder / "read-back.webm").write_bytes(bytes(page.evaluate(FILM)))
    page.close()
    return {path.suffix[1:]: path for path in folder.iterdir()}


def test_from_first_word_to_revoked_badge(
    chromium: Browser, site: str, evidence: dict[str, Path], tmp_path: Path
) -> None:
    ada = Person(chromium, site, "ada")
    draft = write_and_lose_the_tab(ada)
    bring_evidence(ada, draft, evidence)
    hand_in_without_a_part_and_then_with_it(ada, draft)
    return_on_one_indicator(Person(chromium, site, "ben"))
    revise(ada)
    pass_it(Person(chromium, site, "bea"))
    png = download(ada, tmp_path)
    verify(chromium, site, png, "verified", "Verified")
    judged(site, png)
    changed = tmp_path / "changed.png"
    changed.write_bytes(alter(png.read_bytes()))
    verify(chromium, site, changed, "not-verified", "signature")
    revoke(Person(chromium, site, "dana"))
    verify(chromium, site, png, "not-verified", "revoked")
    assert judge_status(site, png) is False


def write_and_lose_the_tab(ada: Person) -> str:
    """Types, waits five seconds, crashes the tab; a new one has every word. Gives the draft."""
    page = ada.page
    page.goto("/lc/")
    demand_accessible(page, "honeycomb")
    page.goto("/lc/modules/I.1")
    demand_accessible(page, "module")
    page.get_by_role("button", name="Start").first.click()
    page.wait_for_url("**/lc/submissions/**")
    draft = page.url
    first = page.locator("textarea[data-lc-words]").first
    first.press_sequentially("We asked forty families first.", delay=15)
    page.wait_for_timeout(5000)
    kill(page)
    ada.page = ada.context.new_page()
    ada.page.goto(draft)
    again = ada.page.locator("textarea[data-lc-words]").first
    expect(again).to_have_value("We asked forty families first.")
    return draft


def kill(page: Page) -> None:
    """The tab's process dies; nothing of its goodbye runs."""
    with contextlib.suppress(Error):  # the tab that should answer is gone: that is the point
        page.goto("chrome://crash", timeout=3000)


def bring_evidence(ada: Person, draft: str, evidence: dict[str, Path]) -> None:
    page = ada.page
    chooser = page.locator("input[type=file]").first
    for number, kind in enumerate(("pdf", "heic", "webm"), start=1):
        chooser.set_input_files(evidence[kind])
        expect(page.locator("#evidence-list > li")).to_have_count(number, timeout=20_000)
    add_link(page, "https://docs.example.edu/profile-of-a-graduate", "Profile of a graduate")
    for number in range(3):
        item = page.locator("#evidence-list > li").nth(number)
        unfold(item)
        title = item.locator("input.lc-input[name$='.title']")
        title.fill(f"Dialogue material {number + 1}")
        title.blur()
    demand_accessible(page, "editor")
    pin(page, 0, "I.1.a", "page", "#page-", "2")
    pin(page, 2, "I.1.b", "time", "#time-", "0:01")
    pin(page, 3, "I.1.c", "whole")


def hand_in_without_a_part_and_then_with_it(ada: Person, draft: str) -> None:
    page = ada.page
    answers = page.locator("textarea[data-lc-words]")
    for number in range(answers.count() - 1):
        answer(answers.nth(number))
    judge_oneself(page)
    settle(page)
    page.get_by_role("link", name="Check and hand in").first.click()
    expect(page.get_by_role("heading", name="Not quite there")).to_be_visible()
    demand_accessible(page, "what is missing")
    missing = page.locator(".lc-missing a")
    expect(missing).to_have_count(1)
    missing.first.click()
    last = page.locator("textarea[data-lc-words]").last
    answer(last)
    settle(page)
    check_and_hand_in(page)
    page.wait_for_url(draft)
    demand_accessible(page, "status")


def claim(reviewer: Person) -> Page:
    page = reviewer.page
    page.goto("/lc/review")
    demand_accessible(page, "review desk")
    page.get_by_role("button", name="Claim I.1").first.click()
    page.wait_for_url("**/lc/review/*")
    return page


def return_on_one_indicator(ben: Person) -> None:
    page = claim(ben)
    body = page.content()
    assert "Ada" not in body
    assert "dialogues.pdf" not in body
    demand_accessible(page, "review")
    seen_in_the_page(page)
    for code in ("I.1.a", "I.1.c"):
        level(page, code, 3)
    level(page, "I.1.b", 2)
    page.locator("[id='I.1.b.comment']").fill(
        "The sentence on grading has no decision behind it. Show one decision of this term that "
        "it changed, with its date."
    )
    settle(page)
    page.get_by_role("button", name="See what it comes to").click()
    expect(page.get_by_role("heading", name="This goes back to the learner")).to_be_visible()
    demand_accessible(page, "what it comes to")
    page.get_by_role("button", name="Complete this review").click()
    page.wait_for_load_state()


def seen_in_the_page(page: Page) -> None:
    """PDF pages and the photo are pictures that loaded; the video plays in the page."""
    for picture in page.locator(".lc-review__evidence img").all()[:2]:
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("img => img.naturalWidth") > 100
    film = page.locator(".lc-review__evidence video").first
    film.scroll_into_view_if_needed()
    page.wait_for_function("video => video.readyState >= 1", arg=film.element_handle())


def revise(ada: Person) -> None:
    page = ada.page
    page.goto("/lc/notices")
    demand_accessible(page, "notices")
    page.goto("/lc/modules/I.1")
    page.goto("/lc/")
    page.get_by_role("link", name="feedback").first.click()
    told = page.locator("main").inner_text().split()
    first_words = " ".join(told[:80])
    assert "I.1.b" in first_words
    assert "Revise by" in first_words
    assert "Show one decision" in first_words
    demand_accessible(page, "feedback")
    page.get_by_role("button", name="Revise").first.click()
    page.wait_for_url("**/lc/submissions/**")
    film = page.locator("#evidence-list > li").nth(2)
    unfold(film)
    why = film.locator("textarea[name^='pin.']").first
    why.fill("Minute 0:01: the master schedule was changed on 3 March because of this sentence.")
    why.blur()
    settle(page)
    check_and_hand_in(page)
    page.wait_for_load_state()


def pass_it(bea: Person) -> None:
    page = claim(bea)
    assert page.locator("[data-lc-review-row]").count() == 1
    level(page, "I.1.b", 3)
    settle(page)
    page.get_by_role("button", name="See what it comes to").click()
    expect(page.get_by_role("heading", name="This passes")).to_be_visible()
    page.get_by_role("button", name="Complete this review").click()
    page.wait_for_load_state()


def download(ada: Person, folder: Path) -> Path:
    page = ada.page
    link = page.get_by_role("link", name="Download the badge")
    for _ in range(30):
        page.goto("/lc/my/badges")
        if link.count():
            break
        page.wait_for_timeout(500)
    demand_accessible(page, "my badges")
    with page.expect_download() as waiting:
        link.first.click()
    path = folder / "badge.png"
    waiting.value.save_as(path)
    return path


def verify(browser: Browser, site: str, png: Path, verdict: str, says: str) -> None:
    """Dora of the district, without an account."""
    page = browser.new_page(base_url=site)
    page.goto("/lc/verify")
    demand_accessible(page, "verify")
    page.set_input_files("input[type=file]", png)
    page.get_by_role("button", name="Verify").click()
    report = page.locator(".lc-report")
    expect(report).to_have_attribute("data-verdict", verdict)
    assert says.lower() in page.locator("main").inner_text().lower()
    demand_accessible(page, f"report: {verdict}")
    page.close()


def alter(png: bytes) -> bytes:
    """The same picture with one letter of the signed words changed, and honest check sums."""
    from credentials.openbadges.baking import bake_png

    signed = unbake_png(png)
    changed = signed.replace(b"trained reviewer", b"trained reviewed", 1)
    assert changed != signed
    return bake_png(png, changed)


def judged(site: str, png: Path) -> None:
    """npm @digitalbazaar/vc accepts the credential from that picture and refuses the altered."""
    credential = unbake_png(png.read_bytes())
    told = judge_vc(credential, did_of(site, credential), status_of(credential))
    assert (told["verified"], told["status"]) == (True, True), told
    altered = unbake_png(alter(png.read_bytes()))
    assert judge_vc(altered, did_of(site, credential))["verified"] is False


def judge_status(site: str, png: Path) -> bool | None:
    credential = unbake_png(png.read_bytes())
    status: bool | None = judge_vc(credential, did_of(site, credential), status_of(credential))[
        "status"
    ]
    return status


def did_of(site: str, credential: bytes) -> dict[str, object]:
    issuer = json.loads(credential)["issuer"]["id"].rpartition(":")[2]
    document: dict[str, object] = json.loads(get(f"{site}/lc/issuers/{issuer}/did.json"))
    return document


def status_of(credential: bytes) -> bytes:
    return get(json.loads(credential)["credentialStatus"]["statusListCredential"])


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  # loopback
        body: bytes = answer.read()
    return body


def revoke(dana: Person) -> None:
    page = dana.page
    page.goto("/lc/program")
    demand_accessible(page, "program desk")
    page.get_by_role("link", name="Passed").click()
    page.get_by_role("link", name="Ada").first.click()
    demand_accessible(page, "case")
    page.get_by_role("link", name="Revoke").click()
    demand_accessible(page, "revoke")
    page.fill("textarea[name=reason], input[name=reason]", "The evidence was another person's.")
    page.get_by_role("button", name="Revoke this badge").click()
    page.wait_for_load_state()
