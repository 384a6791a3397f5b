"""The one fetch policy, against real servers on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from credentials.fetching import Fetched, Fetcher, FetchError, FetchFailed, FetchRefused
from tests.credentials.serving import Reply, Server, answering, redirecting, serving


def _get(server: Server, name: str, **limits: float) -> Fetched:
    fetcher = Fetcher(frozenset({server.origin}), deadline_seconds=limits.pop("deadline", 5.0))
    return fetcher.get(f"http://{server.origin}/{name}", max_bytes=int(limits.pop("most", 1_000)))


def _reason(work: Callable[[], object], error: type[FetchError]) -> str:
    with pytest.raises(FetchError) as caught:
        work()
    assert type(caught.value) is error
    return caught.value.reason


def test_answer_comes_with_its_type_and_address() -> None:
    with serving(
        a=answering(b'{"a":1}', content_type="Application/LD+JSON; charset=utf-8")
    ) as server:
        fetched = _get(server, "a")

    assert fetched == Fetched(
        body=b'{"a":1}', content_type="application/ld+json", url=f"http://{server.origin}/a"
    )


def test_request_names_the_host_and_nothing_of_ours() -> None:
    with serving(a=answering()) as server:
        _get(server, "a")

    assert server.asked == [
        (
            "/a",
            {
                "host": server.origin,
                "accept": "*/*",
                "accept-encoding": "gzip",
                "user-agent": "learner-centered-credentials",
                "connection": "close",
            },
        )
    ]


def test_compressed_answer_is_unpacked() -> None:
    with serving(a=answering(gzip.compress(b"x" * 900), Content_Encoding="gzip")) as server:
        assert _get(server, "a").body == b"x" * 900


# --- addresses -------------------------------------------------------------------------------


def _resolving(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda host, port: addresses


@pytest.mark.parametrize(
    "url",
    [
        "",
        "badge",
        "http://lead.example/",
        "ftp://lead.example/",
        "file:///etc/passwd",
        "gopher://lead.example/",
        "https://",
        "https:///path",
        "https://user@lead.example/",
        "https://user:secret@lead.example/",
        "https://:@lead.example/",
        "https://lead.example:99999/",
        "https://lead.example/a b",
        "https://lead.example/\r\nHost: other",
        "https://lead.exämple/",
        "https://lead.example/" + "a" * 3_000,
        "https://[::1",
    ],
)
def test_what_is_no_public_web_address_is_refused(url: str) -> None:
    fetcher = Fetcher(resolve=_resolving("93.184.215.14"))

    _reason(lambda: fetcher.get(url), FetchRefused)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["0.0.0.0"],  # noqa: S104 -- an address that must be refused, not one to listen on
        ["10.1.2.3"],
        ["172.16.0.1"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["192.0.2.1"],
        ["224.0.0.1"],
        ["255.255.255.255"],
        ["::"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:10.0.0.1"],
        ["::ffff:169.254.169.254"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
        ["fe80::1"],
        ["fe80::1%eth0"],
        ["fc00::1"],
        ["fd00:ec2::254"],
        ["ff02::1"],
        ["93.184.215.14", "10.0.0.1"],
        ["10.0.0.1", "93.184.215.14"],
        ["not an address"],
    ],
)
def test_host_with_any_address_that_is_not_public_is_refused(addresses: list[str]) -> None:
    fetcher = Fetcher(resolve=_resolving(*addresses))

    reason = _reason(lambda: fetcher.get("https://lead.example/"), FetchRefused)

    assert reason == "lead.example is not at a public address."


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "0"])
def test_loopback_under_any_spelling_is_refused(host: str) -> None:
    with pytest.raises(FetchError):
        Fetcher().get(f"https://{host}/")


def test_allow_list_is_exact() -> None:
    with serving(a=answering()) as server:
        port = server.server_address[1]
        fetcher = Fetcher(frozenset({f"localhost:{port}", f"127.0.0.1:{port + 1}"}))

        _reason(lambda: fetcher.get(f"http://{server.origin}/a"), FetchRefused)

    assert server.asked == []


def test_allow_list_permits_loopback_and_no_other_private_address() -> None:
    fetcher = Fetcher(frozenset({"lms.test:80"}), resolve=_resolving("10.0.0.1"))

    _reason(lambda: fetcher.get("http://lms.test/"), FetchRefused)


def test_host_that_does_not_exist_says_so() -> None:
    def nothing(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror("no such host")

    reason = _reason(lambda: Fetcher(resolve=nothing).get("https://lead.example/"), FetchFailed)

    assert reason == "No computer of the name lead.example could be found."


def test_name_is_resolved_once_and_the_checked_address_is_used() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with serving(a=answering(b"ok")) as server:
        port = server.server_address[1]
        fetcher = Fetcher(frozenset({f"lms.test:{port}"}), resolve=rebinding)
        body = fetcher.get(f"http://lms.test:{port}/a").body

    assert (body, asked) == (b"ok", ["lms.test"])
    assert server.asked[0][1]["host"] == f"lms.test:{port}"


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    with serving(a=answering(b"ok")) as server:
        assert _get(server, "a").body == b"ok"


# --- redirects -------------------------------------------------------------------------------


def test_redirect_is_followed_to_the_final_address() -> None:
    with serving(a=redirecting("/b", 307), b=answering(b"ok")) as server:
        fetched = _get(server, "a")

    assert (fetched.body, fetched.url) == (b"ok", f"http://{server.origin}/b")


@pytest.mark.parametrize(
    "location",
    [
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "http://93.184.215.14/",
        "http://127.0.0.1:1/",
        "https://u:p@93.184.215.14/",
        "file:///etc/passwd",
        "//10.0.0.1/",
    ],
)
def test_redirect_to_what_is_not_permitted_is_refused(location: str) -> None:
    with serving(a=redirecting(location)) as server:
        _reason(lambda: _get(server, "a"), FetchRefused)


def test_three_redirects_are_followed_and_no_more() -> None:
    hops = {"a": "/b", "b": "/c", "c": "/d", "d": "/e"}
    replies = {name: redirecting(to) for name, to in hops.items()}
    with serving(**replies, e=answering(b"ok")) as server:
        assert _get(server, "b").body == b"ok"
        _reason(lambda: _get(server, "a"), FetchFailed)


def test_redirect_to_nowhere_fails() -> None:
    with serving(a=answering(b"", 302)) as server:
        assert _reason(lambda: _get(server, "a"), FetchFailed) == (
            "The address points on to nowhere."
        )


# --- bounds ----------------------------------------------------------------------------------


def test_too_large_an_answer_is_not_read_to_its_end() -> None:
    with serving(a=answering(b"x" * 1_001), b=answering(b"x" * 1_000)) as server:
        assert _get(server, "b").body == b"x" * 1_000
        assert _reason(lambda: _get(server, "a"), FetchFailed) == (
            "The answer is larger than 1,000 bytes."
        )


def test_compressed_bomb_is_stopped_at_the_cap() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(20)) + packer.flush()

    with serving(a=answering(bomb, Content_Encoding="gzip")) as server:
        assert _reason(lambda: _get(server, "a"), FetchFailed) == (
            "The answer is larger than 1,000 bytes."
        )


@pytest.mark.parametrize(
    "reply",
    [
        answering(b"x", Content_Length="5"),
        answering(gzip.compress(b"x" * 500)[:-9], Content_Encoding="gzip"),
        answering(b"not gzip", Content_Encoding="gzip"),
        answering(b"x", Content_Encoding="br"),
        answering(b"", 404),
        answering(b"", 500),
        answering(b"", 204),
        lambda handler: handler.wfile.write(b"not http\r\n\r\n"),
        lambda handler: None,
    ],
)
def test_answer_that_is_not_whole_and_good_fails(reply: Reply) -> None:
    with serving(a=reply) as server:
        _reason(lambda: _get(server, "a"), FetchFailed)


def _drip(head: bytes, drop: bytes) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(60):
            time.sleep(0.05)
            handler.wfile.write(drop)
            handler.wfile.flush()

    return reply


@pytest.mark.parametrize(
    "reply",
    [
        _drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"),
        _drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        _drip(b"", b"H"),
    ],
    ids=["body", "header", "status line"],
)
def test_answer_byte_by_byte_is_cut_at_the_deadline(reply: Reply) -> None:
    began = time.monotonic()
    with serving(a=reply) as server:
        reason = _reason(lambda: _get(server, "a", deadline=0.3), FetchFailed)
        took = time.monotonic() - began

    assert reason == "The address took longer than 0.3 seconds to answer."
    assert took < 2


def test_resolver_that_hangs_is_given_up_at_the_deadline() -> None:
    release = threading.Event()

    def hanging(host: str, port: int) -> Sequence[str]:
        release.wait(5)
        return []

    fetcher = Fetcher(resolve=hanging, deadline_seconds=0.2)
    reason = _reason(lambda: fetcher.get("https://lead.example/"), FetchFailed)
    release.set()

    assert reason == "The address took longer than 0.2 seconds to answer."
