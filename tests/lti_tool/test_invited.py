"""From a mailed link to an account, a verified address and a membership; no other way in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.test import Client

from credentials import api
from credentials.domain import invitation
from credentials.models import Invitation, Membership
from lti_tool.models import User
from tests.lti_tool.conftest import PASSWORD
from tests.lti_tool.test_sign_in import sign_in

FORM = {"display_name": "Eve Okafor", "password1": PASSWORD, "password2": PASSWORD}


def link(dana, role: str = "learner") -> str:
    made = api.invite(dana, email="eve@example.edu", role=role)
    return invitation.token(Invitation.objects.get(uuid=made.uuid))


def test_nobody_signs_up_without_a_link(browser, db):
    assert "by invitation" in browser.get("/accounts/signup/").content.decode()
    browser.post("/accounts/signup/", FORM)
    assert not User.objects.exists()


def test_a_link_makes_an_account_a_verified_address_and_a_membership(browser, dana):
    browser.get(f"/accounts/welcome/{link(dana)}/")
    assert "eve@example.edu" in browser.get("/accounts/signup/").content.decode()
    answer = browser.post("/accounts/signup/", FORM)
    eve = User.objects.get(email="eve@example.edu")
    assert answer["Location"] == "/lc/"
    assert (eve.display_name, eve.username != "eve") == ("Eve Okafor", True)
    assert EmailAddress.objects.get(user=eve).verified
    assert Membership.objects.get(user=eve).role == "learner"
    assert browser.get("/lc/notices").status_code == 200


def test_the_address_is_the_invited_one_whatever_is_sent(browser, dana):
    browser.get(f"/accounts/welcome/{link(dana)}/")
    browser.post("/accounts/signup/", {**FORM, "email": "mallory@example.com"})
    assert not User.objects.filter(email="mallory@example.com").exists()
    assert User.objects.filter(email="eve@example.edu").exists()


def test_a_link_makes_one_account(browser, dana):
    token = link(dana)
    browser.get(f"/accounts/welcome/{token}/")
    browser.post("/accounts/signup/", FORM)
    other = Client()
    assert other.get(f"/accounts/welcome/{token}/")["Location"] == f"/lc/invitations/{token}"
    other.post("/accounts/signup/", FORM)
    assert User.objects.filter(email="eve@example.edu").count() == 1


def test_a_link_that_was_withdrawn_meanwhile_makes_no_account(browser, dana):
    browser.get(f"/accounts/welcome/{link(dana)}/")
    api.withdraw_invitation(dana, invitation=Invitation.objects.get().uuid)
    browser.post("/accounts/signup/", FORM)
    assert not User.objects.filter(email="eve@example.edu").exists()


def test_an_address_with_an_account_signs_in_and_accepts(browser, dana, eve):
    token = link(dana, "reviewer")
    onward = browser.get(f"/accounts/welcome/{token}/")["Location"]
    assert onward == f"/accounts/login/?next=%2Flc%2Finvitations%2F{token}"
    sign_in(browser, next=f"/lc/invitations/{token}")
    browser.post(f"/lc/invitations/{token}")
    assert Membership.objects.get(user=eve).role == "reviewer"


def test_a_weak_password_makes_no_account(browser, dana):
    browser.get(f"/accounts/welcome/{link(dana)}/")
    weak = {**FORM, "password1": "short", "password2": "short"}
    assert "at least 10 characters" in browser.post("/accounts/signup/", weak).content.decode()
    assert not User.objects.filter(email="eve@example.edu").exists()
