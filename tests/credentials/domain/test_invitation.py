"""Invitations: by mail, once, for fourteen days, and the link is nowhere in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from credentials import api
from credentials.data import Actor
from credentials.domain import invitation, notice
from credentials.errors import Closed, Invalid, NotAllowed, NotFound
from credentials.models import AuditEntry, Invitation, Membership, WorkItem
from tests.factories.people import TestLinks


def newcomer(name: str = "eve"):
    return get_user_model().objects.create_user(username=name, email=f"{name}@example.edu")


def token_of(email: str) -> str:
    return invitation.token(Invitation.objects.get(email=email))


def test_invite_twice_is_one_invitation_and_one_mail(dana: Actor):
    first = api.invite(dana, email="Eve@Example.edu ", role="learner")
    second = api.invite(dana, email="eve@example.edu", role="learner")
    assert first == second
    assert WorkItem.objects.filter(kind="mail").count() == 1


def test_the_row_holds_a_digest_and_the_work_no_secret(dana: Actor):
    made = api.invite(dana, email="eve@example.edu", role="reviewer")
    row = Invitation.objects.get(uuid=made.uuid)
    token = invitation.token(row)
    assert row.token_digest == invitation.digest(token)
    assert token not in str(WorkItem.objects.values_list("payload", flat=True))
    assert WorkItem.objects.get(kind="mail").payload == {"invitation": str(made.uuid)}


def test_the_token_has_256_bits(dana: Actor):
    api.invite(dana, email="eve@example.edu", role="reviewer")
    assert len(token_of("eve@example.edu")) == 43


def test_the_mail_carries_the_link_and_no_name(dana: Actor, mailoutbox, settings):
    api.invite(dana, email="eve@example.edu", role="reviewer")
    notice.send(WorkItem.objects.get(kind="mail").payload)
    (mail,) = mailoutbox
    assert mail.to == ["eve@example.edu"]
    assert f"/lc/invitations/{token_of('eve@example.edu')}" in mail.body
    assert "Dana" not in mail.body
    assert mail.subject == "Invitation to Lakeshore Principal Preparation"
    assert mail.extra_headers == {"Auto-Submitted": "auto-generated"}


@pytest.mark.parametrize(
    "email", ["", "eve", "eve@", "a@b.example, c@d.example", "eve@x\n.example"]
)
def test_an_unusable_address_is_refused_at_its_field(dana: Actor, email: str):
    with pytest.raises(Invalid) as refused:
        api.invite(dana, email=email, role="learner")
    assert [p.field for p in refused.value.problems] == ["email"]


def test_an_unknown_role_is_refused(dana: Actor):
    with pytest.raises(Invalid):
        api.invite(dana, email="eve@example.edu", role="superuser")


def test_a_member_is_not_invited_into_a_role_they_have(dana: Actor, ada: Actor):
    with pytest.raises(Invalid):
        api.invite(dana, email="ADA@example.edu", role="learner")


def test_accepting_twice_is_one_membership(dana: Actor):
    api.invite(dana, email="eve@example.edu", role="reviewer")
    token, eve = token_of("eve@example.edu"), newcomer()
    api.accept_invitation(user=eve, token=token, links=TestLinks())
    api.accept_invitation(user=eve, token=token, links=TestLinks())
    assert list(Membership.objects.filter(user=eve).values_list("role", "active")) == [
        ("reviewer", True)
    ]
    assert AuditEntry.objects.get(verb="invitation.accepted").actor == f"user:{eve.pk}"


def test_a_used_link_is_closed_to_everybody_else(dana: Actor):
    api.invite(dana, email="eve@example.edu", role="administrator")
    token = token_of("eve@example.edu")
    api.accept_invitation(user=newcomer(), token=token, links=TestLinks())
    with pytest.raises(Closed, match="has been used"):
        api.accept_invitation(user=newcomer("mallory"), token=token, links=TestLinks())


def test_a_link_runs_out_after_fourteen_days(dana: Actor):
    api.invite(dana, email="eve@example.edu", role="learner")
    row = Invitation.objects.get()
    late = row.created_at + timedelta(days=14)
    assert invitation.state(row, now=late - timedelta(seconds=1)) is invitation.State.OPEN
    assert invitation.state(row, now=late) is invitation.State.EXPIRED


def test_an_expired_link_opens_nothing_until_it_is_sent_again(dana: Actor):
    made = api.invite(dana, email="eve@example.edu", role="learner")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    token = token_of("eve@example.edu")
    with pytest.raises(Closed, match="has run out"):
        api.offer(token=token)
    api.send_invitation_again(dana, invitation=made.uuid)
    assert api.offer(token=token).role == "learner"


def test_withdrawing_twice_is_withdrawn_and_its_mail_is_not_sent(dana: Actor, mailoutbox):
    made = api.invite(dana, email="eve@example.edu", role="learner")
    api.withdraw_invitation(dana, invitation=made.uuid)
    api.withdraw_invitation(dana, invitation=made.uuid)
    notice.send({"invitation": str(made.uuid)})
    assert mailoutbox == []
    assert api.invitations(dana) == ()
    with pytest.raises(Closed, match="withdrawn"):
        api.offer(token=token_of("eve@example.edu"))


def test_a_mail_after_a_change_of_master_key_carries_a_link_that_works(dana: Actor, mailoutbox):
    made = api.invite(dana, email="eve@example.edu", role="learner")
    Invitation.objects.update(token_digest="of another master key")
    notice.send({"invitation": str(made.uuid)})
    assert api.offer(token=token_of("eve@example.edu")).role == "learner"


def test_an_accepted_invitation_cannot_be_withdrawn(dana: Actor):
    made = api.invite(dana, email="eve@example.edu", role="learner")
    api.accept_invitation(user=newcomer(), token=token_of("eve@example.edu"), links=TestLinks())
    with pytest.raises(Closed):
        api.withdraw_invitation(dana, invitation=made.uuid)


def test_no_other_link_opens_anything(dana: Actor):
    api.invite(dana, email="eve@example.edu", role="learner")
    for token in ("", "guess", Invitation.objects.get().token_digest):
        assert api.open_invitation(token=token) is None


def test_cem_cannot_touch_an_invitation_of_this_program(dana: Actor, cem: Actor):
    made = api.invite(dana, email="eve@example.edu", role="learner")
    for verb in (api.withdraw_invitation, api.send_invitation_again):
        with pytest.raises(NotFound):
            verb(cem, invitation=made.uuid)
    assert api.invitations(cem) == ()


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_only_administrators_invite(who: str, request):
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        api.invite(person, email="eve@example.edu", role="administrator")
    with pytest.raises(NotAllowed):
        api.invitations(person)
