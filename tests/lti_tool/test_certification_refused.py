"""Certification, core, known bad payloads: each is refused, and the log says why."""

from __future__ import annotations

import time

import jwt
import pytest
from django.test import Client

from lti_tool.models import LaunchLog, PlatformUser, Visit
from tests.factories.platforms import LEFT_OUT, Platform, key_named


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


def refused(response, code: str) -> None:
    """A page with the code and the reference of its row in the log; nobody was let in."""
    row = LaunchLog.objects.get()
    page = response.content.decode()
    assert response.status_code == 400
    assert (row.code, row.step) == (code, "launch")
    assert row.cause
    assert code in page
    assert str(row.uuid) in page
    assert not Visit.objects.exists()
    assert not PlatformUser.objects.exists()


def test_1_no_kid_sent_in_jwt_header(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    token = platform.token(platform.claims(nonce), kid=LEFT_OUT)

    response = client.post("/lti/launch", {"state": state, "id_token": token})

    refused(response, "LTI-302")


def test_2_incorrect_kid_in_jwt_header(platform: Platform, no_network) -> None:
    client = Client()
    state, nonce = platform.login(client)
    token = platform.token(platform.claims(nonce), kid="imstester_66067")

    response = client.post("/lti/launch", {"state": state, "id_token": token})

    refused(response, "LTI-303")


def test_3_wrong_lti_version(platform: Platform) -> None:
    refused(platform.launch(Client(), version="11.3"), "LTI-402")


def test_4_no_lti_version(platform: Platform) -> None:
    refused(platform.launch(Client(), version=LEFT_OUT), "LTI-401")


def test_5_invalid_lti_message(platform: Platform) -> None:
    client = Client()
    state, _ = platform.login(client)
    token = platform.token({"name": "badltilaunch"})

    response = client.post("/lti/launch", {"state": state, "id_token": token})

    refused(response, "LTI-306")


def test_6_missing_lti_claims(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    standard = ("iss", "aud", "sub", "exp", "iat", "nonce")
    claims = {name: platform.claims(nonce)[name] for name in standard}

    response = client.post("/lti/launch", {"state": state, "id_token": platform.token(claims)})

    refused(response, "LTI-401")


@pytest.mark.parametrize(
    ("exp", "iat", "code"),
    [(-3000, -3600, "LTI-310"), (7200, 3600, "LTI-311"), (3600, -7200, "LTI-311")],
)
def test_7_timestamps_incorrect(platform: Platform, exp: int, iat: int, code: str) -> None:
    now = int(time.time())

    refused(platform.launch(Client(), exp=now + exp, iat=now + iat), code)


def test_8_message_type_claim_missing(platform: Platform) -> None:
    refused(platform.launch(Client(), message_type=LEFT_OUT), "LTI-403")


def test_9_role_claim_missing(platform: Platform) -> None:
    refused(platform.launch(Client(), roles=LEFT_OUT), "LTI-405")


def test_10_deployment_id_claim_missing(platform: Platform) -> None:
    refused(platform.launch(Client(), deployment_id=LEFT_OUT), "LTI-406")


def test_11_resource_link_id_claim_missing(platform: Platform) -> None:
    refused(platform.launch(Client(), resource_link={"title": "A vision"}), "LTI-407")


def test_12_user_claim_missing(platform: Platform) -> None:
    refused(platform.launch(Client(), sub=LEFT_OUT), "LTI-408")


def test_signature_of_a_stranger_under_the_platforms_kid(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    forged = jwt.encode(
        platform.claims(nonce),
        key_named("stranger"),
        algorithm="RS256",
        headers={"kid": platform.kid},
    )

    response = client.post("/lti/launch", {"state": state, "id_token": forged})

    refused(response, "LTI-304")
    assert LaunchLog.objects.get().claims == {}
