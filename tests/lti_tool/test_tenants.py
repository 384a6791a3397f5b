"""Two institutions share an issuer: a learner of one tries every address of the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from credentials.models import Submission
from lti_tool.frames import PUBLIC
from lti_tool.models import Visit
from tests.factories.platforms import ROLE, Platform

#: Routes that are anybody's, or nobody's in particular, whoever asks.
OPEN = PUBLIC | {
    "start",
    "healthz",
    "invitation",
    "lti-login",
    "lti-launch",
    "lti-jwks",
    "case-documents",
    "case-object",
}


def routes() -> Iterator[str]:
    """Every path of the house with what it takes in braces."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            path = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, path)
            elif isinstance(entry, URLPattern):
                yield str(entry.name), path

    for name, path in walk(get_resolver().url_patterns, ""):
        if path.startswith("lc/") and name not in OPEN:
            yield path


@pytest.fixture
def tenants(program, other_program):
    """Sofia at one institution with work of hers, Sam at the other: one issuer, two clients."""
    there = Platform(client_id="client-1").register(program.pk)
    here = Platform(client_id="client-2").register(other_program.pk)
    sofia, sam = Client(), Client()
    path = there.visit(sofia, sub="subject-1", custom={"lc_module": "I.1"})
    sofia.post(f"{path}/lc/modules/I.1/start")
    mine = here.visit(sam, sub="subject-1", name="Sam Ito")
    return sofia, path, sam, mine


def fill(path: str, submission: UUID) -> str:
    """The path with Sofia's identifiers wherever one fits."""
    known = {
        "<uuid:submission>": str(submission),
        "<uuid:uuid>": str(submission),
        "<str:code>": "I.1",
        "<str:page>": "1",
        "<int:n>": "1",
    }
    for taken, value in known.items():
        path = path.replace(taken, value)
    while "<" in path:
        before, _, rest = path.partition("<")
        taken, _, after = rest.partition(">")
        value = {"int": "1", "uuid": str(submission)}.get(taken.partition(":")[0], "x")
        path = f"{before}{value}{after}"
    return path


def test_same_subject_of_two_clients_is_two_people(tenants) -> None:
    first, second = Visit.objects.order_by("pk")

    assert first.person.user_id != second.person.user_id
    assert first.deployment.program_id != second.deployment.program_id


@pytest.mark.parametrize("route", sorted(routes()))
def test_learner_of_another_tenant_finds_nothing_at(tenants, route: str) -> None:
    _, path, sam, mine = tenants
    submission = Submission.objects.get()
    asked = "/" + fill(route, submission.uuid)

    for address in (f"{mine}{asked}", f"{path}{asked}", asked):
        for method in (sam.get, sam.post):
            answer = method(address)
            said = answer.getvalue().decode("utf-8", "replace")
            assert "Ada Osei" not in said
            assert str(submission.uuid) not in said.replace(asked, "")
            assert answer.status_code != 500
    assert Submission.objects.filter(pk=submission.pk, state="draft").exists()


def test_teacher_of_another_tenant_finds_nothing(tenants) -> None:
    sofia, path, _, _ = tenants
    submission = Submission.objects.get()
    teacher = Client()
    here = Platform(client_id="client-2", row=None)
    mine = here.visit(teacher, sub="tess", roles=[f"{ROLE}Instructor"])

    assert teacher.get(f"{mine}/lc/submissions/{submission.uuid}").status_code == 403
    assert teacher.get(f"{path}/lc/submissions/{submission.uuid}").status_code == 403
    assert teacher.get(f"{path}/lti/course").status_code == 403
    assert sofia.get(f"{path}/lc/submissions/{submission.uuid}").status_code == 200


def test_administrator_sees_the_launches_of_their_own_program_only(
    tenants, client_for, dana, cem
) -> None:
    for actor, mine, other in ((dana, "client-1", "client-2"), (cem, "client-2", "client-1")):
        page = client_for(actor).get("/lti/log").content.decode()
        assert f"LMS of {mine}" in page
        assert f"LMS of {other}" not in page


def test_refusals_at_a_registration_that_two_programs_share_are_nobodys(
    program, other_program, client_for, dana
) -> None:
    shared = Platform().register(program.pk)
    deployment = shared.row.deployments.get()
    shared.launch(Client(), roles=None)
    assert "LTI-405" in client_for(dana).get("/lti/log").content.decode()

    deployment.pk = None
    deployment.deployment_id, deployment.digest = "deployment-2", "x"
    deployment.program_id = other_program.pk
    deployment.save()

    assert "LTI-405" not in client_for(dana).get("/lti/log").content.decode()
