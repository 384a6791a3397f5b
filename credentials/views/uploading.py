"""Files on their way in: create, append, ask, cancel (docs/look.md, "Uploading").

Nothing here runs in a transaction of the request: a chunk may take minutes to arrive, and what
has arrived stays even if the answer is a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from credentials import api
from credentials.data import Actor, UploadView
from credentials.errors import Closed, Conflict, Invalid, LCError, NotAllowed, NotFound
from credentials.views import fragments, sent
from credentials.views.shell import learner_of

PIECE = 64 * 1024
View = Callable[..., HttpResponse]


def _answered(view: View) -> View:
    """Refusals in the words of the contract: what the script must not repeat is never a 409."""

    @wraps(view)
    def answer(request: HttpRequest, **arguments: UUID) -> HttpResponse:
        try:
            return view(request, **arguments)
        except api.Busy:
            busy = JsonResponse({"error": "Many files are being read. It goes on by itself."})
            busy.status_code, busy["Retry-After"] = 503, "5"
            return busy
        except Conflict as conflict:
            return _at(conflict.theirs, JsonResponse({"error": conflict.message}, status=409))
        except (NotFound, NotAllowed, Closed, Invalid) as refused:
            return JsonResponse({"error": refused.message}, status=_status(refused))

    return answer


@transaction.non_atomic_requests
@require_POST
@_answered
def begin(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Create: name and size in, address and size of a chunk out. The type is never believed."""
    actor = learner_of(request)
    begun = api.begin_upload(actor, submission=submission, **sent.new_upload(request.body))
    url = actor.links.to("upload", upload=begun.uuid)
    document = {"upload": str(begun.uuid), "url": url, "offset": 0, "chunk": begun.chunk}
    return _at(begun, JsonResponse(document, status=201, headers={"Location": url}))


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@_answered
def upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Append a chunk, ask where to go on, or cancel."""
    actor = learner_of(request)
    if request.method == "PATCH":
        return _append(request, actor, upload)
    if request.method == "DELETE":
        api.cancel_upload(actor, upload=upload)
        return HttpResponse(status=204)
    asked = api.upload_offset(actor, upload=upload)
    return _at(asked, JsonResponse({"offset": asked.offset, "size": asked.size}))


def _append(request: HttpRequest, actor: Actor, upload: UUID) -> HttpResponse:
    offset = sent.offset(request.headers.get("Upload-Offset"))
    chunk, whole = _chunk(request)
    taken = api.receive(actor, upload=upload, offset=offset, chunk=chunk)
    if taken.evidence is None:
        return _at(taken, HttpResponse(status=204 if whole else 400))
    html = fragments.piece(actor, taken.evidence, taken.notes, get_token(request))
    document = {
        "evidence": {"id": str(taken.evidence)},
        "html": html,
        "notes": list(taken.notes),
    }
    return _at(taken, JsonResponse(document))


def _chunk(request: HttpRequest) -> tuple[bytes, bool]:
    """The body, read in pieces; what arrived before the connection broke counts, too."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > api.LARGEST_CHUNK:
        raise Invalid(f"A piece has at most {api.LARGEST_CHUNK:,} bytes.")
    read = bytearray()
    try:
        while piece := request.read(PIECE):
            read += piece
            if len(read) > api.LARGEST_CHUNK:
                raise Invalid(f"A piece has at most {api.LARGEST_CHUNK:,} bytes.")
    except UnreadablePostError:
        return bytes(read), False
    return bytes(read), True


def _at(where: object, response: HttpResponse) -> HttpResponse:
    if isinstance(where, UploadView):
        response["Upload-Offset"] = str(where.offset)
        response["Upload-Length"] = str(where.size)
    response["Cache-Control"] = "no-store, private"
    return response


def _status(refused: LCError) -> int:
    if isinstance(refused, NotFound):
        return 404
    if isinstance(refused, Invalid):
        return 413 if any(p.code == "too-large" for p in refused.problems) else 422
    return 403


urlpatterns = [
    path("lc/submissions/<uuid:submission>/uploads", begin, name="upload-begin"),
    path("lc/uploads/<uuid:upload>", upload, name="upload"),
]
