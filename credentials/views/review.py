"""The review desk and the review page: take a piece, read, score as one goes, complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from course_content.loading import load
from course_content.pages import render_reviewer_guide
from credentials import api
from credentials.data import Actor, Text
from credentials.errors import Closed, Conflict, Invalid
from credentials.views.safety import wants_json
from credentials.views.scoring import UNSCORABLE, choice_key, note_keys, piece, scoring_page
from credentials.views.shell import actor_of, reviewer_of

#: States in which a review gives sight of the work.
HELD = ("claimed", "completed")
#: Why somebody is too close to the person whose work they recognise.
TIES = (
    ("instructor", "I taught this person"),
    ("supervisor", "I supervise or evaluate this person, or did"),
    ("same-school", "We work in the same school"),
    ("declared", "Another tie: kin, friendship, a project of ours"),
)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What should I take next: own claims, what waits, what I have completed."""
    actor, now = actor_of(request), timezone.now()
    pieces = [piece(item, now) for item in api.queue(actor)]
    mine = [one for one in pieces if one.item.review]
    waiting = [one for one in pieces if not one.item.review]
    completed = [piece(item, now) for item in api.completed_reviews(actor)]
    guides = [c for c in load().framework.competencies if c.code in load().modules]
    context = {"mine": mine, "waiting": waiting, "completed": completed, "guides": guides}
    return render(request, "lc_credentials/review/desk.html", context)


@require_POST
def claim(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take a piece; when somebody was faster, back to the desk with a sentence."""
    actor = actor_of(request)
    try:
        taken = api.claim(actor, submission=submission)
    except (Closed, Conflict) as refused:
        messages.warning(request, refused.message)
        return redirect(actor.links.to("review-desk"))
    return redirect(actor.links.to("review", review=taken.uuid))


@require_GET
def review_page(request: HttpRequest, review: UUID) -> HttpResponse:
    """Evidence and rubric side by side; a completed review is read, not changed."""
    actor = actor_of(request)
    view = api.review(actor, review=review)
    page = scoring_page(view, api.module_of_review(actor, review=review))
    context = {"page": page, "words": page.words, "review": view, "ties": TIES}
    if view.state not in HELD:
        return render(request, "lc_credentials/review/lost.html", context, status=409)
    template = "page" if view.state == "claimed" else "completed"
    return render(request, f"lc_credentials/review/{template}.html", context)


@require_POST
def save(request: HttpRequest, review: UUID) -> HttpResponse:
    """One note from the script (docs/look.md), or the whole rubric from an ordinary form."""
    actor = actor_of(request)
    if wants_json(request):
        return _save_one(actor, review, request.body)
    merged = _save_form(actor, review, request.POST)
    for key in merged:
        messages.warning(
            request,
            f"{_named(key)} was also changed on another device. Both versions stand in it now, "
            "one below the other: take out what you do not need.",
        )
    if request.POST.get("then") == "complete":
        return redirect(actor.links.to("review-complete", review=review))
    messages.success(request, "Saved.")
    return redirect(actor.links.to("review", review=review))


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, review: UUID) -> HttpResponse:
    """What the scores come to and what is missing; POST completes and leads to the next piece."""
    actor = actor_of(request)
    if request.method != "POST":
        return _check(request, actor, review)
    if api.review(actor, review=review).state == "claimed":
        api.set_conferred(actor, review=review, conferred="conferred" in request.POST)
    try:
        api.complete_review(actor, review=review)
    except Invalid:
        return _check(request, actor, review, status=422)
    messages.success(request, "Completed. Thank you: your scores can no longer be changed.")
    return redirect(actor.links.to("review-desk"))


@require_POST
def release(request: HttpRequest, review: UUID) -> HttpResponse:
    """Give the piece back; what was noted comes back with the next claim."""
    actor = actor_of(request)
    api.release(actor, review=review)
    messages.success(
        request, "Given back. What you noted is kept and returns if you take this piece again."
    )
    return redirect(actor.links.to("review-desk"))


@require_POST
def tie(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Declare that one knows whose work this is: it is given back and not offered again."""
    actor = actor_of(request)
    kind = request.POST.get("kind", "")
    if kind not in dict(TIES):
        raise Invalid("Choose how you know this person, then send it again.")
    api.declare_tie(actor, submission=submission, kind=kind)
    messages.success(
        request, "Thank you. The piece was given back, and this person's work is kept from you."
    )
    return redirect(actor.links.to("review-desk"))


@require_GET
def guide(request: HttpRequest, review: UUID) -> HttpResponse:
    """How to score this module, with exemplars, in the version that the attempt pins."""
    actor = actor_of(request)
    view = api.review(actor, review=review)
    if view.state not in HELD:
        return redirect(actor.links.to("review", review=review))
    module = api.module_of_review(actor, review=review)
    fragment = render_reviewer_guide(module, load().framework)
    context = {"module": module, "review": view, "fragment": fragment}
    return render(request, "lc_credentials/review/guide.html", context)


@require_GET
def guide_today(request: HttpRequest, code: str) -> HttpResponse:
    """How to score today's module, for a reviewer who wants to practise before taking a piece."""
    actor = reviewer_of(request)
    module = api.module(actor, competency=code)
    fragment = render_reviewer_guide(module, load().framework)
    context = {"module": module, "fragment": fragment}
    return render(request, "lc_credentials/review/guide.html", context)


def _check(request: HttpRequest, actor: Actor, review: UUID, status: int = 200) -> HttpResponse:
    view = api.review(actor, review=review)
    if view.state != "claimed":
        return redirect(actor.links.to("review", review=review))
    missing = api.review_missing(actor, review=review)
    page = scoring_page(view, api.module_of_review(actor, review=review))
    context = {
        "page": page,
        "words": page.words,
        "review": view,
        "missing": missing,
        "preview": None if missing else api.preview(actor, review=review),
        "alone": view.role == "adjudicator" or api.program(actor).reviews_required == 1,
    }
    return render(request, "lc_credentials/review/check.html", context, status=status)


# --- saving --------------------------------------------------------------------------------------


def _save_one(actor: Actor, review: UUID, body: bytes) -> HttpResponse:
    key, text, revision, device, field = _read(body)
    try:
        saved = api.save_note(
            actor, review=review, key=key, text=text, revision=revision, device=device
        )
    except Conflict as conflict:
        if not isinstance(conflict.theirs, Text):
            raise
        return JsonResponse(
            {"conflict": True, "theirs": _theirs(conflict.theirs, field)}, status=409
        )
    except Closed as lost:
        # 410: the script shows the sentence and keeps the words on the device (docs/look.md)
        return JsonResponse({"error": lost.message}, status=410)
    answer: dict[str, object] = {"revision": saved.revision, "saved_at": _stamp(saved)}
    if note := _note(actor, review, key, text):
        answer["note"] = note
    return JsonResponse(answer)


def _read(body: bytes) -> tuple[str, str, int, str, str]:
    """Key, text, revision, device, and the name of the control when it came as a row."""
    try:
        document = json.loads(body)
        key, revision = document["key"], document["revision"]
        fields = document.get("fields")
        field = key.rpartition(".")[2] if fields is not None else ""
        text = document["text"] if fields is None else fields[field]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid("This could not be read. Load the page again.") from None
    device = document.get("device", "")
    if not (isinstance(key, str) and isinstance(text, str) and isinstance(device, str)):
        raise Invalid("This could not be read. Load the page again.")
    if not isinstance(revision, int):
        raise Invalid("This could not be read. Load the page again.")
    return key, text, revision, device[:64], field


def _theirs(theirs: Text, field: str) -> dict[str, object]:
    content: dict[str, object] = (
        {"fields": {field: theirs.text}} if field else {"text": theirs.text}
    )
    return {
        **content,
        "revision": theirs.revision,
        "saved_at": _stamp(theirs),
        "device": theirs.device,
    }


def _stamp(text: Text) -> str | None:
    return text.saved_at.isoformat() if text.saved_at else None


def _note(actor: Actor, review: UUID, key: str, text: str) -> str:
    """What the level just saved asks for next, beside the field."""
    code, _, kind = key.rpartition(".")
    if kind != "level" or not text:
        return ""
    if text == UNSCORABLE:
        return "Choose why it cannot be scored."
    view = api.review(actor, review=review)
    if view.note(f"{code}.comment").text.strip():
        return ""
    required = api.module_of_review(actor, review=review).rubric.row(code).required
    return "A comment is needed: what is open, what would suffice." if int(text) < required else ""


def _save_form(actor: Actor, review: UUID, form: Mapping[str, Any]) -> tuple[str, ...]:
    """Save every note that the form carries; the keys in which two versions were put together."""
    scope = api.review(actor, review=review).submission.scope
    merged = []
    for key in note_keys(scope):
        if key not in form:
            continue
        text = form[key].replace("\r\n", "\n")
        try:
            _save_note(actor, review, key, text, _number(form.get(f"{key}-revision")))
        except Conflict as conflict:
            if not isinstance(conflict.theirs, Text):
                raise
            theirs = conflict.theirs
            both = _both(key, text, theirs.text, form.get(f"{key}-was"))
            if both not in {text, theirs.text}:
                merged.append(key)
            _save_note(actor, review, key, both, theirs.revision)
    return tuple(merged)


def _save_note(actor: Actor, review: UUID, key: str, text: str, revision: int) -> None:
    api.save_note(actor, review=review, key=key, text=text, revision=revision, device="form")


def _both(key: str, ours: str, theirs: str, was: str | None) -> str:
    """One text in which neither version is lost: the page's own autosave may have been faster."""
    if choice_key(key):
        return theirs if ours == was else ours
    if theirs in ours:
        return ours
    return theirs if ours in theirs else f"{theirs}\n\n{ours}"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _named(key: str) -> str:
    code, _, kind = key.rpartition(".")
    return f"The comment on {code}" if kind == "comment" else "The summary"


urlpatterns = [
    path("lc/review", desk, name="review-desk"),
    path("lc/review/claim/<uuid:submission>", claim, name="review-claim"),
    path("lc/review/tie/<uuid:submission>", tie, name="review-tie"),
    path("lc/review/guides/<str:code>", guide_today, name="review-guide-today"),
    path("lc/review/<uuid:review>", review_page, name="review"),
    path("lc/review/<uuid:review>/save", save, name="review-save"),
    path("lc/review/<uuid:review>/complete", complete, name="review-complete"),
    path("lc/review/<uuid:review>/release", release, name="review-release"),
    path("lc/review/<uuid:review>/guide", guide, name="review-guide"),
]
