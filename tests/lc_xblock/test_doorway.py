"""Who comes in: the platform's people, in the course's program, as learners and nothing else."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import RequestFactory

from credentials import api
from credentials.errors import NotAllowed, NotFound
from credentials.models import Membership
from lc_xblock.doorway import Doorway, learner_at, shell
from lc_xblock.models import CourseProgram
from tests.factories.people import make_member
from tests.lc_xblock.platform import COURSE, Unit, Usage


@pytest.fixture
def eve(db):
    """Somebody of the platform who has never been here."""
    return get_user_model().objects.create_user(username="eve", email="eve@example.edu")


@pytest.fixture
def enrolled(monkeypatch) -> set[tuple[int, str]]:
    """The platform's own enrolments, where the platform keeps them."""
    rows: set[tuple[int, str]] = set()

    def is_enrolled(user, key):
        return (user.pk, str(key)) in rows

    for name in ("common", "common.djangoapps", "common.djangoapps.student"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    models = ModuleType("common.djangoapps.student.models")
    models.CourseEnrollment = SimpleNamespace(is_enrolled=is_enrolled)
    monkeypatch.setitem(sys.modules, models.__name__, models)
    return rows


# --- in front of a block -----------------------------------------------------------------------


def test_whoever_is_enrolled_becomes_a_learner_and_nothing_else(course, program, eve):
    learner_at(Unit(eve.pk).block)
    actor = learner_at(Unit(eve.pk).block)

    assert (actor.user_id, actor.program_id, actor.roles) == (eve.pk, program.pk, {"learner"})
    assert Membership.objects.filter(user=eve).count() == 1


def test_reviewer_in_the_course_keeps_that_role_beside_learning(course, ben):
    assert learner_at(Unit(ben.user_id).block).roles == {"learner", "reviewer"}


def test_member_of_another_program_is_a_learner_of_this_one_too(course, program, cem):
    actor = learner_at(Unit(cem.user_id).block)

    assert (actor.program_id, actor.roles) == (program.pk, {"learner"})


def test_membership_that_was_ended_stays_ended(course, ada, dana):
    api.end_membership(dana, user_id=ada.user_id, role="learner")

    with pytest.raises(NotAllowed, match="has ended"):
        learner_at(Unit(ada.user_id).block)


def test_course_without_a_program_lets_nobody_in(program, eve, settings):
    settings.LC_COURSE_WITHOUT_PLATFORM = COURSE

    with pytest.raises(NotAllowed, match="does not belong to a program"):
        learner_at(Unit(eve.pk).block)
    assert "does not belong to a program" in Unit(eve.pk).html()
    assert Membership.objects.count() == 0


def test_without_platform_and_without_the_setting_nobody_is_enrolled(program, eve, settings):
    settings.LC_COURSE_WITHOUT_PLATFORM = ""
    CourseProgram.assign("", program.pk)

    with pytest.raises(NotAllowed, match="Enrol"):
        learner_at(Unit(eve.pk).block)


def test_platform_says_who_is_enrolled_and_its_setting_does_not(course, eve, enrolled):
    unit = Unit(eve.pk, usage=Usage("block-v1:unit"))

    with pytest.raises(NotAllowed, match="Enrol"):
        learner_at(unit.block)
    enrolled.add((eve.pk, COURSE))
    assert learner_at(unit.block).roles == {"learner"}


def test_staff_who_look_as_a_learner_see_nothing_of_that_learner(adas_unit, ada):
    draft = api.start_submission(ada, competency="I.1")
    service = adas_unit.block.runtime.service(adas_unit.block, "user")
    service._django_user = SimpleNamespace(pk=ada.user_id, real_user=SimpleNamespace(pk=99))

    assert "shown to that learner alone" in adas_unit.html()
    assert adas_unit.get("submission", draft.uuid).status_code == 403


def test_somebody_whose_account_was_closed_is_nobody(course, eve):
    get_user_model().objects.filter(pk=eve.pk).update(is_active=False)

    with pytest.raises(NotAllowed, match="Sign in"):
        learner_at(Unit(eve.pk).block)


def test_links_leave_the_unit_only_where_it_has_no_handler(adas_unit):
    links = learner_at(adas_unit.block).links

    assert links.to("module", code="I.1") == "/handler/module/"
    assert links.to("module-page", code="I.1", page="p") == "/handler/module_page/p"
    assert links.to("module", code="I.2") == "/lc/modules/I.2"
    assert links.to("glossary") == "/lc/glossary"


# --- which program a course works for ----------------------------------------------------------


def test_course_keys_are_told_apart_by_case(program, other_program):
    CourseProgram.assign("course-v1:A+b+c", program.pk)
    CourseProgram.assign("course-v1:a+b+c", other_program.pk)

    assert CourseProgram.of("course-v1:A+b+c").program_id == program.pk
    assert CourseProgram.of("course-v1:a+b+c").program_id == other_program.pk
    assert CourseProgram.of("course-v1:A+B+c") is None


def test_command_says_which_program_a_course_works_for(program, other_program, capsys):
    call_command("lc_course", COURSE, program="hillside")
    call_command("lc_course", COURSE, program="lakeshore")

    assert [str(row) for row in CourseProgram.objects.all()] == [COURSE]
    assert CourseProgram.of(COURSE).program_id == program.pk
    assert "now works for Lakeshore" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no program"):
        call_command("lc_course", COURSE, program="nowhere")


# --- the plugin's pages ------------------------------------------------------------------------


def through(path: str, user, view=lambda request: HttpResponse("seen")) -> tuple:
    request = RequestFactory().get(path)
    request.user, request.session = user, {}
    return request, Doorway(view)(request)


def test_our_pages_get_the_actor_and_the_safety_headers(ben):
    user = get_user_model().objects.get(pk=ben.user_id)

    request, response = through("/lc/review", user)

    assert (request.lc.user_id, request.lc.roles) == (ben.user_id, {"reviewer"})
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_pages_of_the_platform_stay_untouched(ben):
    user = get_user_model().objects.get(pk=ben.user_id)

    request, response = through("/dashboard", user)

    assert not hasattr(request, "lc")
    assert dict(response.headers) == {"Content-Type": "text/html; charset=utf-8"}
    assert Doorway(lambda request: None).process_exception(request, NotFound("x")) is None
    assert shell(request) == {}


def test_chosen_program_counts_while_it_is_one_of_the_person_s(ben, other_program):
    make_member(other_program, "Ben", "administrator")
    user = get_user_model().objects.get(pk=ben.user_id)
    request = RequestFactory().get("/lc/")
    request.user, request.session = user, {"lc_program": other_program.pk}

    Doorway(lambda request: HttpResponse())(request)

    assert request.lc.roles == {"administrator"}
