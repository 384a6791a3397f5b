"""Certification, core, valid launches: nine of a teacher, nine of a student, each let in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from credentials.models import Membership
from lti_tool.models import LaunchLog, PlatformUser, ResourceLink, Visit
from tests.factories.platforms import LEFT_OUT, LTI, ROLE, Platform

NO_NAMES = {"name": LEFT_OUT, "given_name": LEFT_OUT, "family_name": LEFT_OUT}
NO_PII = {**NO_NAMES, "email": LEFT_OUT}
OTHER = f"{ROLE.removesuffix('membership#')}institution/person#"


def rows(role: str) -> dict[str, dict[str, Any]]:
    return {
        role: {"roles": [f"{ROLE}{role}"]},
        "multiple roles": {"roles": [f"{ROLE}{role}", f"{OTHER}{role}", f"{OTHER}Guest"]},
        "short role": {"roles": [role]},
        "unknown role": {"roles": [f"{ROLE}{role}", f"{ROLE}Juggler"]},
        "no role": {"roles": []},
        "email only": {"roles": [f"{ROLE}{role}"], **NO_NAMES},
        "names only": {"roles": [f"{ROLE}{role}"], "email": LEFT_OUT},
        "no PII": {"roles": [f"{ROLE}{role}"], **NO_PII},
        "email without context": {
            "roles": [f"{ROLE}{role}"],
            **NO_NAMES,
            f"{LTI}context": LEFT_OUT,
        },
    }


def cases(role: str) -> list[Any]:
    return [pytest.param(name, claims, id=name) for name, claims in rows(role).items()]


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


def let_in(platform: Platform, claims: dict[str, Any]) -> tuple[Visit, str]:
    """The visit, and the page at which it ends up."""
    client = Client()
    path = platform.visit(client, **claims)
    page = client.get(f"{path}/", follow=True)
    assert page.status_code == 200
    assert LaunchLog.objects.get().code == "ok"
    return Visit.objects.get(), page.content.decode()


@pytest.mark.parametrize(("name", "claims"), cases("Instructor"))
def test_valid_teacher_launch(platform: Platform, name: str, claims: dict[str, Any]) -> None:
    visit, page = let_in(platform, claims)

    assert visit.instructor is (name != "no role")
    assert visit.learner is False
    assert not Membership.objects.filter(user=visit.person.user).exists()
    assert "Your roles, as your course system says" in page


@pytest.mark.parametrize(("name", "claims"), cases("Learner"))
def test_valid_student_launch(platform: Platform, name: str, claims: dict[str, Any]) -> None:
    visit, _ = let_in(platform, claims)

    assert visit.learner is (name != "no role")
    roles = Membership.objects.filter(user=visit.person.user).values_list("role", flat=True)
    assert list(roles) == (["learner"] if visit.learner else [])


@pytest.mark.parametrize("role", ["Instructor", "Learner"])
def test_new_resource_link_id(platform: Platform, role: str) -> None:
    client, roles = Client(), [f"{ROLE}{role}"]
    platform.visit(client, roles=roles)
    platform.visit(client, roles=roles, resource_link={"id": "link-2"})

    assert list(ResourceLink.objects.values_list("resource_link_id", flat=True)) == [
        "link-1",
        "link-2",
    ]
    assert PlatformUser.objects.count() == 1


def test_learner_without_a_name_gets_one_that_says_nothing(platform: Platform) -> None:
    visit, _ = let_in(platform, NO_PII)

    assert visit.person.user.get_full_name().startswith("Learner ")
    assert visit.person.user.email == ""
    assert not visit.person.user.has_usable_password()
