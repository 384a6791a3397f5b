"""Pages of a visit that are not the house's: where it begins, the course's page, a new tab."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from course_content.catalog import Module
from course_content.loading import load
from credentials import api
from credentials.errors import NotFound
from credentials.views.safety import wants_json
from lti_tool import tickets
from lti_tool.frames import visit_named, visit_of, visit_over
from lti_tool.models import Visit
from lti_tool.roles import in_words
from lti_tool.sessions import open_session


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """On to what was opened: the picker, the module of the link, the learner's path, the course."""
    visit = _visit(request)
    if visit.kind == Visit.Kind.DEEP_LINKING:
        return redirect("lti-pick")
    actor = request.lc  # type: ignore[attr-defined]  # set by the door
    if actor is None or not actor.has("learner") or not visit.learner:
        return redirect("lti-course")
    if not visit.competency:
        return redirect(actor.links.to("home"))
    try:
        api.module(actor, competency=visit.competency)
    except NotFound:
        return redirect("lti-course")
    return redirect(actor.links.to("module", code=visit.competency))


@require_safe
def course(request: HttpRequest) -> HttpResponse:
    """What is placed here and as whom the platform sends the reader, for all who do not learn."""
    visit = _visit(request)
    context = {
        "visit": visit,
        "module": _module(visit),
        "roles": [in_words(role) for role in visit.roles],
        "member": request.lc is not None,  # type: ignore[attr-defined]  # set by the door
    }
    return render(request, "lti_tool/course.html", context)


@require_POST
def new_tab(request: HttpRequest) -> HttpResponse:
    """A ticket: its address for the page's script, a page with the link for everybody else."""
    visit = _visit(request)
    secret = tickets.issue(visit, path=request.POST.get("next", ""), now=timezone.now())
    address = f"{reverse('lti-ticket')}?ticket={secret}"
    if wants_json(request):
        return JsonResponse({"url": address})
    return render(request, "lti_tool/new_tab.html", {"ticket_url": address})


@require_safe
def ticket(request: HttpRequest) -> HttpResponse:
    """A ticket becomes a session of its own in this tab, then the page it was for.

    A browser says where a request came from: a link on another site or in a mail must not put its
    reader into somebody else's visit.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return visit_over(request)
    now = timezone.now()
    row = tickets.redeem(visit_named(request), secret=request.GET.get("ticket", ""), now=now)
    if row is None:
        return visit_over(request)
    response = HttpResponseRedirect(row.path)
    response.headers["Referrer-Policy"] = "no-referrer"
    open_session(response, row.visit, now=now)
    return response


def _visit(request: HttpRequest) -> Visit:
    visit = visit_of(request)
    if visit is None:  # the address without a visit
        raise Http404
    return visit


def _module(visit: Visit) -> Module | None:
    return load().modules.get(visit.competency)
