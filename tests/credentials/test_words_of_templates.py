"""Sizes, times, places and states in the words of the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.template import Context

from credentials.data import PinView, Text
from credentials.templatetags import lc

NOW = datetime(2031, 3, 4, 23, 10, 2, tzinfo=UTC)


def pin(locator: str, **place: object) -> PinView:
    facts: dict[str, object] = {"page": None, "start_seconds": None, "end_seconds": None}
    return PinView(
        uuid=UUID(int=1),
        evidence=UUID(int=2),
        indicator="I.1.a",
        locator=locator,
        quote=str(place.pop("quote", "")),
        why=Text(key="k", text="", revision=0),
        **(facts | place),  # type: ignore[arg-type]  # names of the view's own fields
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (2_100_000, "2.1 MB"), (None, "0 bytes")],
)
def test_sizes_are_told_in_the_unit_a_person_would_use(count: int | None, words: str) -> None:
    assert lc.lc_size(count) == words


@pytest.mark.parametrize(("seconds", "words"), [(5, "0:05"), (185.4, "3:05"), (3723, "1:02:03")])
def test_durations_are_told_as_people_write_them(seconds: float, words: str) -> None:
    assert lc.lc_duration(seconds) == words


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (pin("page", page=3), "page 3"),
        (pin("time", start_seconds=185.0), "at 3:05"),
        (pin("time", start_seconds=185.0, end_seconds=250.0), "3:05 to 4:10"),
        (pin("quote", quote="that was ours"), "“that was ours”"),
        (pin("whole"), "all of it"),
    ],
)
def test_places_are_told_in_words(view: PinView, words: str) -> None:
    assert lc.lc_place(view) == words


def test_times_are_told_in_the_programs_zone() -> None:
    context = Context({"lc_program": SimpleNamespace(time_zone="America/Chicago")})

    assert lc.lc_when(context, NOW) == (
        '<time datetime="2031-03-04T23:10:02Z">4 March 2031, 17:10</time>'
    )


def test_times_on_public_pages_say_that_they_are_utc() -> None:
    assert "4 March 2031, 23:10 UTC" in lc.lc_when(Context(), NOW)


def test_states_have_a_word_and_a_shape() -> None:
    assert lc.lc_chip("in_review") == (
        '<span class="lc-chip" data-state="in-review">In review</span>'
    )


def test_a_chip_escapes_its_word() -> None:
    assert "<b>" not in lc.lc_chip("draft", "<b>")
