"""What a program hands in to be verified: a body, a form or a few words of JSON; checked once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from credentials.api import verification
from credentials.api.verification import asked_about
from credentials.views.memory_upload import MemoryUpload
from credentials.views.problem import Refused

FORM = "multipart/form-data"
JSON = "application/json"
#: The file itself. Which kind of badge it is, is told from the content, never from the type.
FILES = (
    "image/png",
    "image/svg+xml",
    JSON,
    "application/vc+ld+json",
    "application/vc",
    "application/ld+json",
    "application/vc+jwt",
    "application/jwt",
    "text/plain",
    "application/octet-stream",
)
#: What a form, or JSON that is not a badge, may say.
FIELDS = frozenset({"badge", "url", "recipient", "as_of"})
MAX_FORM = verification.MAX_BYTES + 512 * 1024
MAX_RECIPIENT = 320
MAX_URL = 2000

TOO_LARGE = "A badge has at most 10 MB. Send the badge itself, not what it lies in."
NOTHING = (
    "Nothing was handed in. Send the badge as the body, as the file “badge” of a form, or its "
    'link as {"url": "https://..."}.'
)
UNKNOWN_TYPE = (
    "Say with Content-Type what the body is, for example image/png or application/json; send a "
    "form as multipart/form-data."
)
IN_THE_ADDRESS = (
    "Send the recipient in a form or in JSON: what stands in an address is kept in logs."
)


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """A badge as bytes or as its address, whose it should be, and as of when (None is now)."""

    data: bytes = b""
    url: str = ""
    source: str
    recipient: str = ""
    as_of: datetime | None = None


def handed_in(request: HttpRequest) -> HandedIn:
    """Reads the request; raises Refused, saying what to do."""
    if length_of(request) > MAX_FORM:
        raise Refused("too-large", TOO_LARGE)
    if "recipient" in request.GET:
        raise Refused("recipient-in-address", IN_THE_ADDRESS)
    if not length_of(request):
        raise Refused("nothing", NOTHING)
    kind = (request.content_type or "").lower()
    if kind == FORM:
        return _form(request)
    if kind not in FILES:
        raise Refused("unknown-type", UNKNOWN_TYPE)
    data = request.read(verification.MAX_BYTES + 1)
    if len(data) > verification.MAX_BYTES:
        raise Refused("too-large", TOO_LARGE)
    asked = _question(data) if kind == JSON else None
    if asked is not None:
        return _asked(asked.get)
    text = data.decode(errors="replace").strip() if kind == "text/plain" else ""
    if _is_url(text):
        return _asked({"url": text, "as_of": request.GET.get("as_of", "")}.get)
    if not data.strip():
        raise Refused("nothing", NOTHING)
    as_of = _moment(request.GET.get("as_of", ""))
    return HandedIn(data=data, source="the body of the request", as_of=as_of)


def length_of(request: HttpRequest) -> int:
    """The announced length; 0 where there is none that could be read."""
    announced = request.headers.get("Content-Length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _form(request: HttpRequest) -> HandedIn:
    upload = MemoryUpload(request, max_bytes=verification.MAX_BYTES)
    request.upload_handlers = [upload]
    try:
        posted, files = request.POST, request.FILES
    except RequestDataTooBig:
        raise Refused("too-large", TOO_LARGE) from None
    except (MultiPartParserError, SuspiciousOperation):
        raise Refused("bad-form", "The form cannot be read: it is not multipart.") from None
    if upload.too_large:
        raise Refused("too-large", TOO_LARGE)
    file = files.get("badge")
    if file is None:
        return _asked(posted.get)
    if posted.get("badge") or posted.get("url"):
        raise _both()
    data = file.read()
    if not data.strip():
        raise Refused("nothing", NOTHING)
    return HandedIn(
        data=data,
        source=file.name or "the file",
        recipient=_recipient(posted.get("recipient")),
        as_of=_moment(posted.get("as_of")),
    )


def _question(data: bytes) -> Mapping[str, Any] | None:
    """What JSON asks for, if it is not a badge itself: no badge has only such words."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not {"badge", "url"} & found.keys() or found.keys() - FIELDS:
        return None
    return found


def _asked(get: Callable[[str], Any]) -> HandedIn:
    badge, url = _text(get("badge"), "badge"), _text(get("url"), "url")
    if badge and url:
        raise _both()
    if not badge and not url:
        raise Refused("nothing", NOTHING)
    link = url or (badge if _is_url(badge) else "")
    if url and not _is_url(url):
        raise Refused("no-link", "Write url as a link that starts with https://.")
    if len(link) > MAX_URL:
        raise Refused("too-long", "This link is too long to be a badge's.")
    return HandedIn(
        data=b"" if link else badge.encode("utf-8", "replace"),
        url=link,
        source=link or "the text in the request",
        recipient=_recipient(get("recipient")),
        as_of=_moment(get("as_of")),
    )


def _both() -> Refused:
    return Refused("both", "Hand in one badge at a time: the badge or its link, not both.")


def _text(value: Any, name: str) -> str:
    if value is not None and not isinstance(value, str):
        raise Refused("not-text", f"Write {name} as text.")
    return (value or "").strip()


def _recipient(value: Any) -> str:
    text = _text(value, "recipient")
    if len(text) > MAX_RECIPIENT:
        raise Refused("too-long", "Give an address or an identifier as recipient.")
    return text


def _moment(value: Any) -> datetime | None:
    try:
        return asked_about(_text(value, "as_of"), today=datetime.now(UTC).date())
    except ValueError as error:
        raise Refused("as-of", str(error)) from None


def _is_url(text: str) -> bool:
    return text.lower().startswith(("https://", "http://")) and not any(map(str.isspace, text))
