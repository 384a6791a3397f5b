"""Assignment and Grade Services, against a gradebook that answers as platforms do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lti_tool import column, grades
from lti_tool.models import ResourceLink
from lti_tool.service_faults import Declined, Unavailable
from tests.factories.courses import make_link
from tests.factories.gradebook import Fault

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 3, 4, 9, 30, 15, 250_000, tzinfo=UTC)


def score(**changed: object) -> grades.Score:
    given = {
        "subject": "sub-ada",
        "timestamp": NOW,
        "activity": "Completed",
        "grading": "FullyGraded",
        "given": 100.0,
        "maximum": 100.0,
        "comment": "Passed.",
        **changed,
    }
    return grades.Score(**given)


def send(link: ResourceLink, told: grades.Score) -> None:
    now = timezone.now()
    grades.send_score(link, column.of(link, now=now), told, now=now)


def test_score_says_when_in_fractions_of_a_second_with_zone() -> None:
    document = grades.score_document(score())

    assert document == {
        "userId": "sub-ada",
        "timestamp": "2031-03-04T09:30:15.250Z",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 100.0,
        "scoreMaximum": 100.0,
        "comment": "Passed.",
    }


def test_ungraded_score_has_no_number_at_all() -> None:
    told = score(given=None, maximum=None, grading="PendingManual", submitted_at=NOW)

    document = grades.score_document(told)

    assert not {"scoreGiven", "scoreMaximum"} & set(document)
    assert document["submission"] == {"submittedAt": "2031-03-04T09:30:15.250Z"}


@pytest.mark.parametrize(
    ("line_item", "scores"),
    [
        ("https://lms.example/i/1", "https://lms.example/i/1/scores"),
        ("https://lms.example/i/1/", "https://lms.example/i/1/scores"),
        ("https://lms.example/i/1?type_id=2&x=/", "https://lms.example/i/1/scores?type_id=2&x=/"),
    ],
)
def test_scores_go_before_the_query(line_item: str, scores: str) -> None:
    assert grades.below(line_item, "scores") == scores


@pytest.mark.parametrize(
    "header",
    [
        '<https://lms.example/items?limit=2&from=2>; rel="next"',
        "<https://lms.example/items?limit=2&amp;from=2>; rel=“next”",
        '</items>; rel="first", </items?limit=2&from=2>; rel="next"',
        "</items?limit=2&from=2>;rel=next",
    ],
)
def test_next_page_is_where_the_platform_says(header: str) -> None:
    at = "https://lms.example/items?limit=2"

    assert grades.next_page(header, at=at) == "https://lms.example/items?limit=2&from=2"


@pytest.mark.parametrize(
    "header", ["", '<https://elsewhere.example/items?from=2>; rel="next"', '<x>; rel="prev"']
)
def test_last_page_and_another_server_are_the_end(header: str) -> None:
    assert grades.next_page(header, at="https://lms.example/items") is None


def test_line_item_of_the_launch_is_used_as_it_is(lms, link) -> None:
    link.line_item_url = lms.add_column(label="Made by hand", scoreMaximum=10)

    send(link, score())

    assert [r.path for r in lms.asked] == ["/token", "/items/1/scores?course=7"]
    assert lms.requests("scores")[0].headers["content-type"] == (
        "application/vnd.ims.lis.v1.score+json"
    )


def test_without_a_line_item_one_is_made_once(lms, link) -> None:
    send(link, score())
    send(ResourceLink.objects.get(), score(timestamp=NOW + timedelta(seconds=1)))

    documents = [c.document for c in lms.columns.values()]
    assert documents == [
        {
            "id": f"{lms.origin}/items/1?course=7",
            "scoreMaximum": 100.0,
            "label": "I.1 A Shared Vision, Lived Daily",
            "resourceId": "I.1",
            "tag": grades.TAG,
            "resourceLinkId": "link-1",
        }
    ]


def test_line_item_coupled_to_the_link_is_found_on_a_later_page(lms, link) -> None:
    lms.page_size = 1
    lms.next_form = "<{url}>; rel=“next”"
    for number in range(3):
        lms.add_column(label=str(number), resourceLinkId="link-1" if number == 2 else "x")
    lms.filters = False

    assert column.of(link, now=timezone.now()) == f"{lms.origin}/items/3?course=7"


def test_copied_course_keeps_its_one_column(lms, link) -> None:
    lms.add_column(label="Vision", resourceId="I.1", tag=grades.TAG, resourceLinkId="of the source")

    send(link, score())

    assert len(lms.columns) == 1
    assert len(lms.scores_of("sub-ada")) == 1


def test_second_link_of_a_course_gets_a_column_of_its_own(lms, link) -> None:
    send(link, score())
    second = make_link(link.deployment, link="link-2", line_items=lms.items_url)

    send(second, score())

    assert [c.document["resourceLinkId"] for c in lms.columns.values()] == ["link-1", "link-2"]


def test_line_items_are_never_put(lms, link) -> None:
    send(link, score())

    assert {r.method for r in lms.asked} == {"GET", "POST"}


def test_course_that_lets_us_make_none_says_what_to_do(lms, link) -> None:
    link.scopes = [grades.SCORE]
    link.save()

    with pytest.raises(Declined, match="Add one in the course system"):
        send(link, score())


def test_only_one_worker_looks_for_a_column(lms, link) -> None:
    ResourceLink.objects.update(line_item_sought_until=timezone.now() + timedelta(seconds=50))

    with pytest.raises(Unavailable) as waiting:
        send(link, score())

    assert (waiting.value.after, waiting.value.everybody) == (timedelta(seconds=5), False)
    assert lms.asked == []


def test_result_is_read_for_one_person(lms, link) -> None:
    send(link, score())

    held = grades.read_result(link, link.line_item_url, "sub-ada", now=timezone.now())
    nobody = grades.read_result(link, link.line_item_url, "sub-al", now=timezone.now())

    assert held == grades.Result(score=100.0, maximum=100)
    assert nobody is None


def test_accept_header_names_the_container(lms, link) -> None:
    column.of(link, now=timezone.now())

    assert lms.requests("items")[0].headers["accept"] == (
        "application/vnd.ims.lis.v2.lineitemcontainer+json"
    )


def test_answer_that_is_no_list_is_told(lms, link) -> None:
    lms.fail("items", Fault(200, b'{"error": "closed"}'))

    with pytest.raises(Declined, match="no list"):
        column.of(link, now=timezone.now())
