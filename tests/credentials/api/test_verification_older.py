"""A stranger's badge of Open Badges 2.0, published on a real, local server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from credentials.api.verification import verify_url
from credentials.conf import conf
from credentials.openbadges import Question
from credentials.openbadges.older.documents import (
    assertion_document,
    badge_class_document,
    issuer_document,
)
from tests.credentials.openbadges.issued import CONTENT
from tests.credentials.openbadges.older_issued import PROFILE
from tests.credentials.serving import Server, answering, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """Publishes Ada's badge; the fetch policy of this test allows it, although on loopback."""
    with serving() as made:
        base = f"http://{made.origin}"
        names = {"badge_class_id": f"{base}/class", "assertion_id": f"{base}/33"}
        said = replace(CONTENT, alignments=())
        documents = {
            "/33": assertion_document(said, **names),
            "/class": badge_class_document(
                said, badge_class_id=f"{base}/class", issuer_id=f"{base}/issuer"
            ),
            "/issuer": issuer_document(PROFILE, issuer_id=f"{base}/issuer"),
        }
        for path, document in documents.items():
            made.replies[path] = answering(json.dumps(document).encode())
        settings.LC_FETCH_ALLOW = frozenset({made.origin})
        conf.cache_clear()
        yield made
    conf.cache_clear()


def _ask(server: Server) -> dict[str, str]:
    found = verify_url(url=f"http://{server.origin}/33").report
    asked = (Question.READABLE, Question.SIGNATURE, Question.NOT_REVOKED)
    return {str(question): found.finding(question).code for question in asked}


def test_hosted_badge_is_checked_by_its_link(server: Server) -> None:
    assert _ask(server) == {
        "readable": "read",
        "signature": "published",
        "not_revoked": "not-revoked",
    }
    assert [path for path, _ in server.asked] == ["/33", "/33", "/class", "/issuer"]


def test_link_that_says_gone_is_a_revoked_badge(server: Server) -> None:
    server.replies["/33"] = answering(b"", 410)

    assert _ask(server) == {
        "readable": "withdrawn",
        "signature": "not-reached",
        "not_revoked": "revoked",
    }


def test_link_that_is_not_there_is_not_a_revoked_badge(server: Server) -> None:
    server.replies["/33"] = answering(b"", 404)

    assert _ask(server) == {
        "readable": "not-fetched",
        "signature": "not-reached",
        "not_revoked": "not-reached",
    }
