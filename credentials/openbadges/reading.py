"""From what somebody handed in to the badge's JSON: the kind is told from the content alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from credentials.openbadges.baking import MAX_PNG_BYTES, SIGNATURE, unbake_png
from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.jwt import Token, is_token, read_token
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.strictjson import parse_credential
from credentials.openbadges.svg import unbake_svg

_ADDRESS = re.compile(rb"\s*https?://[\x21-\x7e]+\s*")
#: The first of these marks tells a web page with a picture from a picture with words.
_MARK = re.compile(rb"(?i)<(?:!doctype\s+(svg|html)|(?:[\w.-]+:)?(svg)|(html|head|body))[\s>/]")

_READ: Final = Finding(
    question=Question.READABLE,
    answer=Answer.YES,
    code="read",
    reason="A badge could be read from it.",
)

#: How a file begins -> what to tell the person who took it for a badge.
_OTHER_FILES: Final = (
    (b"\xff\xd8\xff", "a JPEG picture. Saving a badge as JPEG removes the badge inside it"),
    (b"GIF8", "a GIF picture. Converting a badge removes the badge inside it"),
    (b"RIFF", "a WebP picture or a sound. Converting a badge removes the badge inside it"),
    (b"%PDF", "a PDF document, for example a printed certificate. It cannot carry a badge"),
    (b"\x1f\x8b", "a compressed file, for example an SVG picture (SVGZ). Unpack it first"),
    (b"PK\x03\x04", "a ZIP archive or an Office document. Unpack it and hand in the badge itself"),
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What could be read: the document, or None with the finding that says why not.

    `token` is what the document was found in where that was a JSON Web Token; `address` is all
    there is where only the address of a badge was handed in.
    """

    finding: Finding
    document: dict[str, Any] | None = None
    token: Token | None = None
    address: str = ""


def read(data: bytes, *, max_bytes: int = MAX_PNG_BYTES) -> Reading:
    """Read a baked PNG or SVG, the JSON or token of a badge or its address; never raises."""
    if not data.strip():
        return _unreadable("empty", "There is nothing in it: the file is empty.")
    if len(data) > max_bytes:
        return _unreadable(
            "too-large",
            f"The file has {len(data):,} bytes. A badge has at most {max_bytes:,}, so this is "
            "something else.",
        )
    try:
        if SIGNATURE.startswith(data[:8]) and data[:1] == SIGNATURE[:1]:
            return _read_text(unbake_png(data))
        kind = _marked(data)
        if kind == "html":
            return _unreadable(
                "html",
                "This is a web page, not a badge. Download the badge itself from that page.",
            )
        return _read_text(unbake_svg(data) if kind == "svg" else data)
    except OpenBadgesError as error:
        return _unreadable(error.code, error.message)


def _marked(data: bytes) -> str:
    """ "svg", "html" or "" for what is not marked up."""
    begin = data[:65_536].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _MARK.search(begin) if begin.startswith(b"<") else None
    if found is None:
        return ""
    return "svg" if b"svg" in found[0].lower() else "html"


def _read_text(data: bytes) -> Reading:
    for start, what in _OTHER_FILES:
        if data.startswith(start):
            return _unreadable("other-file", f"This is {what}.")
    if _ADDRESS.fullmatch(data):
        return Reading(finding=_READ, address=data.strip().decode("ascii"))
    if is_token(data):
        token = read_token(data)
        return Reading(finding=_READ, document=token.document, token=token)
    document = parse_credential(data)
    if not isinstance(document, dict):
        return _unreadable("not-a-badge", "This is JSON, but it is not a badge.")
    return Reading(finding=_READ, document=document)


def _unreadable(code: str, reason: str) -> Reading:
    return Reading(
        finding=Finding(question=Question.READABLE, answer=Answer.NO, code=code, reason=reason)
    )
