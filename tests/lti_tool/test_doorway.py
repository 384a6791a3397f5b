"""The door: a membership that ends, ends now."""

from __future__ import annotations

from django.test import Client

from credentials import api
from credentials.domain import invitation
from credentials.models import Invitation
from tests.factories.people import make_member


def test_a_membership_that_ends_closes_the_open_session(dana, ada, client_for):
    client = client_for(ada)
    assert client.get("/lc/notices").status_code == 200
    api.end_membership(dana, user_id=ada.user_id, role="learner")
    assert client.get("/lc/notices").status_code == 403


def test_a_chosen_program_that_one_left_is_not_entered(cem, dana, program, client_for):
    client = client_for(cem)
    make_member(program, "Cem", "learner")
    client.post("/lc/switch-program", {"program": program.uuid})
    assert program.name in client.get("/lc/notices").content.decode()
    api.end_membership(dana, user_id=cem.user_id, role="learner")
    page = client.get("/lc/notices").content.decode()
    assert cem.program_name in page
    assert program.name not in page


def test_an_accepted_invitation_takes_me_into_its_program(cem, dana, program, client_for):
    made = api.invite(dana, email="cem@example.edu", role="learner")
    token = invitation.token(Invitation.objects.get(uuid=made.uuid))
    client = client_for(cem)
    client.post(f"/lc/invitations/{token}")
    client.get("/lc/notices")
    assert program.name in client.get("/lc/notices").content.decode()


def test_without_a_sign_in_there_is_no_actor(db):
    assert Client().get("/lc/notices")["Location"] == "/accounts/login/?next=%2Flc%2Fnotices"
