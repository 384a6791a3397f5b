"""What has happened for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from credentials import api
from credentials.views.shell import actor_of


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first, the unread marked."""
    context = {"notices": api.notices(actor_of(request))}
    return render(request, "lc_credentials/notices/list.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All of them are read."""
    actor = actor_of(request)
    api.mark_notices_read(actor)
    return redirect(actor.links.to("notices"))


urlpatterns = [
    path("lc/notices", notices, name="notices"),
    path("lc/notices/read", read, name="notices-read"),
]
