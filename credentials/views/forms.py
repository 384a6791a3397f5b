"""A badge as a file of another kind: token, SVG, and the documents of Open Badges 2.0."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from credentials.api import forms
from credentials.views.public import FIXED, LD_TYPES, SELDOM, SOON, machine

#: Open Badges 3.0, section "File Format": a token is text.
TOKEN_TYPE = "text/plain"  # noqa: S105  # no secret


@require_safe
@conditional_page
def token(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The badge as VC-JWT."""
    return machine(forms.badge_token(badge=uuid).body, TOKEN_TYPE, keep=FIXED)


@require_safe
@conditional_page
def svg(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The SVG picture with the badge in it; a browser that opens it runs nothing in it."""
    response = machine(forms.badge_svg(badge=uuid).body, "image/svg+xml", keep=FIXED)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
@conditional_page
def older(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The hosted assertion of 2.0, which is what makes it true; 410 once it was taken back."""
    document, stands = forms.older_assertion(badge=uuid)
    return machine(document, LD_TYPES[0], keep=SOON, status=200 if stands else 410)


@require_safe
@conditional_page
def older_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the assertion awards."""
    return machine(forms.older_class(badge=uuid), LD_TYPES[0], keep=SELDOM)


@require_safe
@conditional_page
def older_png(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The picture for readers of 2.0."""
    return machine(forms.older_png(badge=uuid).body, "image/png", keep=FIXED)


@require_safe
@conditional_page
def older_issuer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The issuer's Profile of 2.0."""
    return machine(forms.older_issuer(issuer=uuid), LD_TYPES[0], keep=SELDOM)


urlpatterns = [
    path("lc/badges/<uuid:uuid>.jwt", token, name="badge-jwt"),
    path("lc/badges/<uuid:uuid>.svg", svg, name="badge-svg"),
    path("lc/badges/<uuid:uuid>/2.0", older, name="badge-older"),
    path("lc/badges/<uuid:uuid>/2.0/class", older_class, name="badge-older-class"),
    path("lc/badges/<uuid:uuid>/2.0.png", older_png, name="badge-older-png"),
    path("lc/issuers/<uuid:uuid>/2.0", older_issuer, name="issuer-older"),
]
