"""What every answer carries, and how refusals are worded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from credentials.data import Actor, Text
from credentials.errors import Closed, Conflict, Invalid, LCError, NotAllowed, NotFound, Problem
from credentials.views import safety
from credentials.views.shell import SignInNeeded

ClientFor = Callable[[Actor], Client]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def answer(error: Exception, accept: str = "text/html") -> HttpResponse:
    request = RequestFactory().get("/lc/x?y=1", HTTP_ACCEPT=accept)
    middleware = safety.Errors(lambda _: HttpResponse())
    response = middleware.process_exception(request, error)
    assert response is not None
    return response


def test_every_page_carries_the_strict_policy(client: Client, db: None) -> None:
    headers = client.get("/").headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_view_keeps_its_own_stricter_policy() -> None:
    def sandboxed(_: object) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'; sandbox"})

    response = safety.SafetyHeaders(sandboxed)(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_pages_of_a_person_stay_in_no_cache(ada: Actor, client_for: ClientFor) -> None:
    assert client_for(ada).get("/lc/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("It is Ada's."), 404),
        (NotAllowed("Not yours to do."), 403),
        (Closed("Too late."), 409),
        (Conflict("Somebody was faster."), 409),
        (Invalid("Two things."), 422),
    ],
)
def test_each_refusal_has_its_status_for_people_and_scripts(error: LCError, status: int) -> None:
    assert answer(error).status_code == status
    assert answer(error, "application/json").status_code == status


def test_a_page_that_is_not_there_does_not_say_why() -> None:
    assert "Ada" not in answer(NotFound("It is Ada's.")).content.decode()


def test_a_refusal_says_its_own_sentence_on_the_page() -> None:
    assert "Not yours to do." in answer(NotAllowed("Not yours to do.")).content.decode()


def test_problems_are_told_to_the_script_by_field() -> None:
    problem = Problem(field="overview-1", code="too-long", message="Too long.")

    document = json.loads(answer(Invalid("One thing.", (problem,)), "application/json").content)

    assert document == {
        "error": "One thing.",
        "problems": [{"field": "overview-1", "code": "too-long", "message": "Too long."}],
    }


def test_a_conflict_carries_the_other_version() -> None:
    saved = datetime(2031, 3, 4, 23, 10, tzinfo=UTC)
    theirs = Text(key="overview-1", text="Theirs", revision=6, saved_at=saved, device="laptop")

    document = json.loads(
        answer(Conflict("Both kept.", theirs, other=4), "application/json").content
    )

    assert document == {
        "error": "Both kept.",
        "conflict": True,
        "other": 4,
        "theirs": {
            "text": "Theirs",
            "revision": 6,
            "saved_at": "2031-03-04T23:10:00+00:00",
            "device": "laptop",
        },
    }


def test_nobody_is_asked_to_sign_in_and_comes_back() -> None:
    assert answer(SignInNeeded())["Location"] == "/accounts/login/?next=%2Flc%2Fx%3Fy%3D1"


def test_a_script_of_nobody_is_told_with_a_status() -> None:
    assert answer(SignInNeeded(), "application/json").status_code == 401


def test_an_error_that_is_not_ours_is_left_to_django() -> None:
    middleware = safety.Errors(lambda _: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), KeyError("x")) is None


def test_the_way_back_leads_to_this_site_only() -> None:
    request = RequestFactory().get("/lc/x", HTTP_REFERER="https://elsewhere.example/evil")

    html = safety.answer_error(request, Invalid("One thing.")).content.decode()

    assert "elsewhere" not in html


def test_our_own_fault_is_told_without_a_database() -> None:
    response = safety.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_an_address_that_is_not_there_has_our_page(client: Client, db: None) -> None:
    response = client.get("/lc/nothing-at-all")

    assert response.status_code == 404
    assert "There is nothing here for you" in response.content.decode()


def test_somebody_without_a_program_is_told_what_to_do(
    client: Client, django_user_model: type, db: None
) -> None:
    client.force_login(django_user_model.objects.create_user(username="eve"))  # type: ignore[attr-defined]  # the user model

    response = client.get("/lc/")

    assert response.status_code == 403
    assert "Ask your program for an invitation" in response.content.decode()
