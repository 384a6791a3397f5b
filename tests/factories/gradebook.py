"""A platform's token endpoint and gradebook on this machine, which fails as a test tells it to.

It spells the protocol by itself: nothing of the tool under test is used, save its public keys.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

Keys = Callable[[], dict]


@dataclass
class Column:
    """One line item and what was accepted in it."""

    document: dict
    scores: dict[str, dict] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """What the platform was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)


@dataclass(frozen=True)
class Fault:
    """An answer instead of the right one; `lost`: the right thing is done, its answer is this."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    lost: bool = False


class Gradebook(ThreadingHTTPServer):
    """Line items below /items, tokens at /token."""

    daemon_threads = True

    def __init__(self, keys: Keys, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.keys = keys
        self.members: set[str] | None = None  #: None: everybody
        self.columns: dict[str, Column] = {}
        self.tokens: dict[str, dict] = {}
        self.asked: list[Request] = []
        self.arrivals: list[tuple[str, str, int]] = []  #: user, timestamp, status
        self.faults: dict[str, deque[Fault]] = {}  #: by last part of the path
        self.page_size = 100
        self.filters = True  #: some platforms ignore them
        self.next_form = '<{url}>; rel="next"'
        self.expires_in: object = 3600
        self.lock = threading.Lock()

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def origin(self) -> str:
        return f"http://{self.authority}"

    @property
    def items_url(self) -> str:
        return f"{self.origin}/items?course=7"

    def add_column(self, **document: object) -> str:
        url = f"{self.origin}/items/{len(self.columns) + 1}?course=7"
        self.columns[url] = Column({"id": url, "scoreMaximum": 100, **document})
        return url

    def fail(self, name: str, *faults: Fault) -> None:
        self.faults.setdefault(name, deque()).extend(faults)

    def scores_of(self, user: str) -> list[dict]:
        return [c.scores[user] for c in self.columns.values() if user in c.scores]

    def requests(self, name: str) -> list[Request]:
        return [r for r in self.asked if urlsplit(r.path).path.endswith(name)]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is part of these tests."""


class Handler(BaseHTTPRequestHandler):
    server: Gradebook

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        name = urlsplit(self.path).path.rpartition("/")[2]
        with self.server.lock:
            self.server.asked.append(request)
            planned = self.server.faults.get(name)
            fault = planned.popleft() if planned else None
            if fault is None or fault.lost:
                status, document, more = self._right(request, name)
        if fault is not None:
            return self._send(fault.status, fault.body, fault.headers)
        return self._send(status, json.dumps(document).encode(), more)

    def _right(self, request: Request, name: str) -> tuple[int, object, tuple]:
        if name == "token":
            return self._token(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.server.tokens:
            return 401, {"error": "invalid_token"}, ()
        if name == "items":
            return self._items(request)
        return self._item(request, name)

    def _token(self, request: Request) -> tuple[int, object, tuple]:
        form = {key: values[0] for key, values in parse_qs(request.body.decode()).items()}
        assertion = form["client_assertion"]
        header = jwt.get_unverified_header(assertion)
        key = next(k for k in self.server.keys()["keys"] if k["kid"] == header["kid"])
        claims = jwt.decode(
            assertion,
            jwt.PyJWK(key).key,
            algorithms=["RS256"],
            audience=f"{self.server.origin}/token",
            options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
        )
        token = secrets.token_urlsafe(12)
        self.server.tokens[token] = {**claims, "scope": form["scope"]}
        answer = {"access_token": token, "token_type": "Bearer", "scope": form["scope"]}
        if self.server.expires_in is not None:
            answer["expires_in"] = self.server.expires_in
        return 200, answer, ()

    def _items(self, request: Request) -> tuple[int, object, tuple]:
        if request.method == "POST":
            url = self.server.add_column(**request.json)
            return 201, self.server.columns[url].document, ()
        query = {key: values[0] for key, values in parse_qs(urlsplit(request.path).query).items()}
        names = {"resource_link_id": "resourceLinkId", "resource_id": "resourceId", "tag": "tag"}
        names = names if self.server.filters else {}
        found = [
            column.document
            for column in self.server.columns.values()
            if all(column.document.get(n) == query[q] for q, n in names.items() if q in query)
        ]
        start = int(query.get("from", 0))
        end = start + self.server.page_size
        if end >= len(found):
            return 200, found[start:], ()
        url = f"{self.server.origin}{request.path.split('&from=')[0]}&from={end}"
        return 200, found[start:end], (("Link", self.server.next_form.format(url=url)),)

    def _item(self, request: Request, name: str) -> tuple[int, object, tuple]:
        path, _, query = request.path.partition("?")
        base = path.removesuffix(f"/{name}") if name in ("scores", "results") else path
        column = self.server.columns.get(f"{self.server.origin}{base}?course=7")
        if column is None:
            return 404, {"error": "No such line item."}, ()
        if name == "results":
            user = parse_qs(query)["user_id"][0]
            return 200, _results(column, user), ()
        if name != "scores" or request.method != "POST":
            return 405, {}, ()
        return self._score(column, request.json)

    def _score(self, column: Column, score: dict) -> tuple[int, object, tuple]:
        user, status = score["userId"], 200
        if self.server.members is not None and user not in self.server.members:
            return 404, {"error": "User is not in the course."}, ()
        kept = column.scores.get(user)
        if kept and _second(kept["timestamp"]) >= _second(score["timestamp"]):
            status = 409
        else:
            column.scores[user] = score
        self.server.arrivals.append((user, score["timestamp"], status))
        return status, {}, ()

    def _send(self, status: int, body: bytes, headers: tuple) -> None:
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), *headers):
            # a real platform sends UTF-8 in a header
            self._headers_buffer.append(f"{name}: {value}\r\n".encode())
        self.end_headers()
        self.wfile.write(body)


def _second(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())


def _results(column: Column, user: str) -> list[dict]:
    score = column.scores.get(user, {})
    if "scoreGiven" not in score or score["gradingProgress"] != "FullyGraded":
        return []
    given = score["scoreGiven"] / score["scoreMaximum"] * column.document["scoreMaximum"]
    return [
        {
            "userId": user,
            "resultScore": given,
            "resultMaximum": column.document["scoreMaximum"],
        }
    ]


@contextmanager
def gradebook(keys: Keys, port: int = 0) -> Iterator[Gradebook]:
    server = Gradebook(keys, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
