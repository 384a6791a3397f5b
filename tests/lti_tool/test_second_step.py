"""The second step: optional, with recovery codes, its secret sealed at rest."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken
from django.test import Client

from credentials.signals import master_key_changed
from lti_tool.accounts import MFAAdapter
from lti_tool.qr import qr_svg
from tests.lti_tool.conftest import PASSWORD
from tests.lti_tool.test_sign_in import confirm, sign_in

ACTIVATE = "/accounts/two-step/totp/activate/"


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def switch_on(browser: Client) -> str:
    confirm(browser)
    page = browser.get(ACTIVATE).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    assert browser.post(ACTIVATE, {"code": code_now(secret)}).status_code == 302
    return secret


def test_switched_on_the_password_alone_opens_nothing(browser, eve):
    sign_in(browser)
    secret = switch_on(browser)
    phone = Client()
    assert sign_in(phone)["Location"] == "/accounts/two-step/authenticate/"
    assert phone.get("/accounts/")["Location"].startswith("/accounts/login/")
    wrong = phone.post("/accounts/two-step/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    # a code counts once, so the sign-in waits for the next one as a person would
    later = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))
    right = phone.post("/accounts/two-step/authenticate/", {"code": later})
    assert right["Location"] == "/lc/"


@pytest.mark.django_db(transaction=True)
def test_switching_it_on_is_mailed(browser, eve, mailoutbox):
    sign_in(browser)
    switch_on(browser)
    assert [mail.subject for mail in mailoutbox] == ["Second step switched on"]


def test_a_recovery_code_works_once(browser, eve):
    sign_in(browser)
    switch_on(browser)
    codes = re.findall(
        r"<code>(\d{8})</code>", browser.get("/accounts/two-step/recovery-codes/").content.decode()
    )
    assert len(codes) == 10
    for expected in (302, 200):
        phone = Client()
        sign_in(phone)
        answer = phone.post("/accounts/two-step/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected


def test_the_secret_is_sealed_at_rest(browser, eve, settings):
    sign_in(browser)
    secret = switch_on(browser)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert MFAAdapter().decrypt(stored) == secret
    settings.LC_MASTER_KEY = "another"
    with pytest.raises(InvalidToken):
        MFAAdapter().decrypt(stored)


def test_a_restore_under_another_master_key_keeps_it_working(browser, eve, settings):
    sign_in(browser)
    secret = switch_on(browser)
    old_key, settings.LC_MASTER_KEY = settings.LC_MASTER_KEY, "another"
    master_key_changed.send(None, old_key=old_key)
    assert MFAAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
    phone = Client()
    sign_in(phone)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))
    assert phone.post("/accounts/two-step/authenticate/", {"code": code})["Location"] == "/lc/"


def test_switching_it_on_asks_who_is_there(browser, eve):
    sign_in(browser)
    assert browser.get(ACTIVATE)["Location"].startswith("/accounts/reauthenticate/")


def test_every_page_of_it_holds_nothing_inline(browser, eve):
    sign_in(browser)
    confirm(browser)
    pages = [browser.get(ACTIVATE).content.decode()]
    switch_on(browser)
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        answer = browser.get(f"/accounts/two-step/{path}")
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    for page in pages:
        assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|data:", page) == []


def test_the_code_to_scan_is_one_path_on_white():
    svg = qr_svg("otpauth://totp/eve?secret=ABC")
    assert svg.count("<path") == 2
    assert 'fill="#fff"' in svg


def test_password_is_still_asked_for(browser, eve):
    sign_in(browser)
    switch_on(browser)
    assert sign_in(Client(), password=PASSWORD + "x").status_code == 200
