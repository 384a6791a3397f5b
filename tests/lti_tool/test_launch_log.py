"""The launch log: what staff see of each launch, and what is not in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lti_tool import launch_log
from lti_tool.models import LaunchLog
from tests.factories.platforms import Platform


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_queries_however_long_it_is(
    platform: Platform, dana, client_for, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        platform.visit(Client())
    staff = client_for(dana)
    staff.get("/lti/log")

    with django_assert_num_queries(6):
        page = staff.get("/lti/log")

    assert page.content.decode().count("Let in") == rows


def test_administrator_finds_the_code_and_reference_that_the_learner_saw(
    platform: Platform, dana, client_for
) -> None:
    refused = platform.launch(Client(), roles=None).content.decode()

    page = client_for(dana).get("/lti/log").content.decode()

    row = LaunchLog.objects.get()
    for seen in (row.code, str(row.uuid)):
        assert seen in refused
        assert seen in page
    assert "the claim roles is missing" in page


def test_log_names_nobody(platform: Platform, dana, client_for) -> None:
    platform.visit(Client())
    platform.launch(Client(), roles=None)

    page = client_for(dana).get("/lti/log").content.decode()

    for personal in ("Ada Osei", "ada@lms.example.edu", "ada-at-lms"):
        assert personal not in page
        assert personal not in str(list(LaunchLog.objects.values()))


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_log_is_for_administrators(request, client_for, who: str) -> None:
    page = client_for(request.getfixturevalue(who)).get("/lti/log")

    assert page.status_code == 403


def test_nobody_signed_in_is_asked_to(db: None) -> None:
    assert "/accounts/login/" in Client().get("/lti/log").headers["Location"]


def test_strangers_cannot_fill_the_log(platform: Platform) -> None:
    for _ in range(launch_log.STRANGERS_A_MINUTE + 5):
        Client().post("/lti/launch", {"state": "x"})

    assert LaunchLog.objects.count() == launch_log.STRANGERS_A_MINUTE


def test_rows_go_when_their_time_is_over(platform: Platform) -> None:
    platform.visit(Client())
    LaunchLog.objects.update(at=timezone.now() - launch_log.KEPT - timedelta(days=1))

    platform.visit(Client())

    assert LaunchLog.objects.count() == 1


def test_administrators_menu_leads_to_the_log(dana, ada, client_for) -> None:
    assert 'href="/lti/log"' in client_for(dana).get("/lc/program").content.decode()
    assert 'href="/lti/log"' not in client_for(ada).get("/lc/").content.decode()
