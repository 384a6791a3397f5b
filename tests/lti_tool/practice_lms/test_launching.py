"""Login initiation and the id_token: what a tool is told, and when it is told nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import jwt
import pytest

from lti_tool.practice_lms import placement
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.messages import LTI
from tests.lti_tool.practice_lms.other_side import Answer, Browser, Clock, posted_fields


@pytest.fixture
def begin(lms: Lms, clock: Clock) -> str:
    """Where a launch of the one activity begins."""
    with lms.storage.change() as rows:
        placement.place(
            rows,
            {
                "title": "Vision",
                "url": "http://localhost:8000/lti/launch",
                "custom": {"module": "I.1"},
                "lineItem": {"label": "Vision", "scoreMaximum": 12},
            },
            default_url="http://localhost:8000/lti/launch",
            now=clock(),
        )
    return f"/begin/{placement.placed(lms)[0].id}"


def claims(lms: Lms, answer: Answer) -> dict[str, object]:
    token = posted_fields(answer)["id_token"]
    key = jwt.PyJWKSet.from_dict(lms.key.public_set())[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=lms.facts.client_id)


def test_login_initiation_names_platform_person_target_and_tenant(
    lms: Lms, sam: Browser, begin: str
) -> None:
    told = sam.login_parameters(begin)

    assert sorted(told) == [
        "client_id",
        "iss",
        "login_hint",
        "lti_deployment_id",
        "lti_message_hint",
        "target_link_uri",
    ]
    assert told["iss"] == "http://lms.localhost:8001"
    assert told["target_link_uri"] == "http://localhost:8000/lti/launch"
    assert told["lti_deployment_id"] == lms.facts.deployment_id


def test_launch_is_signed_for_the_tool_and_lives_a_minute(
    lms: Lms, sam: Browser, begin: str
) -> None:
    found = claims(lms, sam.authorize(begin))

    assert found["iss"] == "http://lms.localhost:8001"
    assert found["aud"] == found["azp"] == lms.facts.client_id
    assert found["exp"] - found["iat"] == 60  # type: ignore[operator]  # both are numbers
    assert found["nonce"] == "nonce of this launch"
    assert found[f"{LTI}message_type"] == "LtiResourceLinkRequest"
    assert found[f"{LTI}version"] == "1.3.0"
    assert found[f"{LTI}deployment_id"] == lms.facts.deployment_id
    assert found[f"{LTI}custom"] == {"module": "I.1"}
    assert found["name"] == "Sam Delgado"


def test_launch_names_the_only_line_item_of_the_link(lms: Lms, sam: Browser, begin: str) -> None:
    endpoint = claims(lms, sam.authorize(begin))[
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
    ]

    assert endpoint["lineitem"].endswith("/lineitems/1/lineitem?tool=1")  # type: ignore[index]  # an object


@pytest.mark.parametrize(("who", "role"), [("tess", "Instructor"), ("sam", "Learner")])
def test_launch_tells_the_role_in_the_course(lms: Lms, begin: str, who: str, role: str) -> None:
    browser = Browser(lms).sign_in(who)

    found = claims(lms, browser.authorize(begin))

    assert f"http://purl.imsglobal.org/vocab/lis/v2/membership#{role}" in found[f"{LTI}roles"]  # type: ignore[operator]  # a list


def test_state_comes_back_unchanged_and_goes_to_the_registered_address_only(
    sam: Browser, begin: str
) -> None:
    answer = sam.authorize(begin)

    assert posted_fields(answer)["state"] == "state of this browser"
    assert 'action="http://localhost:8000/lti/launch"' in answer.text


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "http://elsewhere.example/launch"},
        {"redirect_uri": "http://localhost:8000/lti/launch/"},
        {"client_id": "another"},
    ],
)
def test_unknown_client_or_address_is_sent_nothing(
    sam: Browser, begin: str, changed: dict[str, str]
) -> None:
    answer = sam.authorize(begin, **changed)

    assert answer.status == 400
    assert posted_fields(answer).keys() & {"id_token", "error"} == set()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "code"}, "invalid_request"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": "login"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"nonce": ""}, "invalid_request"),
        ({"lti_message_hint": "made up"}, "invalid_request"),
        ({"login_hint": "6f0a1e52-4c7b-4b0e-9a55-7e55a0000003"}, "invalid_request"),
    ],
)
def test_wrong_request_gets_the_standard_error_and_no_token(
    sam: Browser, begin: str, changed: dict[str, str], error: str
) -> None:
    fields = posted_fields(sam.authorize(begin, **changed))

    assert fields["error"] == error
    assert fields["state"] == "state of this browser"
    assert "id_token" not in fields


def test_launch_begun_by_sam_is_not_finished_as_sofia(lms: Lms, sam: Browser, begin: str) -> None:
    told = sam.login_parameters(begin)
    sofia_takes_over = Browser(lms).sign_in("sofia")

    fields = posted_fields(
        sofia_takes_over.authorize(
            begin, login_hint=told["login_hint"], lti_message_hint=told["lti_message_hint"]
        )
    )

    assert fields["error"] == "login_required"


def test_launch_begun_too_long_ago_is_not_finished(sam: Browser, begin: str, clock: Clock) -> None:
    told = sam.login_parameters(begin)
    clock.moment += 601

    fields = posted_fields(sam.authorize(begin, lti_message_hint=told["lti_message_hint"]))

    assert fields["error"] == "invalid_request"


def test_student_is_not_offered_the_picker(sam: Browser) -> None:
    assert sam.get("/begin").status == 403


def test_browser_leaves_for_the_tools_own_site(sam: Browser, begin: str) -> None:
    location = urlsplit(sam.get(begin).headers["Location"])

    assert (location.netloc, location.path) == ("localhost:8000", "/lti/login")
