"""The review desk and the review page: blind, fair, saved as one goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from credentials import api
from credentials.data import Actor, ReviewView, SubmissionView
from credentials.models import Program, Review, Submission
from tests.factories import files, work
from tests.factories.people import make_member

ClientFor = Callable[[Actor], Client]
LEVEL = "I.1.a.level"


@pytest.fixture
def piece(ada: Actor) -> SubmissionView:
    """Ada's work, handed in."""
    return work.submitted(ada)


@pytest.fixture
def claimed(piece: SubmissionView, ben: Actor) -> ReviewView:
    """Ben has it."""
    return api.claim(ben, submission=piece.uuid)


def url(name: str, **arguments: object) -> str:
    return reverse(f"lc:{name}", kwargs=arguments)


def page(client: Client, review: ReviewView) -> str:
    return client.get(url("review", review=review.uuid)).content.decode()


def save(client: Client, review: ReviewView, **document: object) -> HttpResponse:
    body = {"revision": 0, "device": "laptop", **document}
    return client.post(
        url("review-save", review=review.uuid), json.dumps(body), content_type="application/json"
    )


def stored(reviewer: Actor, review: ReviewView, key: str) -> str:
    return api.review(reviewer, review=review.uuid).note(key).text


def run_out(review: ReviewView) -> None:
    Review.objects.filter(uuid=review.uuid).update(expires_at=timezone.now() - timedelta(minutes=1))


# --- the desk ------------------------------------------------------------------------------------


def test_desk_offers_what_is_due_first(
    client_for: ClientFor, ben: Actor, ada: Actor, al: Actor
) -> None:
    later, sooner = work.submitted(ada), work.submitted(al)
    Submission.objects.filter(uuid=later.uuid).update(due_at=timezone.now() + timedelta(days=9))
    Submission.objects.filter(uuid=sooner.uuid).update(due_at=timezone.now() + timedelta(days=2))

    response = client_for(ben).get(url("review-desk"))

    waiting = [one.item.submission for one in response.context["waiting"]]
    assert waiting == [sooner.uuid, later.uuid]
    assert f"Take next: {sooner.competency}" in response.content.decode()


def test_claim_leads_to_the_review_and_twice_gives_the_same(
    client_for: ClientFor, ben: Actor, piece: SubmissionView
) -> None:
    client = client_for(ben)
    targets = [client.post(url("review-claim", submission=piece.uuid))["Location"] for _ in "12"]

    review = Review.objects.get()
    assert targets == [url("review", review=review.uuid)] * 2


def test_claim_of_a_taken_piece_says_so_on_the_desk(
    client_for: ClientFor, bea: Actor, piece: SubmissionView, claimed: ReviewView
) -> None:
    response = client_for(bea).post(url("review-claim", submission=piece.uuid), follow=True)

    assert response.redirect_chain == [(url("review-desk"), 302)]
    assert "Somebody else has just taken this piece." in response.content.decode()


def test_desk_shows_own_claim_with_its_end_and_what_is_completed(
    client_for: ClientFor, ben: Actor, ada: Actor, al: Actor
) -> None:
    done = work.reviewed(ben, work.submitted(al))
    mine = api.claim(ben, submission=work.submitted(ada).uuid)

    context = client_for(ben).get(url("review-desk")).context

    assert [one.item.review for one in context["mine"]] == [mine.uuid]
    assert [one.item.expires_at for one in context["mine"]] == [mine.expires_at]
    assert [one.item.review for one in context["completed"]] == [done.uuid]


def learners(program: Program, count: int) -> list[Actor]:
    return [make_member(program, f"Learner{number}", "learner") for number in range(count)]


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_queries_for_one_piece_and_for_three(
    client_for: ClientFor, program: Program, ben: Actor, count: int
) -> None:
    for learner in learners(program, count):
        work.submitted(learner)
    client = client_for(ben)
    with CaptureQueriesContext(connection) as queries:
        client.get(url("review-desk"))
    assert len(queries) == 13


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_queries_for_one_completed_review_and_for_three(
    client_for: ClientFor, program: Program, ben: Actor, count: int
) -> None:
    for learner in learners(program, count):
        work.reviewed(ben, work.submitted(learner))
    client = client_for(ben)
    with CaptureQueriesContext(connection) as queries:
        client.get(url("review-desk"))
    assert len(queries) == 12


# --- blindness -----------------------------------------------------------------------------------


@pytest.fixture
def known(ada: Actor, ben: Actor) -> ReviewView:
    """Ben's claim of a piece whose learner and file have names that stand nowhere else."""
    person = get_user_model().objects.get(pk=ada.user_id)
    person.first_name, person.last_name, person.email = "Zenobia", "Quartzman", "zq@school.example"
    person.save()
    made = work.filled(ada)
    content = files.pdf("What we heard")
    item, _ = api.add_file(
        ada, submission=made.uuid, name="zq-vision.pdf", size=len(content), stream=BytesIO(content)
    )
    work.write(ada, made, f"evidence.{item.uuid}.title", "Slides of the vision night")
    return api.claim(ben, submission=api.submit(ada, submission=made.uuid).uuid)


def told(*answers: bytes) -> list[bytes]:
    names = (b"zenobia", b"quartzman", b"zq@school.example", b"zq-vision")
    return [name for name in names if name in b"".join(answers).lower()]


@pytest.mark.parametrize("name", ["review", "review-complete", "review-guide"])
def test_no_page_of_a_review_names_learner_or_file(
    client_for: ClientFor, ben: Actor, known: ReviewView, name: str
) -> None:
    response = client_for(ben).get(url(name, review=known.uuid))
    assert (response.status_code, told(response.content)) == (200, [])


def test_desk_and_saving_name_nobody(client_for: ClientFor, ben: Actor, known: ReviewView) -> None:
    client = client_for(ben)
    answers = [
        client.get(url("review-desk")),
        save(client, known, key=LEVEL, fields={"level": "2"}),
        save(client, known, key=LEVEL, fields={"level": "3"}),
    ]
    assert told(*(answer.content for answer in answers)) == []


def test_file_of_a_review_is_handed_out_without_its_name(
    client_for: ClientFor, ben: Actor, known: ReviewView
) -> None:
    (item,) = [one for one in known.submission.evidence if one.file]
    assert item.file is not None

    response = client_for(ben).get(url("file", file=item.file.uuid))

    assert response.status_code == 200
    assert told(str(response.headers).encode()) == []


def test_completed_and_lost_reviews_name_nobody(
    client_for: ClientFor, ben: Actor, known: ReviewView
) -> None:
    client = client_for(ben)
    lost = api.claim(ben, submission=known.submission.uuid)
    api.release(ben, review=lost.uuid)
    done = work.reviewed(ben, known.submission)

    assert told(page(client, lost).encode(), page(client, done).encode()) == []


def test_review_of_a_revision_scores_only_what_is_open_and_shows_no_earlier_score(
    client_for: ClientFor, ben: Actor, bea: Actor, ada: Actor
) -> None:
    first = work.returned(ada, ben, below=("I.1.b",))
    again = api.submit(ada, submission=api.revise(ada, submission=first.uuid).uuid)
    review = api.claim(bea, submission=again.uuid)

    response = client_for(bea).get(url("review", review=review.uuid))

    assert [row.indicator.code for row in response.context["page"].rows] == ["I.1.b"]
    assert "Show who changed the draft, by date." not in response.content.decode()
    assert " checked" not in response.content.decode()


def test_second_reviewer_sees_nothing_of_the_first(
    client_for: ClientFor, program: Program, ben: Actor, bea: Actor, piece: SubmissionView
) -> None:
    Program.objects.filter(pk=program.pk).update(reviews_required=2)
    first = api.claim(ben, submission=piece.uuid)
    work.note(ben, first, "I.1.a.comment", "The dates are missing from the minutes.")
    second = api.claim(bea, submission=piece.uuid)

    client = client_for(bea)

    assert "The dates are missing" not in page(client, second)
    assert client.get(url("review", review=first.uuid)).status_code == 404


# --- the page ------------------------------------------------------------------------------------


def test_page_puts_prompts_evidence_and_rubric_side_by_side(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    html = page(client_for(ben), claimed)

    parts = [
        'id="overview"',
        'id="evidence-1"',
        'id="reflection"',
        'id="score-I.1.a"',
        'id="summary"',
    ]
    positions = [html.index(part) for part in parts]
    assert positions == sorted(positions)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_for_one_text_and_for_three(
    client_for: ClientFor, ada: Actor, ben: Actor, count: int
) -> None:
    made = work.filled(ada)
    for _ in range(count - 1):
        api.add_text(ada, submission=made.uuid, title="Minutes", body="Who said what.")
    review = api.claim(ben, submission=api.submit(ada, submission=made.uuid).uuid)
    client = client_for(ben)
    with CaptureQueriesContext(connection) as queries:
        client.get(url("review", review=review.uuid))
    assert len(queries) == 16


def test_pins_lead_to_their_place_in_the_evidence(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    (first, *_) = client_for(ben).get(url("review", review=claimed.uuid)).context["page"].rows

    assert [place.url for place in first.places] == [
        "#viewer-1:~:text=Notes%20of%20two-,dialogues,-.%20We%20asked%20families"
    ]


def test_page_comes_back_with_what_was_noted(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, LEVEL, "2")
    work.note(ben, claimed, "I.1.a.comment", "Say who changed the draft.")

    html = page(client_for(ben), claimed)

    assert re.findall(r'name="I\.1\.a\.level"[^>]*value="(\w+)" checked', html) == ["2"]
    assert "Say who changed the draft.</textarea>" in html


def test_completed_review_is_read_and_cannot_be_changed(
    client_for: ClientFor, ben: Actor, piece: SubmissionView
) -> None:
    review = work.reviewed(ben, piece)
    client = client_for(ben)

    assert "<textarea" not in page(client, review)
    assert save(client, review, key=LEVEL, fields={"level": "1"}).status_code == 410


def test_guide_carries_the_calibration_drafts(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    html = client_for(ben).get(url("review-guide", review=claimed.uuid)).content.decode()
    assert "calibration draft" in html


def test_guide_of_today_is_for_reviewers_only(
    client_for: ClientFor, ben: Actor, ada: Actor
) -> None:
    address = url("review-guide-today", code="I.1")
    assert [client_for(who).get(address).status_code for who in (ben, ada)] == [200, 403]


def test_guide_of_a_module_that_does_not_exist_is_not_found(
    client_for: ClientFor, ben: Actor
) -> None:
    assert client_for(ben).get(url("review-guide-today", code="IX.9")).status_code == 404


# --- saving --------------------------------------------------------------------------------------


def test_saving_answers_revision_and_time(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    response = save(client_for(ben), claimed, key="I.1.a.comment", text="Dates are missing.")

    answer = json.loads(response.content)
    assert (response.status_code, answer["revision"], set(answer)) == (
        200,
        1,
        {"revision", "saved_at"},
    )
    assert stored(ben, claimed, "I.1.a.comment") == "Dates are missing."


def test_saving_a_low_level_asks_for_a_comment_beside_it(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    answer = json.loads(save(client_for(ben), claimed, key=LEVEL, fields={"level": "2"}).content)
    assert answer["note"] == "A comment is needed: what is open, what would suffice."


def test_saving_over_another_device_keeps_both_versions_apart(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, LEVEL, "4")

    response = save(client_for(ben), claimed, key=LEVEL, fields={"level": "2"})

    answer = json.loads(response.content)
    assert (response.status_code, answer["theirs"]["fields"]) == (409, {"level": "4"})
    assert stored(ben, claimed, LEVEL) == "4"


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        "[" * 100_000,
        '{"key": "I.1.a.level", "revision": 0}',
        '{"key": 3, "text": "x", "revision": 0}',
        '{"key": "I.1.a.level", "fields": {"other": "3"}, "revision": 0}',
        '{"key": "I.1.a.level", "text": "9", "revision": 0, "device": ""}',
        '{"key": "II.1.a.level", "text": "3", "revision": 0, "device": ""}',
        '{"key": "I.1.a.level", "text": "3", "revision": "new", "device": ""}',
    ],
)
def test_saving_what_cannot_be_used_is_refused_in_a_sentence(
    client_for: ClientFor, ben: Actor, claimed: ReviewView, body: str
) -> None:
    response = client_for(ben).post(
        url("review-save", review=claimed.uuid), body, content_type="application/json"
    )
    assert response.status_code == 422
    assert json.loads(response.content)["error"].endswith(".")


def test_form_without_the_script_saves_every_field(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    sent = {LEVEL: "2", "I.1.a.comment": "Dates.\r\nNames.", "summary": "Close."}

    response = client_for(ben).post(url("review-save", review=claimed.uuid), sent)

    assert response["Location"] == url("review", review=claimed.uuid)
    assert [stored(ben, claimed, key) for key in sent] == ["2", "Dates.\nNames.", "Close."]


def test_form_sent_after_the_script_saved_part_of_it_keeps_the_last_keystrokes(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, "summary", "Almost th")
    sent = {"summary": "Almost there.", "summary-revision": "0", "then": "complete"}

    response = client_for(ben).post(url("review-save", review=claimed.uuid), sent)

    assert response["Location"] == url("review-complete", review=claimed.uuid)
    assert stored(ben, claimed, "summary") == "Almost there."


def test_form_that_meets_another_text_puts_both_into_the_field(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, "I.1.a.comment", "From the phone.")
    sent = {"I.1.a.comment": "From the laptop.", "I.1.a.comment-revision": "0"}

    response = client_for(ben).post(url("review-save", review=claimed.uuid), sent, follow=True)

    assert stored(ben, claimed, "I.1.a.comment") == "From the phone.\n\nFrom the laptop."
    assert "The comment on I.1.a was also changed on another device." in response.content.decode()


def test_form_that_did_not_touch_a_level_leaves_a_newer_one(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, LEVEL, "2")
    work.note(ben, claimed, LEVEL, "4")
    sent = {LEVEL: "2", f"{LEVEL}-revision": "1", f"{LEVEL}-was": "2"}

    client_for(ben).post(url("review-save", review=claimed.uuid), sent)

    assert stored(ben, claimed, LEVEL) == "4"


# --- completing ----------------------------------------------------------------------------------


def test_check_lists_what_is_missing_with_a_link_to_each_field(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, LEVEL, "2")
    work.note(ben, claimed, "I.1.b.level", "unscorable")

    html = client_for(ben).get(url("review-complete", review=claimed.uuid)).content.decode()

    anchors = re.findall(r'<li><a href="[^"#]*#([^"]+)">', html)
    assert anchors == ["I.1.a.comment", "I.1.b.unscorable", "I.1.c.level"]
    assert all(f'id="{anchor}"' in page(client_for(ben), claimed) for anchor in anchors)


def test_check_says_the_decision_in_a_sentence(
    client_for: ClientFor, ben: Actor, piece: SubmissionView
) -> None:
    review = work.scored(ben, piece, below=("I.1.b",))

    html = client_for(ben).get(url("review-complete", review=review.uuid)).content.decode()

    assert "This goes back to the learner" in html
    assert "2 of 3 indicators are at their required level; open: I.1.b." in html


def test_check_of_the_first_of_two_reviews_does_not_promise_a_decision(
    client_for: ClientFor, program: Program, ben: Actor, piece: SubmissionView
) -> None:
    Program.objects.filter(pk=program.pk).update(reviews_required=2)
    review = work.scored(ben, piece)

    html = client_for(ben).get(url("review-complete", review=review.uuid)).content.decode()

    assert "Two reviewers decide together" in html
    assert "This passes" not in html


def test_completing_with_something_missing_shows_it_and_changes_nothing(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    response = client_for(ben).post(url("review-complete", review=claimed.uuid))

    assert response.status_code == 422
    assert "3 things are missing" in response.content.decode()
    assert Review.objects.get().state == "claimed"


def test_completing_twice_decides_once_and_leads_to_the_desk(
    client_for: ClientFor, ben: Actor, ada: Actor, piece: SubmissionView
) -> None:
    review = work.scored(ben, piece)
    client = client_for(ben)

    targets = [client.post(url("review-complete", review=review.uuid))["Location"] for _ in "12"]

    assert targets == [url("review-desk")] * 2
    assert api.submission(ada, submission=piece.uuid).state == "passed"


def test_completing_keeps_that_the_reviewers_conferred(
    client_for: ClientFor, ben: Actor, piece: SubmissionView
) -> None:
    review = work.scored(ben, piece)

    client_for(ben).post(url("review-complete", review=review.uuid), {"conferred": "on"})

    assert Review.objects.get().conferred


def test_summary_reaches_the_learner_with_the_decision(
    client_for: ClientFor, ben: Actor, ada: Actor, piece: SubmissionView
) -> None:
    review = work.scored(ben, piece)
    work.note(ben, review, "summary", "Clear and well dated.")

    client_for(ben).post(url("review-complete", review=review.uuid))

    decision = api.submission(ada, submission=piece.uuid).decision
    assert decision is not None
    assert decision.summary == "Clear and well dated."


# --- giving back, running out, ties --------------------------------------------------------------


def test_release_gives_the_piece_back_and_notes_return_with_the_next_claim(
    client_for: ClientFor, ben: Actor, piece: SubmissionView, claimed: ReviewView
) -> None:
    work.note(ben, claimed, LEVEL, "3")
    client = client_for(ben)
    for _ in "12":
        client.post(url("review-release", review=claimed.uuid))

    again = api.claim(ben, submission=piece.uuid)

    assert again.uuid != claimed.uuid
    assert stored(ben, again, LEVEL) == "3"


def test_expired_claim_says_so_and_shows_what_was_noted_but_no_evidence(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    work.note(ben, claimed, "I.1.a.comment", "Say who changed the draft.")
    run_out(claimed)

    response = client_for(ben).get(url("review", review=claimed.uuid))

    html = response.content.decode()
    assert (response.status_code, "Say who changed the draft." in html) == (409, True)
    assert "Notes of two dialogues" not in html
    assert "Your claim ran out" in html


def test_saving_after_the_claim_ran_out_is_refused_with_a_sentence(
    client_for: ClientFor, ben: Actor, claimed: ReviewView
) -> None:
    run_out(claimed)

    response = save(client_for(ben), claimed, key=LEVEL, fields={"level": "3"})

    assert response.status_code == 410
    assert "Nothing you wrote is lost" in json.loads(response.content)["error"]


@pytest.mark.parametrize("name", ["review-complete", "review-guide"])
def test_pages_of_a_lost_claim_lead_back_to_its_explanation(
    client_for: ClientFor, ben: Actor, claimed: ReviewView, name: str
) -> None:
    run_out(claimed)
    response = client_for(ben).get(url(name, review=claimed.uuid))
    assert response["Location"] == url("review", review=claimed.uuid)


def test_declared_tie_gives_the_piece_back_and_hides_the_learner(
    client_for: ClientFor, ben: Actor, piece: SubmissionView, claimed: ReviewView
) -> None:
    client = client_for(ben)

    client.post(url("review-tie", submission=piece.uuid), {"kind": "supervisor"})

    assert client.get(url("review-desk")).context["waiting"] == []
    assert client.post(url("review-claim", submission=piece.uuid)).status_code == 404


def test_tie_without_a_kind_asks_for_it(
    client_for: ClientFor, ben: Actor, piece: SubmissionView, claimed: ReviewView
) -> None:
    response = client_for(ben).post(url("review-tie", submission=piece.uuid))
    assert response.status_code == 422


# --- who may not ---------------------------------------------------------------------------------


def addresses(review: UUID, submission: UUID) -> dict[str, str]:
    return {
        "review": url("review", review=review),
        "review-guide": url("review-guide", review=review),
        "review-complete": url("review-complete", review=review),
        "review-save": url("review-save", review=review),
        "review-release": url("review-release", review=review),
        "review-claim": url("review-claim", submission=submission),
        "review-tie": url("review-tie", submission=submission),
    }


GETS = ("review", "review-guide", "review-complete")
POSTS = ("review-save", "review-complete", "review-release", "review-claim", "review-tie")


@pytest.mark.parametrize("name", GETS)
def test_cem_and_bea_find_nothing_of_bens_review(
    client_for: ClientFor, cem: Actor, bea: Actor, claimed: ReviewView, name: str
) -> None:
    address = addresses(claimed.uuid, claimed.submission.uuid)[name]
    assert [client_for(who).get(address).status_code for who in (cem, bea)] == [404, 404]


@pytest.mark.parametrize("name", GETS)
def test_ada_and_dana_do_not_see_the_review_of_adas_work(
    client_for: ClientFor, ada: Actor, dana: Actor, claimed: ReviewView, name: str
) -> None:
    address = addresses(claimed.uuid, claimed.submission.uuid)[name]
    assert [client_for(who).get(address).status_code for who in (ada, dana)] == [403, 403]


@pytest.mark.parametrize("name", POSTS)
def test_nobody_else_changes_bens_review(
    client_for: ClientFor, cem: Actor, ada: Actor, claimed: ReviewView, name: str
) -> None:
    address = addresses(claimed.uuid, claimed.submission.uuid)[name]
    sent = {"kind": "declared", LEVEL: "4", f"{LEVEL}-revision": "0"}

    answers = [client_for(who).post(address, sent).status_code for who in (cem, ada)]

    assert answers == [404, 403]
    assert Review.objects.get().state == "claimed"


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(
    client: Client, claimed: ReviewView
) -> None:
    response = client.get(url("review", review=claimed.uuid))
    assert response["Location"].startswith("/accounts/login/")


def test_ben_never_gets_his_own_work_to_review(
    client_for: ClientFor, program: Program, ben: Actor
) -> None:
    both = make_member(program, "Ben", "learner")
    own = work.submitted(both)

    response = client_for(ben).get(url("review-desk"))

    assert own.uuid not in [one.item.submission for one in response.context["waiting"]]
