"""The course as people see it, and who may do what in it."""

from __future__ import annotations

import pytest

from lti_tool.practice_lms import placement
from lti_tool.practice_lms.lms import Lms
from tests.lti_tool.practice_lms.other_side import Browser


@pytest.fixture
def link(lms: Lms) -> placement.Link:
    """One activity with a column, whose title is hostile."""
    with lms.storage.change() as rows:
        item = {"title": "<b>Vision</b>", "lineItem": {"scoreMaximum": 12}}
        placement.place(rows, item, default_url="http://localhost:8000/lti/launch", now=1)
    return placement.placed(lms)[0]


def test_newcomer_chooses_who_to_be(lms: Lms) -> None:
    shown = Browser(lms).get("/").text

    assert [name in shown for name in ("Tess Okafor", "Sam Delgado", "Sofia Marin")] == [True] * 3


@pytest.mark.parametrize("path", ["/course", "/grades", "/tool", "/add", "/begin"])
def test_nobody_is_asked_who_they_are_first(lms: Lms, path: str) -> None:
    answer = Browser(lms).get(path)

    assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/tool", "/add", "/begin"])
def test_student_finds_the_teachers_pages_closed(sam: Browser, path: str) -> None:
    assert sam.get(path).status == 403


def test_activity_is_a_frame_on_this_site_with_a_way_to_a_window(
    sam: Browser, link: placement.Link
) -> None:
    shown = sam.get(f"/activities/{link.id}").text

    assert f'<iframe src="/begin/{link.id}"' in shown
    assert f'href="/begin/{link.id}?window=1" target="_blank"' in shown


def test_what_a_tool_says_is_text(sam: Browser, link: placement.Link) -> None:
    shown = sam.get("/course").text

    assert "&lt;b&gt;Vision&lt;/b&gt;" in shown
    assert "<b>" not in shown


def test_student_sees_only_their_own_row(sam: Browser, link: placement.Link) -> None:
    shown = sam.get("/grades").text

    assert ("Sam Delgado" in shown, "Sofia Marin" in shown) == (True, False)


def test_teacher_takes_an_activity_out_of_the_course(
    lms: Lms, tess: Browser, link: placement.Link
) -> None:
    tess.post(f"/activities/{link.id}/remove", {})

    assert placement.placed(lms) == ()
    assert "nothing to grade yet" in tess.get("/grades").text


def test_student_takes_nothing_out(lms: Lms, sam: Browser, link: placement.Link) -> None:
    assert sam.post(f"/activities/{link.id}/remove", {}).status == 403
    assert placement.placed(lms) == (link,)


@pytest.mark.parametrize("origin", ["http://localhost:8000", "null", ""])
def test_form_of_another_site_changes_nothing(
    lms: Lms, tess: Browser, link: placement.Link, origin: str
) -> None:
    refused = tess.post(f"/activities/{link.id}/remove", {}, origin)

    assert (refused.status, placement.placed(lms)) == (403, (link,))


def test_person_changes_at_this_browser(tess: Browser) -> None:
    tess.post("/sign-out", {})

    assert tess.get("/course").status == 303


def test_error_that_the_tool_sends_back_is_shown_as_text(sam: Browser) -> None:
    shown = sam.get("/course?lti_errormsg=It+is+%3Cclosed%3E").text

    assert "It is &lt;closed&gt;" in shown


def test_other_names_of_this_machine_get_nothing(tess: Browser) -> None:
    assert tess.get("http://rebound.example:8001/course").status == 421


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/look/../facts.py", 404), ("PUT", "/course", 405)],
)
def test_other_addresses_are_refused(tess: Browser, method: str, path: str, status: int) -> None:
    assert tess.send(method, path).status == status


def test_pages_may_frame_the_tool_and_be_framed_by_nobody_else(tess: Browser) -> None:
    policy = tess.get("/course").headers["Content-Security-Policy"]

    assert "frame-src 'self' http://localhost:8000;" in policy
    assert policy.endswith("frame-ancestors 'self'")
