"""A visit in a new tab: once, within a minute, for the one who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lti_tool.models import Registration, Ticket, Visit
from tests.factories.platforms import Platform

JSON = {"Accept": "application/json"}


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def path(program, browser) -> str:
    return Platform().register(program.pk).visit(browser)


def ticket_to(browser: Client, path: str, page: str = "/lc/my/badges") -> str:
    answer = browser.post(f"{path}/lti/new-tab", {"next": f"{path}{page}"}, headers=JSON)
    return str(answer.json()["url"])


def test_ticket_opens_the_page_in_a_tab_that_has_no_cookie(browser, path) -> None:
    tab = Client()

    page = tab.get(ticket_to(browser, path), follow=True)

    assert page.redirect_chain == [(f"{path}/lc/my/badges", 302)]
    assert "Ada Osei" in page.content.decode()


def test_ticket_works_once(browser, path) -> None:
    ticket = ticket_to(browser, path)
    Client().get(ticket)

    again = Client().get(ticket, follow=True)

    assert again.status_code == 403
    assert "Ada Osei" not in again.content.decode()


def test_ticket_works_for_a_minute(browser, path) -> None:
    ticket = ticket_to(browser, path)
    Ticket.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Client().get(ticket).status_code == 403
    assert Ticket.objects.get().expires_at - Ticket.objects.get().created_at < timedelta(minutes=1)


def test_ticket_of_one_visit_opens_no_other(program, browser, path) -> None:
    ticket = ticket_to(browser, path)
    other = Platform(client_id="client-2").register(program.pk).visit(Client(), sub="other")

    assert Client().get(ticket.replace(path, other)).status_code == 403
    assert Client().get(ticket, follow=True).status_code == 200


def test_ticket_of_a_visit_that_is_over_opens_nothing(browser, path) -> None:
    ticket = ticket_to(browser, path)
    Visit.objects.update(ended_at=timezone.now())

    assert Client().get(ticket).status_code == 403


def test_ticket_of_a_platform_that_is_switched_off_opens_nothing(browser, path) -> None:
    ticket = ticket_to(browser, path)
    Registration.objects.update(active=False)

    assert Client().get(ticket).status_code == 403
    assert Ticket.objects.get().used_at is None


def test_link_on_another_site_puts_nobody_into_somebody_elses_visit(browser, path) -> None:
    ticket = ticket_to(browser, path)

    for site in ("cross-site", "same-site", "none"):
        assert Client().get(ticket, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert Client().get(ticket, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/accounts/login/",
        "/lc/program",
        "",
        "{path}/../../accounts/",
        "{path}/\\evil.example",
        "{path}/\r\nSet-Cookie: a=b",
    ],
)
def test_ticket_leads_nowhere_but_into_its_visit(browser, path, wanted: str) -> None:
    answer = browser.post(f"{path}/lti/new-tab", {"next": wanted.format(path=path)}, headers=JSON)

    assert Client().get(answer.json()["url"]).headers["Location"] == f"{path}/"


def test_without_a_script_there_is_a_page_with_the_link(browser, path) -> None:
    page = browser.post(f"{path}/lti/new-tab", {"next": f"{path}/lc/"}).content.decode()

    assert f'href="{path}/lti/ticket?ticket=' in page


def test_nobody_gets_a_ticket_without_the_visits_cookie(path) -> None:
    assert Client().post(f"{path}/lti/new-tab", {"next": path}).status_code == 403
    assert not Ticket.objects.exists()


def test_old_tickets_do_not_pile_up(browser, path) -> None:
    ticket_to(browser, path)
    Ticket.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    ticket_to(browser, path)

    assert Ticket.objects.count() == 1
