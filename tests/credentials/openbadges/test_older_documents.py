"""The award of a newer badge as documents of Open Badges 2.0."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges import credential_document
from credentials.openbadges.documents.content import (
    ConsentedEmail,
    EvidenceNote,
    RelatedAchievement,
)
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.older.documents import (
    assertion_document,
    badge_class_document,
    issuer_document,
    key_document,
    revocation_list_document,
    withdrawn_document,
)
from tests.credentials.openbadges.issued import CONTENT, ISSUER, SUBJECT
from tests.credentials.openbadges.older_issued import (
    ASSERTION,
    BADGE_CLASS,
    ISSUER_2,
    KEY_2,
    LIST_2,
    PROFILE,
    badge_class,
    hosted,
    issuer,
)

CONTEXT = "https://w3id.org/openbadges/v2"


def test_hosted_assertion_says_what_the_newer_badge_says() -> None:
    document = hosted()

    assert {name: document[name] for name in document if name != "evidence"} == {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": ASSERTION,
        "recipient": {"type": "id", "hashed": False, "identity": SUBJECT},
        "badge": BADGE_CLASS,
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-03-02T15:04:05Z",
        "narrative": credential_document(CONTENT)["credentialSubject"]["narrative"],
        "related": [CONTENT.id],
    }


def test_evidence_stays_private_unless_it_is_public_anyway() -> None:
    public = EvidenceNote(name="Talk", narrative="Given.", genre="Talk", url="https://a.example/t")
    document = hosted(replace(CONTENT, evidence=(CONTENT.evidence[0], public)))

    assert document["evidence"] == [
        {
            "type": "Evidence",
            "name": "Vision protocol",
            "description": "Described only: this evidence is private to the learner and the "
            "program and has no public address.",
            "narrative": "A plan of 12 pages.",
            "genre": "Plan",
        },
        {
            "id": "https://a.example/t",
            "type": "Evidence",
            "name": "Talk",
            "narrative": "Given.",
            "genre": "Talk",
        },
    ]


def test_holder_who_agreed_is_named_by_the_same_hash_as_in_the_newer_badge() -> None:
    content = replace(CONTENT, holder=ConsentedEmail.of("Ada@lead.example", "s4lt"))

    newer = credential_document(content)["credentialSubject"]["identifier"][0]
    assert hosted(content)["recipient"] == {
        "type": "email",
        "hashed": True,
        "identity": newer["identityHash"],
        "salt": "s4lt",
    }


def test_badge_class_says_what_the_achievement_says() -> None:
    achievement = credential_document(CONTENT)["credentialSubject"]["achievement"]

    assert badge_class() == {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": BADGE_CLASS,
        "@language": "en",
        "name": achievement["name"],
        "description": achievement["description"],
        "image": achievement["image"]["id"],
        "criteria": achievement["criteria"],
        "issuer": ISSUER_2,
        "version": "1.0",
        "related": [achievement["id"]],
        "tags": ["leadership", "vision"],
        "alignment": [
            {name: each[name] for name in each if name not in {"type", "targetType"}}
            | {"type": "AlignmentObject"}
            for each in achievement["alignment"]
        ],
    }


def test_newer_and_older_badge_name_each_other_as_related() -> None:
    older = RelatedAchievement(id=BADGE_CLASS, version="1.0")
    content = replace(CONTENT, achievement=replace(CONTENT.achievement, related=(older,)))

    achievement = credential_document(content)["credentialSubject"]["achievement"]
    assert achievement["related"] == [{"id": BADGE_CLASS, "type": ["Related"], "version": "1.0"}]
    assert badge_class()["related"] == [achievement["id"]]
    assert hosted(content)["related"] == [content.id]


def test_issuer_names_its_key_and_its_list() -> None:
    assert issuer() == {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": ISSUER_2,
        "name": "Ridgeline Leadership Program",
        "url": "https://lead.example/",
        "email": "badges@lead.example",
        "revocationList": LIST_2,
        "publicKey": KEY_2,
    }


def test_issuer_with_several_keys_lists_them() -> None:
    said = replace(PROFILE, description="A program.")

    document = issuer_document(said, issuer_id=ISSUER_2, key_ids=[KEY_2, f"{KEY_2}a"])

    assert document["publicKey"] == [KEY_2, f"{KEY_2}a"]
    assert document["description"] == "A program."


def test_signed_assertion_names_its_key_its_picture_and_its_end() -> None:
    ends = datetime(2030, 1, 1, tzinfo=UTC)

    document = assertion_document(
        replace(CONTENT, valid_until=ends, evidence=()),
        assertion_id=ASSERTION,
        badge_class_id=BADGE_CLASS,
        key_id=KEY_2,
        image_url=f"{ASSERTION}.png",
    )

    assert document["verification"] == {"type": "SignedBadge", "creator": KEY_2}
    assert document["image"] == f"{ASSERTION}.png"
    assert document["expires"] == "2030-01-01T00:00:00Z"


def test_key_list_and_withdrawal_are_as_2_0_has_them() -> None:
    assert key_document(key_id=KEY_2, issuer_id=ISSUER_2, public_pem="PEM") == {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": KEY_2,
        "owner": ISSUER_2,
        "publicKeyPem": "PEM",
    }
    revoked = {f"{ASSERTION}b": "By mistake.", ASSERTION: "Withdrawn."}
    assert revocation_list_document(list_id=LIST_2, issuer_id=ISSUER_2, revoked=revoked) == {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": LIST_2,
        "issuer": ISSUER_2,
        "revokedAssertions": [
            {"id": ASSERTION, "revocationReason": "Withdrawn."},
            {"id": f"{ASSERTION}b", "revocationReason": "By mistake."},
        ],
    }
    (once, again) = revocation_list_document(
        list_id=LIST_2, issuer_id=ISSUER_2, revoked={ASSERTION: "Withdrawn."}
    )["revokedAssertions"]
    assert once == again
    assert withdrawn_document(assertion_id=ASSERTION, reason="Withdrawn.") == {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": ASSERTION,
        "revoked": True,
        "revocationReason": "Withdrawn.",
    }


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"assertion_id": ISSUER}, "assertion_id"),
        ({"badge_class_id": "https://lead.example/a b"}, "badge_class_id"),
        ({"key_id": "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b"}, "key_id"),
        ({"image_url": "data:image/png,x"}, "image"),
    ],
)
def test_identifier_that_nobody_can_fetch_is_refused(changes: dict[str, Any], place: str) -> None:
    names = {"assertion_id": ASSERTION, "badge_class_id": BADGE_CLASS, **changes}

    with pytest.raises(NotSafe, match=f"^{place}: "):
        assertion_document(CONTENT, **names)


@pytest.mark.parametrize("missing", ["url", "email"])
def test_issuer_without_what_2_0_asks_for_is_refused(missing: str) -> None:
    with pytest.raises(NotSafe, match=f"^issuer.{missing}: "):
        issuer_document(replace(PROFILE, **{missing: None}), issuer_id=ISSUER_2)


def test_achievement_without_a_picture_has_no_badge_class() -> None:
    with pytest.raises(NotSafe, match=r"^image_url: "):
        badge_class_document(
            replace(CONTENT, image_url=None), badge_class_id=BADGE_CLASS, issuer_id=ISSUER_2
        )


def test_badge_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NotSafe, match=r"^valid_until: "):
        hosted(replace(CONTENT, valid_until=CONTENT.awarded))
