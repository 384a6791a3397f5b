"""Shows evidence to those who may see it; `api.open_file` decides who that is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from credentials import api
from credentials.views.evidence_origin import from_own_origin
from credentials.views.ranges import HEADERS, send
from credentials.views.shell import actor_of


@require_safe
@from_own_origin
def file(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """The file: played or shown in place where that is safe, else an attachment."""
    try:
        return send(request, api.open_file(actor_of(request), file=file))
    except api.Busy:
        return busy()


@require_safe
@from_own_origin
def photo(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """The copy of a picture without metadata."""
    try:
        return send(request, api.photo(actor_of(request), file=file))
    except api.Busy:
        return busy()


@require_safe
@from_own_origin
def page_image(request: HttpRequest, file: UUID, page: int) -> HttpResponse:
    """A page of a PDF, drawn here, so that the PDF itself never reaches a browser's viewer."""
    try:
        drawn = api.page_image(actor_of(request), file=file, page=page)
    except api.Busy:
        return busy()
    return HttpResponse(drawn, content_type="image/png", headers=HEADERS)


@require_safe
@from_own_origin
def page_text(request: HttpRequest, file: UUID, page: int) -> HttpResponse:
    """What a page of a PDF says."""
    text = api.page_text(actor_of(request), file=file, page=page)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=HEADERS)


def busy() -> HttpResponse:
    """Many files are being read at this moment."""
    return HttpResponse(
        "Many files are being read at this moment. Try again in a few seconds.",
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": "5"},
    )


urlpatterns = [
    path("lc/files/<uuid:file>", file, name="file"),
    path("lc/files/<uuid:file>/pages/<int:page>.png", page_image, name="file-page"),
    path("lc/files/<uuid:file>/pages/<int:page>.txt", page_text, name="file-text"),
    path("lc/files/<uuid:file>/preview", photo, name="file-photo"),
]
