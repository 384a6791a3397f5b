"""What a badge of this product says: fixed at the award, with nothing in it that names a person."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from credentials import api
from credentials.data import Actor
from credentials.domain import content
from credentials.models import Badge, ModuleVersion
from credentials.openbadges import credential_document
from credentials.work import drain
from tests.factories.badges import issued
from tests.factories.evidence import bring
from tests.factories.people import START
from tests.factories.work import filled, reviewed, write

TABLE = b"who,what\nMaria B.,agreed\nJon K.,asked for more\n"


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


def _signed(badge: Badge) -> Any:
    return json.loads(bytes(badge.document or b""))


def test_program_that_assessed_stands_apart_from_the_issuer(badge: Badge) -> None:
    document = _signed(badge)

    assert document["issuer"]["name"] == "Lakeshore University"
    assert document["credentialSubject"]["source"] == {
        "id": f"{badge.issuer.base_url}/lc/issuers/{badge.issuer.uuid}#program",
        "type": ["Profile"],
        "name": "Lakeshore Principal Preparation",
    }


def test_badge_does_not_pass_hours_of_work_off_as_credits(badge: Badge) -> None:
    assert "creditsAvailable" not in _signed(badge)["credentialSubject"]["achievement"]


def test_badge_stored_before_these_words_existed_says_what_it_said(badge: Badge) -> None:
    for word in ("source", "schema", "earlier_versions", "older"):
        del badge.content[word]

    document = credential_document(content.credential(badge))

    assert "credentialSchema" not in document
    assert "source" not in document["credentialSubject"]
    assert "related" not in document["credentialSubject"]["achievement"]


def test_earlier_versions_of_the_module_are_related(ada: Actor, ben: Actor) -> None:
    ModuleVersion.objects.create(
        competency="I.1", version="0.9", digest="0" * 64, definition={}, first_used_at=START
    )

    signed = _signed(issued(ada, ben))
    achievement = signed["credentialSubject"]["achievement"]

    assert achievement["related"] == [
        {"id": f"{achievement['id']}#version-0.9", "type": ["Related"], "version": "0.9"},
        {"id": f"{signed['id']}/2.0/class", "type": ["Related"]},
    ]


def test_first_version_is_related_to_none(badge: Badge) -> None:
    assert badge.content["earlier_versions"] == []


def test_file_is_described_by_its_digest_and_not_by_its_name(ada: Actor, ben: Actor) -> None:
    made = filled(ada)
    item = bring(ada, made.uuid, TABLE, "maria.csv")
    write(ada, made, f"evidence.{item.uuid}.title", "What the families said")
    api.add_pin(
        ada, evidence=item.uuid, indicator="I.1.a", locator="whole", why="It shows who spoke."
    )
    reviewed(ben, api.submit(ada, submission=made.uuid))
    drain()

    badge = Badge.objects.get()

    digests = [note.get("digest") for note in badge.content["evidence"]]
    assert digests == [None, sha256(TABLE).hexdigest()]
    assert "aria" not in bytes(badge.document or b"").decode()
