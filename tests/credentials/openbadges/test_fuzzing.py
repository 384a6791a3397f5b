"""Spoilt badges, tokens, pictures and lists: a short run of what `make fuzz` does for hours."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges import Answer, OpenBadgesError, Question, StatusList, verify
from credentials.openbadges.reading import read
from tests.credentials.openbadges.corpus.material import ada
from tests.credentials.openbadges.fuzzing import (
    PARSERS,
    Case,
    faults,
    genuine,
    genuinely_shown,
    said,
)
from tests.credentials.openbadges.issued import HOME, TODAY, signed_list
from tests.credentials.openbadges.tokens import TOKEN_HOME, encoded, token

RUNS = 40
EACH = 10


@pytest.fixture(scope="module", autouse=True)
def known() -> None:
    """What was truly signed, told once."""
    genuine(), genuinely_shown()


@pytest.mark.parametrize("run", range(RUNS))
def test_spoilt_badge_is_answered_and_never_found_signed(run: int) -> None:
    names = [f"suite-{run}:{number}" for number in range(EACH)]

    assert {name: told for name in names if (told := faults(name))} == {}


def test_same_name_gives_the_same_spoilt_badge() -> None:
    first, second = Case("suite:7").report(), Case("suite:7").report()

    assert first == second


def test_rules_see_a_badge_that_nobody_signed() -> None:
    other = ada().replace(b"Shared Vision", b"Shared Power")

    assert said(read(ada())) in genuine()
    assert said(read(other)) not in genuine()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["alg", "kid", "jwk", "crv", "kty", "x", "y", "n", "e", "keys", "id"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(["alg", "kid", "jwk", "typ", "cty", "crit"]), JSON))
def test_token_with_any_header_is_never_found_signed(header: dict[str, Any]) -> None:
    text, _, rest = token().partition(b".")
    made = encoded(json.dumps(header).encode("utf-8", "replace")) + b"." + rest

    found = verify(made, as_of=TODAY, ports=TOKEN_HOME).finding(Question.SIGNATURE)

    assert made.startswith(text + b".") or found.answer is not Answer.YES


@settings(max_examples=25, deadline=None)
@given(JSON)
def test_issuer_that_answers_anything_is_never_relied_on(answer: Any) -> None:
    body: Any = answer if isinstance(answer, dict) else {"assertionMethod": answer}
    ports = replace(HOME, resolve_issuer=lambda issuer: body)

    found = verify(ada(), as_of=TODAY, ports=ports).finding(Question.SIGNATURE)

    assert found.answer is not Answer.YES


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_list_of_any_bits_is_a_list_or_a_named_error(packed: bytes, newer: bool) -> None:
    text = urlsafe_b64encode(packed).decode().rstrip("=")
    decode = StatusList.decode if newer else StatusList.decode_2021

    with pytest.raises(OpenBadgesError):
        decode(f"u{text}" if newer else text)


@settings(max_examples=25, deadline=None)
@given(JSON)
def test_list_with_anything_in_it_is_never_not_revoked(subject: Any) -> None:
    listed = {**json.loads(signed_list()), "credentialSubject": subject}
    body = json.dumps(listed).encode("utf-8", "replace")
    ports = replace(HOME, status_list=lambda url: body)

    found = verify(ada(), as_of=TODAY, ports=ports).finding(Question.NOT_REVOKED)

    assert found.answer is Answer.UNCHECKED


@pytest.mark.parametrize("reader", PARSERS)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_reader_given_anything_gives_a_value_or_a_named_error(reader: str, data: bytes) -> None:
    try:
        error = str(PARSERS[reader](data))[:1] or "nothing"
    except OpenBadgesError as refusal:
        error = refusal.message

    assert error != ""
