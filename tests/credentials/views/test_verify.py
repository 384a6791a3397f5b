"""Dora verifies for a district: without an account, by file, text or link, with a dated report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from credentials import api
from credentials.api import verification
from credentials.data import Actor
from credentials.models import Badge
from tests.credentials.openbadges.endorsed import endorsed_by_university, with_endorsements
from tests.credentials.openbadges.issued import signed
from tests.factories.badges import issued, revoked

JSON = {"accept": "application/json"}


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def document(badge: Badge) -> bytes:
    """Its signed bytes."""
    return bytes(badge.document or b"")


def hand_in(dora: Client, data: bytes, name: str = "badge.json", **fields: str) -> HttpResponse:
    """Dora sends a file."""
    answer: Any = dora.post("/lc/verify", {"file": SimpleUploadedFile(name, data), **fields})
    return answer


def verdict(answer: HttpResponse) -> str:
    """The word at the top of the report; empty where there is no report."""
    found = re.search(rb'data-verdict="([a-z-]+)"', answer.content)
    return found[1].decode() if found else ""


def answers(answer: HttpResponse) -> list[str]:
    """The nine answers in their order."""
    return [m.decode() for m in re.findall(rb'data-answer="(\w+)"', answer.content)]


def test_picture_verifies(client: Client, badge: Badge) -> None:
    answer = hand_in(client, bytes(badge.png or b""), "badge.png")

    assert verdict(answer) == "verified"
    assert answers(answer) == ["yes"] * 6 + ["unchecked", "yes", "unchecked"]


def test_json_file_verifies(client: Client, document: bytes) -> None:
    assert verdict(hand_in(client, document)) == "verified"


def test_pasted_text_verifies(client: Client, document: bytes) -> None:
    answer = client.post("/lc/verify", {"text": document.decode()})

    assert verdict(answer) == "verified"


def test_link_to_an_own_badge_verifies_without_the_network(client: Client, badge: Badge) -> None:
    url = f"https://badges.example.edu/lc/badges/{badge.uuid}"

    assert verdict(client.post("/lc/verify", {"text": url})) == "verified"
    assert verdict(client.post("/lc/verify", {"text": f"{url}.png"})) == "verified"


def test_verify_link_of_a_badge_page_shows_its_report(client: Client, badge: Badge) -> None:
    answer = client.get(f"/lc/verify?badge={badge.uuid}", headers={"accept": "text/html"})

    assert verdict(answer) == "verified"


def test_machine_gets_the_report_of_an_own_badge_as_json(client: Client, badge: Badge) -> None:
    report = client.get(f"/lc/verify?badge={badge.uuid}", headers=JSON).json()

    assert report["verdict"] == "verified"
    assert [one["question"] for one in report["findings"]][:2] == ["readable", "well_formed"]


def test_link_to_a_stranger_only_fills_the_form(client: Client, db: None) -> None:
    answer = client.get("/lc/verify?badge=https://stranger.example/badge.json")

    assert verdict(answer) == ""
    assert b"https://stranger.example/badge.json</textarea>" in answer.content


def test_one_changed_letter_is_found_and_explained(client: Client, document: bytes) -> None:
    answer = hand_in(client, document.replace(b"Vision", b"Visiom", 1))

    assert verdict(answer) == "not-verified"
    assert b"the signature is not good" in answer.content
    assert b"One changed letter is enough" in answer.content


def test_revoked_badge_says_revoked(client: Client, badge: Badge, dana: Actor) -> None:
    revoked(badge, dana, reason="The minutes were copied.")

    answer = hand_in(client, bytes(badge.png or b""), "badge.png")

    assert verdict(answer) == "not-verified"
    assert b"Revoked: its issuer has taken it back" in answer.content
    assert b"copied" not in answer.content


def test_stranger_without_a_trust_list_could_not_be_checked(client: Client, db: None) -> None:
    badge = signed().replace(b"did:web:lead.example", b"did:web:localhost")

    answer = hand_in(client, badge)

    assert verdict(answer) != "verified"
    assert answers(answer)[2] == "unchecked"


def test_badge_without_endorsement_says_none_rather_than_could_not_check(
    client: Client, document: bytes
) -> None:
    answer = hand_in(client, document).content.decode()

    assert "Is the support of others that it carries genuine?" in answer
    assert "It carries no endorsement of others." in answer
    assert re.findall(r'data-state="none">([^<]+)<', answer) == ["Not asked", "None"]


def test_false_endorsement_is_said_first_and_shown(client: Client, db: None) -> None:
    forged = signed(with_endorsements(endorsed_by_university().replace(b"three", b"seven")))

    answer = hand_in(client, forged).content.decode()

    assert "It claims support that it does not have" in answer
    assert "for **seven** hours of practice" in answer
    assert "that is not genuine. It is not as it was signed" in answer


def test_endorsement_by_itself_is_not_called_a_badge(client: Client, db: None) -> None:
    answer = hand_in(client, endorsed_by_university()).content.decode()

    assert "It is an endorsement, not a badge" in answer
    assert "<dt>What it endorses</dt>" in answer
    assert "What the endorsement says of itself" in answer


def test_holder_asked_for_by_number_is_confirmed(client: Client, badge: Badge) -> None:
    answer = hand_in(client, bytes(badge.png or b""), recipient=f"urn:uuid:{badge.subject}")

    assert answers(answer)[6] == "yes"
    assert verdict(answer) == "verified"


def test_other_holder_is_denied(client: Client, document: bytes) -> None:
    answer = hand_in(client, document, recipient="urn:uuid:11111111-2222-4333-8444-555555555555")

    assert verdict(answer) == "not-verified"
    assert b"Not awarded to the person you named" in answer.content


def test_earlier_day_before_the_award_is_not_valid_then(client: Client, document: bytes) -> None:
    day = (datetime.now(UTC) - timedelta(days=400)).date().isoformat()

    answer = hand_in(client, document, as_of=day)

    assert answers(answer)[4] == "no"
    assert b"as of the end of" in answer.content


def test_report_shows_a_name_only_by_the_holders_switch(
    client: Client, ada: Actor, badge: Badge, document: bytes
) -> None:
    before = b"Ada" in hand_in(client, document).content
    api.show_name(ada, award=badge.award.uuid, on=True)

    assert (before, b"Ada" in hand_in(client, document).content) == (False, True)


def test_altered_badge_borrows_no_name_from_our_records(
    client: Client, ada: Actor, badge: Badge, document: bytes
) -> None:
    api.show_name(ada, award=badge.award.uuid, on=True)

    answer = hand_in(client, document.replace(b"Vision", b"Visiom", 1))

    assert b"Ada" not in answer.content
    assert b"office@lakeshore" not in answer.content


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<!doctype html><html><body>badge</body></html>"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(2000)),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("bomb.json", b'{"a":' * 50_000),
        ("list.json", b"[" + b"0," * 100_000 + b"0]"),
        ("twice.json", b'{"id": 1, "id": 2}'),
        ("random", bytes(range(256)) * 40),
    ],
)
def test_hostile_file_gets_a_report(client: Client, db: None, name: str, data: bytes) -> None:
    answer = hand_in(client, data, name)

    assert answer.status_code == 200
    assert verdict(answer) in {"not-verified", "could-not-check"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, b"Choose the badge"),
        ({"text": "   "}, b"Choose the badge"),
        ({"text": "{}", "as_of": "yesterday"}, b"year-month-day"),
        ({"text": "{}", "as_of": "2999-01-01"}, b"has not come yet"),
        ({"text": "{}", "recipient": "x" * 400}, b"too long for an e-mail address"),
        ({"text": "https://example.org/" + "x" * 3000}, b"too long"),
    ],
)
def test_form_that_cannot_be_used_says_what_to_do(
    client: Client, db: None, fields: dict[str, str], words: bytes
) -> None:
    answer = client.post("/lc/verify", fields)

    assert answer.status_code == 422
    assert words in answer.content
    assert b'class="lc-errors"' in answer.content


def test_empty_file_is_named_at_its_field(client: Client, db: None) -> None:
    answer = hand_in(client, b"")

    assert answer.status_code == 422
    assert b'id="id_file-error"' in answer.content


def test_file_and_text_at_once_are_refused(client: Client, document: bytes) -> None:
    assert hand_in(client, document, text="{}").status_code == 422


def test_file_above_ten_megabytes_is_refused_before_it_is_kept(client: Client, db: None) -> None:
    answer = hand_in(client, bytes(verification.MAX_BYTES + 1))

    assert answer.status_code == 413
    assert b"larger than 10 MB" in answer.content


def test_announced_size_beyond_the_bound_is_not_even_read(client: Client, db: None) -> None:
    answer = client.post("/lc/verify", {"text": "{}"}, headers={"content-length": "99999999999"})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://127.0.0.1/badge.json",
        "https://localhost/badge.json",
        "https://[::ffff:10.0.0.1]/badge.json",
        "https://user:secret@example.org/badge.json",
        "http://example.org/badge.json",
    ],
)
def test_address_that_must_not_be_fetched_is_not(client: Client, db: None, url: str) -> None:
    answer = client.post("/lc/verify", {"text": url})

    assert verdict(answer) == "could-not-check"
    assert answers(answer) == ["unchecked"] * 9


@pytest.fixture
def all_slots_taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As many slow hosts as may be asked at once are being asked."""
    monkeypatch.setattr(verification, "WAIT_SECONDS", 0)
    for _ in range(verification.AT_ONCE):
        verification._slots.acquire()
    yield
    verification._slots.release(verification.AT_ONCE)


@pytest.mark.usefixtures("all_slots_taken")
def test_too_many_at_once_are_asked_to_come_back(client: Client, db: None) -> None:
    answer = client.post("/lc/verify", {"text": "https://example.org/badge.json"})

    assert answer.status_code == 503
    assert b"try again in a minute" in answer.content


@pytest.mark.usefixtures("all_slots_taken")
def test_slow_hosts_of_others_keep_nobody_from_checking_our_badges(
    client: Client, badge: Badge, document: bytes
) -> None:
    url = f"https://badges.example.edu/lc/badges/{badge.uuid}"

    assert verdict(hand_in(client, document)) == "verified"
    assert verdict(client.post("/lc/verify", {"text": url})) == "verified"


def test_verifying_writes_nothing(client: Client, document: bytes) -> None:
    hand_in(client, document)  # signs the revocation list, once
    with CaptureQueriesContext(connection) as queries:
        hand_in(client, document)

    verbs = {query["sql"].split()[0] for query in queries.captured_queries}
    assert verbs == {"SELECT"}


def test_report_is_kept_by_no_cache_and_found_by_no_search_engine(
    client: Client, document: bytes
) -> None:
    answer = hand_in(client, document)

    assert "no-store" in answer["Cache-Control"]
    assert b'content="noindex"' in answer.content


def test_form_needs_its_token(db: None) -> None:
    dora = Client(enforce_csrf_checks=True)

    assert dora.post("/lc/verify", {"text": "{}"}).status_code == 403


def test_form_works_with_its_token(db: None) -> None:
    dora = Client(enforce_csrf_checks=True)
    page = dora.get("/lc/verify").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None

    answer = dora.post("/lc/verify", {"text": "{}", "csrfmiddlewaretoken": token[1]})

    assert verdict(answer) == "not-verified"


def test_unknown_badge_of_ours_is_said_to_be_unknown(client: Client, db: None) -> None:
    answer = client.get("/lc/verify?badge=11111111-2222-4333-8444-555555555555")

    assert answer.status_code == 404
    assert b"no badge of that number here" in answer.content
