"""How somebody comes into a program: the invitation's page, and the choice between programs."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from credentials import api
from credentials.errors import NotFound
from credentials.views.shell import SignInNeeded, links_of

#: Where the session keeps the program that a person of several has chosen; read by the door.
CHOSEN_PROGRAM = "lc_program"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered to me, and how do I take it; a POST by somebody signed in accepts.

    Needs no membership: whoever comes here may not have one yet.
    """
    if request.method == "POST":
        return _accept(request, token)
    sign_up = str(getattr(settings, "LC_SIGN_UP_URL", ""))
    context = {
        "offer": api.offer(token=token),
        "token": token,
        "sign_up_url": sign_up.format(token=token),
    }
    response = render(request, "lc_credentials/people/invitation.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    # the address of this page is a password
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def switch_program(request: HttpRequest) -> HttpResponse:
    """Act in another of one's programs from now on; raises NotFound for anybody else's."""
    wanted = request.POST.get("program", "")
    for program in api.programs_of(user=request.user):
        if str(program.uuid) == wanted:
            request.session[CHOSEN_PROGRAM] = program.id
            messages.success(request, f"You are now in {program.name}.")
            return redirect(links_of(request).to("home"))
    raise NotFound("There is no such program.")


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        raise SignInNeeded
    links = links_of(request)
    program = api.accept_invitation(user=request.user, token=token, links=links)
    request.session[CHOSEN_PROGRAM] = program
    messages.success(request, "Welcome. You have accepted the invitation.")
    return redirect(links.to("home"))


urlpatterns = [
    path("lc/invitations/<str:token>", invitation, name="invitation"),
    path("lc/switch-program", switch_program, name="switch-program"),
]
