"""What a learner takes away from their badges: the whole record, the scores of one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from credentials import api
from credentials.views.public import CREDENTIAL_TYPES
from credentials.views.shell import learner_of


@require_POST
def my_record(request: HttpRequest) -> HttpResponse:
    """All my badges of this program as one signed file."""
    made = api.my_record(learner_of(request))
    name = f"my-badges-{timezone.now():%Y-%m-%d}.json"
    return HttpResponse(
        made.document,
        content_type=CREDENTIAL_TYPES[0],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_GET
def scores(request: HttpRequest, award: UUID) -> HttpResponse:
    """Which levels would somebody read, and do I want that."""
    actor = learner_of(request)
    found = api.scores(actor, award=award)
    file = actor.links.to("rubric-proof", uuid=found.proof) if found.proof else ""
    report = f"{actor.links.to('verify')}?badge={found.address}"
    context = {"found": found, "file": file, "report": request.build_absolute_uri(report)}
    return render(request, "lc_credentials/learn/scores.html", context)


@require_POST
def scores_release(request: HttpRequest, award: UUID) -> HttpResponse:
    """The learner's decision that others may read the levels."""
    actor = learner_of(request)
    api.release_scores(actor, award=award)
    messages.success(request, "Released. Whoever has the link or the file can read your scores.")
    return redirect(actor.links.to("scores", award=award))


@require_POST
def scores_withdraw(request: HttpRequest, award: UUID) -> HttpResponse:
    """The learner takes it back."""
    actor = learner_of(request)
    api.withdraw_scores(actor, award=award)
    messages.success(request, "Withdrawn. The link shows your scores to nobody any more.")
    return redirect(actor.links.to("scores", award=award))


urlpatterns = [
    path("lc/my/record", my_record, name="my-record"),
    path("lc/my/badges/<uuid:award>/scores", scores, name="scores"),
    path("lc/my/badges/<uuid:award>/scores/release", scores_release, name="scores-release"),
    path("lc/my/badges/<uuid:award>/scores/withdraw", scores_withdraw, name="scores-withdraw"),
]
