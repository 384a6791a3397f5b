"""One thing changed in a signed badge, for each kind of signature: it is never found signed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credentials.openbadges import Answer, Ports, Question, Verdict, verify
from credentials.openbadges.jwt import read_token
from tests.credentials.openbadges.alterations import alterations
from tests.credentials.openbadges.issued import TODAY
from tests.credentials.openbadges.other_proofs import OTHER_HOME, PROOFS, as_bytes
from tests.credentials.openbadges.tokens import TOKEN_HOME, TOKENS, encoded

PROOF_CASES = [
    pytest.param(changed, id=f"{kind}: {what}")
    for kind, badge in PROOFS.items()
    for what, changed in alterations(badge)
]


def _signature(data: bytes, ports: Ports) -> Answer:
    return verify(data, as_of=TODAY, ports=ports).finding(Question.SIGNATURE).answer


@pytest.mark.parametrize("changed", PROOF_CASES)
def test_badge_with_one_thing_changed_is_not_signed(changed: dict[str, Any]) -> None:
    assert _signature(as_bytes(changed), OTHER_HOME) is not Answer.YES


def _token(header: Any, payload: Any, data: bytes) -> bytes:
    """A token of these parts with the signature of another one."""
    return b".".join([encoded(header), encoded(payload), data.rpartition(b".")[2]])


def _altered_tokens(kind: str, data: bytes) -> list[Any]:
    found = read_token(data)
    header, payload = dict(found.header), dict(found.payload)
    headers = [
        (f"header {what}", _token(changed, payload, data)) for what, changed in alterations(header)
    ]
    payloads = [(what, _token(header, changed, data)) for what, changed in alterations(payload)]
    return [pytest.param(changed, id=f"{kind}: {what}") for what, changed in headers + payloads]


TOKEN_CASES = [case for kind, data in TOKENS.items() for case in _altered_tokens(kind, data)]


@pytest.mark.parametrize("changed", TOKEN_CASES)
def test_token_with_one_thing_changed_is_not_signed(changed: bytes) -> None:
    assert _signature(changed, TOKEN_HOME) is not Answer.YES


@pytest.mark.parametrize("data", TOKENS.values(), ids=TOKENS)
def test_token_taken_apart_and_put_together_is_the_same(data: bytes) -> None:
    found = read_token(data)

    assert _token(dict(found.header), dict(found.payload), data) == data


@pytest.mark.parametrize("data", TOKENS.values(), ids=TOKENS)
@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("place", [0, 10, 40, -1])
def test_token_with_one_letter_changed_is_not_verified(data: bytes, part: int, place: int) -> None:
    parts = [bytearray(piece) for piece in data.split(b".")]
    parts[part][place] = ord("A") if parts[part][place] != ord("A") else ord("Q")

    report = verify(b".".join(parts), as_of=TODAY, ports=TOKEN_HOME)

    assert report.verdict is not Verdict.VERIFIED


def test_alterations_touch_every_part_of_the_badge() -> None:
    badge = {"a": [{"b": 1}], "c": "d"}

    assert [(what, json.dumps(changed)) for what, changed in alterations(badge)] == [
        (" with more", '{"a": [{"b": 1}], "c": "d", "description": "Added."}'),
        ("without a", '{"c": "d"}'),
        ("without a.0", '{"a": [], "c": "d"}'),
        ("a.0 with more", '{"a": [{"b": 1, "description": "Added."}], "c": "d"}'),
        ("without a.0.b", '{"a": [{}], "c": "d"}'),
        ("other a.0.b", '{"a": [{"b": 2}], "c": "d"}'),
        ("without c", '{"a": [{"b": 1}]}'),
        ("other c", '{"a": [{"b": 1}], "c": "dx"}'),
    ]
