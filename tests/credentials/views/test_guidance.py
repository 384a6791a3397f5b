"""The pages that explain."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from course_content.loading import load
from credentials.data import Actor
from tests.factories.people import make_member, make_program

ClientFor = Callable[[Actor], Client]


def test_start_says_where_to_begin_and_how_to_check(client: Client, db: None) -> None:
    html = client.get("/").content.decode()

    assert 'href="/accounts/login/">Sign in</a>' in html
    assert 'href="/lc/verify">Check a badge</a>' in html
    assert "not a licence" in html


def test_start_leads_somebody_signed_in_to_their_path(ada: Actor, client_for: ClientFor) -> None:
    assert client_for(ada).get("/")["Location"] == "/lc/"


@pytest.mark.parametrize("role", ["learner", "reviewer", "administrator", "district"])
def test_help_of_each_role_is_there_for_everybody(role: str, client: Client, db: None) -> None:
    assert client.get(f"/lc/help/{role}").status_code == 200


def test_help_for_nobody_we_know_is_not_found(client: Client, db: None) -> None:
    assert client.get("/lc/help/janitor").status_code == 404


def test_help_goes_straight_to_the_only_role(ben: Actor, client_for: ClientFor) -> None:
    assert client_for(ben).get("/lc/help")["Location"] == "/lc/help/reviewer"


def test_help_asks_somebody_with_two_roles(db: None, client_for: ClientFor) -> None:
    both = make_member(make_program(), "Bob", "learner", "reviewer")

    assert client_for(both).get("/lc/help").status_code == 200


def test_glossary_holds_every_term(client: Client, db: None) -> None:
    html = client.get("/lc/glossary").content.decode()

    assert re.findall(r'<dt id="([^"]+)"', html) == [
        t.slug for t in sorted(load().framework.glossary, key=lambda t: t.term.lower())
    ]
