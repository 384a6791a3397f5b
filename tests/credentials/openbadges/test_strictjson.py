"""JSON within bounds, each name once, numbers everybody reads alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credentials.openbadges.errors import NotJson, NotSafe, OpenBadgesError, TooLarge
from credentials.openbadges.strictjson import MAX_BYTES, MAX_DEPTH, MAX_NODES, check_value, parse


def test_ordinary_json_is_read() -> None:
    data = '\ufeff{"a": [1, 2.5, "ü\\n", null, true], "b": {"c": -0.25}}'.encode()

    assert parse(data) == {"a": [1, 2.5, "ü\n", None, True], "b": {"c": -0.25}}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotJson),
        (b"{", NotJson),
        (b'{"a":1}x', NotJson),
        (b"\xff\xfe{}", NotJson),
        (b'{"a":1,"a":1}', NotJson),
        (b'{"a":{"b":1,"c":2,"b":3}}', NotJson),
        (b"NaN", NotJson),
        (b"[Infinity]", NotJson),
        (b"9007199254740992", NotSafe),
        (b"-" + b"9" * 5_000, NotSafe),
        (b"1e400", NotSafe),
        (b"1e-7", NotSafe),
        (b"0.1234567890123456", NotSafe),
        (b"1." + b"0" * 5_000, NotSafe),
        (b'"\\ud800"', NotSafe),
        (b'{"\\udfff":1}', NotSafe),
        (b'"\\uffff"', NotSafe),
        ('"\ufffe"'.encode(), NotSafe),
        (b" " * (MAX_BYTES + 1), TooLarge),
        (b"[" * (MAX_DEPTH + 1), TooLarge),
        (b"[" * 200_000, TooLarge),
        (b'{"a":' * (MAX_DEPTH + 1), TooLarge),
        (b"[" + b"1," * MAX_NODES + b"1]", TooLarge),
    ],
)
def test_other_json_is_refused(data: bytes, error: type[OpenBadgesError]) -> None:
    with pytest.raises(error):
        parse(data)


def test_brackets_within_text_are_not_depth() -> None:
    data = b'["' + b"[" * 500 + b'\\"' + b"{" * 500 + b'"]'

    assert len(parse(data)[0]) == 1_001


@pytest.mark.parametrize("text", ["\\", '\\"', '"\\\\', "\\\\\\", '""', '[[[["'])
def test_depth_is_counted_outside_of_texts_only(text: str) -> None:
    inside = json.dumps([text, {"a": [text]}])
    deepest = "[" * (MAX_DEPTH - 3) + inside + "]" * (MAX_DEPTH - 3)

    assert parse(deepest.encode()) == json.loads(deepest)
    with pytest.raises(TooLarge):
        parse(f"[{deepest}]".encode())


def test_unclosed_text_is_not_a_slow_case() -> None:
    with pytest.raises(NotJson):
        parse(b'"' + b'\\"' * (MAX_BYTES // 2 - 1))


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": 2**60}, {1: "a"}, {"a": {1, 2}}])
def test_value_made_in_this_program_is_held_to_the_same(value: object) -> None:
    with pytest.raises(NotSafe):
        check_value(value)


def test_most_parts_that_are_allowed_are_read() -> None:
    assert len(parse(b"[" + b"1," * (MAX_NODES - 2) + b"1]")) == MAX_NODES - 1


_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.characters() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(_value)
@example("\\\\ud800")
@example(["\ufffd", "\U0001f600"])
def test_what_is_read_is_what_a_value_of_this_program_may_be(value: Any) -> None:
    """However it is written: a count that saves a walk over the value never hides anything."""
    for ascii_only in (True, False):
        data = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        assert _refusal(lambda: check_value(value)) == _refusal(lambda data=data: parse(data))


def _refusal(read: Callable[[], object]) -> bool:
    try:
        read()
    except OpenBadgesError:
        return True
    return False
