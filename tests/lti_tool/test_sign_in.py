"""Sign-in, reset, change: by e-mail and password, telling strangers nothing."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lti_tool.models import User
from lti_tool.people import make_account
from tests.lti_tool.conftest import PASSWORD

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
NEW = "another long sentence 7"


def sign_in(browser: Client, email: str = "eve@example.edu", password: str = PASSWORD, **more):
    return browser.post(LOGIN, {"login": email, "password": password, **more})


def confirm(browser: Client) -> None:
    """What comes next can lock somebody out, so the password is asked for once more."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


def link_in(body: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def test_signing_in_leads_home_and_makes_a_new_session(browser, eve):
    browser.get(LOGIN)
    browser.get("/accounts/signup/")
    session = browser.session
    session["before"] = "sign-in"
    session.save()
    before = session.session_key
    answer = sign_in(browser)
    assert (answer.status_code, answer["Location"]) == (302, "/lc/")
    assert browser.session.session_key != before
    assert browser.session["_auth_user_id"] == str(eve.pk)


def test_signing_in_leads_to_where_one_was_going_but_never_off_the_site(browser, eve):
    assert sign_in(browser, next="/lc/notices")["Location"] == "/lc/notices"
    browser.post("/accounts/logout/")
    assert sign_in(browser, next="https://evil.example/")["Location"] == "/lc/"


def test_the_name_is_no_sign_in(browser, eve):
    assert sign_in(browser, email=eve.username).status_code == 200
    assert "_auth_user_id" not in browser.session


def test_a_wrong_password_and_an_unknown_address_read_the_same(browser, eve):
    def shown(email: str) -> str:
        page = sign_in(browser, email=email, password="wrong").content.decode()
        return re.sub(r'value="[^"]*"', "", page.replace(email, ""))

    assert shown("eve@example.edu") == shown("nobody@example.edu")


def test_guessing_is_stopped_even_with_the_right_password(browser, eve):
    for _ in range(5):
        sign_in(browser, password="wrong")
    page = sign_in(browser).content.decode()
    assert "Too many attempts" in page
    assert "_auth_user_id" not in browser.session


def test_signing_out_ends_the_session(browser, eve):
    sign_in(browser)
    browser.post("/accounts/logout/")
    assert "_auth_user_id" not in browser.session


def test_a_closed_account_stays_out(browser, eve):
    User.objects.update(is_active=False)
    sign_in(browser)
    assert "_auth_user_id" not in browser.session


def test_reset_answers_the_same_for_any_address(browser, eve, mailoutbox):
    known = browser.post(RESET, {"email": "eve@example.edu"})
    unknown = browser.post(RESET, {"email": "nobody@example.edu"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to[0] for mail in mailoutbox] == ["eve@example.edu", "nobody@example.edu"]
    assert "no account" in mailoutbox[1].body.lower()


def test_a_reset_link_works_once_and_under_the_configured_address(browser, eve, mailoutbox):
    browser.post(RESET, {"email": "eve@example.edu"}, headers={"host": "127.0.0.1"})
    body = mailoutbox[0].body
    assert "http://localhost:8000/accounts/password/reset/key/" in body
    form = browser.get(link_in(body), follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert sign_in(Client(), password=NEW).status_code == 302
    again = Client().get(link_in(body), follow=True)
    assert "has been used or has run out" in again.content.decode()


def test_a_password_that_everybody_uses_is_refused(browser, eve, mailoutbox):
    browser.post(RESET, {"email": "eve@example.edu"})
    form = browser.get(link_in(mailoutbox[0].body), follow=True)
    weak = browser.post(
        form.request["PATH_INFO"], {"password1": "password1234", "password2": "password1234"}
    )
    assert "too common" in weak.content.decode()


def test_changing_the_password_signs_other_devices_out_and_says_so_by_mail(
    browser, eve, mailoutbox
):
    phone = Client()
    sign_in(browser)
    sign_in(phone)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = browser.post("/accounts/password/change/", change)
    assert answer["Location"] == "/accounts/"
    assert browser.get("/accounts/").status_code == 200
    assert phone.get("/accounts/").status_code == 302
    assert [mail.subject for mail in mailoutbox] == ["Your password was changed"]


def test_a_new_address_counts_once_its_mail_is_answered(browser, eve, mailoutbox):
    sign_in(browser)
    confirm(browser)
    browser.post("/accounts/email/", {"email": "eve@new.example", "action_add": ""})
    eve.refresh_from_db()
    assert eve.email == "eve@example.edu"
    confirmation = next(mail for mail in mailoutbox if mail.to == ["eve@new.example"])
    browser.post(link_in(confirmation.body))
    eve.refresh_from_db()
    assert eve.email == "eve@new.example"


def test_somebody_elses_address_cannot_be_taken_and_nothing_says_it_exists(
    browser, eve, mailoutbox
):
    make_account(email="ada@example.edu", name="Ada", password=PASSWORD)
    sign_in(browser)
    confirm(browser)
    answer = browser.post("/accounts/email/", {"email": "ada@example.edu", "action_add": ""})
    assert answer.status_code == 302
    assert get_user_model().objects.get(pk=eve.pk).email == "eve@example.edu"


def test_an_account_of_the_operator_gets_its_password_by_mail(browser, mailoutbox, db):
    make_account(email="dana@example.edu", name="Dana", password=None)
    browser.post(RESET, {"email": "dana@example.edu"})
    form = browser.get(link_in(mailoutbox[0].body), follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert sign_in(Client(), email="dana@example.edu", password=NEW).status_code == 302


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "two-step/"])
def test_ones_account_is_for_oneself(browser, db, path):
    assert browser.get(f"/accounts/{path}")["Location"].startswith(LOGIN)


def test_a_name_is_saved_and_an_account_without_program_says_so(browser, eve):
    sign_in(browser)
    browser.post("/accounts/name/", {"display_name": "Eve Okafor"})
    page = browser.get("/accounts/").content.decode()
    assert 'value="Eve Okafor"' in page
    assert "None yet" in page
    assert browser.get("/lc/").status_code == 403


@pytest.mark.parametrize("path", [LOGIN, RESET, "/accounts/signup/"])
def test_account_pages_keep_the_strict_policy_and_hold_nothing_inline(browser, db, path):
    answer = browser.get(path)
    page = answer.content.decode()
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page) == []
