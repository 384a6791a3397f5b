"""A pin's place is checked against the evidence itself."""

from __future__ import annotations

import pytest

from credentials import api
from credentials.data import Actor, EvidenceView, Pinned
from credentials.domain import place
from credentials.errors import Invalid
from tests.factories import files, work
from tests.factories.evidence import bring


def brought(ada: Actor, content: bytes) -> EvidenceView:
    return bring(ada, work.draft(ada).uuid, content)


def pin(ada: Actor, item: EvidenceView, locator: str, **where: object) -> Pinned:
    return api.add_pin(ada, evidence=item.uuid, indicator="I.1.a", locator=locator, **where)


def refusal(ada: Actor, item: EvidenceView, locator: str, **where: object) -> str:
    with pytest.raises(Invalid) as caught:
        pin(ada, item, locator, **where)
    return caught.value.problems[0].code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("83", 83.0),
        ("1:23", 83.0),
        ("01:02:03", 3723.0),
        (" 0:05.5 ", 5.5),
        ("90:00", 5400.0),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: float | None) -> None:
    assert place.seconds(text) == expected


@pytest.mark.parametrize("text", ["soon", "1:75", "1:61:00", "-3", "1:2:3:4", "1h", "9" * 9])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is not a time"):
        place.seconds(text)


def test_page_within_the_file_is_kept(ada: Actor) -> None:
    pinned = pin(ada, brought(ada, files.pdf("One", "Two")), "page", page=2)

    assert (pinned.pin.page, pinned.note) == (2, "")


@pytest.mark.parametrize(
    ("page", "code"), [(3, "beyond-the-end"), (0, "no-page"), (None, "no-page")]
)
def test_page_that_is_not_there_is_refused(ada: Actor, page: int | None, code: str) -> None:
    assert refusal(ada, brought(ada, files.pdf("One", "Two")), "page", page=page) == code


def test_slide_behind_the_last_is_refused(ada: Actor) -> None:
    slides = {"ppt/slides/slide1.xml": b"<p/>"}

    item = brought(ada, files.office("pptx", parts=slides))

    assert refusal(ada, item, "page", page=2) == "beyond-the-end"


def test_page_of_a_word_file_is_kept_with_a_note(ada: Actor) -> None:
    pinned = pin(ada, brought(ada, files.office("docx")), "page", page=7)

    assert pinned.pin.page == 7
    assert "was not checked" in pinned.note


def test_picture_has_no_pages(ada: Actor) -> None:
    assert refusal(ada, brought(ada, files.png()), "page", page=1) == "no-pages"


def test_moment_within_the_recording_is_kept(ada: Actor) -> None:
    item = brought(ada, files.film(90))

    pinned = pin(ada, item, "time", start_seconds=83.0, end_seconds=90.5)

    assert (pinned.pin.start_seconds, pinned.pin.end_seconds) == (83.0, 90.5)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (92.0, None, "beyond-the-end"),
        (10.0, 99.0, "beyond-the-end"),
        (20.0, 10.0, "end-before-start"),
        (None, None, "no-start"),
        (float("nan"), None, "no-start"),
    ],
)
def test_moment_that_is_not_there_is_refused(
    ada: Actor, start: float | None, end: float | None, code: str
) -> None:
    item = brought(ada, files.film(90))

    assert refusal(ada, item, "time", start_seconds=start, end_seconds=end) == code


def test_past_the_end_is_said_in_minutes(ada: Actor) -> None:
    with pytest.raises(Invalid, match="lasts 1:30; 2:00 is past its end"):
        pin(ada, brought(ada, files.film(90)), "time", start_seconds=120.0)


def test_moment_of_a_pdf_is_refused(ada: Actor) -> None:
    assert refusal(ada, brought(ada, files.pdf("One")), "time", start_seconds=1.0) == "no-time"


def test_quote_is_found_on_its_page(ada: Actor) -> None:
    item = brought(ada, files.pdf("First page", "Students wish\nfor 'more time'"))

    pinned = pin(ada, item, "quote", quote="students WISH for ‘more  time’")

    assert (pinned.pin.page, pinned.note) == (2, "")


def test_quote_that_is_not_found_is_kept_with_a_note(ada: Actor) -> None:
    pinned = pin(ada, brought(ada, files.pdf("First page")), "quote", quote="Somewhere else")

    assert pinned.pin.quote == "Somewhere else"
    assert "were not found in the PDF" in pinned.note


def test_quote_in_a_scan_says_that_it_was_not_looked_up(ada: Actor) -> None:
    pinned = pin(ada, brought(ada, files.pdf("")), "quote", quote="Hello")

    assert "were not looked up" in pinned.note


def test_quote_of_ones_own_text_must_stand_there(ada: Actor) -> None:
    made = work.draft(ada)
    item = api.add_text(ada, submission=made.uuid, body="We met on Monday\nwith all staff.")

    assert pin(ada, item, "quote", quote="monday with ALL").pin.quote == "monday with ALL"
    assert refusal(ada, item, "quote", quote="on Tuesday") == "not-there"
    assert refusal(ada, item, "quote", quote="  ") == "no-quote"


def test_words_cannot_be_looked_up_in_a_film(ada: Actor) -> None:
    assert refusal(ada, brought(ada, files.film(9)), "quote", quote="Hello") == "no-words"


def test_link_takes_any_place(ada: Actor) -> None:
    item = api.add_link(ada, submission=work.draft(ada).uuid, url="https://docs.example.org/film")

    assert pin(ada, item, "time", start_seconds=5.0).pin.start_seconds == 5.0
    assert pin(ada, item, "page", page=4).pin.page == 4
    assert pin(ada, item, "whole").pin.page is None


def test_unknown_kind_of_place_is_refused(ada: Actor) -> None:
    assert refusal(ada, brought(ada, files.png()), "somewhere") == "no-such-place"
