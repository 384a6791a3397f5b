"""What the teacher picked in the tool: placed once, and only if the tool signed it."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from lti_tool.practice_lms import placement
from lti_tool.practice_lms.keys import SigningKey, load_or_make
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.messages import DL, LTI
from tests.lti_tool.practice_lms.other_side import Answer, Browser, Clock, Tool, posted_fields

ITEM = {
    "type": "ltiResourceLink",
    "title": "I.1 Vision",
    "url": "http://localhost:8000/lti/launch",
    "custom": {"module": "I.1"},
    "lineItem": {"scoreMaximum": 12, "label": "I.1 Vision", "resourceId": "I.1"},
}


def asked(tess: Browser) -> dict[str, Any]:
    """The claims of the request that Tess's browser carries to the tool."""
    token = posted_fields(tess.authorize("/begin"))["id_token"]
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def response(lms: Lms, clock: Clock, data: object, *items: object) -> dict[str, Any]:
    return {
        "iss": lms.facts.client_id,
        "aud": lms.facts.issuer,
        "iat": int(clock()),
        "exp": int(clock()) + 60,
        "nonce": "one",
        f"{LTI}message_type": "LtiDeepLinkingResponse",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": lms.facts.deployment_id,
        f"{DL}data": data,
        f"{DL}content_items": list(items),
    }


def answer(tess: Browser, key: SigningKey, claims: dict[str, Any]) -> Answer:
    """The form that the tool's page posts, from the tool's site."""
    return tess.post("/lti/deep-linking", {"JWT": key.sign(claims)}, "http://localhost:8000")


@pytest.fixture
def settings(tess: Browser) -> dict[str, Any]:
    """What the platform told the tool about this choice."""
    found: dict[str, Any] = asked(tess)[f"{DL}deep_linking_settings"]
    return found


def test_request_says_where_to_return_and_what_is_welcome(settings: dict[str, Any]) -> None:
    assert settings["deep_link_return_url"] == "http://lms.localhost:8001/lti/deep-linking"
    assert settings["accept_types"] == ["ltiResourceLink"]
    assert settings["accept_presentation_document_targets"] == ["iframe", "window"]


def test_picked_items_are_placed_with_their_columns(
    lms: Lms, tess: Browser, tool: Tool, clock: Clock, settings: dict[str, Any]
) -> None:
    done = answer(tess, tool.key, response(lms, clock, settings["data"], ITEM, ITEM))

    assert done.status == 200
    assert [link.custom for link in placement.placed(lms)] == [{"module": "I.1"}] * 2
    assert tess.get("/grades").text.count("out of 12") == 2


def test_empty_answer_places_nothing_and_is_well(
    lms: Lms, tess: Browser, tool: Tool, clock: Clock, settings: dict[str, Any]
) -> None:
    done = answer(tess, tool.key, response(lms, clock, settings["data"]))

    assert (done.status, placement.placed(lms)) == (200, ())


def test_same_question_is_answered_once(
    lms: Lms, tess: Browser, tool: Tool, clock: Clock, settings: dict[str, Any]
) -> None:
    claims = response(lms, clock, settings["data"], ITEM)
    answer(tess, tool.key, claims)

    again = answer(tess, tool.key, claims)
    with_new_nonce = answer(tess, tool.key, claims | {"nonce": "two"})

    assert (again.status, with_new_nonce.status) == (400, 400)
    assert len(placement.placed(lms)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {f"{DL}data": "another"},
        {f"{DL}data": None},
        {f"{LTI}deployment_id": "another"},
        {f"{LTI}message_type": "LtiResourceLinkRequest"},
        {f"{LTI}version": "1.1"},
        {f"{DL}content_items": [{"type": "link", "url": "https://example.edu"}]},
        {f"{DL}content_items": "everything"},
        {f"{DL}content_items": [ITEM | {"lineItem": {"scoreMaximum": 0}}]},
        {"aud": "http://another.example"},
        {"iss": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": "now"},
        {"nonce": ""},
    ],
    ids=lambda changed: " ".join(f"{k.rpartition('/')[2]}={v!s:.30}" for k, v in changed.items()),
)
def test_wrong_answer_places_nothing(
    lms: Lms,
    tess: Browser,
    tool: Tool,
    clock: Clock,
    settings: dict[str, Any],
    changed: dict[str, Any],
) -> None:
    claims = response(lms, clock, settings["data"], ITEM) | changed

    refused = answer(tess, tool.key, {k: v for k, v in claims.items() if v is not None})

    assert (refused.status, placement.placed(lms)) == (400, ())


def test_answer_of_a_stranger_places_nothing(
    lms: Lms, tess: Browser, clock: Clock, settings: dict[str, Any], tmp_path: Any
) -> None:
    stranger = load_or_make(tmp_path / "stranger.pem")

    refused = answer(tess, stranger, response(lms, clock, settings["data"], ITEM))

    assert (refused.status, placement.placed(lms)) == (400, ())


def test_answer_to_the_teachers_question_is_not_taken_from_a_student(
    lms: Lms, sam: Browser, tool: Tool, clock: Clock, settings: dict[str, Any]
) -> None:
    refused = answer(sam, tool.key, response(lms, clock, settings["data"], ITEM))

    assert (refused.status, placement.placed(lms)) == (400, ())


def test_new_key_of_the_tool_is_fetched_once_and_believed(
    lms: Lms, tess: Browser, tool: Tool, clock: Clock, tmp_path: Any
) -> None:
    first, second = asked(tess), asked(tess)
    answer(tess, tool.key, response(lms, clock, first[f"{DL}deep_linking_settings"]["data"], ITEM))
    tool.key = load_or_make(tmp_path / "new.pem")
    claims = response(lms, clock, second[f"{DL}deep_linking_settings"]["data"], ITEM)

    done = answer(tess, tool.key, claims | {"nonce": "two"})

    assert (done.status, tool.fetched) == (200, 2)
