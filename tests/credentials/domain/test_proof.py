"""Ada releases her scores, and withdraws them: what is said, who can, what is left."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft201909Validator

from credentials import api
from credentials.api import verification
from credentials.api.verification import Verdict
from credentials.data import Actor
from credentials.errors import Closed, NotFound
from credentials.models import AuditEntry, Award, Badge, RubricProof, StatusList
from credentials.openbadges.schemas import schema_bytes
from tests.factories.badges import issued, revoked
from tests.factories.work import passed


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def award(badge: Badge) -> Award:
    """What it was awarded for."""
    return badge.award


def _released(ada: Actor, award: Award) -> RubricProof:
    api.release_scores(ada, award=award.uuid)
    return RubricProof.objects.get(active=True)


def _said(row: RubricProof) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(bytes(row.document))
    return document


def _codes(data: bytes) -> dict[str, str]:
    report = verification.verify_bytes(data=data, source="scores", network=False).report
    return {str(found.question): found.code for found in report.findings}


def test_scores_are_shown_before_anything_is_made(ada: Actor, award: Award) -> None:
    found = api.scores(ada, award=award.uuid)

    assert [(s.indicator, s.level, s.required, s.highest) for s in found.scores] == [
        ("I.1.a", 3, 3, 4),
        ("I.1.b", 3, 3, 4),
        ("I.1.c", 3, 3, 4),
    ]
    assert (found.proof, found.released_at) == (None, None)
    assert RubricProof.objects.count() == 0


def test_released_document_says_the_levels_and_which_badge_they_belong_to(
    ada: Actor, badge: Badge, award: Award
) -> None:
    module = api.module(ada, competency="I.1")
    row = module.rubric.row("I.1.a")

    document = _said(_released(ada, award))

    subject = document["credentialSubject"]
    description = subject["achievement"]["resultDescription"][0]
    levels = description["rubricCriterionLevel"]
    assert document["evidence"][0]["id"] == f"{badge.issuer.base_url}/lc/badges/{badge.uuid}"
    assert subject["id"] == f"urn:uuid:{badge.subject}"
    assert [level["name"] for level in levels] == [level.name for level in row.levels]
    assert subject["result"][0]["achievedLevel"] == levels[2]["id"] == description["requiredLevel"]


def test_levels_are_aligned_to_the_rubric_that_is_published(
    ada: Actor, award: Award, client: Client
) -> None:
    subject = _said(_released(ada, award))["credentialSubject"]
    level = subject["achievement"]["resultDescription"][0]["rubricCriterionLevel"][2]
    (aligned,) = level["alignment"]

    published = client.get(aligned["targetUrl"].removeprefix("https://badges.example.edu")).json()

    assert published["identifier"] == aligned["targetCode"]
    assert published["quality"] == aligned["targetName"] == level["name"]


def test_released_document_verifies_and_keeps_to_its_schema(ada: Actor, award: Award) -> None:
    row = _released(ada, award)
    found = api.scores(ada, award=award.uuid)
    schema = Draft201909Validator(json.loads(schema_bytes("OpenBadgeCredential")))

    report = verification.verify_url(url=found.address, network=False).report

    assert report.verdict is Verdict.VERIFIED
    assert report.summary is not None
    assert report.summary.name.startswith("Scored rubric: ")
    assert schema.is_valid(_said(row))


def test_released_document_names_nobody_and_says_no_comment(ada: Actor, award: Award) -> None:
    written = bytes(_released(ada, award).document).decode()

    assert [
        word for word in ("Ada", "Ben", "@example.edu", "Profile of a") if word in written
    ] == []


def test_releasing_twice_makes_one_document(ada: Actor, award: Award) -> None:
    first = api.release_scores(ada, award=award.uuid)
    second = api.release_scores(ada, award=award.uuid)

    assert first == second
    assert RubricProof.objects.count() == 1


def test_badge_says_no_more_than_before(ada: Actor, badge: Badge, award: Award) -> None:
    before = bytes(badge.document or b"")

    _released(ada, award)

    badge.refresh_from_db()
    assert bytes(badge.document or b"") == before


def test_withdrawn_scores_answer_nobody_and_copies_say_so(
    ada: Actor, badge: Badge, award: Award, client: Client
) -> None:
    row = _released(ada, award)
    copy, address = bytes(row.document), f"/lc/rubric-proofs/{row.uuid}"
    before = client.get(address).content
    api.withdraw_scores(ada, award=award.uuid)
    api.withdraw_scores(ada, award=award.uuid)

    assert before == copy
    assert client.get(address).status_code == 404
    assert _codes(copy)["not_revoked"] == "revoked"
    assert _codes(bytes(badge.document or b""))["not_revoked"] == "not-revoked"


def test_scores_released_again_are_another_document(ada: Actor, award: Award) -> None:
    first = _released(ada, award)
    api.withdraw_scores(ada, award=award.uuid)
    second = _released(ada, award)

    assert first.uuid != second.uuid
    assert _codes(bytes(second.document))["not_revoked"] == "not-revoked"


def test_scores_have_a_list_of_their_own(ada: Actor, badge: Badge, award: Award) -> None:
    row = _released(ada, award)

    kinds = StatusList.objects.order_by("pk").values_list("holds", flat=True)
    assert list(kinds) == ["badges", "proofs"]
    assert row.status_list_id != badge.status_list_id


def test_next_badge_is_not_put_into_the_list_of_scores(
    ada: Actor, ben: Actor, badge: Badge, award: Award
) -> None:
    _released(ada, award)

    assert issued(ada, ben, code="I.2").status_list_id == badge.status_list_id


def test_revoked_badge_takes_its_scores_with_it(
    ada: Actor, badge: Badge, award: Award, dana: Actor, client: Client
) -> None:
    row = _released(ada, award)

    revoked(badge, dana)

    assert client.get(f"/lc/rubric-proofs/{row.uuid}").status_code == 404
    assert _codes(bytes(row.document))["not_revoked"] == "revoked"
    with pytest.raises(NotFound):
        api.release_scores(ada, award=award.uuid)


@pytest.mark.parametrize("who", ["al", "ben", "cem", "dana"])
@pytest.mark.parametrize("verb", [api.scores, api.release_scores, api.withdraw_scores])
def test_nobody_else_may(who: str, verb: Any, award: Award, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotFound):
        verb(request.getfixturevalue(who), award=award.uuid)


def test_badge_that_is_not_signed_yet_has_no_scores_to_release(ada: Actor, ben: Actor) -> None:
    passed(ada, ben)

    with pytest.raises(NotFound):
        api.release_scores(ada, award=Award.objects.get().uuid)


def test_badge_that_has_run_out_has_no_scores_to_release(ada: Actor, award: Award) -> None:
    long_ago = timezone.now() - timedelta(days=6 * 366)
    Award.objects.filter(pk=award.pk).update(awarded_at=long_ago)

    with pytest.raises(Closed):
        api.release_scores(ada, award=award.uuid)


def test_both_steps_are_in_the_log_without_a_level(ada: Actor, award: Award) -> None:
    _released(ada, award)
    api.withdraw_scores(ada, award=award.uuid)

    entries = AuditEntry.objects.filter(subject_kind="proof").order_by("sequence")
    assert [(e.verb, e.details) for e in entries] == [
        ("proof.released", {"award": str(award.uuid)}),
        ("proof.withdrawn", {"award": str(award.uuid)}),
    ]
