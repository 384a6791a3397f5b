"""Evidence by plain forms: all works without the script, and errors stand beside the field."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from credentials import api
from credentials.data import Actor, EvidenceView
from credentials.models import Evidence
from tests.factories import files, work
from tests.factories.evidence import bring

ClientFor = Callable[[Actor], Client]


@pytest.fixture
def browser(ada: Actor, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


@pytest.fixture
def draft(ada: Actor) -> UUID:
    """Ada's draft."""
    return work.draft(ada).uuid


@pytest.fixture
def slides(ada: Actor, draft: UUID) -> EvidenceView:
    """A PDF of two pages in it."""
    return bring(ada, draft, files.pdf("One", "Two"), "slides.pdf")


def test_file_link_and_text_are_added_by_form(browser: Client, draft: UUID) -> None:
    address = f"/lc/submissions/{draft}/evidence"

    file = SimpleUploadedFile("a.png", files.png(), content_type="text/html")
    answers = [
        browser.post(address, {"kind": "file", "file": file}),
        browser.post(address, {"kind": "link", "url": "docs.example.org/x", "title": "Plan"}),
        browser.post(address, {"kind": "text", "title": "Notes", "body": "One\r\ntwo"}),
    ]

    items = Evidence.objects.all()
    assert [i.kind for i in items] == ["file", "link", "text"]
    assert [a["Location"] for a in answers] == [
        f"/lc/submissions/{draft}#evidence-{item.uuid}" for item in items
    ]


def test_signs_that_no_database_takes_are_left_out(
    ada: Actor, browser: Client, draft: UUID
) -> None:
    address = f"/lc/submissions/{draft}/evidence"
    browser.post(address, {"kind": "text", "title": "No\0tes", "body": "One\0 two"})
    item = api.submission(ada, submission=draft).evidence[0]
    words = {"indicator": "I.1.a", "place": "quote", "quote": "One\0 two", "why": "So\0."}

    browser.post(f"/lc/evidence/{item.uuid}/pins", words)

    pin = api.one_evidence(ada, evidence=item.uuid).pins[0]
    assert (item.title.text, item.body.text) == ("Notes", "One two")
    assert (pin.quote, pin.why.text) == ("One two", "So.")


def test_refused_file_comes_back_with_the_sentence(browser: Client, draft: UUID) -> None:
    file = SimpleUploadedFile("a.pdf", b"<html>", content_type="application/pdf")

    response = browser.post(f"/lc/submissions/{draft}/evidence", {"kind": "file", "file": file})

    assert response.status_code == 422
    assert b"This is a web page (HTML)" in response.content
    assert Evidence.objects.count() == 0


def test_refused_link_comes_back_filled_in(browser: Client, draft: UUID) -> None:
    sent = {"kind": "link", "url": "javascript:alert(1)", "title": "Our plan"}

    response = browser.post(f"/lc/submissions/{draft}/evidence", sent)

    assert response.status_code == 422
    assert b'value="Our plan"' in response.content
    assert b'id="link-url-error"' in response.content


def test_form_without_a_file_says_so(browser: Client, draft: UUID) -> None:
    response = browser.post(f"/lc/submissions/{draft}/evidence", {"kind": "file"})

    assert response.status_code == 422
    assert b"Choose a file first." in response.content


def test_description_and_texts_are_saved_by_form(
    ada: Actor, browser: Client, draft: UUID, slides: EvidenceView
) -> None:
    sent = {
        slides.title.key: "Slides of the vision night",
        f"revision.{slides.title.key}": "0",
        slides.my_part.key: "I led it.",
        "artifact": "meeting",
        "group_work": "on",
    }

    browser.post(f"/lc/evidence/{slides.uuid}", sent)

    item = api.one_evidence(ada, evidence=slides.uuid)
    assert (item.title.text, item.my_part.text) == ("Slides of the vision night", "I led it.")
    assert (item.artifact, item.group_work) == ("meeting", True)


def test_description_is_saved_by_the_script(
    ada: Actor, browser: Client, slides: EvidenceView
) -> None:
    document = {"key": "evidence.x", "fields": {"artifact": "plan", "group_work": "on"}}

    response = browser.post(
        f"/lc/evidence/{slides.uuid}", document, content_type="application/json"
    )

    assert response.json()["revision"] == 1
    assert api.one_evidence(ada, evidence=slides.uuid).artifact == "plan"


def test_pin_is_added_changed_and_removed_by_form(
    ada: Actor, browser: Client, slides: EvidenceView
) -> None:
    sent = {"indicator": "I.1.a", "place": "page", "page": "2", "why": "It shows who spoke."}
    browser.post(f"/lc/evidence/{slides.uuid}/pins", sent)
    pin = api.one_evidence(ada, evidence=slides.uuid).pins[0]

    browser.post(f"/lc/pins/{pin.uuid}", {"indicator": "I.1.b", "place": "whole"})
    changed = api.one_evidence(ada, evidence=slides.uuid).pins[0]
    browser.post(f"/lc/pins/{pin.uuid}/remove")

    assert (pin.page, pin.why.text) == (2, "It shows who spoke.")
    assert (changed.indicator, changed.locator, changed.page) == ("I.1.b", "whole", None)
    assert api.one_evidence(ada, evidence=slides.uuid).pins == ()


def test_pin_to_a_page_that_is_not_there_comes_back_filled_in(
    browser: Client, slides: EvidenceView
) -> None:
    sent = {"indicator": "I.1.b", "place": "page", "page": "9", "why": "Because we asked."}

    response = browser.post(f"/lc/evidence/{slides.uuid}/pins", sent)

    assert response.status_code == 422
    assert b"This file has 2 pages; there is no page 9." in response.content
    assert b"Because we asked." in response.content
    assert b'<option value="I.1.b" selected>' in response.content


def test_time_that_cannot_be_read_comes_back(ada: Actor, browser: Client, draft: UUID) -> None:
    item = bring(ada, draft, files.film(90))
    sent = {"indicator": "I.1.a", "place": "time", "time": "soon"}

    response = browser.post(f"/lc/evidence/{item.uuid}/pins", sent)

    assert response.status_code == 422
    assert "“soon” is not a time" in response.content.decode()


def test_script_gets_the_changed_piece(browser: Client, slides: EvidenceView) -> None:
    sent = {"indicator": "I.1.a", "place": "quote", "quote": "not in it"}

    response = browser.post(
        f"/lc/evidence/{slides.uuid}/pins", sent, headers={"Accept": "application/json"}
    )

    assert response.status_code == 201
    assert response.json()["notes"][0].startswith("These words were not found")
    assert "not in it" in response.json()["html"]


def test_move_and_remove_lead_back_to_the_list(
    ada: Actor, browser: Client, draft: UUID, slides: EvidenceView
) -> None:
    text = api.add_text(ada, submission=draft)

    browser.post(f"/lc/evidence/{text.uuid}/move", {"to": "up"})
    response = browser.post(f"/lc/evidence/{slides.uuid}/remove")

    assert response["Location"] == f"/lc/submissions/{draft}#evidence"
    assert [i.uuid for i in api.submission(ada, submission=draft).evidence] == [text.uuid]


def test_unfinished_upload_stands_in_the_editor_and_can_be_forgotten(
    ada: Actor, browser: Client, draft: UUID
) -> None:
    upload = api.begin_upload(ada, submission=draft, name="night.mov", size=10)

    page = browser.get(f"/lc/submissions/{draft}")
    browser.post(f"/lc/uploads/{upload.uuid}/cancel")

    assert b"night.mov" in page.content
    assert api.unfinished_uploads(ada, submission=draft) == ()


@pytest.mark.parametrize("path", ["", "/move", "/remove", "/pins"])
def test_evidence_of_another_is_not_there(
    slides: EvidenceView, al: Actor, client_for: ClientFor, path: str
) -> None:
    response = client_for(al).post(f"/lc/evidence/{slides.uuid}{path}", {"place": "whole"})

    assert response.status_code == 404


@pytest.mark.parametrize("path", ["", "/move", "/remove", "/pins"])
def test_changes_are_posts_only(browser: Client, slides: EvidenceView, path: str) -> None:
    assert browser.get(f"/lc/evidence/{slides.uuid}{path}").status_code == 405
