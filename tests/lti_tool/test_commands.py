"""The operator's commands: a practice program, and the first step of a real one."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credentials.models import Issuer, Membership, Program
from lti_tool.management.commands.lc_practice import PASSWORD
from lti_tool.models import User
from tests.lti_tool.test_sign_in import sign_in

NEW = {
    "name": "Riverbend Residency",
    "legal_name": "Riverbend State University",
    "administrator": "dana@riverbend.example",
    "administrator_name": "Dana",
}


def seed() -> str:
    out = StringIO()
    call_command("lc_practice", stdout=out)
    return out.getvalue()


def test_practice_refuses_to_run_anywhere_else(db):
    with pytest.raises(CommandError):
        seed()
    assert not Program.objects.exists()


def test_practice_twice_is_once_and_prints_how_to_sign_in(db, settings, browser):
    settings.LC_PRACTICE = True
    said = seed()
    assert seed() == said
    assert "Lakeshore Principal Preparation (practice)" in said
    assert PASSWORD in said
    roles = Membership.objects.order_by("pk").values_list("role", flat=True)
    assert list(roles) == ["learner", "learner", "reviewer", "reviewer", "administrator"]
    assert sign_in(browser, email="ada@lakeshore.example", password=PASSWORD).status_code == 302


def test_a_role_that_was_ended_in_practice_stays_ended(db, settings):
    settings.LC_PRACTICE = True
    seed()
    Membership.objects.filter(role="reviewer").update(active=None)
    seed()
    assert Membership.objects.filter(role="reviewer", active=True).count() == 0


def test_a_program_has_an_issuer_and_an_administrator_without_a_password(db):
    for _ in range(2):
        call_command("lc_program", "riverbend", **NEW, stdout=StringIO())
    assert Issuer.objects.get().program.slug == "riverbend"
    dana = User.objects.get()
    assert not dana.has_usable_password()
    assert Membership.objects.get().user == dana


def test_a_wrong_address_makes_nothing(db):
    with pytest.raises(CommandError):
        call_command("lc_program", "riverbend", **{**NEW, "administrator": "dana"})
    assert not Program.objects.exists()
