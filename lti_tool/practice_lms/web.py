"""Requests in, responses out: as much of the web as a small WSGI application needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

MAX_BODY = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


class Refusal(Exception):
    """A request that is not granted; `code` is the standard's word where it has one."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, kw_only=True)
class Request:
    """What arrived; header names in lower case, the first value of a repeated parameter."""

    method: str
    path: str
    host: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def form(self) -> dict[str, str]:
        """The fields of a posted form; Refusal for any other body."""
        if self.content_type != FORM:
            raise Refusal(415, "unsupported_media_type", f"Send the form as {FORM}.")
        try:
            return _first(parse_qsl(self.body.decode("ascii"), keep_blank_values=True))
        except ValueError:
            raise Refusal(400, "invalid_request", "The form cannot be read.") from None

    def json(self, media_type: str) -> dict[str, Any]:
        """The JSON object of a body of that type; Refusal for anything else."""
        if self.content_type != media_type:
            raise Refusal(415, "unsupported_media_type", f"Content-Type must be {media_type}.")
        try:
            document = json.loads(self.body)
        except ValueError:
            raise Refusal(400, "invalid_request", "The body is not JSON.") from None
        if not isinstance(document, dict):
            raise Refusal(400, "invalid_request", "The body must be a JSON object.")
        return document

    def accept(self, media_type: str) -> None:
        """Refusal unless the request names that type in its Accept header."""
        named = {
            part.partition(";")[0].strip() for part in self.headers.get("accept", "").split(",")
        }
        if media_type not in named:
            raise Refusal(406, "not_acceptable", f"Accept must name {media_type}.")


@dataclass(frozen=True, kw_only=True)
class Response:
    """What goes back."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def status_line(self) -> str:
        """As WSGI wants it."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"


def page(html: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """An HTML page."""
    kind = ("Content-Type", "text/html; charset=utf-8")
    return Response(status=status, body=html.encode(), headers=(kind, *headers))


def data(
    document: object,
    *,
    media_type: str = "application/json",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    """A JSON document."""
    return Response(
        status=status,
        body=json.dumps(document).encode(),
        headers=(("Content-Type", media_type), *headers),
    )


def see(url: str, *headers: tuple[str, str]) -> Response:
    """Go there with GET."""
    return Response(status=303, headers=(("Location", url), *headers))


def read(environ: dict[str, Any]) -> Request:
    """The request of a WSGI environment; Refusal when its body is too long."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > MAX_BODY:
        raise Refusal(413, "invalid_request", "That is too long.")
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/") or "/",
        host=headers.get("host", ""),
        query=_first(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
        headers=headers,
        cookies=_cookies(headers.get("cookie", "")),
        body=environ["wsgi.input"].read(length) if length else b"",
    )


def _first(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(pairs))


def _cookies(header: str) -> dict[str, str]:
    jar = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
