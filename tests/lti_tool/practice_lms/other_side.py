"""Who speaks to the practice LMS in its tests: a browser, a tool's server, a clock."""

from __future__ import annotations

import html
import io
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from wsgiref.util import setup_testing_defaults

from lti_tool.practice_lms.application import Application
from lti_tool.practice_lms.keys import SigningKey
from lti_tool.practice_lms.lms import Lms

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Tool:
    """The other side: a key of its own, published as a key set that is fetched and counted."""

    key: SigningKey
    fetched: int = 0

    def key_set(self) -> dict[str, Any]:
        self.fetched += 1
        return self.key.public_set()


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    moment: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.moment


class Browser:
    """One person's browser at the LMS; also sends what the tool's server sends."""

    def __init__(self, lms: Lms) -> None:
        self.lms = lms
        self.cookie = ""

    def send(
        self, method: str, url: str, body: bytes = b"", kind: str = "", **headers: str
    ) -> Answer:
        parts = urlsplit(url)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "HTTP_HOST": parts.netloc or f"lms.localhost:{self.lms.facts.port}",
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "HTTP_COOKIE": self.cookie,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        told: list[Any] = []
        chunks = Application(self.lms)(environ, lambda *line: told.extend(line))  # type: ignore[arg-type,return-value]  # no write() here
        answer = Answer(int(told[0].split()[0]), dict(told[1]), b"".join(chunks))
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer

    def get(self, url: str, **headers: str) -> Answer:
        return self.send("GET", url, **headers)

    def post(self, url: str, fields: dict[str, str], origin: str | None = None) -> Answer:
        own = self.lms.facts.issuer if origin is None else origin
        return self.send("POST", url, urlencode(fields).encode(), FORM, origin=own)

    def sign_in(self, key: str) -> Browser:
        assert self.post("/sign-in", {"person": key}).status == 303
        return self

    def login_parameters(self, begin: str) -> dict[str, str]:
        """What the tool's login initiation is told."""
        return dict(parse_qsl(urlsplit(self.get(begin).headers["Location"]).query))

    def authorize(self, begin: str, **changed: str) -> Answer:
        """The answer to the authorization request that a tool makes of it."""
        told = self.login_parameters(begin)
        asked = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": told["client_id"],
            "redirect_uri": self.lms.facts.tool_launch_url,
            "login_hint": told["login_hint"],
            "lti_message_hint": told["lti_message_hint"],
            "state": "state of this browser",
            "nonce": "nonce of this launch",
        }
        return self.get(f"/lti/authorize?{urlencode(asked | changed)}")


def posted_fields(answer: Answer) -> dict[str, str]:
    """The hidden fields of the form that goes on to the tool."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text)
    return {html.unescape(name): html.unescape(value) for name, value in found}
