"""Ada takes her badges with her: the record as a file, the scores by her own choice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from credentials import api
from credentials.data import Actor
from credentials.models import Badge, RubricProof
from tests.factories.badges import issued, revoked

ClientFor = Callable[[Actor], Client]


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def browser(ada: Actor, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


@pytest.fixture
def address(badge: Badge) -> str:
    """Where her scores are hers to release."""
    return f"/lc/my/badges/{badge.award.uuid}/scores"


def test_record_is_a_file_that_is_kept_by_nobody_on_the_way(browser: Client, badge: Badge) -> None:
    answer = browser.post("/lc/my/record")

    assert answer["Content-Type"] == "application/vc+ld+json"
    assert answer["Content-Disposition"].startswith('attachment; filename="my-badges-')
    assert answer["Cache-Control"] == "private, no-store"
    assert json.loads(answer.content)["type"] == ["VerifiableCredential", "ClrCredential"]


def test_record_is_made_by_a_post_alone(browser: Client, badge: Badge) -> None:
    assert browser.get("/lc/my/record").status_code == 405


def test_dora_reads_an_answer_for_each_badge_of_the_record(
    browser: Client, badge: Badge, client: Client
) -> None:
    data = browser.post("/lc/my/record").content

    page = client.post("/lc/verify", {"file": SimpleUploadedFile("r.json", data)}).content.decode()

    assert "Verified: a record of one badge" in page
    assert "The badges in this record" in page
    assert page.count('class="lc-findings"') == 2


def test_page_offers_the_record_only_where_there_is_a_badge_in_force(
    browser: Client, ada: Actor, badge: Badge, dana: Actor
) -> None:
    before = browser.get("/lc/my/badges").content.decode()
    revoked(badge, dana)
    after = browser.get("/lc/my/badges").content.decode()

    assert ["Download the record" in page for page in (before, after)] == [True, False]
    assert ["See your scores" in page for page in (before, after)] == [True, False]


def test_scores_are_shown_with_what_would_be_said(browser: Client, address: str) -> None:
    page = browser.get(address).content.decode()

    assert "What a released document would say" in page
    assert "Release these scores" in page
    assert "Withdraw" not in page


def test_scores_are_released_and_withdrawn_by_the_learner(
    browser: Client, address: str, client: Client
) -> None:
    released = browser.post(f"{address}/release", follow=True).content.decode()
    row = RubricProof.objects.get()
    public = client.get(f"/lc/rubric-proofs/{row.uuid}")
    withdrawn = browser.post(f"{address}/withdraw", follow=True).content.decode()

    assert f"/lc/rubric-proofs/{row.uuid}" in released
    assert public.content == bytes(row.document)
    assert (public["Content-Type"], public["X-Robots-Tag"]) == ("application/vc+ld+json", "noindex")
    assert "Release these scores" in withdrawn


def test_link_to_check_released_scores_shows_their_report(
    browser: Client, address: str, client: Client, ada: Actor, badge: Badge
) -> None:
    browser.post(f"{address}/release")
    found = api.scores(ada, award=badge.award.uuid)

    page = client.get(f"/lc/verify?badge={found.address}", headers={"accept": "text/html"})

    assert 'data-verdict="verified"' in page.content.decode()
    assert (
        "Agree with everyone what a graduate should become: Demonstrated" in page.content.decode()
    )


def test_page_of_badges_says_whether_scores_are_released(
    browser: Client, address: str, ada: Actor
) -> None:
    before = browser.get("/lc/my/badges").content.decode()
    browser.post(f"{address}/release")
    after = browser.get("/lc/my/badges").content.decode()

    assert ["Your scores are released" in page for page in (before, after)] == [False, True]
    assert [view.released for view in api.my_badges(ada)] == [True]


def test_released_scores_are_given_as_a_link_to_their_report(browser: Client, address: str) -> None:
    page = browser.post(f"{address}/release", follow=True).content.decode()
    found = RubricProof.objects.get()

    assert (
        f"http://testserver/lc/verify?badge=https://badges.example.edu/lc/rubric-proofs/{found.uuid}"
        in page
    )


@pytest.mark.parametrize("step", ["", "/release", "/withdraw"])
def test_cem_finds_nothing(cem: Actor, client_for: ClientFor, address: str, step: str) -> None:
    browser = client_for(cem)
    answer = browser.post(f"{address}{step}") if step else browser.get(address)

    assert answer.status_code == 404


def test_badge_of_a_stack_has_no_scores_of_its_own(ada: Actor, badge: Badge) -> None:
    badge.award.achievement.code = "I"
    badge.award.achievement.save()

    assert [view.scored for view in api.my_badges(ada)] == [False]
