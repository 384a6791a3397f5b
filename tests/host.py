"""The door and the addresses of the host of `tests.settings_host`."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from credentials import api
from tests.factories.people import TestLinks


class Doorway:
    """Lets the host's own users in as members of their first program."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.lc = None
        if request.user.is_authenticated:
            request.lc = api.actor_for(user=request.user, program_id=None, links=TestLinks())
        return self.get_response(request)


def sign_in(request):
    """The host signs people in by itself."""
    return HttpResponse("The host's own sign-in.")


handler403 = "credentials.views.safety.permission_denied"
handler404 = "credentials.views.safety.page_not_found"
handler500 = "credentials.views.safety.server_error"

urlpatterns = [path("", include("credentials.urls")), path("accounts/login/", sign_in)]
