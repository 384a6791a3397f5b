"""Dora's pages, in every state: what anyone sees of a badge, and the report on what is handed in.

Whatever is handed in here can be checked without a network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from credentials import api
from credentials.api import forms
from credentials.api.trust import import_trust_list
from credentials.data import Actor
from credentials.models import Badge
from credentials.openbadges import CredentialContent, credential_document, sign
from tests.credentials.openbadges.endorsed import (
    ENDORSEMENT,
    UNIVERSITY_KEY,
    endorsed_by_university,
    with_endorsements,
)
from tests.credentials.openbadges.issued import AWARDED, CONTENT, KEY, OTHER_KEY
from tests.factories.badges import issued, revoked
from tests.journeys.accessible import demand_accessible_day_and_night

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HandIn = Callable[[str, bytes], Page]

#: Issuers whose name is their key: nothing has to be fetched to check them.
RIDGELINE, UNIVERSITY, STRANGER = (
    f"did:key:{key.public_multibase}" for key in (KEY, UNIVERSITY_KEY, OTHER_KEY)
)
LIST = {
    "name": "State list of programs",
    "publisher": "State Agency",
    "dated": "2026-01-01",
    "entries": [
        {"issuer": RIDGELINE, "legal_name": "Ridgeline District", "from": "2026-01-01"},
        {"issuer": UNIVERSITY, "legal_name": "State University", "from": "2026-01-01"},
    ],
}


def ridgeline(content: CredentialContent = CONTENT, issuer: str = RIDGELINE) -> bytes:
    """A badge of an issuer that the state's list has, or of another, with nothing to fetch."""
    said = replace(content, issuer=replace(content.issuer, id=issuer), alignments=())
    document = credential_document(said)
    del document["credentialStatus"]
    key = KEY if issuer == RIDGELINE else OTHER_KEY
    return sign(
        document, key, verification_method=f"{issuer}#{key.public_multibase}", created=AWARDED
    )


def university(comment: str = ENDORSEMENT.comment) -> bytes:
    """Its endorsement."""
    issuer = replace(ENDORSEMENT.issuer, id=UNIVERSITY)
    return endorsed_by_university(
        replace(ENDORSEMENT, issuer=issuer, comment=comment), signer=UNIVERSITY
    )


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Dora's browser; she has no account."""
    context = chromium.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def hand_in(page: Page) -> HandIn:
    """Dora chooses a file and asks."""

    def verify(name: str, data: bytes) -> Page:
        page.goto("/lc/verify")
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        page.get_by_label("The badge as a file").set_input_files([file])
        page.get_by_role("button", name="Verify").click()
        return page

    return verify


def demand_report(page: Page, headline: str) -> None:
    """A report that says this first, in both widths and schemes."""
    expect(page.locator(".lc-report__verdict")).to_have_text(headline)
    demand_accessible_day_and_night(page, f"report {headline}")


def test_form_is_accessible_before_and_after_a_mistake(page: Page, db: None) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/lc/verify")
    demand_accessible_day_and_night(page, "verify form")

    page.get_by_text("Ask about a person").click()
    page.get_by_label("Or its link").fill("{}")
    page.get_by_label("Whose badge").fill("x" * 400)
    page.get_by_role("button", name="Verify").click()

    expect(page.locator(".lc-errors")).to_be_focused()
    demand_accessible_day_and_night(page, "verify form with a mistake")


def test_report_on_each_form_of_a_good_badge_is_accessible(hand_in: HandIn, badge: Badge) -> None:
    for name, data in (
        ("badge.png", bytes(badge.png or b"")),
        ("badge-2.0.png", forms.older_png(badge=badge.uuid).body),
        ("badge.jwt", forms.badge_token(badge=badge.uuid).body),
    ):
        page = hand_in(name, data)
        expect(page.locator(".lc-report__verdict")).to_have_text("Verified")
        demand_accessible_day_and_night(page, f"report {name}")


def test_report_on_what_others_add_to_a_badge_is_accessible(hand_in: HandIn, db: None) -> None:
    import_trust_list(raw=json.dumps(LIST).encode())
    false = university().replace(b"three", b"seven")

    page = hand_in("badge.json", ridgeline(with_endorsements(university())))
    demand_report(page, "Verified")
    page = hand_in("badge.json", ridgeline(with_endorsements(false)))
    demand_report(page, "It claims support that it does not have")
    page = hand_in("endorsement.json", university())
    demand_report(page, "An endorsement, verified: it is not a badge")


def test_report_on_a_record_and_on_released_scores_is_accessible(
    hand_in: HandIn, ada: Actor, ben: Actor, dana: Actor, badge: Badge
) -> None:
    second = issued(ada, ben, "I.2")
    record = api.my_record(ada).document
    address = api.release_scores(ada, award=badge.award.uuid).address

    page = hand_in("my-badges.json", record)
    demand_report(page, "Verified: a record of 2 badges")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".lc-more[open]")).to_have_count(2)  # paper cannot be unfolded
    revoked(second, dana)
    page = hand_in("my-badges.json", record)
    demand_report(page, "Do not rely on 1 of the 2 badges in this record")
    page.goto(f"/lc/verify?badge={address}")
    expect(page.get_by_text("Results it reports")).to_be_visible()
    demand_accessible_day_and_night(page, "report released scores")


def test_report_on_what_cannot_be_relied_on_is_accessible(
    hand_in: HandIn, dana: Actor, badge: Badge
) -> None:
    revoked(badge, dana)
    import_trust_list(raw=json.dumps(LIST).encode())
    unbroken = replace(CONTENT.achievement, name="Vision" * 100, description="x" * 900)

    page = hand_in("badge.png", bytes(badge.png or b""))
    demand_report(page, "Revoked: its issuer has taken it back")
    page = hand_in("screenshot.png", b"<html>" + b"no badge " * 99)
    page.get_by_text("The other questions").click()
    demand_report(page, "No badge could be read")
    page = hand_in("n" * 200 + ".json", ridgeline(replace(CONTENT, achievement=unbroken), STRANGER))
    demand_report(page, "Genuine, but its issuer is not approved here")


def test_page_of_a_badge_is_accessible_in_every_state(
    page: Page, ada: Actor, dana: Actor, badge: Badge
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/lc/badges/{badge.uuid}")
    demand_accessible_day_and_night(page, "badge in force")

    api.show_name(ada, award=badge.award.uuid, on=True)
    revoked(badge, dana)
    page.reload()

    expect(page.get_by_role("alert")).to_contain_text("Revoked on")
    demand_accessible_day_and_night(page, "badge revoked")
