"""Deep linking: certification rows 31 to 37 and what the specification adds to them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from course_content.loading import load
from lti_tool import toolkeys
from lti_tool.models import Visit
from tests.factories.platforms import DL, LTI, ROLE, Platform

pytestmark = pytest.mark.django_db
RETURN_URL = "https://lms.example.edu/pick?course=7&x=1"
SETTINGS = {
    "deep_link_return_url": RETURN_URL,
    "accept_types": ["link", "ltiResourceLink"],
    "accept_presentation_document_targets": ["iframe", "window"],
    "accept_multiple": True,
    "accept_lineitem": True,
    "data": "csrf-token: <kept> & returned",
}


@pytest.fixture
def platform(program) -> Platform:
    toolkeys.ensure(now=timezone.now())
    return Platform().register(program.pk)


@pytest.fixture
def picker(platform):
    """Opens the picker as a teacher with these settings; (client, its address)."""

    def opened(**changes: Any) -> tuple[Client, str]:
        client = Client()
        settings = {k: v for k, v in {**SETTINGS, **changes}.items() if v is not None}
        path = platform.visit(
            client,
            message_type="LtiDeepLinkingRequest",
            roles=[f"{ROLE}Instructor"],
            **{f"{DL}deep_linking_settings": settings},
        )
        return client, f"{path}/lti/pick"

    return opened


def answer(response: Any) -> tuple[str, dict[str, Any]]:
    """Where the answer goes, and its claims, believed only under our public keys."""
    page = response.content.decode()
    action = unescape(re.search(r'<form method="post" action="([^"]*)"', page).group(1))
    token = re.search(r'name="JWT" value="([^"]*)"', page).group(1)
    kid = jwt.get_unverified_header(token)["kid"]
    keys = toolkeys.published(now=timezone.now())["keys"]
    key = jwt.PyJWK(next(key for key in keys if key["kid"] == kid)).key
    claims = jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        audience="https://lms.example.edu",
        issuer="client-1",
        options={"require": ["exp", "iat", "nonce"]},
    )
    return action, claims


def items(claims: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = claims[f"{DL}content_items"]
    return found


def test_row_31_request_is_received_and_opens_the_picker(picker) -> None:
    client, address = picker()

    page = client.get(address.removesuffix("lti/pick"), follow=True)

    assert page.redirect_chain[-1] == (address, 302)
    assert 'value="I.1"' in page.content.decode()


def test_rows_32_to_37_response_is_signed_and_says_what_was_sent(picker) -> None:
    client, address = picker()

    action, claims = answer(client.post(address, {"activity": ["I.1"], "columns": "yes"}))

    title = f"I.1 {load().module('I.1').title}"
    assert action == RETURN_URL
    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}deployment_id"] == "deployment-1"
    assert claims[f"{DL}data"] == SETTINGS["data"]
    assert claims[f"{DL}msg"] == f"Added: {title}"
    assert claims["exp"] - claims["iat"] < 600
    assert items(claims) == [
        {
            "type": "ltiResourceLink",
            "title": title,
            "text": load().module("I.1").tagline,
            "url": "http://localhost:8000/lti/launch",
            "custom": {"lc_module": "I.1"},
            "lineItem": {
                "scoreMaximum": 100.0,
                "label": title,
                "resourceId": "I.1",
                "tag": "learner-centered-credentials",
            },
        }
    ]


def test_each_answer_has_a_nonce_of_its_own(picker) -> None:
    client, address = picker()
    nonces = [answer(client.post(address, {"cancel": "yes"}))[1]["nonce"] for _ in range(2)]

    assert len(set(nonces)) == 2


def test_several_modules_come_in_the_frameworks_order(picker) -> None:
    client, address = picker()

    _, claims = answer(client.post(address, {"activity": ["path", "I.2", "I.1"]}))

    assert [item.get("custom") for item in items(claims)] == [
        {"lc_module": "I.1"},
        {"lc_module": "I.2"},
        None,
    ]


def test_d1_nothing_is_an_answer_too(picker) -> None:
    client, address = picker()

    _, claims = answer(client.post(address, {"activity": ["I.1"], "cancel": "yes"}))

    assert items(claims) == []
    assert f"{DL}msg" not in claims


@pytest.mark.parametrize("data", [None, "", "x" * 5_000])
def test_d2_data_goes_back_as_it_came(picker, data: str | None) -> None:
    client, address = picker(data=data)

    _, claims = answer(client.post(address, {"cancel": "yes"}))

    assert claims.get(f"{DL}data") == data


def test_d3_one_at_a_time_where_the_platform_takes_one(picker) -> None:
    client, address = picker(accept_multiple=False)

    page = client.get(address).content.decode()
    refused = client.post(address, {"activity": ["I.1", "I.2"]})

    assert 'type="radio"' in page
    assert 'type="checkbox" name="activity"' not in page
    assert refused.status_code == 422
    assert "choose one" in refused.content.decode()


@pytest.mark.parametrize(("accepts", "wanted"), [(True, False), (False, True)])
def test_d3_no_column_where_none_is_taken_or_wanted(picker, accepts: bool, wanted: bool) -> None:
    client, address = picker(accept_lineitem=accepts)
    form = {"activity": "I.1"} | ({"columns": "yes"} if wanted else {})

    _, claims = answer(client.post(address, form))

    assert "lineItem" not in items(claims)[0]


def test_d3_new_window_where_the_platform_has_no_frame(picker) -> None:
    client, address = picker(accept_presentation_document_targets=["window"])

    _, claims = answer(client.post(address, {"activity": "I.1"}))

    assert items(claims)[0]["window"] == {"targetName": "_blank"}


def test_d3_platform_that_takes_no_links_is_told_nothing(picker) -> None:
    client, address = picker(accept_types=["html"])

    page = client.get(address).content.decode()
    _, claims = answer(client.post(address, {"activity": "I.1"}))

    assert 'name="activity"' not in page
    assert items(claims) == []


def test_nothing_chosen_is_asked_again_with_the_choices_kept(picker) -> None:
    client, address = picker()

    page = client.post(address, {})

    assert page.status_code == 422
    assert "Choose what to add" in page.content.decode()
    assert 'name="columns" value="yes" checked' not in page.content.decode()


def test_answer_may_be_posted_to_the_platform_only(picker) -> None:
    client, address = picker()

    response = client.post(address, {"activity": "I.1"})

    policy = response.headers["Content-Security-Policy"].split("; ")
    assert "form-action https://lms.example.edu" in policy
    assert "frame-ancestors https://lms.example.edu" in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("host", ["lms.example.edu;script-src", "a b", "lms'example", "x@lms.edu"])
def test_return_address_that_would_change_the_policy_is_refused(picker, host: str) -> None:
    client, address = picker(deep_link_return_url=f"https://{host}/pick")

    response = client.post(address, {"activity": "I.1"})

    assert response.status_code == 422
    assert "JWT" not in response.content.decode()


def test_return_address_is_written_as_text(picker) -> None:
    client, address = picker(deep_link_return_url='https://lms.example.edu/"><b>x')

    page = client.post(address, {"cancel": "yes"}).content.decode()

    assert "<b>x" not in page


def test_visit_of_a_resource_link_has_no_picker(platform) -> None:
    client = Client()
    path = platform.visit(client)

    assert client.get(f"{path}/lti/pick").status_code == 404


def test_picker_without_its_cookie_opens_nothing(picker) -> None:
    _, address = picker()

    assert Client().get(address).status_code == 403
    assert Client().post(address, {"activity": "I.1"}).status_code == 403


def test_picker_outside_a_visit_is_not_there(db) -> None:
    assert Client().get("/lti/pick").status_code == 404
    assert not Visit.objects.exists()
