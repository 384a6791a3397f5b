"""Dora's program verifies: the file, a form or a link in, the report as JSON out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from credentials.api import verification
from credentials.conf import conf
from credentials.data import Actor
from credentials.models import Badge
from credentials.views.problem import PROBLEM_TYPE
from credentials.views.throttle import asker as found
from credentials.views.verify_request import FILES
from tests.factories.badges import issued

API = "/lc/api/verify"


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def document(badge: Badge) -> bytes:
    """Its signed bytes."""
    return bytes(badge.document or b"")


@pytest.fixture
def dora(db: None) -> Client:
    """A program without a cookie, whose requests need no token."""
    return Client(enforce_csrf_checks=True)


def send(dora: Client, data: bytes, kind: str, path: str = API) -> HttpResponse:
    """The file as the body."""
    answer: Any = dora.post(path, data, content_type=kind)
    return answer


def ask(dora: Client, **asked: Any) -> HttpResponse:
    """A few words of JSON."""
    return send(dora, json.dumps(asked).encode(), "application/json")


def told(answer: HttpResponse) -> Any:
    """What a JSON answer says."""
    return json.loads(answer.content)


def refusal(answer: HttpResponse) -> tuple[int, str]:
    """(status, code) of a problem document."""
    assert answer["Content-Type"] == PROBLEM_TYPE
    assert told(answer)["status"] == answer.status_code
    return answer.status_code, told(answer)["code"]


def test_picture_as_body_verifies(dora: Client, badge: Badge) -> None:
    answer = send(dora, bytes(badge.png or b""), "image/png")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert told(answer)["verdict"] == "verified"


@pytest.mark.parametrize("kind", FILES)
def test_kind_is_told_from_the_content(dora: Client, document: bytes, kind: str) -> None:
    assert told(send(dora, document, kind))["verdict"] == "verified"


def test_altered_badge_is_an_answer_not_an_error(dora: Client, document: bytes) -> None:
    answer = send(dora, document.replace(b"Vision", b"Visiom", 1), "application/json")

    assert (answer.status_code, told(answer)["verdict"]) == (200, "not verified")


def test_form_with_a_file_and_questions(dora: Client, badge: Badge) -> None:
    file = SimpleUploadedFile("badge.png", bytes(badge.png or b""))

    answer = dora.post(API, {"badge": file, "recipient": f"urn:uuid:{badge.subject}"})

    assert told(answer)["source"] == "badge.png"
    assert told(answer)["findings"][6]["code"] == "same-id"


def test_form_with_text(dora: Client, document: bytes) -> None:
    assert told(dora.post(API, {"badge": document.decode()}))["verdict"] == "verified"


def test_link_in_json_in_text_and_in_a_form(dora: Client, badge: Badge) -> None:
    url = f"https://badges.example.edu/lc/badges/{badge.uuid}"

    answers = [
        ask(dora, url=url),
        send(dora, url.encode(), "text/plain"),
        dora.post(API, {"url": url}),
        dora.post(API, {"badge": url}),
    ]

    assert [told(one)["verdict"] for one in answers] == ["verified"] * 4
    assert {told(one)["source"] for one in answers} == {url}


def test_badge_as_text_in_json_with_questions(dora: Client, badge: Badge, document: bytes) -> None:
    answer = ask(dora, badge=document.decode(), recipient="urn:uuid:someone-else")

    assert told(answer)["findings"][6]["code"] == "someone-else"


def test_earlier_day_is_asked_about_in_each_way(dora: Client, document: bytes) -> None:
    day = (datetime.now(UTC) - timedelta(days=400)).date().isoformat()

    answers = [
        send(dora, document, "application/json", f"{API}?as_of={day}"),
        ask(dora, badge=document.decode(), as_of=day),
        dora.post(API, {"badge": SimpleUploadedFile("b.json", document), "as_of": day}),
    ]

    assert [told(one)["as_of"] for one in answers] == [f"{day}T23:59:59Z"] * 3
    assert [told(one)["findings"][4]["code"] for one in answers] == ["not-yet"] * 3


def test_address_that_must_not_be_fetched_is_not(dora: Client) -> None:
    answer = ask(dora, url="https://127.0.0.1/badge.json")

    assert told(answer)["verdict"] == "could not check"
    assert told(answer)["findings"][0]["code"] == "not-fetched"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"url": "ftp://example.org/badge"}, "no-link"),
        ({"url": "https://example.org/" + "x" * 3000}, "too-long"),
        ({"url": "https://example.org/", "badge": "{}"}, "both"),
        ({"url": ""}, "nothing"),
        ({"url": 5}, "not-text"),
        ({"badge": {}}, "not-text"),
        ({"badge": "{}", "recipient": 5}, "not-text"),
        ({"badge": "{}", "recipient": "x" * 400}, "too-long"),
        ({"badge": "{}", "as_of": "yesterday"}, "as-of"),
        ({"badge": "{}", "as_of": "2999-01-01"}, "as-of"),
    ],
)
def test_question_that_cannot_be_used_says_what_to_do(
    dora: Client, asked: dict[str, Any], code: str
) -> None:
    assert refusal(ask(dora, **asked)) == (422, code)


def test_nothing_at_all_is_refused(dora: Client) -> None:
    assert refusal(send(dora, b"", "application/json")) == (422, "nothing")
    assert refusal(send(dora, b"  \n", "text/plain")) == (422, "nothing")
    assert refusal(dora.post(API, {})) == (422, "nothing")
    assert refusal(dora.post(API, {"badge": SimpleUploadedFile("b.json", b" ")})) == (
        422,
        "nothing",
    )


def test_file_and_link_in_one_form_are_refused(dora: Client, document: bytes) -> None:
    file = SimpleUploadedFile("b.json", document)

    answer: Any = dora.post(API, {"badge": file, "url": "https://example.org/badge"})

    assert refusal(answer) == (422, "both")


def test_type_of_the_body_has_to_be_said(dora: Client, document: bytes) -> None:
    assert refusal(send(dora, document, "application/x-www-form-urlencoded")) == (
        415,
        "unknown-type",
    )


def test_recipient_in_the_address_is_refused_because_addresses_are_logged(
    dora: Client, document: bytes
) -> None:
    answer = send(dora, document, "application/json", f"{API}?recipient=ada@example.edu")

    assert refusal(answer) == (422, "recipient-in-address")


def test_file_above_ten_megabytes_is_refused(dora: Client) -> None:
    data = bytes(verification.MAX_BYTES + 1)

    assert refusal(send(dora, data, "image/png")) == (413, "too-large")
    assert refusal(dora.post(API, {"badge": SimpleUploadedFile("b.png", data)})) == (
        413,
        "too-large",
    )


def test_announced_size_beyond_the_bound_is_not_even_read(dora: Client) -> None:
    answer: Any = dora.post(
        API, b"{}", content_type="image/png", headers={"content-length": "99999999999"}
    )

    assert refusal(answer) == (413, "too-large")


@pytest.mark.parametrize(
    "body", [b"no boundary at all", b'--x\r\nContent-Disposition: form-data; name="badge"\r\n']
)
def test_form_that_is_damaged_gets_an_answer(dora: Client, body: bytes) -> None:
    answer = send(dora, body, "multipart/form-data; boundary=x")

    assert refusal(answer) == (422, "nothing")


def test_form_without_its_boundary_is_refused(dora: Client) -> None:
    assert refusal(send(dora, b"{}", "multipart/form-data")) == (400, "bad-form")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_other_methods_are_told_to_post(dora: Client, method: str) -> None:
    answer = getattr(dora, method)(API)

    assert refusal(answer) == (405, "post-only")
    assert answer["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0" + bytes(2000),
        b'{"a":' * 50_000,
        b"[" * 100_000,
        b'{"url": ' + b"[" * 100_000,
        bytes(range(256)) * 40,
        b'{"id": 1, "id": 2}',
    ],
    ids=range(6),
)
def test_hostile_body_gets_a_report(dora: Client, data: bytes) -> None:
    answer = send(dora, data, "application/json")

    assert answer.status_code == 200
    assert told(answer)["verdict"] in {"not verified", "could not check"}


def test_no_cookie_is_set_and_none_is_needed(dora: Client, document: bytes) -> None:
    answer = send(dora, document, "application/json")

    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_asking_writes_nothing(dora: Client, document: bytes) -> None:
    send(dora, document, "application/json")  # signs the revocation list, once
    with CaptureQueriesContext(connection) as queries:
        send(dora, document, "application/json")

    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_scripts_of_any_site_may_ask(dora: Client, document: bytes) -> None:
    before = dora.options(API)
    answer = send(dora, document, "application/json")

    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "POST")
    assert before["Access-Control-Allow-Headers"] == "Content-Type"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.fixture
def once_a_minute(settings: Any) -> Any:
    """An installation that lets an address ask once."""
    settings.LC_VERIFY_PER_MINUTE = 1
    conf.cache_clear()
    cache.clear()
    yield settings
    conf.cache_clear()
    cache.clear()


@pytest.mark.usefixtures("once_a_minute")
def test_second_time_within_the_minute_is_told_when_to_come_back(dora: Client) -> None:
    first, second = (send(dora, b"{}", "application/json") for _ in range(2))

    assert first.status_code == 200
    assert refusal(second) == (429, "too-often")
    assert f"Go on in {second['Retry-After']} seconds" in told(second)["detail"]
    assert 1 <= int(second["Retry-After"]) <= 60


@pytest.mark.usefixtures("once_a_minute")
def test_page_and_api_count_together(dora: Client, client: Client) -> None:
    send(dora, b"{}", "application/json")

    answer = client.post("/lc/verify", {"text": "{}"})

    assert answer.status_code == 429
    assert b"Too many badges from your address" in answer.content


@pytest.mark.usefixtures("once_a_minute")
def test_other_address_is_not_counted(dora: Client) -> None:
    send(dora, b"{}", "application/json")

    other: Any = dora.post(API, b"{}", content_type="application/json", REMOTE_ADDR="203.0.113.9")

    assert other.status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen", "asker"),
    [
        (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "198.51.100.1, 203.0.113.7", "10.0.0.1", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7", "10.0.0.1", "198.51.100.1"),
        (2, "203.0.113.7", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", "10.0.0.1", "unknown"),
    ],
)
def test_asker_is_whom_our_own_proxies_saw(
    once_a_minute: Any, rf: Any, proxies: int, forwarded: str, seen: str, asker: str
) -> None:
    once_a_minute.LC_TRUSTED_PROXIES = proxies
    conf.cache_clear()

    request = rf.post(API, REMOTE_ADDR=seen, headers={"x-forwarded-for": forwarded})

    assert found(request) == asker
