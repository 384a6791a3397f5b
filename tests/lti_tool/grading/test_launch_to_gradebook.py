"""Certification row 43: a launch with the grade services; the rest the tool does by itself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from credentials import api, work
from credentials.data import Actor
from credentials.views.shell import SiteLinks
from lti_tool import grades
from lti_tool.models import Deployment, PlatformUser, Registration, ResourceLink, ScorePassback
from tests.factories import work as make
from tests.factories.platforms import Platform

pytestmark = pytest.mark.django_db
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


@pytest.fixture
def platform(program, lms) -> Platform:
    made = Platform().register(program.pk)
    Registration.objects.update(token_url=f"{lms.origin}/token")
    return made


def launch(platform: Platform, lms, **endpoint: object) -> None:
    """Ada opens the link that names I.1."""
    given = {"scope": sorted(grades.OURS), "lineitems": lms.items_url, **endpoint}
    client = Client()
    path = platform.visit(client, custom={"lc_module": "I.1"}, **{ENDPOINT: given})
    assert client.get(f"{path}/", follow=True).status_code == 200


def launched() -> Actor:
    """The person whom the launch made a learner of the program."""
    person = PlatformUser.objects.get()
    actor = api.actor_for(
        user=person.user, program_id=Deployment.objects.get().program_id, links=SiteLinks()
    )
    assert actor is not None
    return actor


def test_row_43_line_item_made_scores_posted_results_read(platform, lms, ben) -> None:
    launch(platform, lms)
    make.passed(launched(), ben)

    work.drain()

    (column,) = lms.columns.values()
    link = ResourceLink.objects.get()
    assert column.document["resourceLinkId"] == "link-1"
    assert column.scores["ada-at-lms"]["scoreGiven"] == 100
    held = grades.read_result(link, link.line_item_url, "ada-at-lms", now=timezone.now())
    assert held == grades.Result(score=100, maximum=100)


def test_line_item_of_the_launch_gets_the_score(platform, lms, ben) -> None:
    url = lms.add_column(label="Made by the deep link", scoreMaximum=10)
    launch(platform, lms, lineitem=url)
    make.passed(launched(), ben)

    work.drain()

    assert [c.document["id"] for c in lms.columns.values()] == [url]
    assert lms.columns[url].scores["ada-at-lms"]["scoreMaximum"] == 100


def test_course_joined_after_the_decision_hears_of_it_at_the_launch(platform, lms, ben) -> None:
    launch(platform, lms, lineitems="")
    make.passed(launched(), ben)
    assert not ScorePassback.objects.exists()

    launch(platform, lms)
    work.drain()

    assert [score["scoreGiven"] for score in lms.scores_of("ada-at-lms")] == [100]


def test_launch_without_grade_services_leaves_no_work(platform, lms, ben) -> None:
    client = Client()
    platform.visit(client, custom={"lc_module": "I.1"})
    make.submitted(launched())

    work.drain()

    assert not ScorePassback.objects.exists()
    assert lms.asked == []
