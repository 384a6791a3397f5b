"""What a record of badges says, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from credentials.openbadges import Association, RecordContent, StatusEntry, clr_document
from credentials.openbadges.errors import NotSafe, TooLarge
from credentials.openbadges.jsonld import ENGINE
from credentials.openbadges.record import MAX_BADGES
from credentials.openbadges.shape import faults
from credentials.openbadges.strictjson import MAX_BYTES, MAX_RECORD_BYTES, parse_credential
from tests.credentials.openbadges.issued import AWARDED, BASE, CONTENT, ISSUER, LIST, signed
from tests.credentials.openbadges.recorded import RECORD, SUBJECT, achievement, badge_of, record


def test_record_says_what_it_was_given_and_no_more() -> None:
    document = clr_document(RECORD)
    badges = document["credentialSubject"].pop("verifiableCredential")

    assert badges == [json.loads(badge) for badge in RECORD.badges]
    assert document == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        "id": "urn:uuid:99999999-2222-4333-8444-555555555555",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Badges of one learner",
        "issuer": {
            "id": ISSUER,
            "type": ["Profile"],
            "name": "Ridgeline Leadership Program",
            "url": f"{BASE}/",
        },
        "validFrom": "2026-03-02T15:04:05Z",
        "partial": True,
        "credentialSubject": {
            "id": SUBJECT,
            "type": ["ClrSubject"],
            "association": [
                {
                    "type": "Association",
                    "associationType": "isPartOf",
                    "sourceId": achievement(1),
                    "targetId": achievement(3),
                },
                {
                    "type": "Association",
                    "associationType": "isPartOf",
                    "sourceId": achievement(2),
                    "targetId": achievement(3),
                },
            ],
        },
        "credentialSchema": [
            {
                "id": f"{BASE}/lc/schemas/ClrCredential",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
    }


def test_record_is_well_formed_and_wholly_covered_by_a_signature() -> None:
    document = clr_document(RECORD)

    assert faults(document) == []
    assert ENGINE.canonical_form(document) == ENGINE.general_form(document)


def test_badges_in_a_record_are_as_they_were_signed() -> None:
    inside = json.loads(record())["credentialSubject"]["verifiableCredential"]

    assert [
        json.dumps(badge, ensure_ascii=False, separators=(",", ":")).encode() for badge in inside
    ] == list(RECORD.badges)


def test_same_content_gives_the_same_record() -> None:
    assert record() == record()


def test_record_may_say_more_of_itself() -> None:
    document = clr_document(
        replace(
            RECORD,
            partial=False,
            description="All of them.",
            status=StatusEntry(list_url=LIST, index=7),
            schema_url=None,
        )
    )

    assert document["partial"] is False
    assert document["description"] == "All of them."
    assert document["credentialStatus"]["statusListIndex"] == "7"
    assert "credentialSchema" not in document


@pytest.mark.parametrize(
    "content",
    [
        replace(RECORD, badges=(), associations=()),
        replace(RECORD, badges=(RECORD.badges[0], RECORD.badges[0]), associations=()),
        replace(RECORD, badges=(b"{}",), associations=()),
        replace(RECORD, badges=(b"not JSON",), associations=()),
        replace(RECORD, badges=(b'{"proof": 1}',), associations=()),
        replace(RECORD, badges=(RECORD.badges[0].replace(b'"proof"', b'"poof"'),)),
        replace(RECORD, badges=(record(),), associations=()),
        replace(RECORD, associations=(Association(kind="x", source="a:1", target="a:2"),)),
        replace(
            RECORD,
            associations=(
                Association(kind="isPartOf", source=achievement(1), target=achievement(9)),
            ),
        ),
        replace(
            RECORD,
            associations=(
                Association(kind="isPartOf", source=achievement(1), target=achievement(1)),
            ),
        ),
        replace(RECORD, name=" "),
        replace(RECORD, id="record"),
        replace(RECORD, subject_id="Ada"),
        replace(RECORD, valid_from=AWARDED.replace(tzinfo=None)),
    ],
)
def test_record_that_cannot_be_signed_for_sure_is_refused(content: RecordContent) -> None:
    with pytest.raises(NotSafe):
        clr_document(content)


def _copies(data: bytes, number: int) -> tuple[bytes, ...]:
    """As many badges of the same words under names of their own."""
    badge = json.loads(data)
    return tuple(
        json.dumps({**badge, "id": f"{BASE}/lc/badges/{n}"}).encode() for n in range(number)
    )


def test_record_holds_no_more_badges_than_are_verified() -> None:
    with pytest.raises(NotSafe, match="from 1 to 64"):
        clr_document(replace(RECORD, badges=_copies(signed(), MAX_BADGES + 1), associations=()))


def test_record_of_the_most_badges_is_wholly_covered_by_a_signature() -> None:
    small = signed(replace(badge_of(1), alignments=(), evidence=()))

    whole = clr_document(replace(RECORD, badges=_copies(small, MAX_BADGES), associations=()))

    assert len(ENGINE.quads(whole)) > MAX_BADGES


def test_record_of_every_badge_there_is_can_be_read() -> None:
    """26 badges (21 competencies, four domains, the whole) as long as the longest of ours."""
    long = replace(CONTENT.alignments[0], target_name="leads " * 90)
    badge = signed(replace(badge_of(1), alignments=(long,) * 20))
    whole = clr_document(replace(RECORD, badges=_copies(badge, 26), associations=()))
    data = json.dumps(whole).encode()

    assert MAX_BYTES < len(data) < MAX_RECORD_BYTES
    assert parse_credential(data) == whole


def test_larger_bounds_are_for_records_alone() -> None:
    with pytest.raises(TooLarge):
        parse_credential(
            json.dumps({"type": "OpenBadgeCredential", "name": "x" * MAX_BYTES}).encode()
        )
