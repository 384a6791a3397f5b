"""An attempt's pages: the draft that saves itself, the check, the hand-in, status and feedback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from credentials import api
from credentials.data import Actor
from credentials.models import OtherVersion, Submission
from tests.factories import work

ClientFor = Callable[[Actor], Client]


@pytest.fixture
def browser(ada: Actor, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


@pytest.fixture
def draft(ada: Actor) -> UUID:
    """Ada's empty draft."""
    return work.draft(ada).uuid


@pytest.fixture
def complete(ada: Actor) -> UUID:
    """A draft that lacks nothing."""
    return work.filled(ada).uuid


def at(submission: UUID, rest: str = "") -> str:
    return f"/lc/submissions/{submission}{rest}"


def send(client: Client, submission: UUID, rest: str = "/save", **document: object) -> HttpResponse:
    body = {"revision": 0, "device": "phone", **document}
    return client.post(at(submission, rest), json.dumps(body), content_type="application/json")


def stored(learner: Actor, submission: UUID, key: str) -> tuple[str, int]:
    text = api.submission(learner, submission=submission).text(key)
    return text.text, text.revision


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def test_draft_quotes_the_framework_with_its_source(browser: Client, draft: UUID) -> None:
    page = browser.get(at(draft)).content.decode()

    assert text_of(page).count("Official statement I.1.a, Jobs for the Future &amp; Council") == 1


# --- saving ------------------------------------------------------------------------------------


def test_script_saves_one_field_and_hears_its_revision(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    response = send(browser, draft, key="overview-1", text="We begin")

    assert response.status_code == 200
    assert sorted(response.json()) == ["revision", "saved_at"]
    assert stored(ada, draft, "overview-1") == ("We begin", 1)


def test_same_text_saved_twice_is_no_conflict(browser: Client, ada: Actor, draft: UUID) -> None:
    send(browser, draft, key="overview-1", text="We begin")
    again = send(browser, draft, key="overview-1", text="We begin")

    assert (again.status_code, again.json()["revision"]) == (200, 1)


def test_signs_that_no_database_takes_are_left_out(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    sign = {"text": "On \ud83d the\0 laptop", "device": "lap\0top\ud83d"}
    saved = send(browser, draft, key="overview-1", **sign)
    slower = send(browser, draft, key="overview-1", text="Else\0\ud83d", device="phone")

    assert (saved.status_code, slower.status_code) == (200, 409)
    assert stored(ada, draft, "overview-1") == ("On \ufffd the laptop", 1)
    assert OtherVersion.objects.get().text == "Else\ufffd"


def test_slower_device_hears_of_the_other_text_and_both_are_kept(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    send(browser, draft, key="overview-1", text="On the laptop", device="laptop")
    slower = send(browser, draft, key="overview-1", text="On the phone", device="phone")

    kept = OtherVersion.objects.get()
    assert slower.status_code == 409
    assert slower.json()["conflict"] is True
    assert slower.json()["other"] == kept.pk
    assert slower.json()["theirs"]["text"] == "On the laptop"
    assert (kept.text, stored(ada, draft, "overview-1")[0]) == ("On the phone", "On the laptop")


def test_slower_device_settles_it_by_saving_over_the_newest(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    send(browser, draft, key="overview-1", text="On the laptop", device="laptop")
    send(browser, draft, key="overview-1", text="On the phone")
    send(browser, draft, key="overview-1", text="Both of it", revision=1)

    assert stored(ada, draft, "overview-1") == ("Both of it", 2)
    assert api.submission(ada, submission=draft).other_versions == ()


@pytest.mark.parametrize(("use", "text"), [("other", "On the phone"), ("stored", "On the laptop")])
def test_without_the_script_the_choice_is_a_form(
    use: str, text: str, browser: Client, ada: Actor, draft: UUID
) -> None:
    send(browser, draft, key="overview-1", text="On the laptop", device="laptop")
    send(browser, draft, key="overview-1", text="On the phone")
    other = OtherVersion.objects.get().pk
    assert f'form="choose-{other}"' in browser.get(at(draft)).content.decode()

    answers = [browser.post(at(draft, "/choose"), {"other": other, "use": use}) for _ in range(2)]

    assert {a["Location"] for a in answers} == {at(draft, "#overview-1")}
    assert stored(ada, draft, "overview-1")[0] == text
    assert api.submission(ada, submission=draft).other_versions == ()


def test_plain_form_saves_every_field_at_once(browser: Client, ada: Actor, draft: UUID) -> None:
    keys = [p.key for p in api.module_of(ada, submission=draft).prompts if p.part == 1]

    browser.post(
        at(draft, "/save"),
        {key: f"About {key}\r\nmore" for key in keys}
        | {f"revision.{key}": "0" for key in keys}
        | {"I.1.a.self": "2"},
    )

    assert [stored(ada, draft, key) for key in keys] == [(f"About {k}\nmore", 1) for k in keys]
    assert api.submission(ada, submission=draft).self_levels == {"I.1.a": 2}


def test_plain_form_of_the_slower_device_loses_nothing(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    send(browser, draft, key="overview-1", text="On the laptop", device="laptop")

    page = browser.post(
        at(draft, "/save"), {"overview-1": "Typed here", "revision.overview-1": "0"}, follow=True
    )

    assert "Both versions are kept" in page.content.decode()
    assert [o.text for o in OtherVersion.objects.all()] == ["Typed here"]


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b"[" * 100_000, b'{"key": "nothing", "text": "x"}', b'{"key": "pin.x.why"}'],
)
def test_what_cannot_be_saved_is_answered_with_a_sentence(
    body: bytes, browser: Client, draft: UUID
) -> None:
    response = browser.post(at(draft, "/save"), body, content_type="application/json")

    assert response.status_code == 422
    assert response.json()["error"].endswith(".")


def test_own_level_is_saved_by_the_script_and_the_last_one_counts(
    browser: Client, ada: Actor, draft: UUID
) -> None:
    for level in ("2", "3", "3"):
        answer = send(browser, draft, "/self-level", key="I.1.a.self", fields={"level": level})
        assert answer.status_code == 200

    assert api.submission(ada, submission=draft).self_levels == {"I.1.a": 3}


def test_signed_out_script_is_told_to_sign_in(client: Client, ada: Actor, draft: UUID) -> None:
    assert send(client, draft, key="overview-1", text="x").status_code == 401


# --- what is missing, what should not be there ---------------------------------------------------


def test_empty_draft_names_every_missing_part_with_a_link_to_it(
    browser: Client, draft: UUID, ada: Actor
) -> None:
    html = browser.get(at(draft, "/check")).content.decode()

    problems = api.missing(ada, submission=draft)
    assert len(problems) == 12
    assert re.findall(r'<li><a href="[^"#]*#([^"]+)">', main_of(html)) == [
        p.field for p in problems
    ]
    assert "Part 1, question 1: This question is not answered yet." in html
    assert "Hand in</button>" not in html


def test_every_missing_part_has_its_anchor_in_the_draft(
    browser: Client, draft: UUID, ada: Actor
) -> None:
    html = browser.get(at(draft)).content.decode()

    ids = set(re.findall(r' id="([^"]+)"', html))
    assert {p.field for p in api.missing(ada, submission=draft)} - ids == set()


def test_every_identifier_in_the_draft_stands_once(browser: Client, complete: UUID) -> None:
    ids = re.findall(r' id="([^"]+)"', browser.get(at(complete)).content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_names_and_numbers_are_named_before_the_hand_in(
    browser: Client, ada: Actor, complete: UUID
) -> None:
    made = api.submission(ada, submission=complete)
    text = made.text("overview-1").text
    work.write(ada, made, "overview-1", f"{text} Write to mia@school.example about Mr. Ostrom.")

    html = browser.get(at(complete, "/check")).content.decode()

    assert "Part 1, question 1: Here stands an e-mail address" in html
    assert "Hand in</button>" in html


# --- handing in ----------------------------------------------------------------------------------


def test_hand_in_asks_for_the_promise_first(browser: Client, complete: UUID) -> None:
    response = browser.post(at(complete, "/submit"))

    assert response.status_code == 422
    assert "Say that you have removed" in response.content.decode()
    assert Submission.objects.get().state == "draft"


def test_hand_in_of_an_incomplete_draft_lists_what_is_missing(browser: Client, draft: UUID) -> None:
    response = browser.post(at(draft, "/submit"), {"agree": "on"})

    assert response.status_code == 422
    assert "12 things still missing" in text_of(response.content.decode())


def test_hand_in_twice_is_one(browser: Client, complete: UUID) -> None:
    answers = [browser.post(at(complete, "/submit"), {"agree": "on"}) for _ in range(2)]

    assert [a.status_code for a in answers] == [302, 302]
    assert Submission.objects.get().state == "submitted"


def test_what_is_handed_in_can_no_longer_be_written(browser: Client, ada: Actor) -> None:
    handed_in = work.submitted(ada)

    response = send(browser, handed_in.uuid, key="overview-1", text="x", revision=1)

    assert (response.status_code, "conflict" in response.json()) == (409, False)


def test_status_says_stage_due_date_days_left_and_a_role(browser: Client, ada: Actor) -> None:
    handed_in = work.submitted(ada)

    text = text_of(browser.get(at(handed_in.uuid)).content.decode())

    assert "It waits for a reviewer" in text
    assert re.search(r"The decision comes by \d+ \w+ \d{4} : 10 working days left", text)
    assert "It is in the queue of the reviewers of Lakeshore Principal Preparation." in text


def test_status_names_no_reviewer(browser: Client, ada: Actor, ben: Actor) -> None:
    handed_in = work.submitted(ada)
    api.claim(ben, submission=handed_in.uuid)

    html = browser.get(at(handed_in.uuid)).content.decode()

    assert "A reviewer is at work on it" in html
    assert "Ben" not in main_of(html)


def test_withdraw_twice_is_one_and_stays_readable(browser: Client, ada: Actor) -> None:
    handed_in = work.submitted(ada)

    answers = [browser.post(at(handed_in.uuid, "/withdraw")) for _ in range(2)]

    assert [a["Location"] for a in answers] == ["/lc/modules/I.1"] * 2
    assert "You withdrew this attempt" in browser.get(at(handed_in.uuid)).content.decode()


# --- feedback, revision, result ------------------------------------------------------------------


def first_words(html: str, count: int) -> str:
    return " ".join(
        text_of(re.sub(r"<nav.*?</nav>", "", main_of(html), flags=re.S)).split()[:count]
    )


def test_feedback_says_in_80_words_what_is_open_what_suffices_and_by_when(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    back = work.returned(ada, ben, below=("I.1.a", "I.1.b", "I.1.c"))

    head = first_words(browser.get(at(back.uuid)).content.decode(), 80)

    assert re.search(r"Revise by \d+ \w+ \d{4}", head)
    for code in ("I.1.a", "I.1.b", "I.1.c"):
        assert f"{code} Show who changed the draft, by date." in head


def test_feedback_shows_own_level_beside_the_reviewers(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    back = work.returned(ada, ben, below=("I.1.b",))

    text = text_of(browser.get(at(back.uuid)).content.decode())

    assert text.count("You: 3 · Demonstrated") == 3
    assert "Reviewers: 2 · Begun" in text


def test_revise_twice_opens_one_attempt_with_only_the_open_indicator(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    back = work.returned(ada, ben, below=("I.1.b",))

    addresses = {browser.post(at(back.uuid, "/revise"))["Location"] for _ in range(2)}

    (address,) = addresses
    html = browser.get(address).content.decode()
    assert "Only I.1.b is open." in text_of(html)
    assert re.findall(r'<fieldset class="lc-score" id="([^"]+)"', html) == ["I.1.b.self"]
    assert "Show who changed the draft, by date." in html


def test_earlier_attempt_stays_readable_after_the_revision(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    back = work.returned(ada, ben, below=("I.1.b",))
    browser.post(at(back.uuid, "/revise"))

    html = browser.get(at(back.uuid)).content.decode()

    assert "Go on with attempt 2" in html
    assert "Profile of a graduate, third draft" in html


def test_passed_attempt_shows_every_level_and_leads_to_the_badge(
    browser: Client, ada: Actor, ben: Actor
) -> None:
    passed = work.passed(ada, ben)

    text = text_of(browser.get(at(passed.uuid)).content.decode())

    assert "You showed it" in text
    assert text.count("Reviewers: 3 · Demonstrated") == 3
    assert "It is being signed" in text


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["al", "cem"])
@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("get", ""),
        ("get", "/check"),
        ("post", "/save"),
        ("post", "/choose"),
        ("post", "/self-level"),
        ("post", "/submit"),
        ("post", "/withdraw"),
        ("post", "/revise"),
    ],
)
def test_attempt_of_another_learner_is_not_there(
    who: str,
    method: str,
    rest: str,
    draft: UUID,
    client_for: ClientFor,
    request: pytest.FixtureRequest,
) -> None:
    browser = client_for(request.getfixturevalue(who))

    assert getattr(browser, method)(at(draft, rest)).status_code == 404


@pytest.mark.parametrize("who", ["ben", "dana"])
def test_attempt_is_closed_to_other_roles(
    who: str, draft: UUID, client_for: ClientFor, request: pytest.FixtureRequest
) -> None:
    assert client_for(request.getfixturevalue(who)).get(at(draft)).status_code == 403


def test_draft_costs_the_same_for_one_and_three_pieces(
    browser: Client, ada: Actor, complete: UUID
) -> None:
    browser.get(at(complete))
    with CaptureQueriesContext(connection) as one:
        browser.get(at(complete))
    for number in (2, 3):
        api.add_text(ada, submission=complete, artifact="plan", title=f"Plan {number}", body="Who.")
    with CaptureQueriesContext(connection) as three:
        html = browser.get(at(complete)).content.decode()

    assert html.count('class="lc-evidence__item"') == 3
    assert len(one) == len(three)
