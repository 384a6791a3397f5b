"""Evidence is shown to its owner and to a reviewer who holds it, and to nobody else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone
from PIL import Image

from credentials import api
from credentials.data import Actor, EvidenceView
from credentials.models import Review, StoredFile
from tests.factories import files, work
from tests.factories.evidence import bring, handed_in

ClientFor = Callable[[Actor], Client]
ROUTES = ["", "/pages/1.png", "/pages/1.txt"]
SAFE = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def address(item: EvidenceView, route: str = "") -> str:
    assert item.file is not None
    return f"/lc/files/{item.file.uuid}{route}"


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.fixture
def slides(ada: Actor, ben: Actor) -> EvidenceView:
    """Ada's PDF, handed in and claimed by Ben."""
    made, item = handed_in(ada, files.pdf("One wish", "Two"), "Ada Example slides.pdf")
    api.claim(ben, submission=made.uuid)
    return item


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 200), ("ben", 200), ("al", 404), ("bea", 404), ("cem", 404), ("dana", 404)],
)
def test_who_sees_a_file(
    slides: EvidenceView,
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    name: str,
    status: int,
) -> None:
    client = client_for(request.getfixturevalue(name))

    answers = [client.get(address(slides, route)) for route in ROUTES]
    for answer in answers:
        body(answer)

    assert [answer.status_code for answer in answers] == [status] * 3


def test_nobody_without_a_sign_in_sees_a_file(slides: EvidenceView, client: Client) -> None:
    answers = [client.get(address(slides, route)) for route in ROUTES]

    assert {a["Location"].partition("?")[0] for a in answers} == {"/accounts/login/"}


def test_claim_that_ran_out_shows_nothing_any_more(
    slides: EvidenceView, ben: Actor, client_for: ClientFor
) -> None:
    Review.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert client_for(ben).get(address(slides)).status_code == 404


def test_completed_review_still_shows_what_it_rests_on(
    ada: Actor, ben: Actor, client_for: ClientFor
) -> None:
    made, item = handed_in(ada, files.pdf("One"), "a.pdf")
    work.reviewed(ben, made)

    response = client_for(ben).get(address(item))

    assert (response.status_code, body(response)) == (200, files.pdf("One"))


def test_withdrawn_work_is_closed_to_reviewers(
    slides: EvidenceView, ada: Actor, ben: Actor, client_for: ClientFor
) -> None:
    api.withdraw(ada, submission=api.submission_of(ada, evidence=slides.uuid))

    assert client_for(ben).get(address(slides)).status_code == 404


def test_file_in_which_a_scanner_found_something_is_closed(
    slides: EvidenceView, ben: Actor, client_for: ClientFor
) -> None:
    StoredFile.objects.update(scan="infected")

    assert client_for(ben).get(address(slides)).status_code == 409


def test_pdf_is_sent_as_an_attachment_under_a_neutral_name(
    slides: EvidenceView, ben: Actor, client_for: ClientFor
) -> None:
    response = client_for(ben).get(address(slides))

    assert body(response) == files.pdf("One wish", "Two")
    assert response["Content-Disposition"] == 'attachment; filename="evidence-2.pdf"'
    assert {name: response[name] for name in SAFE} == SAFE


def test_owner_gets_the_file_under_its_own_name(
    slides: EvidenceView, ada: Actor, client_for: ClientFor
) -> None:
    response = client_for(ada).get(address(slides))
    body(response)

    assert response["Content-Disposition"] == 'attachment; filename="Ada Example slides.pdf"'


def test_page_is_an_image_and_a_text(
    slides: EvidenceView, ben: Actor, client_for: ClientFor
) -> None:
    client = client_for(ben)

    image = client.get(address(slides, "/pages/2.png"))
    text = client.get(address(slides, "/pages/1.txt"))

    assert Image.open(io.BytesIO(image.content)).format == "PNG"
    assert (image["Content-Type"], text["Content-Type"]) == (
        "image/png",
        "text/plain; charset=utf-8",
    )
    assert text.content.strip() == b"One wish"
    assert {name: image[name] for name in SAFE} == SAFE
    assert {name: text[name] for name in SAFE} == SAFE


def test_page_is_drawn_once(
    slides: EvidenceView, ben: Actor, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(ben)
    first = client.get(address(slides, "/pages/2.png"))
    monkeypatch.setattr("credentials.files.apart.PAGE_SECONDS", 0.0)

    second = client.get(address(slides, "/pages/2.png"))

    assert second.content == first.content


def test_what_a_restore_left_out_is_made_again(
    ada: Actor, slides: EvidenceView, client_for: ClientFor
) -> None:
    name = StoredFile.objects.get().storage_name
    storages["lc_evidence"].delete(f"{name}.d/texts.json")

    assert client_for(ada).get(address(slides, "/pages/1.txt")).content.strip() == b"One wish"


@pytest.mark.parametrize("route", ["/pages/0.png", "/pages/3.png", "/pages/3.txt", "/preview"])
def test_part_that_is_not_there_is_not_found(
    slides: EvidenceView, ben: Actor, client_for: ClientFor, route: str
) -> None:
    assert client_for(ben).get(address(slides, route)).status_code == 404


def test_reviewer_gets_the_copy_of_a_photo_and_its_owner_the_original(
    ada: Actor, ben: Actor, client_for: ClientFor
) -> None:
    photo = files.photo() + b"<html><script>alert(1)</script>"
    made, item = handed_in(ada, photo, "Ada at home.jpg")
    api.claim(ben, submission=made.uuid)

    seen = client_for(ben).get(address(item))
    own = client_for(ada).get(address(item))

    content = body(seen)
    assert body(own) == photo
    assert b"telephone" not in content
    assert b"<script" not in content
    assert (seen["Content-Type"], seen["Content-Disposition"]) == (
        "image/jpeg",
        'inline; filename="evidence-2.jpg"',
    )


def test_heic_is_shown_as_its_copy_only(ada: Actor, client_for: ClientFor) -> None:
    item = bring(ada, work.draft(ada).uuid, files.heic(), "wall.heic")
    client = client_for(ada)

    preview, original = client.get(address(item, "/preview")), client.get(address(item))

    assert preview["Content-Type"] == "image/jpeg"
    assert original["Content-Disposition"] == 'attachment; filename="wall.heic"'
    assert body(preview)[:2] == b"\xff\xd8"
    assert body(original) == files.heic()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.csv(), "text/csv"),
        (
            files.office("docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_documents_are_only_downloaded(
    ada: Actor, client_for: ClientFor, content: bytes, media_type: str
) -> None:
    item = bring(ada, work.draft(ada).uuid, content, "plan")

    response = client_for(ada).get(address(item), headers={"Range": "bytes=0-3"})

    assert (response.status_code, body(response)) == (200, content)
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith("attachment")


def test_player_gets_the_part_it_asks_for(ada: Actor, client_for: ClientFor) -> None:
    film = files.recording("short.mp4")
    item = bring(ada, work.draft(ada).uuid, film)

    response = client_for(ada).get(address(item), headers={"Range": "bytes=100-299"})

    assert (response.status_code, body(response)) == (206, film[100:300])
    assert response["Content-Range"] == f"bytes 100-299/{len(film)}"
    assert (response["Content-Length"], response["Accept-Ranges"]) == ("200", "bytes")


def test_part_behind_the_end_is_416(ada: Actor, client_for: ClientFor) -> None:
    item = bring(ada, work.draft(ada).uuid, files.wav())

    response = client_for(ada).get(address(item), headers={"Range": "bytes=99999999-"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(files.wav())}"


def test_part_of_another_version_is_answered_whole(ada: Actor, client_for: ClientFor) -> None:
    item = bring(ada, work.draft(ada).uuid, files.wav())

    response = client_for(ada).get(
        address(item), headers={"Range": "bytes=0-3", "If-Range": '"another"'}
    )

    assert (response.status_code, len(body(response))) == (200, len(files.wav()))


def test_head_tells_the_size_without_reading(ada: Actor, client_for: ClientFor) -> None:
    item = bring(ada, work.draft(ada).uuid, files.wav())

    response = client_for(ada).head(address(item))

    assert (response.content, response["Content-Length"]) == (b"", str(len(files.wav())))


def test_no_file_name_reaches_the_review_page(
    slides: EvidenceView, ben: Actor, client_for: ClientFor
) -> None:
    review = Review.objects.get()

    page = client_for(ben).get(f"/lc/review/{review.uuid}")

    assert page.status_code == 200
    assert b"Ada" not in page.content
    assert b"slides.pdf" not in page.content
    assert b"One wish" in page.content
