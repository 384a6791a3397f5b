"""Whatever is posted as a launch, the answer is a page with a code, never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.platforms import LTI, Platform

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4)
    ),
    max_leaves=8,
)
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
NAMES = ("iss", "aud", "azp", "sub", "exp", "iat", "nbf", "name", "given_name", "email")
CLAIMS = st.sampled_from(
    [
        *NAMES,
        AGS,
        NRPS,
        SETTINGS,
        *(
            f"{LTI}{name}"
            for name in (
                "version",
                "message_type",
                "deployment_id",
                "target_link_uri",
                "resource_link",
                "context",
                "roles",
                "custom",
                "launch_presentation",
                "tool_platform",
            )
        ),
    ]
)
SHAPES = st.one_of(
    JSON,
    st.fixed_dictionaries({"id": JSON, "title": JSON}),
    st.fixed_dictionaries({"scope": JSON, "lineitem": JSON, "lineitems": JSON}),
    st.fixed_dictionaries({"return_url": JSON}),
    st.fixed_dictionaries({"deep_link_return_url": JSON, "accept_types": JSON, "data": JSON}),
)
RELAXED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
    database=None,
)


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


def answered(response: Any) -> bool:
    """Let in, or refused with a code: 500 raises in the test's client before it gets here."""
    if response.status_code == 302:
        return True
    return response.status_code in {400, 403} and "LTI-" in response.content.decode()


@RELAXED
@given(changes=st.dictionaries(CLAIMS, SHAPES, min_size=1, max_size=4))
def test_signed_claims_of_any_form_are_answered(platform: Platform, changes: Any) -> None:
    client = Client()
    state, nonce = platform.login(client)
    token = platform.token({**platform.claims(nonce), **changes})

    assert answered(client.post("/lti/launch", {"state": state, "id_token": token}))


@RELAXED
@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_token_of_any_text_is_answered(platform: Platform, text: str) -> None:
    client = Client()
    state, _ = platform.login(client)
    sent = {"state": state, "id_token": text.encode("utf-8", "replace").decode()}

    assert answered(client.post("/lti/launch", sent))


@RELAXED
@given(header=JSON, body=JSON)
def test_token_of_any_json_is_answered(platform: Platform, header: Any, body: Any) -> None:
    import base64

    client = Client()
    state, _ = platform.login(client)
    parts = [json.dumps(part).encode() for part in (header, body)]
    token = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

    response = client.post("/lti/launch", {"state": state, "id_token": f"{token}.c2ln"})

    assert answered(response)


@RELAXED
@given(
    sent=st.dictionaries(
        st.sampled_from(["iss", "login_hint", "target_link_uri", "client_id", "lti_message_hint"]),
        st.text(max_size=40),
    )
)
def test_login_with_any_parameters_is_answered(platform: Platform, sent: Any) -> None:
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in sent.items()}

    assert answered(Client().post("/lti/login", clean))
