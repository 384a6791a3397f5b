"""The program desk: states and means to help, never evidence; for administrators alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from credentials import api
from credentials.domain import badge as badges
from credentials.errors import Closed, NotAllowed, NotFound
from credentials.models import Award, Badge, Review, Submission, WorkItem
from tests.factories import work
from tests.factories.people import make_member

NOWHERE = "00000000-0000-4000-8000-000000000000"


def case_of(submission) -> str:
    return reverse("lc:program-case", kwargs={"submission": submission.uuid})


def post(client, name: str, submission, **data):
    return client.post(reverse(f"lc:{name}", kwargs={"submission": submission.uuid}), data)


@pytest.mark.parametrize("who", ["ada", "ben"])
@pytest.mark.parametrize(
    "name",
    ["program-desk", "program-terms", "program-hours", "program-audit"],
)
def test_learners_and_reviewers_are_refused(who, name, request, client_for):
    client = client_for(request.getfixturevalue(who))
    assert client.get(reverse(f"lc:{name}")).status_code == 403


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_learners_and_reviewers_change_nothing(who, ada, ben, request, client_for):
    made = work.submitted(ada)
    client = client_for(request.getfixturevalue(who))
    assert client.get(case_of(made)).status_code == 403
    for name in ("case-assign", "case-unstick", "case-correct"):
        assert post(client, name, made, reviewer=ben.user_id, reason="x").status_code == 403
    assert client.post(reverse("lc:award-revoke", kwargs={"award": NOWHERE})).status_code == 403


def test_cem_finds_no_case_and_no_award_of_ours(cem, ada, ben, client_for):
    made = work.passed(ada, ben)
    client = client_for(cem)
    assert client.get(case_of(made)).status_code == 404
    for name in ("case-assign", "case-unstick", "case-correct"):
        data = {"reviewer": ben.user_id, "reason": "x", "outcome": "returned", "days": 0}
        assert post(client, name, made, **data).status_code == 404
    address = reverse("lc:award-revoke", kwargs={"award": Award.objects.get().uuid})
    assert client.post(address, {"reason": "x"}).status_code == 404
    assert "Ada" not in client.get("/lc/program?show=all").content.decode()
    assert "submission" not in client.get("/lc/program/audit").content.decode().split("<main")[1]


def test_the_desk_shows_states_and_never_evidence(dana, ada, client_for):
    made = work.submitted(ada)
    client = client_for(dana)
    pages = client.get("/lc/program?show=all").content.decode()
    pages += client.get(case_of(made)).content.decode()
    assert "Ada Example" in pages
    assert "Profile of a graduate" not in pages
    assert "dialogues" not in pages
    assert "It shows who changed" not in pages


def test_a_case_shows_the_decision_without_what_reviewers_wrote(dana, ada, ben, client_for):
    made = work.returned(ada, ben, below=("I.1.a",))
    page = client_for(dana).get(case_of(made)).content.decode()
    assert "Ben Example" in page
    assert "Not yet" in page
    assert "Show who changed" not in page


def test_each_filter_shows_its_own(dana, ada, al, ben):
    late = work.submitted(ada)
    Submission.objects.filter(uuid=late.uuid).update(due_at=timezone.now() - timedelta(days=1))
    work.draft(al)
    shown = {name: [c.learner for c in api.cases(dana, filter=name)] for name in api.FILTERS}
    ada_, al_ = ["Ada Example"], ["Al Example"]
    assert shown == {
        "attention": ada_,
        "overdue": ada_,
        "waiting": ada_,
        "in-review": [],
        "signing": [],
        "returned": [],
        "draft": al_,
        "passed": [],
        "all": [*ada_, *al_],
    }
    assert api.case_counts(dana) == {name: len(found) for name, found in shown.items()}


def test_claimed_work_is_in_review(dana, ada, ben):
    made = work.submitted(ada)
    api.claim(ben, submission=made.uuid)
    (case,) = api.cases(dana, filter="in-review")
    assert case.reviewers == ("Ben Example",)


def test_unsigned_badges_need_the_administrator_and_failures_are_seen(dana, ada, ben, client_for):
    work.passed(ada, ben)
    WorkItem.objects.filter(kind="sign").update(attempts=2, last_error="OSError: disk is full")
    (case,) = api.cases(dana, filter="attention")
    assert (case.badge_state, case.problem) == ("being signed", "OSError: disk is full")
    page = client_for(dana).get("/lc/program").content.decode()
    assert "Signing a badge: 2 attempts" in page


def test_a_failing_mail_shows_no_address_and_only_to_its_program(dana, ada, cem):
    work.submitted(ada)
    fault = "SMTPRecipientsRefused: {'ada@example.edu': (550, b'no')}"
    WorkItem.objects.filter(kind="mail").update(attempts=1, last_error=fault)
    assert {trouble.error for trouble in api.troubles(dana)} == {"SMTPRecipientsRefused"}
    assert api.troubles(cem) == ()


def test_assigning_twice_is_one_claim(dana, ada, ben, client_for):
    made, client = work.submitted(ada), client_for(dana)
    assert post(client, "case-assign", made, reviewer=ben.user_id).status_code == 302
    api.assign_reviewer(dana, submission=made.uuid, reviewer_id=ben.user_id)
    review = Review.objects.get()
    assert (review.reviewer_id, review.assigned_by_id) == (ben.user_id, dana.user_id)
    assert api.unread_notices(ben) == 2  # new work, and it was given to him


def test_a_tied_reviewer_is_not_offered_and_cannot_be_assigned(dana, ada, ben, client_for):
    made = work.submitted(ada)
    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="supervisor")
    assert api.case_detail(dana, submission=made.uuid).candidates == ()
    with pytest.raises(NotAllowed):
        api.assign_reviewer(dana, submission=made.uuid, reviewer_id=ben.user_id)
    assert post(client_for(dana), "case-assign", made, reviewer=ben.user_id).status_code == 422


def test_freeing_a_case_ends_its_claim_and_moves_the_date(dana, ada, ben, client_for):
    made, client = work.submitted(ada), client_for(dana)
    api.claim(ben, submission=made.uuid)
    for _ in range(2):
        answer = post(client, "case-unstick", made, reason="Ben is ill", days=5)
        assert answer.status_code == 302
    row = Submission.objects.get(uuid=made.uuid)
    assert Review.objects.get().state == "released"
    assert (row.due_at - timezone.now()).days == 4
    assert "Ben is ill" in client.get(case_of(made)).content.decode()


def test_a_decision_is_corrected_once_until_the_badge_is_signed(dana, ada, ben, client_for):
    made, client = work.passed(ada, ben), client_for(dana)
    for _ in range(2):
        answer = post(client, "case-correct", made, outcome="returned", reason="Wrong module")
        assert answer.status_code == 302
    assert api.submission(ada, submission=made.uuid).state == "returned"
    assert "Wrong module" in client.get(case_of(made)).content.decode()


def test_correcting_needs_a_reason(dana, ada, ben, client_for):
    made = work.passed(ada, ben)
    answer = post(client_for(dana), "case-correct", made, outcome="returned", reason=" ")
    assert answer.status_code == 422
    assert api.submission(ada, submission=made.uuid).state == "passed"


def test_a_signed_decision_cannot_be_corrected(dana, ada, ben, client_for):
    made = work.passed(ada, ben)
    badges.sign(badge=Badge.objects.get(), now=timezone.now())
    assert not api.case_detail(dana, submission=made.uuid).correctable
    with pytest.raises(Closed):
        api.correct_decision(dana, submission=made.uuid, outcome="returned", reason="x")
    answer = post(client_for(dana), "case-correct", made, outcome="returned", reason="x")
    assert answer.status_code == 422
    assert "signed already" in answer.content.decode()


def test_there_is_nothing_to_correct_before_a_decision(dana, ada):
    made = work.submitted(ada)
    with pytest.raises(NotFound):
        api.correct_decision(dana, submission=made.uuid, outcome="passed", reason="x")


def test_revoking_asks_once_needs_a_reason_and_is_once(dana, ada, ben, client_for):
    work.passed(ada, ben)
    client, award = client_for(dana), Award.objects.get()
    address = reverse("lc:award-revoke", kwargs={"award": award.uuid})
    assert "cannot be undone" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Evidence was not hers"}).status_code == 302
    assert client.post(address, {"reason": "again"}).status_code == 302
    award.refresh_from_db()
    assert (award.active, award.reason) == (None, "Evidence was not hers")
    assert [n.kind for n in api.notices(ada)][:1] == ["revoked"]


def test_terms_are_saved_and_faults_said_at_the_field(dana, client_for):
    client = client_for(dana)
    good = {
        "turnaround_days": 12,
        "revision_days": 30,
        "claim_hours": 72,
        "reviews_required": 2,
        "hold_minutes": 60,
        "holidays": "2031-11-27",
        "time_zone": "America/Chicago",
        "contact_email": "",
    }
    assert client.post("/lc/program/terms", good).status_code == 302
    assert 'value="12"' in client.get("/lc/program/terms").content.decode()
    refused = client.post("/lc/program/terms", {**good, "holidays": "soon"})
    assert refused.status_code == 422
    assert "“soon” is not a date" in refused.content.decode()
    assert client.post("/lc/program/terms", {**good, "claim_hours": "x"}).status_code == 422


def test_hours_of_the_requirement_are_1225(dana, client_for):
    plan = {
        "cohort": 25,
        "modules": 21,
        "attempts": "1.4",
        "reviews": 2,
        "minutes": 50,
        "reviewers": 14,
        "hours": 60,
    }
    page = client_for(dana).get("/lc/program/hours", plan).content.decode()
    assert "<dd>1,225</dd>" in page
    assert "<dd>87.5</dd>" in page
    assert "385 hours are missing" in page
    assert "7 more reviewers" in page


def test_impossible_hours_are_refused(dana, client_for):
    plan = {
        "cohort": 0,
        "modules": 21,
        "attempts": "1.4",
        "reviews": 2,
        "minutes": 50,
        "reviewers": 14,
        "hours": 60,
    }
    assert client_for(dana).get("/lc/program/hours", plan).status_code == 422


def test_the_log_says_who_did_what_without_evidence(dana, ada, ben, client_for):
    work.returned(ada, ben, below=("I.1.a",))
    page = client_for(dana).get("/lc/program/audit").content.decode()
    assert "Handed work in" in page
    assert "Ada Example" in page
    assert "dialogues" not in page
    assert "Show who changed" not in page


def test_the_log_turns_its_pages(dana, ada):
    work.draft(ada)
    (newest,) = api.audit_log(dana)
    assert api.audit_log(dana, before=newest.sequence) == ()


def test_one_and_three_cases_cost_the_same_queries(
    dana, ada, al, ben, program, client_for, django_assert_num_queries
):
    client = client_for(dana)
    work.passed(ada, ben)
    client.get("/lc/program?show=all")
    with django_assert_num_queries(12):
        client.get("/lc/program?show=all")
    work.passed(al, ben)
    work.draft(make_member(program, "Ana", "learner"))
    with django_assert_num_queries(12):
        client.get("/lc/program?show=all")


def test_one_and_three_log_entries_cost_the_same_queries(
    dana, ada, client_for, django_assert_num_queries
):
    client = client_for(dana)
    work.draft(ada)
    client.get("/lc/program/audit")
    with django_assert_num_queries(8):
        client.get("/lc/program/audit")
    made = work.submitted(ada)
    api.withdraw(ada, submission=made.uuid)
    with django_assert_num_queries(8):
        client.get("/lc/program/audit")
