"""The contract of docs/look.md: create, append, ask, cancel."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from credentials import api
from credentials.conf import conf
from credentials.data import Actor
from credentials.models import Evidence, Submission, Upload
from credentials.views import uploading
from tests.factories import files, work

ClientFor = Callable[[Actor], Client]
PDF = files.pdf("One", "Two")


@pytest.fixture
def browser(ada: Actor, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


@pytest.fixture
def draft(ada: Actor) -> UUID:
    """Ada's draft."""
    return work.draft(ada).uuid


def create(browser: Client, draft: UUID, size: float = len(PDF), name: str = "a.pdf") -> Any:
    document = {"name": name, "size": size, "type": "text/html"}
    return browser.post(
        f"/lc/submissions/{draft}/uploads", document, content_type="application/json"
    )


def append(browser: Client, url: str, offset: int, content: bytes) -> HttpResponse:
    return browser.patch(
        url,
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_create_answers_where_to_send_what(browser: Client, draft: UUID) -> None:
    response = create(browser, draft)

    upload = Upload.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "upload": str(upload.uuid),
            "url": f"/lc/uploads/{upload.uuid}",
            "offset": 0,
            "chunk": 2 * 1024 * 1024,
        },
    )


def test_chunk_is_acknowledged_and_the_last_one_brings_the_evidence(
    browser: Client, draft: UUID
) -> None:
    url = create(browser, draft).json()["url"]

    first = append(browser, url, 0, PDF[:200])
    last = append(browser, url, 200, PDF[200:])

    item = Evidence.objects.get()
    assert (first.status_code, first["Upload-Offset"]) == (204, "200")
    assert (last.status_code, last["Upload-Offset"]) == (200, str(len(PDF)))
    assert last.json()["evidence"] == {"id": str(item.uuid)}
    assert f'<li class="lc-evidence__item" id="evidence-{item.uuid}"' in last.json()["html"]


def test_lost_final_answer_can_be_asked_for_again(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]
    first = append(browser, url, 0, PDF)

    asked = browser.head(url)
    again = append(browser, url, len(PDF), b"")

    assert asked["Upload-Offset"] == asked["Upload-Length"] == str(len(PDF))
    assert again.json()["evidence"] == first.json()["evidence"]


def test_wrong_offset_is_409_with_the_right_one(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]
    append(browser, url, 0, PDF[:200])

    response = append(browser, url, 0, PDF[:200])

    assert (response.status_code, response["Upload-Offset"]) == (409, "200")


class BrokenConnection(io.BytesIO):
    """Gives what it has and then fails, as a socket does when the phone leaves the network."""

    def read(self, size: int | None = -1) -> bytes:
        if piece := super().read(size):
            return piece
        raise ConnectionResetError


def test_broken_connection_keeps_what_arrived(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]

    response = browser.patch(
        url,
        PDF,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
        **{"wsgi.input": BrokenConnection(PDF[:50])},
    )

    assert response.status_code == 400
    assert browser.head(url)["Upload-Offset"] == "50"


@pytest.mark.parametrize(
    ("size", "status", "words"),
    [
        (0, 422, "is empty"),
        (float("inf"), 422, "could not be read"),
        (conf().max_file_bytes + 1, 413, "has 100.1 MB; files up to 100 MB are taken"),
    ],
)
def test_size_is_refused_with_a_sentence(
    browser: Client, draft: UUID, size: float, status: int, words: str
) -> None:
    response = create(browser, draft, size=size)

    assert response.status_code == status
    assert words in response.json()["error"]


def test_refused_content_says_why_and_is_gone(browser: Client, draft: UUID) -> None:
    content = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    url = create(browser, draft, size=len(content), name="picture.png").json()["url"]

    response = append(browser, url, 0, content)

    assert response.status_code == 422
    assert response.json()["error"].startswith("SVG drawings can carry programs")
    assert browser.head(url).status_code == 404


def test_chunk_that_is_too_large_is_refused(
    browser: Client, draft: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LARGEST_CHUNK", 10)
    url = create(browser, draft).json()["url"]

    assert append(browser, url, 0, PDF).status_code == 422


def test_request_that_is_no_piece_is_refused(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]

    response = browser.patch(url, b"abc", content_type="application/json")

    assert response.status_code == 422


def test_cancelled_upload_is_gone(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]

    first, second = browser.delete(url), browser.delete(url)

    assert (first.status_code, second.status_code) == (204, 204)
    assert browser.head(url).status_code == 404


def test_upload_ends_for_good_when_the_attempt_is_handed_in(browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]
    Submission.objects.update(state="submitted")

    answers = [append(browser, url, 0, PDF), browser.head(url), create(browser, draft)]

    assert [a.status_code for a in answers] == [403, 403, 403]


@pytest.mark.parametrize(
    ("name", "status"), [("al", 404), ("ben", 403), ("cem", 404), ("dana", 403)]
)
def test_nobody_else_can_touch_an_upload(
    browser: Client,
    draft: UUID,
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    name: str,
    status: int,
) -> None:
    url = create(browser, draft).json()["url"]
    other = client_for(request.getfixturevalue(name))

    answers = [append(other, url, 0, PDF), other.head(url), create(other, draft)]
    other.delete(url)

    assert [a.status_code for a in answers] == [status] * 3
    assert Upload.objects.count() == 1


def test_cross_site_piece_is_refused(ada: Actor, browser: Client, draft: UUID) -> None:
    url = create(browser, draft).json()["url"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert append(strict, url, 0, PDF).status_code == 403


def test_large_file_is_never_held_whole(browser: Client, draft: UUID) -> None:
    assert uploading.PIECE < api.LARGEST_CHUNK < conf().max_file_bytes
