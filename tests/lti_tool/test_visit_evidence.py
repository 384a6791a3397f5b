"""Evidence inside a visit: files stay the learner's, on the evidence host too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from credentials import api
from credentials.conf import conf
from credentials.views.shell import SiteLinks
from lti_tool.models import Visit
from tests.factories import files, work
from tests.factories.evidence import bring
from tests.factories.platforms import Platform


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


@pytest.fixture
def evidence_host(settings: Any) -> Iterator[str]:
    """A host of its own for evidence."""
    settings.LC_EVIDENCE_ORIGIN = "http://evidence.localhost"
    conf.cache_clear()
    yield "evidence.localhost"
    conf.cache_clear()


def file_of(visit: Visit) -> UUID:
    """A file in a draft of the visit's learner."""
    actor = api.actor_for(
        user=visit.person.user, program_id=visit.deployment.program_id, links=SiteLinks()
    )
    assert actor is not None
    item = bring(actor, work.draft(actor).uuid, files.pdf("One"), "one.pdf")
    assert item.file is not None
    return item.file.uuid


def test_file_is_shown_in_its_learners_visit_only(platform: Platform) -> None:
    sam, sofia = Client(), Client()
    own, other = platform.visit(sam, sub="sam"), platform.visit(sofia, sub="sofia")
    file = file_of(Visit.objects.order_by("pk")[0])

    assert sam.get(f"{own}/lc/files/{file}/pages/1.png").status_code == 200
    assert sofia.get(f"{other}/lc/files/{file}/pages/1.png").status_code == 404
    assert sofia.get(f"{own}/lc/files/{file}/pages/1.png").status_code == 403


def test_evidence_host_gives_the_file_to_the_visits_ticket(
    platform: Platform, evidence_host: str
) -> None:
    browser = Client()
    path = platform.visit(browser)
    page = f"/lc/files/{file_of(Visit.objects.get())}/pages/1.png"

    to = browser.get(f"{path}{page}").headers["Location"]

    assert to.startswith(f"http://{evidence_host}{page}?t=")
    there = Client(headers={"host": evidence_host})
    assert there.get(to.removeprefix(f"http://{evidence_host}")).status_code == 200
