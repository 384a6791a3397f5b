"""A real web server on this machine that answers each path as a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler], None]


def answering(
    body: bytes = b"{}", status: int = 200, content_type: str = "application/json", **headers: str
) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def redirecting(location: str, status: int = 302) -> Reply:
    return answering(b"", status, Location=location)


class Server(ThreadingHTTPServer):
    """Answers each path as it was told; remembers what it was asked."""

    daemon_threads = True

    def __init__(self, replies: dict[str, Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = replies
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.told: list[tuple[str, bytes]] = []  # method and body of what was posted or put

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of these tests."""

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers))
        self.server.replies[self.path](self)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.told.append((self.command, self.rfile.read(length)))
        self.do_GET()

    do_PUT = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(**replies: Reply) -> Iterator[Server]:
    server = Server({f"/{name}": reply for name, reply in replies.items()})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
