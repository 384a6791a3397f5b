"""Roster, line items, scores and results as the tool's server finds them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from lti_tool.practice_lms.course import PEOPLE
from lti_tool.practice_lms.grade_service import ITEM, ITEMS, RESULTS, SCORE
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.roster_service import MEMBERS
from tests.lti_tool.practice_lms.other_side import Answer, Browser

TESS, SAM, SOFIA = (person.id for person in PEOPLE)
CONTEXT = "/lti/contexts/course-v1-leading-schools"


class Server:
    """The tool's server, holding a token for everything."""

    def __init__(self, browser: Browser, authorization: str) -> None:
        self.browser = browser
        self.authorization = authorization

    def get(self, url: str, accept: str) -> Answer:
        return self.browser.get(url, accept=accept, authorization=self.authorization)

    def send(self, method: str, url: str, document: object, kind: str) -> Answer:
        return self.browser.send(
            method,
            url,
            json.dumps(document).encode(),
            kind,
            accept=kind,
            authorization=self.authorization,
        )

    def make_item(self, **document: object) -> str:
        made = self.send(
            "POST", f"{CONTEXT}/lineitems", {"label": "Vision", "scoreMaximum": 12} | document, ITEM
        )
        assert made.status == 201
        return str(made.json["id"])

    def score(self, item: str, **document: Any) -> Answer:
        url = item.replace("/lineitem?", "/lineitem/scores?")
        whole = {
            "userId": SAM,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": "2026-03-01T10:00:00.000+00:00",
            "scoreGiven": 6,
            "scoreMaximum": 12,
        } | document
        return self.send("POST", url, {k: v for k, v in whole.items() if v is not None}, SCORE)

    def results(self, item: str, query: str = "") -> Any:
        return self.get(item.replace("/lineitem?", "/lineitem/results?") + query, RESULTS).json


@pytest.fixture
def told(server: Browser, bearer: Callable[..., str]) -> Server:
    """The tool's server with its token."""
    return Server(server, bearer())


def test_roster_comes_in_pages_that_name_the_next(told: Server) -> None:
    first = told.get(f"{CONTEXT}/memberships?limit=2", MEMBERS)
    url = first.headers["Link"].partition(">")[0][1:]
    second = told.get(url, MEMBERS)

    assert [member["user_id"] for member in first.json["members"]] == [TESS, SAM]
    assert [member["user_id"] for member in second.json["members"]] == [SOFIA]
    assert first.headers["Link"].endswith('; rel="next"')
    assert "Link" not in second.headers


def test_roster_is_filtered_by_role(told: Server) -> None:
    answer = told.get(f"{CONTEXT}/memberships?role=Instructor", MEMBERS)

    assert [(m["name"], m["roles"]) for m in answer.json["members"]] == [
        ("Tess Okafor", ["Instructor"])
    ]


def test_services_insist_on_their_media_types(told: Server) -> None:
    assert told.get(f"{CONTEXT}/memberships", "application/json").status == 406
    assert told.send("POST", f"{CONTEXT}/lineitems", {}, "application/json").status == 406


def test_line_item_is_made_found_changed_and_deleted(told: Server) -> None:
    item = told.make_item(resourceId="I.1", tag="lc")
    document = told.get(item, ITEM).json

    found = told.get(f"{CONTEXT}/lineitems?tool=1&resource_id=I.1&tag=lc", ITEMS).json
    other = told.get(f"{CONTEXT}/lineitems?tool=1&resource_id=I.2", ITEMS).json
    changed = told.send("PUT", item, document | {"label": "Vision, again"}, ITEM)
    moved = told.send("PUT", item, document | {"id": "http://elsewhere.example"}, ITEM)
    deleted = told.send("DELETE", item, None, ITEM)

    assert (found, other) == ([document], [])
    assert (changed.status, changed.json["label"]) == (200, "Vision, again")
    assert (moved.status, deleted.status) == (400, 204)
    assert told.get(item, ITEM).status == 404


def test_line_items_come_in_pages_that_keep_the_query(told: Server) -> None:
    for _ in range(3):
        told.make_item(tag="lc")

    first = told.get(f"{CONTEXT}/lineitems?tool=1&tag=lc&limit=2", ITEMS)
    rest = told.get(first.headers["Link"].partition(">")[0][1:], ITEMS)

    assert (len(first.json), len(rest.json)) == (2, 1)


def test_score_lands_on_the_scale_of_the_line_item(told: Server) -> None:
    item = told.make_item()

    assert told.score(item, scoreGiven=3, scoreMaximum=4, comment="Well shown").status == 200

    assert [(r["userId"], r["resultScore"], r["comment"]) for r in told.results(item)] == [
        (SAM, 9.0, "Well shown")
    ]
    assert told.results(item, f"&user_id={SOFIA}") == []


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-03-01T10:00:00.900+00:00",  # the same second
        "2026-03-01T09:59:59Z",
        "2026-03-01T11:00:00+01:00",  # the same moment
    ],
)
def test_older_score_is_refused_and_changes_nothing(told: Server, stamp: str) -> None:
    item = told.make_item()
    told.score(item)

    refused = told.score(item, scoreGiven=1, timestamp=stamp)

    assert refused.status == 409
    assert told.results(item)[0]["resultScore"] == 6.0


def test_work_that_waits_for_a_reviewer_has_no_score(told: Server, tess: Browser) -> None:
    item = told.make_item()

    told.score(
        item,
        activityProgress="Submitted",
        gradingProgress="PendingManual",
        scoreGiven=None,
        scoreMaximum=None,
    )

    assert told.results(item) == []
    assert "handed in, waits for a reviewer" in tess.get("/grades").text


def test_returned_work_clears_the_score_it_had(told: Server) -> None:
    item = told.make_item()
    told.score(item)

    told.score(
        item,
        gradingProgress="PendingManual",
        scoreGiven=None,
        scoreMaximum=None,
        timestamp="2026-03-01T10:00:01Z",
    )

    assert told.results(item) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"userId": "nobody"}, 404),
        ({"userId": TESS}, 400),
        ({"userId": None}, 404),
        ({"timestamp": "2026-03-01T10:00:00"}, 400),
        ({"timestamp": "yesterday"}, 400),
        ({"timestamp": None}, 400),
        ({"scoreMaximum": None}, 400),
        ({"scoreMaximum": 0}, 400),
        ({"scoreGiven": -1}, 400),
        ({"scoreGiven": "6"}, 400),
        ({"activityProgress": "Done"}, 400),
        ({"gradingProgress": None}, 400),
    ],
    ids=str,
)
def test_wrong_score_is_refused(told: Server, changed: dict[str, Any], status: int) -> None:
    item = told.make_item()

    assert told.score(item, **changed).status == status
    assert told.results(item) == []


def test_requests_are_written_down_for_the_teacher(told: Server, tess: Browser) -> None:
    told.score(told.make_item(), userId="nobody")

    shown = tess.get("/tool").text

    assert "/lineitem/scores" in shown
    assert "Nobody in this course has that userId." in shown


def test_link_that_is_not_in_the_course_gets_no_line_item(told: Server) -> None:
    document = {"label": "Vision", "scoreMaximum": 12, "resourceLinkId": "another course"}

    assert told.send("POST", f"{CONTEXT}/lineitems", document, ITEM).status == 404


def test_every_arrival_is_kept_in_order(lms: Lms, told: Server) -> None:
    item = told.make_item()
    told.score(item)
    told.score(item, scoreGiven=1)

    with lms.storage.open() as rows:
        arrivals = [tuple(row) for row in rows.execute("SELECT given, status FROM arrival")]

    assert arrivals == [(6.0, 200), (1.0, 409)]
