"""A district co-signs an achievement: Dora signs, Dana adds it, Ada's later badge carries it."""

from __future__ import annotations

import json
import tarfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone
from jsonschema import Draft201909Validator

from credentials.api import endorsing, verification
from credentials.api.endorsing import EndorsementView
from credentials.api.verification import Question, Verdict
from credentials.archive import backup
from credentials.data import Actor
from credentials.errors import Closed, Invalid, NotFound
from credentials.models import AuditEntry, Badge, Endorsement, Program
from credentials.openbadges import Fetched, IssuerProfile, Unreachable
from credentials.openbadges.schemas import schema_bytes
from tests.credentials.openbadges.endorsed import (
    ENDORSEMENT,
    UNIVERSITY_KEY,
    endorsed_by_university,
)
from tests.factories.badges import issued
from tests.factories.people import make_program

STRANGER = f"did:key:{UNIVERSITY_KEY.public_multibase}"
COMMENT = "Counts for three hours on our salary schedule."
PAGE = {"accept": "text/html"}


@pytest.fixture
def district(db: None) -> Program:
    """Dora's district."""
    return make_program("ridgeline")


@pytest.fixture
def address(program: Program) -> str:
    """What Dana sends to Dora."""
    return endorsing.achievement_to_endorse(program="lakeshore", code="I.1")[0]


def _signed(address: str, comment: str = COMMENT, **more: Any) -> bytes:
    seen = endorsing.achievement_at(url=address, fetch=_no_network)
    return endorsing.write_endorsement(
        program="ridgeline", achievement=seen, comment=comment, **more
    )


def _added(raw: bytes, **more: Any) -> EndorsementView:
    return endorsing.add_endorsement(program="lakeshore", raw=raw, **more)


def _strangers(address: str, **more: Any) -> bytes:
    said = replace(
        ENDORSEMENT, issuer=IssuerProfile(id=STRANGER, name="Ridgeline"), endorsed_id=address
    )
    return endorsed_by_university(said, signer=STRANGER, **more)


def _carried(badge: Badge) -> list[str]:
    document = json.loads(bytes(badge.document or b""))
    found = document["credentialSubject"]["achievement"].get("endorsement", [])
    return [one["credentialSubject"]["endorsementComment"] for one in found]


def _schema(name: str) -> Draft201909Validator:
    return Draft201909Validator(json.loads(schema_bytes(name)))


def _no_network(url: str) -> Fetched:
    raise Unreachable(f"{url} was fetched")


# --- signing -------------------------------------------------------------------------------------


def test_district_sees_what_it_endorses(address: str) -> None:
    seen = endorsing.achievement_at(url=address, fetch=_no_network)

    page = endorsing.achievement_in(
        raw=endorsing.achievement_to_endorse(program="lakeshore", code="I.1")[1]
    )
    assert seen == page
    assert seen.id == address


def test_endorsement_names_the_achievement_and_verifies_by_itself(
    district: Program, address: str
) -> None:
    report = verification.verify_bytes(data=_signed(address), source="", network=False).report

    assert report.summary is not None
    assert (report.summary.kind, report.summary.subject_id) == ("endorsement", address)
    assert report.summary.description == COMMENT
    assert report.verdict is Verdict.VERIFIED


def test_another_installations_achievement_is_fetched(program: Program) -> None:
    url = "https://away.example/lc/achievements/7"
    said = {"id": url, "type": ["Achievement"], "name": "Vision", "description": "d"}

    seen = endorsing.achievement_at(
        url=url, fetch=lambda url: Fetched(body=json.dumps(said).encode(), content_type="", url=url)
    )

    assert (seen.id, seen.name) == (url, "Vision")


@pytest.mark.parametrize(
    "said", [{"id": "https://away.example/8", "type": ["Achievement"], "name": "n"}, {}, [], 3]
)
def test_address_of_something_else_is_refused(said: Any, program: Program) -> None:
    body = json.dumps(said).encode()

    with pytest.raises(Invalid):
        endorsing.achievement_at(
            url="https://away.example/7",
            fetch=lambda url: Fetched(body=body, content_type="", url=url),
        )


def test_address_that_does_not_answer_is_told(program: Program) -> None:
    with pytest.raises(Invalid, match=r"https://away.example/7 was fetched"):
        endorsing.achievement_at(url="https://away.example/7", fetch=_no_network)


def test_own_achievement_is_not_endorsed(district: Program, address: str) -> None:
    seen = endorsing.achievement_at(url=address, fetch=_no_network)

    with pytest.raises(Invalid, match="own"):
        endorsing.write_endorsement(program="lakeshore", achievement=seen, comment=COMMENT)


def test_endorsement_without_a_comment_is_refused(district: Program, address: str) -> None:
    with pytest.raises(Invalid, match="comment"):
        _signed(address, "  ")


# --- taking in -----------------------------------------------------------------------------------


def test_added_twice_is_one_row_with_the_exact_bytes(district: Program, address: str) -> None:
    raw = _signed(address)

    first, second = _added(raw), _added(raw)

    row = Endorsement.objects.get()
    assert (first.new, second.new) == (True, False)
    assert (bytes(row.document), row.achievement.code) == (raw, "I.1")
    assert (first.name, first.state) == ("Ridgeline University", "active")


def test_altered_endorsement_is_refused(district: Program, address: str) -> None:
    altered = _signed(address).replace(b"three hours", b"nine hours")

    with pytest.raises(Invalid, match="does not verify"):
        _added(altered)
    assert Endorsement.objects.count() == 0


def test_endorsement_of_something_else_is_refused(
    district: Program, other_program: Program, program: Program
) -> None:
    theirs, _ = endorsing.achievement_to_endorse(program="hillside", code="I.1")

    with pytest.raises(Invalid, match="something else"):
        _added(_signed(theirs))


def test_endorser_on_no_list_is_taken_only_on_demand(address: str) -> None:
    raw = _strangers(address)

    with pytest.raises(Invalid, match="--accept-unknown"):
        _added(raw)
    added = _added(raw, accept_unknown=True)

    assert (added.name, added.endorser) == ("", STRANGER)


def test_endorsement_that_has_run_out_is_refused(address: str) -> None:
    raw = _strangers(address, validUntil="2026-03-03T00:00:00Z")

    with pytest.raises(Invalid, match="valid until"):
        _added(raw, accept_unknown=True)


def test_endorsement_in_a_list_that_is_not_its_endorsers_is_refused(
    ada: Actor, ben: Actor, address: str
) -> None:
    badge = issued(ada, ben)
    place = json.loads(bytes(badge.document or b""))["credentialStatus"]

    with pytest.raises(Invalid, match="does not verify"):
        _added(_strangers(address, credentialStatus=place), accept_unknown=True)


def test_badge_is_no_endorsement(ada: Actor, ben: Actor, address: str) -> None:
    badge = issued(ada, ben)

    with pytest.raises(Invalid):
        _added(bytes(badge.document or b""))


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\x89PNG", b" " * 30_000])
def test_what_is_no_json_with_a_signature_is_refused(raw: bytes, program: Program) -> None:
    with pytest.raises(Invalid):
        _added(raw)


def test_sixth_endorsement_waits_for_a_place(district: Program, address: str) -> None:
    for number in range(5):
        _added(_signed(address, f"Reason {number}"))

    with pytest.raises(Closed):
        _added(_signed(address))


def test_program_that_is_not_here_is_told(program: Program) -> None:
    with pytest.raises(NotFound, match="lakeshore"):
        endorsing.endorsements(program="nowhere")


# --- badges --------------------------------------------------------------------------------------


def test_later_badge_carries_it_and_verifies(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    _added(_signed(address))

    badge = issued(ada, ben)

    document = bytes(badge.document or b"")
    report = verification.verify_bytes(data=document, source="", network=False).report
    endorsed = report.finding(Question.ENDORSED)
    assert _carried(badge) == [COMMENT]
    assert report.verdict is Verdict.VERIFIED
    assert endorsed.code == "endorsed"
    assert "Ridgeline University" in endorsed.reason


def test_both_documents_keep_to_their_schemas(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    raw = _signed(address)
    _added(raw)
    badge = bytes(issued(ada, ben).document or b"")

    assert _schema("EndorsementCredential").is_valid(json.loads(raw))
    assert _schema("OpenBadgeCredential").is_valid(json.loads(badge))


def test_earlier_badge_stays_as_it_was(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    badge = issued(ada, ben)
    before = bytes(badge.document or b"")

    _added(_signed(address))

    badge.refresh_from_db()
    assert bytes(badge.document or b"") == before
    assert _carried(badge) == []


def test_badge_of_another_achievement_does_not_carry_it(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    _added(_signed(address))

    assert _carried(issued(ada, ben, code="I.2")) == []


def test_withdrawn_endorsement_is_in_earlier_badges_only(
    ada: Actor, al: Actor, ben: Actor, district: Program, address: str
) -> None:
    added = _added(_signed(address))
    first = issued(ada, ben)
    for _ in range(2):
        endorsing.withdraw_endorsement(program="lakeshore", endorsement_uuid=added.uuid)

    assert _carried(issued(al, ben)) == []
    assert _carried(first) == [COMMENT]
    assert [one.state for one in endorsing.endorsements(program="lakeshore")] == ["withdrawn"]


def test_withdrawn_endorsement_may_be_added_again(district: Program, address: str) -> None:
    raw = _signed(address)
    added = _added(raw)
    endorsing.withdraw_endorsement(program="lakeshore", endorsement_uuid=added.uuid)

    again = _added(raw)

    assert (again.uuid, again.state, again.new) == (added.uuid, "active", True)


def test_ended_endorsement_is_not_carried(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    _added(_signed(address, ends_at=timezone.now() + timedelta(days=1)))
    Endorsement.objects.update(ends_at=timezone.now())

    assert _carried(issued(ada, ben)) == []
    assert [one.state for one in endorsing.endorsements(program="lakeshore")] == ["ended"]


def test_badge_outlives_the_endorsement_it_carries(
    ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    _added(_signed(address, ends_at=tomorrow))
    document = bytes(issued(ada, ben).document or b"")

    report = verification.verify_bytes(
        data=document, source="", as_of=tomorrow + timedelta(days=1), network=False
    ).report

    assert report.finding(Question.ENDORSED).code == "endorsement-lapsed"
    assert report.verdict is Verdict.VERIFIED


def test_badge_page_says_who_endorses(
    client: Client, ada: Actor, ben: Actor, district: Program, address: str
) -> None:
    _added(_signed(address))
    _added(_strangers(address), accept_unknown=True)

    page = client.get(f"/lc/badges/{issued(ada, ben).uuid}", headers=PAGE).content.decode()

    assert "Endorsed by" in page
    assert f"<strong>Ridgeline University</strong>: {COMMENT}" in page
    assert f"<strong>{STRANGER}</strong> (on no trust list here)" in page


def test_badge_page_without_endorsements_says_nothing_of_them(
    client: Client, ada: Actor, ben: Actor
) -> None:
    page = client.get(f"/lc/badges/{issued(ada, ben).uuid}", headers=PAGE).content.decode()

    assert "Endorsed by" not in page


# --- records -------------------------------------------------------------------------------------


def test_each_step_is_in_the_log_without_words_that_people_wrote(
    district: Program, program: Program, address: str
) -> None:
    added = _added(_signed(address))
    endorsing.withdraw_endorsement(program="lakeshore", endorsement_uuid=added.uuid)

    digest = Endorsement.objects.get().digest
    entries = AuditEntry.objects.filter(subject_kind="endorsement").order_by("sequence")
    assert [(e.verb, e.program, e.details) for e in entries] == [
        ("endorsement.written", district.uuid, {"endorsed": address, "digest": digest}),
        ("endorsement.added", program.uuid, {"achievement": "I.1", "digest": digest}),
        ("endorsement.withdrawn", program.uuid, {"achievement": "I.1", "digest": digest}),
    ]


def test_backup_carries_the_row_and_its_bytes(
    tmp_path: Path, district: Program, address: str
) -> None:
    raw = _signed(address)
    _added(raw)

    backup(tmp_path / "all.tar")

    with tarfile.open(tmp_path / "all.tar") as tar:
        lines = tar.extractfile("rows.jsonl").read().decode().splitlines()
    written = "\n".join(line for line in lines if "lc_credentials.endorsement" in line)
    (restored,) = serializers.deserialize("jsonl", written)
    assert bytes(restored.object.document) == raw
    assert restored.object.added_at == Endorsement.objects.get().added_at
