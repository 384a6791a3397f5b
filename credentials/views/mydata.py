"""What the program holds about the person who asks, and all of it as one file."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from credentials import api
from credentials.views.shell import actor_of


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept about me, who sees it, and how I get it."""
    actor_of(request)
    return render(request, "lc_credentials/learn/my_data.html")


@require_POST
def my_data_export(request: HttpRequest) -> FileResponse:
    """The ZIP file, sent in pieces and deleted with the last one."""
    actor = actor_of(request)
    name = f"my-data-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(api.export_my_data(actor), as_attachment=True, filename=name)


urlpatterns = [
    path("lc/my/data", my_data, name="my-data"),
    path("lc/my/data/export", my_data_export, name="my-data-export"),
]
