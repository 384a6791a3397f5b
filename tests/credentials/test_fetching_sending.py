"""Sending to a service we know: same policy, any status, nothing carried on by a redirect."""

from __future__ import annotations

import pytest

from credentials.fetching import Answered, Fetcher, FetchFailed, FetchRefused
from tests.credentials.serving import Server, answering, redirecting, serving


def _post(server: Server, name: str, body: bytes = b"a=1", **headers: str) -> Answered:
    fetcher = Fetcher(frozenset({server.origin}), deadline_seconds=2.0)
    url = f"http://{server.origin}/{name}"
    return fetcher.send("POST", url, headers=headers, body=body, max_bytes=100)


def test_body_and_headers_arrive() -> None:
    with serving(token=answering(b'{"ok":1}')) as server:
        answered = _post(server, "token", Authorization="Bearer x")

    assert server.told == [("POST", b"a=1")]
    assert server.asked[0][1]["authorization"] == "Bearer x"
    assert server.asked[0][1]["content-length"] == "3"
    assert (answered.status, answered.body) == (200, b'{"ok":1}')


@pytest.mark.parametrize("status", [204, 400, 401, 409, 422, 500, 503])
def test_refusal_of_the_service_is_an_answer(status: int) -> None:
    with serving(scores=answering(b"", status, Retry_After="7")) as server:
        answered = _post(server, "scores")

    assert answered.status == status
    assert answered.headers["retry-after"] == "7"


def test_redirect_is_told_and_not_followed() -> None:
    with serving(a=redirecting("/b"), b=answering()) as server:
        answered = _post(server, "a")

    assert answered.status == 302
    assert [path for path, _ in server.asked] == ["/a"]


def test_other_hosts_than_those_allowed_get_nothing() -> None:
    with serving(a=answering()) as server:
        url = f"http://{server.origin}/a"
        with pytest.raises(FetchRefused):
            Fetcher().send("POST", url, headers={}, body=b"secret")

    assert server.told == []


def test_answer_larger_than_the_cap_is_given_up() -> None:
    with serving(a=answering(b"x" * 101)) as server, pytest.raises(FetchFailed):
        _post(server, "a")


def test_line_break_in_a_header_is_never_sent() -> None:
    with serving(a=answering()) as server, pytest.raises(FetchFailed):
        _post(server, "a", Authorization="Bearer x\r\nX-More: y")
