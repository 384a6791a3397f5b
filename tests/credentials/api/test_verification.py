"""A stranger's badge, with a trust list and a revocation list on a real, local server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings

from credentials.api import verification
from credentials.api.trust import import_trust_list
from credentials.api.verification import Verification, meaning, verify_bytes, verify_url
from credentials.conf import conf
from credentials.openbadges import (
    Question,
    StatusEntry,
    StatusList,
    sign,
    status_list_document,
    verification_method,
)
from tests.credentials.openbadges.issued import AWARDED, CONTENT, INDEX, KEY, signed

pytestmark = pytest.mark.django_db

#: An issuer whose key is its name, so that only its revocation list has to be fetched.
STRANGER = f"did:key:{KEY.public_multibase}"
METHOD = verification_method(STRANGER, KEY.public_multibase)


class Host:
    """The stranger's web server: what it answers under which path."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        pages, asked = self.pages, self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                body = pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.authority = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def badge(self) -> bytes:
        """A badge whose revocation list is on this host; both are published."""
        url = f"http://{self.authority}/status"
        content = replace(
            CONTENT,
            issuer=replace(CONTENT.issuer, id=STRANGER),
            status=StatusEntry(list_url=url, index=INDEX),
        )
        self.pages["/badge.json"] = signed(content, method=METHOD)
        self.publish_list()
        return self.pages["/badge.json"]

    def publish_list(self, *revoked: int) -> None:
        """The signed list with these badges taken back."""
        bits = StatusList.empty().with_revoked(revoked)
        document = status_list_document(f"http://{self.authority}/status", STRANGER, bits, AWARDED)
        self.pages["/status"] = sign(document, KEY, verification_method=METHOD, created=AWARDED)


@pytest.fixture
def host(settings: Any) -> Iterator[Host]:
    """A server that the fetch policy of this test allows, although it is on loopback."""
    made = Host()
    settings.LC_FETCH_ALLOW = frozenset({made.authority})
    conf.cache_clear()
    yield made
    made.server.shutdown()
    made.server.server_close()
    conf.cache_clear()


def trust(dated: str = "2026-03-01") -> None:
    """The state names the stranger, as of that day."""
    entry = {"issuer": STRANGER, "legal_name": "Ridgeline Unified School District"}
    document = {"name": "State list", "publisher": "State", "dated": dated, "entries": [entry]}
    import_trust_list(raw=json.dumps(document).encode())


def codes(found: Verification) -> dict[str, str]:
    """Question -> answer of those that matter here."""
    asked = (Question.ISSUER_KNOWN, Question.SIGNATURE, Question.NOT_REVOKED)
    return {str(question): str(found.report.finding(question).answer) for question in asked}


def test_stranger_on_a_trust_list_verifies(host: Host) -> None:
    trust()

    found = verify_bytes(data=host.badge(), source="badge.json")

    assert meaning(found).headline == "Verified"
    assert "Ridgeline Unified School District is on “State list”" in (
        found.report.finding(Question.ISSUER_KNOWN).reason
    )


def test_badge_is_fetched_by_its_link(host: Host) -> None:
    trust()
    host.badge()

    found = verify_url(url=f"http://{host.authority}/badge.json")

    assert found.report.verdict == "verified"


def test_stranger_on_no_list_is_genuine_but_not_approved_here(host: Host) -> None:
    trust()
    badge = host.badge()
    import_trust_list(
        raw=json.dumps(
            {"name": "State list", "publisher": "State", "dated": "2026-04-01", "entries": []}
        ).encode()
    )

    found = verify_bytes(data=badge, source="badge.json")

    assert meaning(found).headline == "Genuine, but its issuer is not approved here"


def test_day_in_the_past_is_judged_by_the_list_of_that_day(host: Host) -> None:
    trust("2026-03-01")
    badge = host.badge()
    import_trust_list(
        raw=json.dumps(
            {"name": "State list", "publisher": "State", "dated": "2026-04-01", "entries": []}
        ).encode()
    )

    found = verify_bytes(
        data=badge, source="badge.json", as_of=datetime(2026, 3, 15, 12, tzinfo=UTC)
    )

    assert found.report.verdict == "verified"


def test_revocation_on_the_strangers_list_is_seen(host: Host) -> None:
    trust()
    badge = host.badge()
    host.publish_list(INDEX)

    found = verify_bytes(data=badge, source="badge.json")

    assert codes(found)["not_revoked"] == "no"


def test_list_that_is_away_is_never_called_not_revoked(host: Host) -> None:
    trust()
    badge = host.badge()
    del host.pages["/status"]

    found = verify_bytes(data=badge, source="badge.json")

    assert codes(found) == {"issuer_known": "yes", "signature": "yes", "not_revoked": "unchecked"}
    assert meaning(found).verdict == "could-not-check"


def test_without_the_network_nothing_is_fetched(host: Host) -> None:
    trust()

    found = verify_bytes(data=host.badge(), source="badge.json", network=False)

    assert codes(found)["not_revoked"] == "unchecked"


def test_host_that_is_not_allowed_is_not_asked(host: Host, settings: Any) -> None:
    trust()
    badge = host.badge()
    settings.LC_FETCH_ALLOW = frozenset()
    conf.cache_clear()

    found = verify_bytes(data=badge, source="badge.json")

    assert codes(found)["not_revoked"] == "unchecked"
    assert frozenset() == django_settings.LC_FETCH_ALLOW


def test_everything_that_one_badge_names_shares_one_deadline(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust()
    host.badge()
    # each answer of the stranger's server takes all the time there is
    clock = SimpleNamespace(monotonic=lambda: len(host.asked) * verification.SECONDS_IN_ALL)
    monkeypatch.setattr(verification, "time", clock)

    found = verify_url(url=f"http://{host.authority}/badge.json")

    assert host.asked == ["/badge.json"]
    assert codes(found)["not_revoked"] == "unchecked"


def test_verifying_twice_gives_the_same_answers(host: Host) -> None:
    trust()
    badge = host.badge()

    first, second = (verify_bytes(data=badge, source="x").report.findings for _ in range(2))

    assert first == second
