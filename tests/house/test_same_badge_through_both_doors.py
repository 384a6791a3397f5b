"""A learner launched from an LMS and one in a unit of Open edX earn the same badge."""

from __future__ import annotations

import pytest
from django.test import Client

from credentials import api, work
from credentials.data import Actor
from credentials.models import Badge, Submission
from credentials.views.shell import SiteLinks
from lti_tool.models import Visit
from tests.comparing import comparable
from tests.factories import work as make
from tests.factories.platforms import Platform
from tests.lc_xblock.conftest import adas_unit, course  # noqa: F401  # fixtures of the other door
from tests.lc_xblock.platform import Unit

pytestmark = pytest.mark.django_db


def launched(program_id: int, browser: Client) -> tuple[Actor, str]:
    """Sam, who came by a launch, and the path of the visit."""
    path = Platform().register(program_id).visit(browser, sub="sam")
    actor = api.actor_for(
        user=Visit.objects.get().person.user, program_id=program_id, links=SiteLinks()
    )
    assert actor is not None
    return actor, path


def badge_after_review(learner: Actor, ben: Actor) -> bytes:
    """Ben reviews what the learner handed in."""
    row = Submission.objects.get(learner_id=learner.user_id)
    make.reviewed(ben, api.submission(learner, submission=row.uuid))
    work.drain()
    return bytes(Badge.objects.get(award__learner_id=learner.user_id).document or b"")


def test_launched_learner_and_learner_in_a_unit_earn_the_same_badge(
    program,
    ada: Actor,
    ben: Actor,
    adas_unit: Unit,  # noqa: F811  # the fixture itself
) -> None:
    browser = Client()
    sam, path = launched(program.pk, browser)
    own, adas = make.filled(sam).uuid, make.filled(ada).uuid

    through_lti = browser.post(f"{path}/lc/submissions/{own}/submit", {"agree": "on"})
    through_block = adas_unit.post("submission_submit", adas, agree="on")

    assert (through_lti.status_code, through_block.status_code) == (302, 200)
    assert comparable(badge_after_review(sam, ben)) == comparable(badge_after_review(ada, ben))
