"""Scores in gradebooks, for administrators: where each is, why it is not there, send again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from credentials.views.shell import actor_of
from lti_tool import scorebook

WORDS = {
    "attention": "Needs you",
    "waiting": "On their way",
    "delivered": "Delivered",
    "all": "All",
}


@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """The newest score of each learner at each link of a course."""
    actor = actor_of(request)
    show = request.GET.get("show", "attention")
    show = show if show in scorebook.FILTERS else "attention"
    given = request.GET.get("page", "1")
    page = max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1
    counts = scorebook.counts(actor)
    context = {
        "filters": [(name, WORDS[name], counts[name]) for name in scorebook.FILTERS],
        "chosen": show,
        "chosen_word": WORDS[show],
        "scores": scorebook.scores(actor, show=show, page=page),
        "outages": scorebook.outages(actor),
        "page": page,
        "pages": max(1, -(-counts[show] // scorebook.SHOWN)),
    }
    return render(request, "lti_tool/scores.html", context)


@require_POST
def again(request: HttpRequest, score: UUID) -> HttpResponse:
    """Send one again."""
    scorebook.send_again(actor_of(request), score=score, now=timezone.now())
    messages.success(request, "It is sent again now. Reload this page in a moment.")
    return redirect("lti-scores")


@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Send everything that needs somebody again."""
    count = scorebook.send_all_again(actor_of(request), now=timezone.now())
    messages.success(request, f"{count} sent again. Reload this page in a moment.")
    return redirect("lti-scores")
