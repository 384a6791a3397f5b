"""Ada's record of badges: what is in it, what it admits to leaving out, and that it verifies."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from jsonschema import Draft201909Validator

from credentials import api
from credentials.api import verification
from credentials.api.verification import Verdict
from credentials.data import Actor
from credentials.domain import record
from credentials.domain.badge import prepare, sign
from credentials.errors import NotFound
from credentials.models import Achievement, AuditEntry, Award, Badge, Program
from credentials.openbadges.schemas import schema_bytes
from tests.factories import work
from tests.factories.badges import issued, revoked
from tests.factories.people import make_member


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


def _made(ada: Actor) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(api.my_record(ada).document)
    return document


def test_record_holds_the_badge_as_it_was_signed(ada: Actor, badge: Badge) -> None:
    document = _made(ada)

    assert document["credentialSubject"]["verifiableCredential"] == [
        json.loads(bytes(badge.document or b""))
    ]
    assert document["issuer"]["id"] == badge.issuer.did
    assert document["partial"] is False


def test_record_keeps_to_the_schema_that_it_names(ada: Actor, badge: Badge) -> None:
    document = _made(ada)
    schema = json.loads(schema_bytes("ClrCredential"))

    assert document["credentialSchema"][0]["id"].endswith("/lc/schemas/ClrCredential.json")
    assert Draft201909Validator(schema).is_valid(document)


def test_record_verifies_with_every_badge_in_it(ada: Actor, badge: Badge) -> None:
    data = api.my_record(ada).document

    report = verification.verify_bytes(data=data, source="record", network=False).report

    assert report.verdict is Verdict.VERIFIED
    assert [part.verdict for part in report.parts] == [Verdict.VERIFIED]


def test_record_names_nobody_and_calls_itself_the_same_each_time(ada: Actor, badge: Badge) -> None:
    first, second = _made(ada), _made(ada)

    assert "Ada" not in json.dumps(first)
    assert first["id"] == second["id"]
    assert first["credentialSubject"]["id"] == second["credentialSubject"]["id"]
    assert str(badge.subject) not in first["credentialSubject"]["id"]


def _award(badge: Badge, code: str) -> Award:
    """Another award of Ada's, on the decision of the first."""
    first = badge.award
    achievement = Achievement.objects.create(program=first.program, code=code)
    return Award.objects.create(
        program=first.program,
        learner=first.learner,
        achievement=achievement,
        decision=first.decision,
    )


def test_record_says_what_is_part_of_what(ada: Actor, badge: Badge) -> None:
    *_, whole = [_award(badge, code) for code in ("I.2", "I.3", "I.4", "I.5", "I")]
    sign(badge=prepare(award=whole, now=timezone.now()), now=timezone.now())
    address = f"{badge.issuer.base_url}/lc/achievements/"

    document = _made(ada)

    assert document["credentialSubject"]["association"] == [
        {
            "type": "Association",
            "associationType": "isPartOf",
            "sourceId": f"{address}{badge.award.achievement.uuid}",
            "targetId": f"{address}{whole.achievement.uuid}",
        }
    ]


def test_record_is_partial_while_a_badge_is_being_signed(
    ada: Actor, ben: Actor, badge: Badge
) -> None:
    work.passed(ada, ben, "I.2")

    made = api.my_record(ada)

    assert (made.badges, made.partial) == (1, True)


def test_record_is_partial_where_another_program_awarded_too(
    ada: Actor, ben: Actor, badge: Badge, other_program: Program
) -> None:
    elsewhere = make_member(other_program, "Ada", "learner")
    issued(elsewhere, make_member(other_program, "Bob", "reviewer"))

    assert [api.my_record(who).partial for who in (ada, elsewhere)] == [True, True]
    assert [api.my_record(who).badges for who in (ada, elsewhere)] == [1, 1]


def test_revoked_badge_is_left_out(ada: Actor, ben: Actor, badge: Badge, dana: Actor) -> None:
    issued(ada, ben, code="I.2")
    revoked(badge, dana)

    made = api.my_record(ada)

    assert (made.badges, made.partial) == (1, False)
    assert str(badge.uuid) not in made.document.decode()


def test_badge_that_has_run_out_is_left_out_and_the_record_partial(
    ada: Actor, ben: Actor, badge: Badge
) -> None:
    issued(ada, ben, code="I.2")
    Award.objects.filter(pk=badge.award.pk).update(
        awarded_at=timezone.now() - timedelta(days=6 * 366)
    )

    made = api.my_record(ada)

    assert (made.badges, made.partial) == (1, True)


def test_whoever_has_no_badge_has_no_record(ada: Actor, cem: Actor, badge: Badge) -> None:
    with pytest.raises(NotFound):
        api.my_record(cem)
    assert record.make(learner_id=0, program_id=badge.award.program_id, now=timezone.now()) is None


def test_making_a_record_is_in_the_log_without_what_is_in_it(ada: Actor, badge: Badge) -> None:
    for _ in range(2):
        api.my_record(ada)

    entries = AuditEntry.objects.filter(verb="record.made")
    assert [entry.details for entry in entries] == [{"badges": 1, "partial": False}] * 2
