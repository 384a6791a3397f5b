"""A learner's pages around the work: where do I stand, the module, its pages, my badges."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credentials import api
from credentials.data import Actor
from credentials.views import fragments, journey, sent
from credentials.views.shell import actor_of, learner_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where do I stand, what next; somebody who is no learner is led to their own desk."""
    actor = actor_of(request)
    if not actor.has("learner"):
        return redirect(_desk(actor))
    cells = api.honeycomb(actor)
    context = {
        "comb": journey.comb(cells, actor.links),
        "next": journey.next_step(cells, actor.links),
        "counts": journey.counts(cells),
    }
    return render(request, "lc_credentials/learn/home.html", context)


@require_GET
def module(request: HttpRequest, code: str) -> HttpResponse:
    """What is this competency, is it for me now, how do I grow in it."""
    part = fragments.module(learner_of(request), code, get_token(request))
    return render(request, part.page, part.whole)


@require_GET
def module_page(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """One learning page of the module."""
    part = fragments.module_page(learner_of(request), code, page, get_token(request))
    return render(request, part.page, part.whole)


@require_POST
def page_read(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """The learner has read the page: on to the next one, or back to the module after the last."""
    actor = learner_of(request)
    api.mark_page_read(actor, competency=code, page=page)
    slugs = [p.slug for p in api.module(actor, competency=code).pages]
    following = slugs[slugs.index(page) + 1 :]
    if following:
        return redirect(actor.links.to("module-page", code=code, page=following[0]))
    messages.success(request, "That was the last page of this module.")
    return redirect(actor.links.to("module", code=code))


@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: HttpRequest, code: str) -> HttpResponse:
    """Where am I honestly, on the same rubric that reviewers use."""
    actor = learner_of(request)
    if request.method == "POST":
        indicators = api.module(actor, competency=code).competency.indicators
        levels = sent.levels(request.POST, [indicator.code for indicator in indicators])
        api.save_self_assessment(actor, competency=code, levels=levels)
        messages.success(request, "Kept. Only you see it.")
        return redirect(actor.links.to("module", code=code))
    part = fragments.self_assessment(actor, code, get_token(request))
    return render(request, part.page, part.whole)


@require_POST
def start_submission(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an attempt, or go on with the one that is open."""
    actor = learner_of(request)
    begun = api.start_submission(actor, competency=code)
    return redirect(actor.links.to("submission", submission=begun.uuid))


@require_GET
def my_badges(request: HttpRequest) -> HttpResponse:
    """What have I earned, whom do I show it to."""
    actor = learner_of(request)
    rows = journey.badges(api.my_badges(actor), actor.links)
    context = {
        "badges": rows,
        "has_record": any(row.ready and not row.revoked for row in rows),
    }
    return render(request, "lc_credentials/learn/my_badges.html", context)


@require_POST
def badge_show_name(request: HttpRequest, award: UUID) -> HttpResponse:
    """The learner's revocable switch: does the badge's public page say whose it is."""
    actor = learner_of(request)
    on = request.POST.get("on") == "yes"
    api.show_name(actor, award=award, on=on)
    messages.success(
        request,
        "Whoever opens this badge's page now reads your name. You can switch it off at any time."
        if on
        else "The badge's page no longer shows your name.",
    )
    return redirect(actor.links.to("my-badges"))


def _desk(actor: Actor) -> str:
    for role, name in (("reviewer", "review-desk"), ("administrator", "program-desk")):
        if actor.has(role):
            return actor.links.to(name)
    return actor.links.to("help-index")


urlpatterns = [
    path("lc/", home, name="home"),
    path("lc/modules/<str:code>", module, name="module"),
    path("lc/modules/<str:code>/pages/<slug:page>", module_page, name="module-page"),
    path("lc/modules/<str:code>/pages/<slug:page>/read", page_read, name="page-read"),
    path("lc/modules/<str:code>/self-assessment", self_assessment, name="self-assessment"),
    path("lc/modules/<str:code>/start", start_submission, name="start-submission"),
    path("lc/my/badges", my_badges, name="my-badges"),
    path("lc/my/badges/<uuid:award>/name", badge_show_name, name="badge-show-name"),
]
