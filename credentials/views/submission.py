"""An attempt's pages: write and pin, check, hand in, see where it is, read the feedback, revise."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from credentials import api
from credentials.data import Actor
from credentials.errors import Conflict, Invalid, Problem
from credentials.views import fragments, sent
from credentials.views.safety import wants_json
from credentials.views.shell import learner_of
from credentials.views.workspace import fields

#: How a form that was sent without the script is called among the learner's devices.
PLAIN_FORM = "browser without script"


@require_GET
def submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The attempt as it stands: editor, status, feedback or result."""
    part = fragments.attempt(learner_of(request), submission)
    return render(request, part.page, part.whole)


@require_POST
def save(request: HttpRequest, submission: UUID) -> HttpResponse:
    """One field from the script (docs/look.md), or every field of an ordinary form."""
    actor = learner_of(request)
    if wants_json(request):
        saved = api.save_text(actor, submission=submission, **sent.field(request.body))
        return JsonResponse({"revision": saved.revision, "saved_at": saved.saved_at})
    if _save_form(request, actor, submission):
        messages.warning(
            request,
            "Another device had changed the same field. Both versions are kept: choose below.",
        )
    else:
        messages.success(request, "Saved.")
    name = "submission-check" if request.POST.get("then") == "check" else "submission"
    return redirect(actor.links.to(name, submission=submission))


@require_POST
def choose(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Two devices wrote different texts: keep the one the learner chose."""
    actor = learner_of(request)
    chosen = api.choose_version(
        actor,
        submission=submission,
        other=sent.number(request.POST.get("other")),
        use=request.POST.get("use") == "other",
    )
    messages.success(request, "Kept the version you chose.")
    return redirect(f"{actor.links.to('submission', submission=submission)}#{chosen.key}")


@require_POST
def self_level(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The learner's own level for one indicator, from the script or from a form."""
    actor = learner_of(request)
    if wants_json(request):
        api.set_self_level(actor, submission=submission, **sent.own_level(request.body))
        return JsonResponse({"revision": 1, "saved_at": timezone.now()})
    indicator = request.POST.get("indicator", "")
    level = sent.number(request.POST.get("level"))
    api.set_self_level(actor, submission=submission, indicator=indicator, level=level)
    return redirect(f"{actor.links.to('submission', submission=submission)}#{indicator}")


@require_GET
def check(request: HttpRequest, submission: UUID) -> HttpResponse:
    """What is missing, what should not be in it, and the last step before a hand-in."""
    return _check(request, learner_of(request), submission)


@require_POST
def submit(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Hand in; what is missing comes back as a list, and nothing is lost."""
    actor = learner_of(request)
    try:
        if api.submission(actor, submission=submission).state == "draft":
            sent.demand_agreement(request.POST)
        api.submit(actor, submission=submission)
    except Invalid as refused:
        return _check(request, actor, submission, refused.problems)
    messages.success(request, "Handed in.")
    return redirect(actor.links.to("submission", submission=submission))


@require_POST
def withdraw(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take the attempt back before the decision."""
    actor = learner_of(request)
    taken_back = api.withdraw(actor, submission=submission)
    messages.success(request, "Withdrawn. Nobody is told why, and you may begin again.")
    return redirect(actor.links.to("module", code=taken_back.competency))


@require_POST
def revise(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The next attempt, with everything copied and only the open indicators to be shown."""
    actor = learner_of(request)
    made = api.revise(actor, submission=submission)
    return redirect(actor.links.to("submission", submission=made.uuid))


def _check(
    request: HttpRequest, actor: Actor, submission: UUID, refused: tuple[Problem, ...] = ()
) -> HttpResponse:
    part = fragments.check(actor, submission, refused)
    if part.name != "check":
        return redirect(actor.links.to("submission", submission=submission))
    return render(request, part.page, part.whole, status=422 if refused else 200)


def _save_form(request: HttpRequest, actor: Actor, submission: UUID) -> list[str]:
    """Save every field sent; answers those that another device had changed."""
    view = api.submission(actor, submission=submission)
    known = fields(api.module_of(actor, submission=submission), view)
    torn = []
    for key in sorted(known & set(request.POST)):
        try:
            api.save_text(
                actor,
                submission=submission,
                key=key,
                text=api.storable(request.POST[key].replace("\r\n", "\n")),
                revision=sent.number(request.POST.get(f"revision.{key}")),
                device=PLAIN_FORM,
            )
        except Conflict:
            torn.append(key)
    for indicator in view.scope:
        if level := sent.number(request.POST.get(f"{indicator}.self")):
            api.set_self_level(actor, submission=submission, indicator=indicator, level=level)
    return torn


urlpatterns = [
    path("lc/submissions/<uuid:submission>", submission, name="submission"),
    path("lc/submissions/<uuid:submission>/save", save, name="submission-save"),
    path("lc/submissions/<uuid:submission>/choose", choose, name="submission-choose"),
    path("lc/submissions/<uuid:submission>/self-level", self_level, name="submission-self-level"),
    path("lc/submissions/<uuid:submission>/check", check, name="submission-check"),
    path("lc/submissions/<uuid:submission>/submit", submit, name="submission-submit"),
    path("lc/submissions/<uuid:submission>/withdraw", withdraw, name="submission-withdraw"),
    path("lc/submissions/<uuid:submission>/revise", revise, name="submission-revise"),
]
