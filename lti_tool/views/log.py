"""The launch log, for administrators of a program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from credentials.views.shell import actor_of
from lti_tool import launch_log


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What came from our courses, what was refused, and why."""
    rows = launch_log.rows_for(actor_of(request))
    return render(request, "lti_tool/log.html", {"rows": rows, "shown": launch_log.SHOWN})
