"""A platform's keys: rotation, failure, garbage, and nobody who makes us fetch without end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from credentials.conf import conf
from lti_tool import keysets
from lti_tool.models import KeySetCache
from lti_tool.refusal import Refused
from tests.credentials.serving import Reply, Server, answering, serving
from tests.factories.platforms import key_named, public_jwk

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def key_set(*kids: str) -> bytes:
    return json.dumps({"keys": [public_jwk(kid) for kid in kids]}).encode()


@pytest.fixture
def platform(db: None, settings: Any) -> Iterator[Callable[..., Any]]:
    """A web server with a key set, which may be fetched from."""

    @contextmanager
    def run(reply: Reply) -> Iterator[tuple[Server, str]]:
        with serving(jwks=reply) as server:
            settings.LC_FETCH_ALLOW = frozenset({server.origin})
            conf.cache_clear()
            yield server, f"http://{server.origin}/jwks"

    yield run
    conf.cache_clear()


def fetches(server: Server) -> int:
    return len(server.asked)


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


def test_set_is_fetched_once_for_many_launches(platform) -> None:
    with platform(answering(key_set("a"))) as (server, url):
        keys = [keysets.key_for(url=url, kid="a", now=NOW) for _ in range(3)]

    assert [key.public_numbers() for key in keys] == [
        key_named("a").public_key().public_numbers()
    ] * 3
    assert fetches(server) == 1


def test_rotated_key_is_found_by_one_more_fetch(platform) -> None:
    with platform(answering(key_set("old"))) as (server, url):
        keysets.key_for(url=url, kid="old", now=NOW)
        server.replies["/jwks"] = answering(key_set("new"))

        keysets.key_for(url=url, kid="new", now=NOW + MINUTE)

        assert fetches(server) == 2


def test_unknown_key_is_looked_for_once_a_minute(platform) -> None:
    with platform(answering(key_set("a"))) as (server, url):
        for _ in range(5):
            unknown = lambda: keysets.key_for(url=url, kid="b", now=NOW + MINUTE)  # noqa: E731  # called below
            keysets.key_for(url=url, kid="a", now=NOW)
            assert code_of(unknown) == "LTI-303"
        assert fetches(server) == 2

        assert code_of(lambda: keysets.key_for(url=url, kid="b", now=NOW + 2 * MINUTE)) == "LTI-303"
        assert fetches(server) == 3


def test_invented_keys_make_few_fetches(platform) -> None:
    with platform(answering(key_set("a"))) as (server, url):
        keysets.key_for(url=url, kid="a", now=NOW)
        for number in range(50):
            kid, now = f"invented-{number}", NOW + timedelta(milliseconds=number + 1)
            assert code_of(lambda: keysets.key_for(url=url, kid=kid, now=now)) == "LTI-303"  # noqa: B023  # called at once

        assert fetches(server) == 1 + keysets.REFETCHES_A_MINUTE


def test_spent_budget_keeps_no_rotated_key_out_for_longer_than_a_minute(platform) -> None:
    with platform(answering(key_set("old"))) as (server, url):
        keysets.key_for(url=url, kid="old", now=NOW)
        server.replies["/jwks"] = answering(key_set("new"))
        later, soon = NOW + 2 * MINUTE, NOW + 2.5 * MINUTE
        # noted by processes whose clock is ahead, or that ended before they had fetched
        noted = [[f"invented-{n}", later.isoformat()] for n in range(keysets.REFETCHES_A_MINUTE)]
        KeySetCache.objects.update(misses=noted)

        keysets.key_for(url=url, kid="new", now=later)
        assert code_of(lambda: keysets.key_for(url=url, kid="x", now=soon)) == "LTI-303"

        assert fetches(server) == 2


@pytest.mark.parametrize(
    "bad",
    [
        answering(b"{}", status=500),
        answering(b'{"keys": []}'),
        answering(b'{"error": "busy"}'),
        answering(b"<html>"),
        answering(b"[" * 100_000),
        answering(b'{"keys": [{"kty": "EC", "kid": "a"}]}'),
    ],
)
def test_last_good_set_counts_while_the_platform_answers_nonsense(platform, bad: Reply) -> None:
    with platform(answering(key_set("a"))) as (server, url):
        keysets.key_for(url=url, kid="a", now=NOW)
        server.replies["/jwks"] = bad

        for hours in (25, 26, 27):
            keysets.key_for(url=url, kid="a", now=NOW + timedelta(hours=hours))

    assert KeySetCache.objects.get().failures == 3
    assert KeySetCache.objects.get().last_error


def test_platform_that_is_down_is_asked_once_a_minute(platform) -> None:
    with platform(answering(b"", status=503)) as (server, url):
        for seconds in range(0, 50, 10):
            now = NOW + timedelta(hours=25, seconds=seconds)
            _known_before(url)
            keysets.key_for(url=url, kid="a", now=now)

        assert fetches(server) == 1


def test_first_launch_of_an_unreachable_platform_says_so(platform) -> None:
    with platform(answering(b"", status=404)) as (_, url):
        assert code_of(lambda: keysets.key_for(url=url, kid="a", now=NOW)) == "LTI-305"

    assert "404" in KeySetCache.objects.get().last_error


def test_hanging_platform_holds_a_launch_for_seconds_only(platform, monkeypatch) -> None:
    monkeypatch.setattr("credentials.api.outside.PATIENCE", 0.2)

    def hang(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.6)

    with platform(hang) as (_, url):
        began = time.monotonic()
        assert code_of(lambda: keysets.key_for(url=url, kid="a", now=NOW)) == "LTI-305"
        assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", timedelta(minutes=5)),
        ("max-age=1", timedelta(minutes=5)),
        ("public, max-age=7200", timedelta(hours=2)),
        ("max-age=31536000, immutable", timedelta(hours=24)),
        ("no-store", timedelta(minutes=5)),
        ("max-age=soon", timedelta(minutes=5)),
    ],
)
def test_set_is_kept_as_long_as_the_platform_says_within_bounds(platform, said, kept) -> None:
    with platform(answering(key_set("a"), Cache_Control=said)) as (_, url):
        keysets.key_for(url=url, kid="a", now=NOW)

    assert KeySetCache.objects.get().expires_at == NOW + kept


def test_key_of_another_kind_or_too_short_is_not_used(platform) -> None:
    short = {"kty": "RSA", "kid": "short", "n": "AQAB" * 20, "e": "AQAB"}
    damaged = {"kty": "RSA", "kid": "damaged", "n": "!", "e": "AQAB"}
    body = json.dumps({"keys": [short, damaged, public_jwk("a")]}).encode()

    with platform(answering(body)) as (_, url):
        keysets.key_for(url=url, kid="a", now=NOW)
        assert code_of(lambda: keysets.key_for(url=url, kid="short", now=NOW)) == "LTI-304"
        assert code_of(lambda: keysets.key_for(url=url, kid="damaged", now=NOW)) == "LTI-304"


def test_private_half_that_a_platform_publishes_is_not_kept(platform) -> None:
    body = json.dumps({"keys": [{**public_jwk("a"), "d": "secret"}]}).encode()

    with platform(answering(body)) as (_, url):
        keysets.key_for(url=url, kid="a", now=NOW)

    assert "d" not in KeySetCache.objects.get().keys[0]


def _known_before(url: str) -> None:
    from tests.factories.platforms import know_keys

    if not KeySetCache.objects.exists():
        know_keys(url, [public_jwk("a")], until=NOW)
