"""Pages of a visit: who gets in, what stays out, whose frame they may stand in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from credentials import api
from credentials.models import Membership
from lti_tool.models import Enrollment, Registration, User, Visit
from tests.factories.platforms import ROLE, Platform

LEARNER = [f"{ROLE}Learner"]
TEACHER = [f"{ROLE}Instructor"]


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


def frame_ancestors(response: Any) -> str:
    policy = response.headers["Content-Security-Policy"]
    (found,) = (part for part in policy.split("; ") if part.startswith("frame-ancestors"))
    return str(found)


# --- where a launch leads ----------------------------------------------------------------------


def test_link_that_names_a_module_opens_the_module(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client, custom={"lc_module": "I.1"})

    page = client.get(f"{path}/", follow=True)

    assert page.redirect_chain[-1] == (f"{path}/lc/modules/I.1", 302)
    assert page.status_code == 200


def test_module_may_be_named_in_the_target_link(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client, target_link_uri=f"{platform.target}?lc_module=I.1")

    assert client.get(f"{path}/", follow=True).redirect_chain[-1][0].endswith("/lc/modules/I.1")


def test_link_without_a_module_opens_the_learners_path(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client)

    page = client.get(f"{path}/", follow=True)

    assert page.redirect_chain[-1][0] == f"{path}/lc/"
    assert f'href="{path}/lc/my/badges"' in page.content.decode()


def test_module_that_is_not_here_is_told_and_not_a_dead_end(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client, custom={"lc_module": "IX.9"})

    page = client.get(f"{path}/", follow=True)

    assert page.status_code == 200
    assert "names the module IX.9" in page.content.decode()


def test_link_remembers_its_module_when_a_later_launch_does_not_name_it(platform: Platform) -> None:
    client = Client()
    platform.visit(client, custom={"lc_module": "I.1"})

    path = platform.visit(client)

    assert client.get(f"{path}/", follow=True).redirect_chain[-1][0].endswith("/lc/modules/I.1")


def test_teacher_sees_what_is_placed_and_no_learners_work(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client, roles=TEACHER, custom={"lc_module": "I.1"})

    page = client.get(f"{path}/", follow=True)

    assert page.redirect_chain[-1][0] == f"{path}/lti/course"
    assert "You see neither drafts nor evidence here" in page.content.decode()
    assert client.get(f"{path}/lc/").status_code == 403


# --- who one is --------------------------------------------------------------------------------


def test_same_subject_is_the_same_user_whatever_name_it_brings(platform: Platform) -> None:
    client = Client()
    platform.visit(client)
    platform.visit(client, name="Ada Renamed", email="other@lms.example.edu")

    user = User.objects.get(lti_platform_user__subject="ada-at-lms")
    assert user.get_full_name() == "Ada Renamed"


def test_subjects_that_differ_in_case_are_two_people(platform: Platform) -> None:
    for subject in ("abc", "ABC", "abc "):
        platform.visit(Client(), sub=subject)

    assert User.objects.filter(lti_platform_user__isnull=False).count() == 3


def test_address_of_somebody_who_signs_in_joins_no_accounts(platform: Platform, dana) -> None:
    address = User.objects.get(pk=dana.user_id).email
    client = Client()
    path = platform.visit(client, email=address)

    launched = Visit.objects.get().person.user
    assert launched.pk != dana.user_id
    assert launched.email == ""
    assert client.get(f"{path}/lc/program").status_code == 403


def test_roles_are_replaced_at_every_launch(platform: Platform) -> None:
    platform.visit(Client(), roles=TEACHER)
    platform.visit(Client(), roles=LEARNER)

    row = Enrollment.objects.get()
    assert (row.roles, row.learner, row.instructor) == (LEARNER, True, False)


@pytest.mark.parametrize(
    "roles",
    [
        TEACHER,
        [f"{ROLE}Administrator"],
        ["http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin"],
        ["http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#Grader"],
        ["Reviewer", "reviewer", "administrator"],
        [f"{ROLE}Mentor"],
    ],
)
def test_no_role_of_a_platform_makes_a_member_but_learner(platform: Platform, roles: Any) -> None:
    client = Client()
    path = platform.visit(client, roles=roles)

    assert not Membership.objects.exists()
    for page in ("/lc/review", "/lc/program", "/lc/program/people", "/lti/log"):
        assert client.get(f"{path}{page}").status_code == 403


def test_membership_that_the_program_ended_stays_ended(platform: Platform, dana) -> None:
    client = Client()
    path = platform.visit(client)
    user = Visit.objects.get().person.user
    assert client.get(f"{path}/lc/").status_code == 200

    api.end_membership(dana, user_id=user.pk, role="learner")

    assert client.get(f"{path}/lc/").status_code == 403
    page = client.get(f"{platform.visit(client)}/", follow=True)
    assert "has ended" in page.content.decode()


def test_visit_ends_when_its_platform_is_switched_off(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client)
    assert client.get(f"{path}/lc/").status_code == 200

    Registration.objects.update(active=False)

    assert client.get(f"{path}/lc/").status_code == 403


def test_account_that_is_switched_off_is_refused(platform: Platform) -> None:
    client = Client()
    path = platform.visit(client)
    User.objects.filter(lti_platform_user__isnull=False).update(is_active=False)

    assert client.get(f"{path}/lc/").status_code == 403
    response = platform.launch(client)
    assert "LTI-502" in response.content.decode()


def test_reviewer_of_a_program_keeps_that_role_in_a_visit(platform: Platform, program) -> None:
    client = Client()
    path = platform.visit(client)
    Membership.objects.create(
        program=program, user=Visit.objects.get().person.user, role="reviewer"
    )

    assert client.get(f"{path}/lc/review").status_code == 200


# --- two people at one browser, two tabs -------------------------------------------------------


def test_two_people_at_one_browser_each_have_their_own_tab(platform: Platform) -> None:
    browser = Client()
    sam = platform.visit(browser, sub="sam", name="Sam Ito")
    sofia = platform.visit(browser, sub="sofia", name="Sofia Ruiz")

    for path, name, other in ((sam, "Sam Ito", "Sofia"), (sofia, "Sofia Ruiz", "Sam")):
        page = browser.get(f"{path}/lc/").content.decode()
        assert name in page
        assert other not in page


def test_session_of_one_visit_does_not_open_another(platform: Platform) -> None:
    browser, other = Client(), Client()
    sam = platform.visit(browser, sub="sam")
    sofia = platform.visit(other, sub="sofia")
    name, cookie = next(c for c in browser.cookies.items() if c[0].startswith("lc_visit_"))
    hexed = sofia.rsplit("/", 1)[-1].replace("-", "")

    thief = Client()
    thief.cookies[f"lc_visit_{hexed}"] = cookie.value

    assert thief.get(f"{sofia}/lc/").status_code == 403
    assert name == f"lc_visit_{sam.rsplit('/', 1)[-1].replace('-', '')}"


def test_session_of_the_site_does_not_open_a_visit_nor_the_other_way(
    platform: Platform, client_for, ada
) -> None:
    browser = client_for(ada)
    path = platform.visit(Client(), sub="sam")

    assert browser.get(f"{path}/lc/").status_code == 403
    launched = Client()
    platform.visit(launched, sub="sam")
    assert launched.get("/lc/").status_code == 302  # to the sign-in


def test_cookie_of_a_visit_belongs_to_its_path_and_survives_blocked_cookies(
    platform: Platform,
) -> None:
    browser = Client()
    path = platform.visit(browser)

    (cookie,) = (c for name, c in browser.cookies.items() if name.startswith("lc_visit_"))
    attributes = {part.strip() for part in cookie.OutputString().split(";")[1:]}
    assert {"HttpOnly", "Secure", "SameSite=None", "Partitioned", f"Path={path}"} <= attributes
    assert not any(part.startswith(("Max-Age", "expires")) for part in attributes)
    assert not any(cookie.value for name, cookie in browser.cookies.items() if "state" in name)


def test_each_launch_gets_a_session_of_its_own(platform: Platform) -> None:
    browser = Client()
    platform.visit(browser)
    platform.visit(browser)

    assert Session.objects.count() == 2


def test_sessions_that_ran_out_do_not_pile_up(platform: Platform) -> None:
    platform.visit(Client())
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    platform.visit(Client())

    assert Session.objects.count() == 1


# --- the address alone -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/lc/", "/lc/modules/I.1", "/lti/course", "/lti/begin"])
def test_address_of_a_visit_grants_nothing_without_its_cookie(
    platform: Platform, path: str
) -> None:
    visit = platform.visit(Client())

    page = Client().get(f"{visit}{path}")

    assert page.status_code == 403
    assert "Open this from your course" in page.content.decode()
    assert "Ada" not in page.content.decode()


def test_script_of_a_page_whose_visit_is_over_is_told_in_its_own_language(
    platform: Platform,
) -> None:
    browser = Client()
    path = platform.visit(browser)
    Visit.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = browser.get(f"{path}/lc/", headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert "go back to your course" in answer.json()["error"]


def test_public_page_of_a_visit_is_at_its_own_address_for_everybody_else(
    platform: Platform,
) -> None:
    path = platform.visit(Client())

    response = Client().get(f"{path}/lc/verify?badge=x")

    assert (response.status_code, response.headers["Location"]) == (302, "/lc/verify?badge=x")


@pytest.mark.parametrize(
    "path",
    ["/accounts/", "/accounts/password/change/", "/practice/mail", "/healthz", "/ims/case/v1p1/x"],
)
def test_nothing_but_the_house_and_the_door_stands_under_a_visit(
    platform: Platform, path: str
) -> None:
    browser = Client()
    visit = platform.visit(browser)

    assert browser.get(f"{visit}{path}", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["/lti/course", "/lti/begin", "/lti/ticket", "/lti/new-tab"])
def test_pages_of_a_visit_are_nowhere_without_one(db: None, path: str) -> None:
    assert Client().get(path).status_code in {404, 403, 405}


@pytest.mark.parametrize(
    "path", ["/lti/in/x/lc/", "/lti/in/00000000-0000-4000-8000-000000000000/lc/"]
)
def test_visit_that_never_was_is_not_told_from_one_that_is_over(db: None, path: str) -> None:
    assert Client().get(path).status_code in {403, 404}


# --- frames ------------------------------------------------------------------------------------


def test_pages_of_a_visit_may_stand_in_its_platform_and_nowhere_else(
    platform: Platform,
) -> None:
    Registration.objects.update(frame_origins=["https://school.example.edu"])
    browser = Client()
    path = platform.visit(browser)

    page = browser.get(f"{path}/lc/")

    assert (
        frame_ancestors(page)
        == "frame-ancestors https://lms.example.edu https://school.example.edu"
    )
    assert "X-Frame-Options" not in page.headers
    assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/lc/verify", "/lc/framework", "/accounts/login/"])
def test_other_pages_stand_in_no_frame(platform: Platform, path: str) -> None:
    page = Client().get(path)

    assert frame_ancestors(page) == "frame-ancestors 'none'"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_refusal_and_the_end_of_a_visit_can_be_read_in_the_frame(platform: Platform) -> None:
    refused = platform.launch(Client(), roles=None)
    over = Client().get(f"{platform.visit(Client())}/lc/")

    assert frame_ancestors(refused) == "frame-ancestors https://lms.example.edu"
    assert frame_ancestors(over) == "frame-ancestors https://lms.example.edu"


def test_page_in_a_frame_offers_no_account_and_no_sign_out(platform: Platform) -> None:
    browser = Client()
    page = browser.get(f"{platform.visit(browser)}/lc/").content.decode()

    for nothing in ("Sign out", "My account", "/accounts/", "Practice mailbox"):
        assert nothing not in page
    assert "lti_tool/frame.js" in page


# --- CSRF --------------------------------------------------------------------------------------


def test_form_of_a_visit_needs_the_token_of_that_visit(platform: Platform) -> None:
    browser = Client(enforce_csrf_checks=True)
    path = platform.visit(browser)
    token = browser.get(f"{path}/lc/").context["csrf_token"]
    other = browser.get(f"{platform.visit(browser)}/lc/").context["csrf_token"]
    start = f"{path}/lc/modules/I.1/start"

    assert browser.post(start).status_code == 403
    assert browser.post(start, {"csrfmiddlewaretoken": other}).status_code == 403
    done = browser.post(start, {"csrfmiddlewaretoken": token})
    assert done.status_code == 302
    assert done.headers["Location"].startswith(f"{path}/lc/submissions/")


def test_message_after_a_form_is_shown_in_the_visit(platform: Platform) -> None:
    browser = Client()
    path = platform.visit(browser)

    page = browser.post(f"{path}/lc/modules/I.1/self-assessment", {"I.1.a": "2"}, follow=True)

    assert "Kept. Only you see it." in page.content.decode()
