"""Evidence of a draft: add, describe, order and remove it, and pin it to indicators.

Every change is a form that works without the script; the script asks for JSON and gets the
changed piece as `html`. A refused form comes back filled in, with the reason beside the field.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from credentials import api
from credentials.data import Actor, EvidenceView
from credentials.errors import Conflict, Invalid, Problem
from credentials.views import fragments, sent, serving, uploading
from credentials.views.safety import wants_json
from credentials.views.shell import learner_of

#: How a form that was sent without the script is called among the learner's devices.
PLAIN_FORM = "browser without script"
NO_FILE = "Choose a file first."
BUSY = "Many files are being read at this moment. Nothing was kept; try again in a minute."


@transaction.non_atomic_requests  # a large file must not hold a transaction open
@require_POST
def add(request: HttpRequest, submission: UUID) -> HttpResponse:
    """A file (in one piece), a link or a text."""
    actor = learner_of(request)
    kind = request.POST.get("kind", "file")
    try:
        made, notes = _add(request, actor, submission, kind)
    except Invalid as refused:
        if wants_json(request):
            raise
        view = api.submission(actor, submission=submission)
        context = {"submission": view, "kind": kind, **_again(request, refused)}
        return render(request, "lc_credentials/evidence/add_again.html", context, status=422)
    return _shown(request, actor, made.uuid, notes, status=201)


@require_POST
def change(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Kind of artifact, group work, and the texts where a form sends them."""
    actor = learner_of(request)
    if wants_json(request):
        api.set_evidence(actor, evidence=evidence, **sent.about_evidence(request.body))
        return JsonResponse({"revision": 1, "saved_at": timezone.now()})
    torn = _save_texts(request, actor, api.one_evidence(actor, evidence=evidence))
    api.set_evidence(
        actor,
        evidence=evidence,
        artifact=request.POST.get("artifact", ""),
        group_work="group_work" in request.POST,
    )
    if torn:
        messages.warning(
            request, "Another device had changed the same words. Both versions are kept."
        )
    return _back(actor, api.submission_of(actor, evidence=evidence), f"evidence-{evidence}")


@require_POST
def move(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """One place up or down."""
    actor = learner_of(request)
    by = -1 if request.POST.get("to") == "up" else 1
    submission = api.move_evidence(actor, evidence=evidence, by=by)
    return _back(actor, submission, f"evidence-{evidence}")


@require_POST
def remove(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Away with its pins and texts."""
    actor = learner_of(request)
    submission = api.remove_evidence(actor, evidence=evidence)
    if wants_json(request):
        return JsonResponse({"removed": str(evidence)})
    messages.success(request, "Removed.")
    return _back(actor, submission, "evidence")


@require_POST
def pin_add(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Pin the evidence to an indicator at a place, and say why."""
    actor = learner_of(request)
    try:
        why, place = request.POST.get("why", ""), sent.place(request.POST)
        pinned = api.add_pin(actor, evidence=evidence, why=why, **place)
    except Invalid as refused:
        return _pin_again(request, actor, evidence, None, refused)
    return _shown(request, actor, evidence, tuple(filter(None, [pinned.note])), status=201)


@require_POST
def pin_change(request: HttpRequest, pin: UUID) -> HttpResponse:
    """Point a pin elsewhere."""
    actor = learner_of(request)
    evidence = api.evidence_of(actor, pin=pin)
    try:
        pinned = api.change_pin(actor, pin=pin, **sent.place(request.POST))
    except Invalid as refused:
        return _pin_again(request, actor, evidence, pin, refused)
    return _shown(request, actor, evidence, tuple(filter(None, [pinned.note])))


@require_POST
def pin_remove(request: HttpRequest, pin: UUID) -> HttpResponse:
    """Take a pin away with its sentence."""
    actor = learner_of(request)
    return _shown(request, actor, api.remove_pin(actor, pin=pin), ())


@require_POST
def upload_cancel(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The form beside an unfinished upload: forget it."""
    actor = learner_of(request)
    submission = api.upload_offset(actor, upload=upload).submission
    api.cancel_upload(actor, upload=upload)
    return _back(actor, submission, "evidence")


def _add(
    request: HttpRequest, actor: Actor, submission: UUID, kind: str
) -> tuple[EvidenceView, tuple[str, ...]]:
    if kind == "link":
        return api.add_link(actor, submission=submission, **sent.link(request.POST)), ()
    if kind == "text":
        return api.add_text(actor, submission=submission, **sent.text(request.POST)), ()
    artifact = request.POST.get("artifact", "")
    files = request.FILES.getlist("file")
    if not files:
        raise Invalid(NO_FILE, (Problem(field="file", code="no-file", message=NO_FILE),))
    notes: list[str] = []
    for file in files:
        try:
            made, told = api.add_file(
                actor,
                submission=submission,
                name=file.name or "",
                size=file.size or 0,
                stream=file,
                artifact=artifact,
            )
        except api.Busy:
            raise Invalid(BUSY, (Problem(field="file", code="busy", message=BUSY),)) from None
        notes += told
    return made, tuple(notes)


def _save_texts(request: HttpRequest, actor: Actor, item: EvidenceView) -> bool:
    """Save the texts that the form sent; whether another device had changed one of them."""
    torn = False
    submission = api.submission_of(actor, evidence=item.uuid)
    fields = [item.title, item.body, item.my_part, *(pin.why for pin in item.pins)]
    for field in fields:
        if (written := request.POST.get(field.key)) is None:
            continue
        try:
            api.save_text(
                actor,
                submission=submission,
                key=field.key,
                text=api.storable(written.replace("\r\n", "\n")),
                revision=sent.number(request.POST.get(f"revision.{field.key}")),
                device=PLAIN_FORM,
            )
        except Conflict:
            torn = True
    return torn


def _shown(
    request: HttpRequest,
    actor: Actor,
    evidence: UUID,
    notes: tuple[str, ...],
    status: int = 200,
) -> HttpResponse:
    if wants_json(request):
        document = {
            "evidence": {"id": str(evidence)},
            "html": fragments.piece(actor, evidence, notes, get_token(request)),
            "notes": list(notes),
        }
        return JsonResponse(document, status=status)
    for note in notes:
        messages.warning(request, note)
    return _back(actor, api.submission_of(actor, evidence=evidence), f"evidence-{evidence}")


def _pin_again(
    request: HttpRequest, actor: Actor, evidence: UUID, pin: UUID | None, refused: Invalid
) -> HttpResponse:
    if wants_json(request):
        raise refused
    context = fragments.piece_context(actor, evidence)
    item = context["item"]
    assert isinstance(item, EvidenceView)  # noqa: S101  # for the type checker; made just above
    changed = next((p for p in item.pins if p.uuid == pin), None)
    context |= {"pin": changed, **_again(request, refused)}
    return render(request, "lc_credentials/evidence/pin_again.html", context, status=422)


def _again(request: HttpRequest, refused: Invalid) -> dict[str, object]:
    errors = {problem.field: problem.message for problem in refused.problems}
    return {"posted": request.POST, "errors": errors, "message": refused.message}


def _back(actor: Actor, submission: UUID, anchor: str) -> HttpResponse:
    return redirect(f"{actor.links.to('submission', submission=submission)}#{anchor}")


urlpatterns = [
    path("lc/submissions/<uuid:submission>/evidence", add, name="evidence-add"),
    path("lc/evidence/<uuid:evidence>", change, name="evidence-change"),
    path("lc/evidence/<uuid:evidence>/move", move, name="evidence-move"),
    path("lc/evidence/<uuid:evidence>/remove", remove, name="evidence-remove"),
    path("lc/evidence/<uuid:evidence>/pins", pin_add, name="pin-add"),
    path("lc/pins/<uuid:pin>", pin_change, name="pin-change"),
    path("lc/pins/<uuid:pin>/remove", pin_remove, name="pin-remove"),
    path("lc/uploads/<uuid:upload>/cancel", upload_cancel, name="upload-cancel"),
    *uploading.urlpatterns,
    *serving.urlpatterns,
]
