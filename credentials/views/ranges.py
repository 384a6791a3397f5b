"""Sends a file, or the one part of it that a player asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from credentials.data import OpenedFile

#: No file has an offset of more digits; Python refuses to read thousands of them.
_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")
#: Evidence is served as if hostile: nothing in it may run, be guessed, kept or embedded elsewhere.
HEADERS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """Bytes `start` to `end`, both included, of a file."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.end - self.start + 1


class Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


def part_of(header: str | None, size: int) -> Part | None:
    """The single range that is asked for; None for none, several, or one that cannot be read.

    "bytes=0-499", "bytes=500-" and the suffix "bytes=-500" are known. Raises Unsatisfiable.
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found.group(1, 2) == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return Part(start=max(0, size - int(last)), end=size - 1)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Part(start=start, end=end)


def send(request: HttpRequest, opened: OpenedFile) -> HttpResponseBase:
    """200, 206 or 416 with the safety headers; a HEAD is answered without reading the file."""
    tag = f'"{opened.tag}"'
    asked = request.headers.get("Range") if opened.inline else None
    if asked and request.headers.get("If-Range", tag) != tag:
        asked = None
    try:
        part = part_of(asked, opened.size)
    except Unsatisfiable:
        refused = HttpResponse(status=416, headers=HEADERS)
        refused["Content-Range"] = f"bytes */{opened.size}"
        return refused
    whole = part or Part(start=0, end=opened.size - 1)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(opened.read(whole.start, whole.length))
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.end}/{opened.size}"
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Type"] = opened.media_type
    response["Content-Length"] = str(whole.length)
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes" if opened.inline else "none"
    response["Content-Disposition"] = (
        content_disposition_header(not opened.inline, opened.filename) or "inline"
    )
    return response
