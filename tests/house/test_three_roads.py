"""The verify page, the API and `lc verify` give one report on whatever is handed in."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from credentials.api.bundle import make_bundle
from credentials.cli import main
from credentials.data import Actor
from credentials.models import Badge, Program
from credentials.openbadges.codes import CODES
from credentials.views.verify_request import FILES
from tests.credentials.openbadges.issued import no_network
from tests.factories.badges import issued, revoked
from tests.house.handed_in import everything

pytestmark = pytest.mark.django_db

#: A fixed moment, so that the three do not differ by the second in which each was asked.
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
HANDED_IN = everything()
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def no_names_are_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world outside is away: at once, and the same for all three."""

    def away(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror("away")

    monkeypatch.setattr(socket, "getaddrinfo", away)


def by_page(data: bytes, **asked: str) -> Any:
    """What the page's form answers to whom JSON is better."""
    posted = {"file": SimpleUploadedFile("badge", data), "as_of": YESTERDAY, **asked}
    return Client().post("/lc/verify", posted, headers=JSON).json()


def by_api(data: bytes, kind: str = "application/octet-stream") -> Any:
    """What the API answers to the file as body."""
    return Client().post(f"/lc/api/verify?as_of={YESTERDAY}", data, content_type=kind).json()


def by_form(data: bytes, **asked: str) -> Any:
    """What the API answers to a form."""
    posted = {"badge": SimpleUploadedFile("badge", data), "as_of": YESTERDAY, **asked}
    return Client().post("/lc/api/verify", posted).json()


def by_command(data: bytes, folder: Path, capsys: pytest.CaptureFixture[str], *asked: str) -> Any:
    """What the command prints."""
    path = folder / "badge"
    path.write_bytes(data)
    main(["verify", "--json", "--as-of", YESTERDAY, *asked, str(path)])
    (found,) = json.loads(capsys.readouterr().out)
    return found


def report(found: Any) -> Any:
    """The report alone: without what it was called and when it was made."""
    return {name: part for name, part in found.items() if name not in {"source", "checked_at"}}


def codes(found: Any) -> set[str]:
    """Every code in a report and in those on the badges inside."""
    own = {one["code"] for one in found["findings"]}
    return own.union(*(codes(part) for part in found["parts"]))


@pytest.mark.parametrize("name", HANDED_IN)
def test_three_roads_end_in_one_report(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = HANDED_IN[name]

    page, api, form = report(by_page(data)), report(by_api(data)), report(by_form(data))
    command = report(by_command(data, tmp_path, capsys))

    assert (api, form, command) == (page, page, page)
    assert codes(page) - set(CODES) == set()


@pytest.mark.parametrize("kind", FILES)
def test_type_of_the_body_makes_no_difference(kind: str) -> None:
    data = HANDED_IN["by-key"]

    assert report(by_api(data, kind)) == report(by_page(data))


@pytest.mark.parametrize("whose", ["ada@example.edu", "urn:uuid:someone-else", " "])
def test_recipient_is_asked_about_alike(
    whose: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = HANDED_IN["by-key"]

    page, form = by_page(data, recipient=whose), by_form(data, recipient=whose)
    command = by_command(data, tmp_path, capsys, "--recipient", whose)

    assert report(form) == report(page) == report(command)


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge, signed here."""
    return issued(ada, ben)


@pytest.fixture
def picture(badge: Badge) -> bytes:
    """Her badge as she downloaded it."""
    return bytes(badge.png or b"")


def test_badge_of_this_installation_is_judged_alike(
    picture: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, api = report(by_page(picture)), report(by_api(picture))

    assert api == page == report(by_command(picture, tmp_path, capsys))


def test_badge_taken_back_is_judged_alike(
    badge: Badge, picture: bytes, dana: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revoked(badge, dana)

    page, api = report(by_page(picture)), report(by_api(picture))

    assert api == page == report(by_command(picture, tmp_path, capsys))
    assert page["verdict"] == "not verified"


def answers(found: Any) -> list[Any]:
    """(question, answer, code) of a report and of those on the badges inside."""
    own = [(one["question"], one["answer"], one["code"]) for one in found["findings"]]
    return [own, *(answers(part) for part in found["parts"])]


@pytest.mark.parametrize("name", HANDED_IN)
def test_bundle_of_the_same_knowledge_gives_the_same_answers(
    name: str, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = tmp_path / "bundle.json"
    bundle.write_bytes(make_bundle(fetch=no_network).data)
    data = HANDED_IN[name]

    offline = by_command(data, tmp_path, capsys, "--offline", str(bundle))

    assert answers(offline) == answers(by_page(data))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/badge.json",
        "http://stranger.example/badge.json",
        "https://stranger.example/badge.json",
    ],
)
def test_link_is_judged_alike(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"as_of": YESTERDAY}
    page = Client().post("/lc/verify", {"text": url, **asked}, headers=JSON).json()
    api = (
        Client()
        .post("/lc/api/verify", {"url": url, **asked}, content_type="application/json")
        .json()
    )
    main(["verify", "--json", "--as-of", YESTERDAY, url])
    (command,) = json.loads(capsys.readouterr().out)

    assert report(api) == report(page) == report(command)
    assert page["source"] == api["source"] == command["source"] == url


def test_page_for_a_person_shows_the_answers_of_the_report() -> None:
    data = HANDED_IN["by-key-altered"]
    posted = {"file": SimpleUploadedFile("badge", data), "as_of": YESTERDAY}

    page = Client().post("/lc/verify", posted, headers={"accept": "text/html"})

    told = [(one.code, one.reason) for _, one in page.context["findings"]]
    assert told == [(one["code"], one["reason"]) for one in by_api(data)["findings"]]
