"""Tokens for the tool's server: what the assertion must say, and what a token opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.messages import AGS_SCOPE, NRPS_SCOPE
from lti_tool.practice_lms.roster_service import MEMBERS
from tests.lti_tool.practice_lms.other_side import Browser, Clock

Assertion = Callable[..., dict[str, str]]


def test_token_is_given_for_an_hour_and_the_scopes_asked_for(
    server: Browser, assertion: Assertion
) -> None:
    answer = server.post("/lti/token", assertion(f"{AGS_SCOPE}score"))

    assert answer.status == 200
    assert answer.json["token_type"] == "Bearer"
    assert (answer.json["expires_in"], answer.json["scope"]) == (3600, f"{AGS_SCOPE}score")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("audience", ["token_url", "issuer"])
def test_audience_may_be_the_endpoint_or_the_platform(
    lms: Lms, server: Browser, assertion: Assertion, audience: str
) -> None:
    claims = assertion(aud=["https://other.example", getattr(lms.facts, audience)])

    assert server.post("/lti/token", claims).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.example"},
        {"iss": "another"},
        {"sub": "another"},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"exp": 1},
        {"iat": 9_999_999_999},
    ],
    ids=lambda changed: next(f"{k}={v}" for k, v in changed.items()),
)
def test_wrong_assertion_gets_no_token(
    server: Browser, assertion: Assertion, changed: dict[str, object]
) -> None:
    answer = server.post("/lti/token", assertion(**changed))

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_assertion_is_good_once(server: Browser, assertion: Assertion) -> None:
    fields = assertion()

    statuses = [server.post("/lti/token", fields).status for _ in range(2)]

    assert statuses == [200, 401]


def test_assertion_without_kid_or_signature_gets_no_token(
    server: Browser, assertion: Assertion
) -> None:
    fields = assertion()
    head, payload, _ = fields["client_assertion"].split(".")

    unsigned = fields | {"client_assertion": f"{head}.{payload}."}

    assert server.post("/lti/token", unsigned).json["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("grant_type", "password", "unsupported_grant_type"),
        ("client_assertion_type", "bearer", "invalid_request"),
        ("scope", "", "invalid_scope"),
        ("scope", "everything", "invalid_scope"),
    ],
)
def test_wrong_request_gets_the_standard_error(
    server: Browser, assertion: Assertion, field: str, value: str, error: str
) -> None:
    answer = server.post("/lti/token", assertion() | {field: value})

    assert (answer.status, answer.json["error"]) == (400, error)


def test_roster_opens_with_its_scope_only(
    server: Browser, lms: Lms, bearer: Callable[..., str]
) -> None:
    url = f"{lms.facts.services}/lti/contexts/course-v1-leading-schools/memberships"

    statuses = [
        server.get(url, accept=MEMBERS, authorization=authorization).status
        for authorization in ("", "Bearer guess", bearer(f"{AGS_SCOPE}score"), bearer(NRPS_SCOPE))
    ]

    assert statuses == [401, 401, 403, 200]


def test_token_ends_after_its_hour(
    server: Browser, bearer: Callable[..., str], clock: Clock
) -> None:
    authorization = bearer()
    clock.moment += 3601

    answer = server.get(
        "/lti/contexts/course-v1-leading-schools/memberships",
        accept=MEMBERS,
        authorization=authorization,
    )

    assert (answer.status, answer.json["error"]) == (401, "invalid_token")
