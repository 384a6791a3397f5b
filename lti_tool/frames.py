"""Pages of a visit, inside somebody else's page: their addresses, and who may show them.

A visit lives under /lti/in/<uuid>/: the prefix is taken off before the address is resolved and put
before every address that is made, so that all pages of the house work in it unchanged. The address
alone opens nothing; the visit's own cookie does (`sessions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse, set_script_prefix

from credentials.views.safety import wants_json
from lti_tool import registration
from lti_tool.models import Visit

GetResponse = Callable[[HttpRequest], HttpResponse]

_UNDER: Final = re.compile(
    r"/lti/in/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(/.*)", re.DOTALL
)
#: What of the site is shown under a visit: the house and this door; accounts are not.
_SHOWN: Final = ("/lc/", "/lti/")
#: Pages that anybody may read; without the visit's cookie they are at their own address.
PUBLIC: Final = frozenset(
    {
        "achievement",
        "achievement-png",
        "api-openapi",
        "api-verify",
        "badge",
        "badge-json",
        "badge-png",
        "framework",
        "glossary",
        "help",
        "help-index",
        "issuer",
        "issuer-did",
        "issuer-revocations",
        "item",
        "rubric-proof",
        "schema",
        "status-list",
        "verify",
    }
)
#: The page that trades a ticket for a session, and where a visit begins.
TICKET_ROUTE: Final = "lti-ticket"
BEGIN_ROUTE: Final = "lti-begin"
_FRAMED_BY_NOBODY: Final = "frame-ancestors 'none'"
OVER: Final = (
    "This visit is over. What you saved is kept: go back to your course and open the link again."
)


def prefix_of(visit: UUID) -> str:
    """The path under which that visit lives, without the slash at the end."""
    return f"/lti/in/{visit}"


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit at whose address this is, if this browser was let into it."""
    return getattr(request, "lti_visit", None)


def visit_named(request: HttpRequest) -> UUID | None:
    """The visit that the address names, whoever asks."""
    return getattr(request, "lti_visit_named", None)


def may_frame(request: HttpRequest, *origins: str) -> None:
    """These may show the answer to this request in a frame, and nobody else."""
    request.lti_frame_origins = origins  # type: ignore[attr-defined]  # read by Visits below


class Visits:
    """Takes the visit out of the address, and lets its platform show the answer in a frame."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = _UNDER.fullmatch(request.path_info)
        before = get_script_prefix()
        if named is not None:
            visit = UUID(named.group(1))
            request.lti_visit_named = visit  # type: ignore[attr-defined]  # read by visit_named
            request.path_info = named.group(2)
            set_script_prefix(f"{before.rstrip('/')}{prefix_of(visit)}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(before)
        if named is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        _let_frame(response, _origins(request))
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Under a visit: only what belongs there, and only for the browser that was let in."""
        named = visit_named(request)
        if named is None or request.resolver_match is None:
            return None
        route, path = request.resolver_match.url_name, request.path_info
        if path != "/" and not path.startswith(_SHOWN):
            raise Http404
        if route == TICKET_ROUTE:
            return None
        if visit_of(request) is not None:
            return HttpResponseRedirect(reverse(BEGIN_ROUTE)) if path == "/" else None
        if route in PUBLIC and request.method in {"GET", "HEAD"}:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{path}?{query}" if query else path)
        return visit_over(request)


def visit_over(request: HttpRequest) -> HttpResponse:
    """401 for the page's script, 403 for a person: back to the course, where the link is."""
    if wants_json(request):
        return JsonResponse({"error": OVER}, status=401)
    return render(request, "lti_tool/visit_over.html", {"message": OVER}, status=403)


def _origins(request: HttpRequest) -> tuple[str, ...]:
    given: tuple[str, ...] = getattr(request, "lti_frame_origins", ())
    named = visit_named(request)
    if given or named is None:
        return given
    row = visit_of(request)
    if row is None:  # so that the reader sees why there is nothing
        row = Visit.objects.select_related("registration").filter(uuid=named).first()
    return registration.origins(row.registration) if row else ()


def _let_frame(response: HttpResponse, origins: tuple[str, ...]) -> None:
    """Put these origins where the page's own policy says "nobody"; a stricter one loses nothing."""
    if not origins:
        return
    policy = response.headers.get("Content-Security-Policy", _FRAMED_BY_NOBODY)
    allowed = f"frame-ancestors {' '.join(dict.fromkeys(origins))}"
    response.headers["Content-Security-Policy"] = policy.replace(_FRAMED_BY_NOBODY, allowed)
    # this older header knows no list of origins and would forbid what the policy permits
    response.headers.pop("X-Frame-Options", None)
