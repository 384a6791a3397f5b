"""What a handler gives and what the house refuses, as answers of the script's contract.

The one place where errors become responses for blocks (docs/look.md, "Contract of the script with
the server").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from webob import Request, Response
from xblock.core import XBlock

from credentials import api
from credentials.data import UploadView
from credentials.errors import Closed, Conflict, Invalid, LCError, NotFound
from credentials.views.safety import error_document, status_of

Handler = Callable[[Any, Request, str], dict[str, object] | Response]
Answer = Callable[[Any, Request, str], Response]


def shows(handler: Handler) -> Any:
    """A handler of a block: a document becomes JSON, a refusal its status and sentence."""

    @wraps(handler)
    def answer(block: Any, request: Request, suffix: str = "") -> Response:
        try:
            return _given(handler(block, request, suffix))
        except LCError as refused:
            return respond(error_document(refused), status_of(refused))

    return XBlock.handler(answer)


def changes(handler: Handler) -> Any:
    """As `shows`, and for POST only: a platform checks no token of what only asks."""
    return XBlock.handler(_posted(shows(handler)))


def begins_upload(handler: Handler) -> Any:
    """As `continues_upload`, and for POST only."""
    return XBlock.handler(_posted(continues_upload(handler)))


def continues_upload(handler: Handler) -> Any:
    """A handler of a file on its way in; its refusals are those that the script understands.

    What must not be repeated is never a 409, and a busy server is asked again.
    """

    @wraps(handler)
    def answer(block: Any, request: Request, suffix: str = "") -> Response:
        try:
            return _given(handler(block, request, suffix))
        except api.Busy:
            busy = respond({"error": "Many files are being read. It goes on by itself."}, 503)
            busy.headers["Retry-After"] = "5"
            return busy
        except Conflict as conflict:
            return at(conflict.theirs, respond({"error": conflict.message}, 409))
        except LCError as refused:
            status = 403 if isinstance(refused, Closed) else status_of(refused)
            return respond({"error": refused.message}, status)

    return XBlock.handler(answer)


def _posted(answer: Answer) -> Answer:
    @wraps(answer)
    def only_posted(block: Any, request: Request, suffix: str = "") -> Response:
        if request.method != "POST":
            return respond({"error": "This changes something, so it has to be sent."}, 405)
        return answer(block, request, suffix)

    return only_posted


def _given(given: dict[str, object] | Response) -> Response:
    return respond(given) if isinstance(given, dict) else given


def at(upload: object, response: Response) -> Response:
    """The response, saying where the next piece of the file begins."""
    if isinstance(upload, UploadView):
        response.headers["Upload-Offset"] = str(upload.offset)
        response.headers["Upload-Length"] = str(upload.size)
    return response


def piece_of(request: Request) -> bytes:
    """The piece of a file that was sent; raises Invalid for one that is too large."""
    if (request.content_length or 0) > api.LARGEST_CHUNK:
        raise Invalid(f"A piece has at most {api.LARGEST_CHUNK:,} bytes.")
    chunk: bytes = request.body
    return chunk


def respond(document: dict[str, object], status: int = 200) -> Response:
    """JSON that no cache keeps: a school's shared computer shows nobody another's words."""
    response = Response(
        body=json.dumps(document, cls=DjangoJSONEncoder).encode(),
        status=status,
        content_type="application/json",
        charset="utf-8",
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response


def identifier(suffix: str) -> UUID:
    """The UUID at the end of a handler's address; raises NotFound."""
    try:
        return UUID(suffix)
    except ValueError:
        raise NotFound("There is nothing at this address.") from None
