"""The picker of a deep linking request: what to place in the course, then back to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from course_content.loading import load
from credentials.errors import Invalid
from credentials.views.safety import CONTENT_SECURITY_POLICY
from lti_tool import deep_linking
from lti_tool.deep_linking import Choice
from lti_tool.frames import visit_of
from lti_tool.models import Visit

NOTHING_CHOSEN = "Choose what to add, or go back without adding anything."
ONLY_ONE = "Your course takes one activity at a time: choose one."


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest) -> HttpResponse:
    """Modules to choose from; what is chosen, or nothing, goes back to the platform."""
    visit = visit_of(request)
    if visit is None or visit.kind != Visit.Kind.DEEP_LINKING:
        raise Http404
    offered = deep_linking.choices(load())
    if request.method != "POST":
        return _page(request, visit, offered)
    if "cancel" in request.POST or not deep_linking.takes_links(deep_linking.settings_of(visit)):
        return _back(request, visit, ())
    values = set(request.POST.getlist("activity"))
    chosen = tuple(choice for choice in offered if choice.value in values)
    multiple = deep_linking.settings_of(visit).accept_multiple
    if not chosen or (len(chosen) > 1 and not multiple):
        fault = ONLY_ONE if chosen else NOTHING_CHOSEN
        return _page(request, visit, offered, fault=fault, values=values)
    return _back(request, visit, chosen)


def _page(
    request: HttpRequest,
    visit: Visit,
    offered: tuple[Choice, ...],
    *,
    fault: str = "",
    values: Iterable[str] = (),
) -> HttpResponse:
    settings = deep_linking.settings_of(visit)
    context = {
        "visit": visit,
        "settings": settings,
        "takes_links": deep_linking.takes_links(settings),
        "fields": _by_domain(offered),
        "path": offered[-1],
        "chosen": set(values),
        "fault": fault,
        "with_columns": request.method != "POST" or "columns" in request.POST,
    }
    return render(request, "lti_tool/pick.html", context, status=422 if fault else 200)


def _by_domain(offered: tuple[Choice, ...]) -> list[tuple[object, list[Choice]]]:
    known = {choice.value: choice for choice in offered}
    fields = [
        (domain, [known[c.code] for c in domain.competencies if c.code in known])
        for domain in load().framework.domains
    ]
    return [(domain, found) for domain, found in fields if found]


def _back(request: HttpRequest, visit: Visit, chosen: tuple[Choice, ...]) -> HttpResponse:
    """A page whose one form takes the signed answer to the platform; the script presses it."""
    settings = deep_linking.settings_of(visit)
    origin = deep_linking.form_origin(settings)
    if not origin:
        raise Invalid("The course system's return address cannot be used.")
    context = {
        "return_url": settings.return_url,
        "token": deep_linking.response(
            visit, chosen, with_columns="columns" in request.POST, now=timezone.now()
        ),
        "count": len(chosen),
    }
    response = render(request, "lti_tool/return.html", context)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "form-action 'self'", f"form-action {origin}"
    )
    return response
