"""The door: who signed in, or whom a launch let in, becomes `request.lc`."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from credentials import api
from credentials.views.belonging import CHOSEN_PROGRAM
from credentials.views.shell import SiteLinks
from lti_tool.frames import visit_named, visit_of
from lti_tool.models import Visit

GetResponse = Callable[[HttpRequest], HttpResponse]


class Doorway:
    """Sets `request.lc` to the Actor, or to None for somebody without a sign-in or a program.

    A person who belongs to several programs acts in the one they chose last, else in the first
    they joined. Under the address of a visit nothing counts but the visit: its person, in the
    program of its deployment, with links that stay in the visit. Roles are read anew with every
    request, so that a membership that ends, ends now.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.lc = None  # type: ignore[attr-defined]  # the contract between doors and views
        if visit_named(request) is not None:
            _let_in(request)
        elif request.user.is_authenticated:
            request.lc = api.actor_for(  # type: ignore[attr-defined]  # as above
                user=request.user,
                program_id=request.session.get(CHOSEN_PROGRAM),
                links=SiteLinks(),
            )
        return self.get_response(request)


def _let_in(request: HttpRequest) -> None:
    visit = visit_of(request)
    if visit is None or not _is_open(visit):
        request.user = AnonymousUser()
        request.lti_visit = None  # type: ignore[attr-defined]  # read by visit_of
        return
    request.user = visit.person.user
    program = visit.deployment.program_id
    actor = api.actor_for(user=visit.person.user, program_id=program, links=SiteLinks())
    # a member of another program only is nobody here
    request.lc = actor if actor and actor.program_id == program else None  # type: ignore[attr-defined]


def _is_open(visit: Visit) -> bool:
    """Whether platform, deployment and account are still let in; asked with every request."""
    switched_on: bool = visit.registration.active and visit.deployment.approved
    return switched_on and visit.person.user.is_active
