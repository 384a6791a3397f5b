"""Serves the component page under the product's CSP and keeps the script's contract in memory."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.template import Context, Engine

from course_content.art import badge_png, badge_svg, glyph_svg
from course_content.honeycomb import Cell, CellState, honeycomb
from course_content.loading import load
from credentials.templatetags.lc import STATE_WORDS

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "course_content/static/lc_content"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
CSP += "connect-src 'self'; media-src 'self'; frame-src 'self'"
LEVELS = (
    ("1", "1 · Not yet visible", "No evidence about students stands behind the vision."),
    ("2", "2 · Begun", "One source, read once, by the leader alone."),
    ("3", "3 · Demonstrates", "Two kinds of evidence, one of them students’ own words."),
    ("4", "4 · Extends", "Others read the evidence too and changed the vision by it."),
    ("unscorable", "Unscorable", "Say why below."),
)
#: An LMS that frames a page and notes what it is told.
_HOST = (
    b'<!doctype html><html lang="en"><title>Host</title><script src="/host.js"></script>'
    b'<iframe src="/demo?part=badge" title="Tool" width="700"></iframe></html>'
)
_HOST_SCRIPT = b"window.told = []; addEventListener('message', (e) => window.told.push(e.data));"
#: What the server answers instead of doing its work, once per entry.
Faults = list[int]


@dataclass
class Room:
    """What the server holds; tests look into it and break it."""

    texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    saves: list[dict[str, Any]] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=list)
    cut_after: int | None = None  #: bytes after which one PATCH loses its connection
    closed: bool = False  #: while true every PATCH is answered 503
    lose_answer: bool = False  #: one save is done, but its answer never arrives
    chunk: int = 2 * 1024 * 1024


def _cells(heat: bool) -> dict[str, Cell]:
    states = list(CellState)
    return {
        c.code: Cell(
            code=c.code,
            state=states[index % len(states)] if index % 9 else "open",
            title=c.title,
            next_step="Go on with your evidence.",
            url=f"/module/{c.code}",
            available=index % 5 != 4,
            intensity=index / 20 if heat else None,
            value=f"{index} of 20" if heat else "",
        )
        for index, c in enumerate(load().framework.competencies)
    }


def page(part: str, room: Room, *, files_under_way: bool = False) -> bytes:
    """One of the demo pages (page, form, desk, review, badge), on request with uploads."""
    framework = load().framework
    kept = room.texts.get("overview-1", {"text": "We begin with three", "revision": 4})
    context = {
        "part": part,
        "main_class": {"desk": "lc-main--wide", "review": "lc-main--wide"}.get(part, ""),
        "glyph": glyph_svg("I.1"),
        "states": [(k, v) for k, v in STATE_WORDS.items() if k != "passed"],
        "modules": [
            (c.code, c.title, glyph_svg(c.code), framework.domain_of(c.code).letter)
            for c in framework.competencies
        ],
        "levels": LEVELS,
        "rows": [("a", "Build the vision on evidence"), ("b", "Say it so that it can be used")],
        "show_states": files_under_way,
        **kept,
    }
    if part == "desk":
        context["comb"] = honeycomb(framework, _cells(False), label="Where Ada stands")
        context["heat"] = honeycomb(framework, _cells(True), label="Where the cohort stands")
    engine = Engine(dirs=[str(HERE)])
    return engine.get_template("page.html").render(Context(context, autoescape=False)).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    room: Room

    def log_message(self, format: str, *args: object) -> None:
        """Silence: pytest is the log."""

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "application/json", **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CSP)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _json(self, status: int, data: dict[str, Any], **headers: str) -> None:
        self._answer(status, json.dumps(data).encode(), **headers)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _broken(self) -> bool:
        if not self.room.faults:
            return False
        self._json(self.room.faults.pop(0), {"error": "Not today."})
        return True

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path in {"/lc.css", "/lc.js"}:
            kind = "text/css" if path.path.endswith("css") else "text/javascript"
            self._answer(200, (STATIC / path.path[1:]).read_bytes(), kind)
        elif path.path in {"/badge.png", "/sheet.png"}:
            self._answer(200, _picture(), "image/png")
        elif path.path == "/host":
            self._answer(200, _HOST, "text/html")
        elif path.path == "/host.js":
            self._answer(200, _HOST_SCRIPT, "text/javascript")
        elif path.path == "/demo":
            query = parse_qs(path.query)
            html = page(query["part"][0], self.room, files_under_way="files" in query)
            self._answer(200, html, "text/html; charset=utf-8")
        else:
            self._answer(404, b"", "text/plain")

    def do_POST(self) -> None:
        body = self._body()
        if self._broken():
            return
        if self.path == "/save":
            self._save(json.loads(body))
        elif self.path == "/uploads":
            wanted = json.loads(body)
            if wanted["name"].endswith(".html"):
                self._json(415, {"error": "A web page cannot be shown safely. Save it as PDF."})
                return
            number = str(len(self.room.uploads) + 1)
            self.room.uploads[number], self.room.sizes[number] = b"", wanted["size"]
            url = f"/uploads/{number}"
            self._json(201, {"upload": number, "url": url, "offset": 0, "chunk": self.room.chunk})
        else:
            self._json(200, {})

    def _save(self, sent: dict[str, Any]) -> None:
        self.room.saves.append(sent)
        held = self.room.texts.get(sent["key"], {"revision": 0, "text": ""})
        content = {k: sent[k] for k in ("text", "fields") if k in sent}
        if sent["revision"] != held["revision"] and sent["key"] in self.room.texts:
            theirs = {**held, "saved_at": "2031-03-04T23:10:00Z", "device": "phone 3f2a"}
            self._json(409, {"conflict": True, "theirs": theirs})
            return
        self.room.texts[sent["key"]] = {**content, "revision": sent["revision"] + 1}
        if self.room.lose_answer:
            self.room.lose_answer = False
            self._cut()
            return
        self._json(200, {"revision": sent["revision"] + 1, "saved_at": "2031-03-04T23:10:02Z"})

    def do_HEAD(self) -> None:
        number = self.path.rpartition("/")[2]
        if number not in self.room.uploads:
            self._answer(404)
            return
        offset, size = len(self.room.uploads[number]), self.room.sizes[number]
        self._answer(200, Upload_Offset=str(offset), Upload_Length=str(size))

    def do_PATCH(self) -> None:
        number = self.path.rpartition("/")[2]
        if self.room.cut_after is not None:
            self.room.uploads[number] += self.rfile.read(self.room.cut_after)
            self.room.cut_after = None
            self._cut()
            return
        body = self._body()
        if self.room.closed:
            self._answer(503)
            return
        if self._broken():
            return
        offset = len(self.room.uploads[number])
        if int(self.headers["Upload-Offset"]) != offset:
            self._answer(409, Upload_Offset=str(offset))
            return
        self.room.uploads[number] += body
        offset += len(body)
        if offset < self.room.sizes[number]:
            self._answer(204, Upload_Offset=str(offset))
            return
        html = f'<li class="lc-evidence__item" id="evidence-{number}">Arrived</li>'
        answer = {"evidence": {"id": number}, "html": html}
        self._json(200, answer, Upload_Offset=str(offset))

    def do_DELETE(self) -> None:
        self.room.uploads.pop(self.path.rpartition("/")[2], None)
        self._answer(204)


def _picture() -> bytes:
    svg = badge_svg(
        "I.1",
        title="Create and share a vision",
        domain="V",
        program="Riverbend Principal Residency",
        year=2031,
    )
    return badge_png(svg, 512)


@contextmanager
def demo_server(port: int = 0) -> Iterator[tuple[str, Room]]:
    """The running demo: its base address and what it holds."""
    room = Room()
    handler = type("Handler", (_Handler,), {"room": room})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", room
    finally:
        server.shutdown()
        server.server_close()
