"""What a badge of ours says, to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges.documents import (
    NOT_A_LICENCE,
    CredentialContent,
    EvidenceNote,
    credential_document,
)
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.jsonld import ENGINE
from credentials.openbadges.shape import faults
from tests.credentials.openbadges.issued import AWARDED, BASE, CONTENT, INDEX, ISSUER, LIST, result


def test_badge_says_what_it_was_given_and_no_more() -> None:
    only_a = replace(
        CONTENT,
        alignments=CONTENT.alignments[:1],
        results=(result("a"), result("b", met=False)),
        evidence=CONTENT.evidence[:1],
    )

    aligned = {
        "type": ["Alignment"],
        "targetCode": "1111-a",
        "targetFramework": "Leadership Competencies for Learner-Centered, Personalized Education",
        "targetName": "Statement a: leads with learners’ agency — “every day”.",
        "targetType": "CFItem",
        "targetUrl": f"{BASE}/lc/uri/1111-a",
    }
    assert credential_document(only_a) == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        "id": f"{BASE}/lc/badges/33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Shared Vision",
        "issuer": {
            "id": ISSUER,
            "type": ["Profile"],
            "name": "Ridgeline Leadership Program",
            "url": f"{BASE}/",
        },
        "validFrom": "2026-03-02T15:04:05Z",
        "awardedDate": "2026-03-02T15:04:05Z",
        "credentialSubject": {
            "id": "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b",
            "type": ["AchievementSubject"],
            "narrative": "Two trained reviewers decided. "
            "This is not a licence or certification to practise.",
            "achievement": {
                "id": f"{BASE}/lc/achievements/22/1.0",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Shared Vision",
                "description": "Builds a vision with the community and keeps it alive.",
                "criteria": {
                    "narrative": "Evidence for each indicator was scored by trained reviewers."
                    "\n\n- vision\n- plan"
                },
                "version": "1.0",
                "inLanguage": "en",
                "image": {"id": f"{BASE}/lc/achievements/22/1.0.png", "type": "Image"},
                "tag": ["leadership", "vision"],
                "alignment": [aligned],
                "resultDescription": [
                    {
                        "id": f"{BASE}/lc/achievements/22/1.0#I.1.a",
                        "type": ["ResultDescription"],
                        "name": "I.1.a Title a",
                        "resultType": "Status",
                        "alignment": [aligned],
                    }
                ],
            },
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{BASE}/lc/achievements/22/1.0#I.1.a",
                    "status": "Completed",
                }
            ],
        },
        "evidence": [
            {
                "type": ["Evidence"],
                "name": "Vision protocol",
                "description": "Described only: this evidence is private to the learner and the "
                "program and has no public address.",
                "narrative": "A plan of 12 pages.",
                "genre": "Plan",
            }
        ],
        "credentialStatus": {
            "id": f"{LIST}#{INDEX}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(INDEX),
            "statusListCredential": LIST,
        },
    }


def test_badge_is_well_formed_and_wholly_covered_by_a_signature() -> None:
    document = credential_document(CONTENT)

    assert faults({**document, "proof": {}}) == []
    assert ENGINE.canonical_form(document) == ENGINE.general_form(document)


def test_sentence_about_licences_stands_once() -> None:
    told = replace(CONTENT, review_statement=f"Two decided. {NOT_A_LICENCE}")

    narrative = credential_document(told)["credentialSubject"]["narrative"]

    assert narrative == f"Two decided. {NOT_A_LICENCE}"


def test_badge_with_an_end_says_until_when() -> None:
    ends = replace(CONTENT, valid_until=datetime(2031, 3, 2, tzinfo=UTC))

    assert credential_document(ends)["validUntil"] == "2031-03-02T00:00:00Z"


def test_same_content_gives_the_same_document() -> None:
    assert credential_document(CONTENT) == credential_document(CONTENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "/lc/badges/33"},
        {"id": "badges/33"},
        {"id": f"{BASE}/lc/badges/33 "},
        {"id": f"{BASE}/<script>"},
        {"subject_id": "Ada"},
        {"image_url": "1.0.png"},
        {"review_statement": "  "},
        {"review_statement": "Two\x07reviewers"},
        {"valid_from": datetime(2026, 3, 2)},
        {"valid_until": AWARDED},
        {"issuer": replace(CONTENT.issuer, id="did:web:a b")},
        {"issuer": replace(CONTENT.issuer, url="lead.example")},
        {"achievement": replace(CONTENT.achievement, criteria="")},
        {"alignments": (replace(CONTENT.alignments[0], target_url="uri/1111"),)},
        {"results": (replace(CONTENT.results[0], result_description_id="#I.1.a"),)},
        {"evidence": (EvidenceNote(name="\ud800", narrative="x", genre="x"),)},
        {"status": replace(CONTENT.status, index=-1)},
    ],
)
def test_unsafe_content_is_refused(changes: dict[str, Any]) -> None:
    content: CredentialContent = replace(CONTENT, **changes)

    with pytest.raises(NotSafe):
        credential_document(content)
