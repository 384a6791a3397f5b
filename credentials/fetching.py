"""The only code that fetches what a stranger's badge, or anybody else, names.

One policy: https and public addresses; the name is resolved once per hop and the connection goes
to the address that was checked; no proxy from the environment; a deadline for the whole; a cap on
the bytes after decompression; no credentials in addresses. An exact `host:port` allow-list
additionally permits http and loopback, for the practice LMS and the tests.

    FetchError
    +-- FetchRefused      the policy does not permit it: nothing was sent
    +-- FetchFailed       it was tried and did not work, or the answer is not usable
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import urljoin, urlsplit

MAX_REDIRECTS: Final = 3
MAX_URL: Final = 2_048
DEFAULT_MAX_BYTES: Final = 4 * 1024 * 1024

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PRINTABLE: Final = re.compile(r"[\x21-\x7e]+")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]


class FetchError(Exception):
    """Root; `reason` is a sentence for a person, `status` what a web server answered, if it did."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class FetchRefused(FetchError):
    """The policy does not permit this address."""


class FetchFailed(FetchError):
    """The address did not answer, or not with something usable."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A good answer: its bytes decompressed, its media type in lower case, where it came from."""

    body: bytes
    content_type: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)  #: lower-case names


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a service said, whatever the status: the body decompressed, header names in lower case.

    Headers that came several times are joined by ", " (RFC 9110, section 5.3).
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class _Question:
    """One request without its address."""

    method: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True)
class _Target:
    """One hop, checked: connect to `address`, speak to `host`."""

    scheme: str
    host: str
    port: int
    path: str
    address: str
    allowed: bool  #: it is on the allow-list


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address of the host, as the operating system resolves it; raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@cache
def _system_trust() -> ssl.SSLContext:
    """The operating system's certificates, read once: that takes tens of milliseconds."""
    return ssl.create_default_context()


class Fetcher:
    """Fetches within the policy; one instance may be used by many threads."""

    def __init__(
        self,
        allow: frozenset[str] = frozenset(),
        *,
        resolve: Resolve = system_resolver,
        tls: ssl.SSLContext | None = None,
        connect_seconds: float = 5.0,
        read_seconds: float = 5.0,
        deadline_seconds: float = 10.0,
    ) -> None:
        self._allow = allow
        self._resolve = resolve
        self._tls = tls or _system_trust()
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._deadline_seconds = deadline_seconds

    def get(self, url: str, *, accept: str = "*/*", max_bytes: int = DEFAULT_MAX_BYTES) -> Fetched:
        """What the address answers to a GET, after at most three redirects.

        Raises FetchRefused where the policy forbids a hop, FetchFailed for anything but a
        complete answer 200 within the deadline and the cap.
        """
        deadline = _Deadline(self._deadline_seconds)
        question = _Question(method="GET", headers={"Accept": accept}, body=None)
        came_from: _Target | None = None
        for _ in range(MAX_REDIRECTS + 1):
            target = self._check(url, deadline)
            if came_from is not None and target.allowed and not came_from.allowed:
                raise FetchRefused("A public address points to one inside this installation.")
            answer = self._request(target, question, max_bytes, deadline)
            location = answer.headers.get("location", "")
            if answer.status in _REDIRECTS and not location:
                raise FetchFailed("The address points on to nowhere.")
            if answer.status in _REDIRECTS:
                url = urljoin(url, location)
                came_from = target
                continue
            if answer.status != 200:
                raise FetchFailed(
                    f"The address answered with error {answer.status}.", status=answer.status
                )
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Fetched(body=answer.body, content_type=kind, url=url, headers=answer.headers)
        raise FetchFailed("The address points on to other addresses again and again.")

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        max_bytes: int = DEFAULT_MAX_BYTES,
    ) -> Answered:
        """What a service answers to one request, with any status; redirects are not followed.

        A token or a score must not be carried to an address that somebody else chose. Raises
        FetchRefused and FetchFailed as `get` does, except for the status.
        """
        deadline = _Deadline(self._deadline_seconds)
        question = _Question(method=method, headers=headers, body=body)
        return self._request(self._check(url, deadline), question, max_bytes, deadline)

    def _check(self, url: str, deadline: _Deadline) -> _Target:
        if len(url) > MAX_URL or not _PRINTABLE.fullmatch(url):
            raise FetchRefused("This is not a web address.")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise FetchRefused("This is not a web address.") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchRefused("Only web addresses (https) are fetched.")
        if parts.username is not None or parts.password is not None:
            raise FetchRefused("The address contains a user name or password.")
        port = port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname
        allowed = f"{host}:{port}" in self._allow
        if parts.scheme == "http" and not allowed:
            raise FetchRefused("The address is not encrypted (http); only https is fetched.")
        address = self._public_address(host, port, allowed, deadline)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return _Target(parts.scheme, host, port, path, address, allowed)

    def _public_address(self, host: str, port: int, allowed: bool, deadline: _Deadline) -> str:
        """The address to connect to; every address of the name must be permitted."""
        try:
            addresses = deadline.run(lambda: self._resolve(host, port))
        except (OSError, UnicodeError):
            raise FetchFailed(f"No computer of the name {host} could be found.") from None
        if not addresses:
            raise FetchFailed(f"No computer of the name {host} could be found.")
        for address in addresses:
            if not _is_permitted(address, allowed):
                raise FetchRefused(f"{host} is not at a public address.")
        return addresses[0]

    def _request(
        self, target: _Target, question: _Question, max_bytes: int, deadline: _Deadline
    ) -> Answered:
        try:
            with self._connection(target, deadline) as connection:
                default = 443 if target.scheme == "https" else 80
                name = f"[{target.host}]" if ":" in target.host else target.host
                host = name if target.port == default else f"{name}:{target.port}"
                connection.putrequest(
                    question.method, target.path, skip_host=True, skip_accept_encoding=True
                )
                connection.putheader("Host", host)
                for name, value in question.headers.items():
                    connection.putheader(name, value)
                connection.putheader("Accept-Encoding", "gzip")
                connection.putheader("User-Agent", "learner-centered-credentials")
                connection.putheader("Connection", "close")
                if question.body is not None:
                    connection.putheader("Content-Length", str(len(question.body)))
                connection.endheaders(question.body)
                with connection.getresponse() as response:
                    return _read_answer(response, max_bytes, deadline)
        except ssl.SSLCertVerificationError:
            raise FetchFailed(f"{target.host} cannot prove that it is {target.host}.") from None
        except (OSError, http.client.HTTPException, ValueError):
            deadline.check()
            raise FetchFailed(f"{target.host} did not answer properly.") from None

    @contextmanager
    def _connection(
        self, target: _Target, deadline: _Deadline
    ) -> Iterator[http.client.HTTPConnection]:
        """A connection to the checked address that is cut when the deadline passes."""
        connect = min(self._connect_seconds, deadline.left())
        plain = socket.create_connection((target.address, target.port), timeout=connect)
        used: socket.socket = plain
        try:
            if target.scheme == "https":
                used = self._tls.wrap_socket(
                    plain, server_hostname=target.host, do_handshake_on_connect=False
                )
            used.settimeout(self._read_seconds)
            with deadline.cutting(used):
                if isinstance(used, ssl.SSLSocket):
                    used.do_handshake()
                connection = http.client.HTTPConnection(target.host, target.port)
                connection.sock = used
                yield connection
        finally:
            used.close()


class _Deadline:
    """The time one fetch may take in all, however slowly the other side speaks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises FetchFailed when there are none."""
        self.check()
        return max(0.001, self._ends - time.monotonic())

    def check(self) -> None:
        """Raise FetchFailed once the time is over."""
        if time.monotonic() >= self._ends:
            raise FetchFailed(f"The address took longer than {self._seconds:g} seconds to answer.")

    @contextmanager
    def cutting(self, used: socket.socket) -> Iterator[None]:
        """Shut the connection at the deadline: a time-out of the socket starts anew with every
        byte, so it alone would wait for ever on one byte at a time."""
        # The plain method: SSLSocket.shutdown would take the TLS state from under a reader.
        timer = threading.Timer(self.left(), _shut, [used])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def run(self, work: Callable[[], Sequence[str]]) -> Sequence[str]:
        """The result of `work` on another thread, or FetchFailed at the deadline."""
        results: list[Sequence[str]] = []
        errors: list[Exception] = []

        def target() -> None:
            try:
                results.append(work())
            except (OSError, UnicodeError) as error:
                errors.append(error)

        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        thread.join(self.left())
        if errors:
            raise errors[0]
        if not results:
            self.check()
            raise FetchFailed("The name of the address could not be resolved.")
        return results[0]


def _shut(used: socket.socket) -> None:
    try:
        socket.socket.shutdown(used, socket.SHUT_RDWR)
    except OSError:
        return  # closed already: there is nothing left to cut


def _is_permitted(address: str, allowed: bool) -> bool:
    """Public, by what an IPv6 address embeds too; loopback only if the host is allow-listed."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found.sixtofour is not None or found.teredo is not None:
            return False
    if allowed and found.is_loopback:
        return True
    return found.is_global and not found.is_multicast


def _read_answer(
    response: http.client.HTTPResponse, max_bytes: int, deadline: _Deadline
) -> Answered:
    headers = {name.lower(): response.getheader(name, "") for name in response.headers}
    # the page beside a redirect is nobody's answer
    body = b"" if response.status in _REDIRECTS else _read_body(response, max_bytes, deadline)
    return Answered(status=response.status, headers=headers, body=body)


def _read_body(response: http.client.HTTPResponse, max_bytes: int, deadline: _Deadline) -> bytes:
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", ""}:
        raise FetchFailed(f"The answer is compressed in a way that is not read here ({encoding}).")
    unpacker = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    body = bytearray()
    while True:
        chunk = response.read(16_384)
        deadline.check()
        if not chunk:
            break
        if unpacker is not None:
            try:
                chunk = unpacker.decompress(chunk, max_bytes + 1 - len(body))
            except zlib.error:
                raise FetchFailed("The compressed answer is damaged.") from None
        body += chunk
        if len(body) > max_bytes:
            raise FetchFailed(f"The answer is larger than {max_bytes:,} bytes.")
    if response.length or (unpacker is not None and not unpacker.eof):
        raise FetchFailed("The answer was cut off.")
    return bytes(body)
