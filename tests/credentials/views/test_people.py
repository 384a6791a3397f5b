"""The people page, invitations and notices, as a browser sees them."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials import api
from credentials.domain import invitation, notice
from credentials.models import Invitation, Membership, Tie
from tests.factories.people import make_member

PEOPLE = "/lc/program/people"


def invited(dana, email="eve@example.edu", role="learner") -> str:
    made = api.invite(dana, email=email, role=role)
    return reverse("lc:invitation", args=[invitation.token(Invitation.objects.get(uuid=made.uuid))])


def test_members_are_shown_with_roles_and_qualification(dana, ada, ben, client_for):
    page = client_for(dana).get(PEOPLE).content.decode()
    assert "Ada Example" in page
    assert "Principal, 12 years" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("people", {}),
        ("invite", {}),
        ("tie-add", {}),
        ("tie-end", {"tie": 1}),
        ("member-change", {"user_id": 1}),
        ("member-end", {"user_id": 1}),
        ("invitation-again", {"invitation": "00000000-0000-4000-8000-000000000000"}),
        ("invitation-withdraw", {"invitation": "00000000-0000-4000-8000-000000000000"}),
    ],
)
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_learners_and_reviewers_are_refused(who, name, arguments, request, client_for):
    client = client_for(request.getfixturevalue(who))
    address = reverse(f"lc:{name}", kwargs=arguments)
    method = client.get if name == "people" else client.post
    assert method(address, {"email": "x@example.edu", "role": "learner"}).status_code == 403


def test_nobody_signed_in_is_sent_to_the_sign_in(db):
    answer = Client().get(PEOPLE)
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=%2Flc%2Fprogram%2Fpeople")


def test_cem_sees_his_own_people_and_cannot_reach_ours(cem, dana, ada, ben, client_for):
    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="declared")
    made = api.invite(dana, email="eve@example.edu", role="learner")
    client = client_for(cem)
    page = client.get(PEOPLE).content.decode()
    assert "Ada" not in page
    assert "eve@example.edu" not in page
    for name, arguments in (
        ("tie-end", {"tie": Tie.objects.get().pk}),
        ("invitation-again", {"invitation": made.uuid}),
        ("invitation-withdraw", {"invitation": made.uuid}),
    ):
        assert client.post(reverse(f"lc:{name}", kwargs=arguments)).status_code == 404
    address = reverse("lc:member-change", kwargs={"user_id": ben.user_id})
    assert client.post(address, {"qualification": "x"}).status_code == 404


def test_inviting_shows_it_and_a_fault_is_said_at_the_field(dana, client_for):
    client = client_for(dana)
    done = client.post(f"{PEOPLE}/invite", {"email": "eve@example.edu", "role": "reviewer"})
    assert done.status_code == 302
    assert "eve@example.edu" in client.get(PEOPLE).content.decode()
    refused = client.post(f"{PEOPLE}/invite", {"email": "eve", "role": "reviewer"})
    assert refused.status_code == 422
    assert 'id="id_email-error"' in refused.content.decode()


def test_forms_need_the_token(dana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=dana.user_id))
    assert client.post(f"{PEOPLE}/invite", {"email": "eve@example.edu"}).status_code == 403


def test_the_last_administrator_reads_why_they_stay(dana, client_for):
    client = client_for(dana)
    address = reverse("lc:member-end", kwargs={"user_id": dana.user_id})
    page = client.post(address, {"role": "administrator"}, follow=True).content.decode()
    assert "last administrator" in page


def test_qualification_role_and_tie_by_their_forms(dana, ada, ben, client_for):
    client = client_for(dana)
    change = reverse("lc:member-change", kwargs={"user_id": ben.user_id})
    client.post(change, {"qualification": "Superintendent"})
    client.post(change, {"role": "coach"})
    tie = {"reviewer": ben.user_id, "learner": ada.user_id, "kind": "instructor"}
    client.post(reverse("lc:tie-add"), tie)
    ben_now = next(m for m in api.members(dana) if m.user_id == ben.user_id)
    assert (ben_now.roles, ben_now.qualification) == (("reviewer", "coach"), "Superintendent")
    assert [t.kind for t in api.ties(dana)] == ["instructor"]


def test_a_tie_needs_people_of_these_roles(dana, ada, ben, client_for):
    tie = {"reviewer": ada.user_id, "learner": ben.user_id, "kind": "instructor"}
    assert client_for(dana).post(reverse("lc:tie-add"), tie).status_code == 422


def test_one_and_three_of_everything_cost_the_same_queries(
    dana, ada, ben, program, client_for, django_assert_num_queries
):
    client = client_for(dana)
    api.invite(dana, email="e1@example.edu", role="learner")
    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="declared")
    client.get(PEOPLE)
    with django_assert_num_queries(8):
        client.get(PEOPLE)
    for name in ("Ana", "Ari"):
        learner = make_member(program, name, "learner")
        api.set_tie(dana, reviewer_id=ben.user_id, learner_id=learner.user_id, kind="declared")
        api.invite(dana, email=f"{name}2@example.edu", role="learner")
    with django_assert_num_queries(8):
        client.get(PEOPLE)


def test_an_invitation_reads_without_signing_in(dana):
    answer = Client().get(invited(dana, role="reviewer"))
    assert answer.status_code == 200
    assert "You are invited as a reviewer" in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_no_other_link_reads(db):
    assert Client().get("/lc/invitations/guess").status_code == 404


def test_a_withdrawn_one_says_so(dana):
    address = invited(dana)
    api.withdraw_invitation(dana, invitation=Invitation.objects.get().uuid)
    answer = Client().get(address)
    assert answer.status_code == 409
    assert "withdrawn" in answer.content.decode()


def test_accepting_needs_a_sign_in_and_is_once(dana, cem, program, client_for):
    address = invited(dana)
    assert Client().post(address).status_code == 302
    assert not Membership.objects.filter(user_id=cem.user_id, program=program).exists()
    client = client_for(cem)
    client.post(address)
    client.post(address)
    joined = Membership.objects.filter(user_id=cem.user_id, program=program)
    assert [row.role for row in joined] == ["learner"]


def test_switching_is_between_ones_own_programs(cem, program, other_program, client_for):
    client = client_for(cem)
    address = reverse("lc:switch-program")
    assert client.post(address, {"program": program.uuid}).status_code == 404
    make_member(program, "Cem", "learner")
    assert client.post(address, {"program": program.uuid}).status_code == 302
    assert client.session["lc_program"] == program.pk


def test_notices_show_what_happened_until_read(ada, client_for):
    notice.tell(
        user_id=ada.user_id,
        program_id=ada.program_id,
        kind="submitted",
        subject="0d5b5f32-6a5d-4b1e-9d6f-000000000001",
        competency="I.1",
        now=timezone.now(),
    )
    client = client_for(ada)
    assert "<strong>New.</strong>" in client.get("/lc/notices").content.decode()
    client.post(reverse("lc:notices-read"))
    assert "<strong>New.</strong>" not in client.get("/lc/notices").content.decode()


def test_one_and_three_notices_cost_the_same_queries(ada, client_for, django_assert_num_queries):
    def tell(number: int) -> None:
        notice.tell(
            user_id=ada.user_id,
            program_id=ada.program_id,
            kind="submitted",
            subject=f"0d5b5f32-6a5d-4b1e-9d6f-00000000000{number}",
            competency="I.1",
            now=timezone.now(),
        )

    client = client_for(ada)
    tell(1)
    client.get("/lc/notices")
    with django_assert_num_queries(6):
        client.get("/lc/notices")
    tell(2)
    tell(3)
    with django_assert_num_queries(6):
        client.get("/lc/notices")
