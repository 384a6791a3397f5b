"""What PyLD made of one badge is what it makes of the others of its shape, or it is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges import CheckedShapes, credential_document, sign
from credentials.openbadges.compiled import Shelf
from credentials.openbadges.contexts import OB_303, context_document
from credentials.openbadges.errors import OpenBadgesError, SelfCheckFailed
from credentials.openbadges.jsonld import ENGINE, Engine
from credentials.openbadges.secondopinion.skeleton import put_together, taken_apart, words_over
from tests.credentials.openbadges.generated import TEXTS, Generator
from tests.credentials.openbadges.issued import AWARDED, CONTENT, KEY, METHOD, signed

BADGE = credential_document(CONTENT)


def _text(**changes: Any) -> str:
    return json.dumps({**BADGE, **changes}, ensure_ascii=False, separators=(",", ":"))


def _by_pyld(text: str) -> str:
    return ENGINE.general_form(json.loads(text))


def _learned() -> CheckedShapes:
    shapes = CheckedShapes()
    shapes.form(_text())
    return shapes


LEARNED = _learned()


def test_text_is_taken_apart_and_put_together_again() -> None:
    text = _text(name='a "quoted" \\ text\n', description="\\", validFrom=[1.5, None, True, {}])

    assert put_together(*taken_apart(text)) == text
    assert len(taken_apart(text)[1]) == len(words_over(text))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": "https://elsewhere.example/é"},
        {"name": 'Visión "compartida" \\ 😀\n\t'},
        {"name": ""},
        {"name": "%s %d %"},
        {"validFrom": "2027-01-01T00:00:00Z", "awardedDate": "_:b0"},
        {"awardedDate": "@id", "name": "lcMark000001"},
    ],
)
def test_other_texts_in_the_same_shape_need_no_second_asking(changes: dict[str, Any]) -> None:
    shapes = _learned()

    assert shapes.form(_text(**changes)) == _by_pyld(_text(**changes))
    assert shapes.asked == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"type": ["VerifiableCredential", "AchievementCredential"]},
        {"id": "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b"},
        {"id": "obi:Achievement"},
        {"id": "_:b0"},
        {"id": "https:///nowhere"},
        {"id": "https://"},
        {"id": "https://lead.example/a b"},
        {"id": "https://lead.example/<x>"},
        {"name": 7},
        {"name": {"@value": "Visión", "@language": "es"}},
        {"name": "bell\x07 delete\x7f form\x0c"},
        {"evidence": [{**BADGE["evidence"][0]}, {**BADGE["evidence"][0]}]},
        {"description": BADGE["name"], "name": "another", "issuer": BADGE["issuer"]["id"]},
        {"@context": list(reversed(BADGE["@context"][1:]))},
        dict(reversed(BADGE.items())),
    ],
)
def test_another_shape_is_asked_about(changes: dict[str, Any]) -> None:
    shapes = _learned()

    form = shapes.form(json.dumps(changes | BADGE | changes, ensure_ascii=False))

    assert form == _by_pyld(json.dumps(changes | BADGE | changes))
    assert shapes.asked == 2


def test_language_of_a_text_belongs_to_the_shape() -> None:
    shapes = CheckedShapes()
    for language in ("es", "en", "es"):
        text = _text(name={"@value": language, "@language": language})
        assert shapes.form(text) == _by_pyld(text)

    assert shapes.asked == 2


_words = st.text(max_size=8) | st.sampled_from(TEXTS)


@settings(max_examples=25, deadline=None)
@given(_words, _words, st.text("a/#:?%é", min_size=1, max_size=5))
def test_any_texts_in_the_same_shape_are_read_as_by_pyld(one: str, two: str, tail: str) -> None:
    text = _text(name=one, description=two, id=f"https://{tail}", awardedDate=two)

    assert LEARNED.form(text) == _by_pyld(text)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**64), st.data())
def test_generated_credentials_are_read_as_by_pyld(seed: int, data: st.DataObject) -> None:
    text = json.dumps(Generator(seed, faults=False).credential(), ensure_ascii=False)
    frame, strings = taken_apart(text)
    place = data.draw(st.integers(0, len(strings) - 1))
    other = put_together(frame, [*strings[:place], "https://x", *strings[place + 1 :]])
    shapes = CheckedShapes()

    for each in (text, other, text):
        assert _outcome(shapes.form, each) == _outcome(_by_pyld, each)


def _outcome(form: Callable[[str], str], text: str) -> str | type[Exception]:
    try:
        return form(text)
    except Exception as error:
        return type(error)


def test_shapes_are_forgotten_before_they_are_too_many() -> None:
    shapes = CheckedShapes(max_shapes=2)
    texts = [_text(), _text(name=1), _text(name=2), _text(name=2)]

    assert [shapes.form(text) for text in texts] == [_by_pyld(text) for text in texts]
    assert shapes.asked == 3
    assert shapes.form(_text()) == _by_pyld(_text())
    assert shapes.asked == 4


def test_bytes_are_those_of_a_badge_signed_alone() -> None:
    shapes = CheckedShapes()
    numbered = [replace(CONTENT, id=f"https://lead.example/{number}") for number in range(5)]

    together = [_signed(credential_document(content), shapes=shapes) for content in numbered]

    assert together == [signed(content) for content in numbered]
    assert shapes.asked == 2  # the badge and its proof


def _signed(document: dict[str, Any], **how: Any) -> bytes:
    return sign(document, KEY, verification_method=METHOD, created=AWARDED, **how)


Words = dict[str, Any]


def _other_address(words: Words) -> None:
    words["Alignment"]["@context"]["targetCode"]["@id"] = "https://example.org/other"


def _plain_date(words: Words) -> None:
    del words["awardedDate"]["@type"]


def _address_for_a_text(words: Words) -> None:
    words["Alignment"]["@context"]["targetUrl"]["@type"] = "@id"


def _one_word_for_two(words: Words) -> None:
    words["Evidence"]["@context"]["genre"] = words["Evidence"]["@context"]["audience"]


def _list_for_a_set(words: Words) -> None:
    words["Achievement"]["@context"]["tag"]["@container"] = "@list"


@pytest.fixture(
    params=[_other_address, _plain_date, _address_for_a_text, _one_word_for_two, _list_for_a_set]
)
def mistaken(request: pytest.FixtureRequest) -> Engine:
    """An engine whose fast road has one word wrong."""

    def context(address: str) -> dict[str, Any]:
        document = context_document(address)
        if address == OB_303:
            request.param(document["@context"])
        return document

    return Engine(shelf=Shelf(context))


def test_word_compiled_wrongly_is_found_in_one_badge(mistaken: Engine) -> None:
    with pytest.raises(SelfCheckFailed):
        _signed(BADGE, engine=mistaken)


def test_word_compiled_wrongly_is_found_in_the_first_badge_of_a_cohort(mistaken: Engine) -> None:
    with pytest.raises(SelfCheckFailed):
        _signed(BADGE, engine=mistaken, shapes=CheckedShapes())


def test_word_compiled_wrongly_is_found_in_a_later_badge_of_a_cohort(mistaken: Engine) -> None:
    shapes = _learned()

    with pytest.raises(SelfCheckFailed):
        _signed(credential_document(replace(CONTENT, id="urn:x")), engine=mistaken, shapes=shapes)
    with pytest.raises(SelfCheckFailed):
        _signed({**BADGE, "name": "another"}, engine=mistaken, shapes=shapes)


def test_badge_that_pyld_cannot_read_is_not_released() -> None:
    class Silent(Engine):
        def general_form(self, document: Any) -> str:
            raise OpenBadgesError("nothing to say")

    with pytest.raises(SelfCheckFailed, match="nothing to say"):
        _signed(BADGE, shapes=CheckedShapes(Silent()))
