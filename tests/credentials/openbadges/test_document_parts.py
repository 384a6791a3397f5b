"""What a badge may say beyond the least: versions, credits, levels, a holder who agreed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from credentials.openbadges import (
    ConsentedEmail,
    CredentialContent,
    IndicatorScore,
    RelatedAchievement,
    Verdict,
    credential_document,
    verify,
)
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.jsonld import ENGINE
from credentials.openbadges.shape import faults
from tests.credentials.openbadges.fuller import ACHIEVEMENT, FULL, SCHEMA, SCORED, scale, score
from tests.credentials.openbadges.issued import BASE, CONTENT, HOME, TODAY, alignment, signed


@pytest.mark.parametrize("content", [FULL, SCORED], ids=["full", "scored"])
def test_document_is_well_formed_and_wholly_covered(content: CredentialContent) -> None:
    document = credential_document(content)

    assert faults(document) == []
    assert ENGINE.canonical_form(document) == ENGINE.general_form(document)
    assert verify(signed(content), as_of=TODAY, ports=HOME).verdict is Verdict.VERIFIED


def test_achievement_names_its_versions_and_its_credits() -> None:
    achievement = credential_document(FULL)["credentialSubject"]["achievement"]

    assert achievement["version"] == "2.0"
    assert achievement["creditsAvailable"] == 1.5
    assert achievement["related"] == [
        {"id": f"{ACHIEVEMENT}#version-1.0", "type": ["Related"], "version": "1.0"},
        {"id": f"{BASE}/lc/ob2/badges/22", "type": ["Related"]},
        {"id": f"{ACHIEVEMENT}#es", "type": ["Related"], "inLanguage": "es"},
    ]


def test_who_assessed_stands_apart_from_who_issues() -> None:
    document = credential_document(FULL)

    assert document["issuer"]["name"] == "Ridgeline Leadership Program"
    assert document["credentialSubject"]["source"] == {
        "id": f"{BASE}/lc/programs/1",
        "type": ["Profile"],
        "name": "Ridgeline School",
    }


def test_schema_is_named_with_the_type_that_extensions_define() -> None:
    assert credential_document(FULL)["credentialSchema"] == [
        {"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}
    ]


def test_evidence_is_recognised_by_its_digest_and_has_no_address() -> None:
    (evidence,) = credential_document(FULL)["evidence"]

    assert evidence == {
        "type": ["Evidence"],
        "name": "Evidence 1: plan",
        "description": "Described only: this evidence is private to the learner and the program "
        "and has no public address.",
        "narrative": "12 pages.",
        "genre": "Plan",
        "digestSRI": "sha256-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=",
    }


def test_address_of_a_holder_who_agreed_is_salted_and_hashed() -> None:
    hashed = sha256(b"ada@lead.example9f3c").hexdigest()

    assert credential_document(FULL)["credentialSubject"]["identifier"] == [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${hashed}",
            "identityType": "emailAddress",
            "salt": "9f3c",
        }
    ]
    assert "identifier" not in credential_document(CONTENT)["credentialSubject"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("ada@lead.example", "yes"), ("Ada@Lead.Example", "yes"), ("cem@lead.example", "no")],
)
def test_holder_is_found_by_the_address_however_it_is_spelt(asked: str, answer: str) -> None:
    report = verify(signed(FULL), as_of=TODAY, ports=HOME, recipient=asked)

    assert {str(f.question): str(f.answer) for f in report.findings}["recipient"] == answer


def test_scores_name_the_whole_scale_and_the_level_reached() -> None:
    subject = credential_document(SCORED)["credentialSubject"]
    description = subject["achievement"]["resultDescription"][1]
    levels = description.pop("rubricCriterionLevel")

    assert description == {
        "id": f"{ACHIEVEMENT}#I.1.b-rubric",
        "type": ["ResultDescription"],
        "name": "I.1.b Title b",
        "resultType": "RubricCriterionLevel",
        "alignment": credential_document(CONTENT)["credentialSubject"]["achievement"]["alignment"][
            1:
        ],
        "requiredLevel": f"{ACHIEVEMENT}#I.1.b-level-3",
    }
    assert [level["level"] for level in levels] == ["1", "2", "3", "4"]
    assert levels[0] == {
        "id": f"{ACHIEVEMENT}#I.1.b-level-1",
        "type": ["RubricCriterionLevel"],
        "name": "Not yet",
        "level": "1",
        "points": "1",
        "description": "Not yet: what is seen at b.",
        "alignment": [
            {
                "type": ["Alignment"],
                "targetCode": "9999-b1",
                "targetFramework": "Leadership Competencies",
                "targetName": "Not yet",
                "targetType": "CFRubricCriterionLevel",
                "targetUrl": f"{BASE}/lc/uri/9999-b1",
            }
        ],
    }
    assert subject["result"][1] == {
        "type": ["Result"],
        "resultDescription": f"{ACHIEVEMENT}#I.1.b-rubric",
        "achievedLevel": f"{ACHIEVEMENT}#I.1.b-level-4",
    }


@pytest.mark.parametrize("content", [CONTENT, FULL], ids=["plain", "full"])
def test_badge_itself_says_no_level(content: CredentialContent) -> None:
    written = signed(content).decode()

    assert [word for word in ("rubricCriterionLevel", "achievedLevel") if word in written] == []


def _credits(value: float) -> CredentialContent:
    return replace(CONTENT, achievement=replace(CONTENT.achievement, credits=value))


@pytest.mark.parametrize(("given", "written"), [(3.0, 3), (2, 2), (0.5, 0.5), (0, 0)])
def test_credits_are_written_as_every_tool_reads_them(given: float, written: float) -> None:
    achievement = credential_document(_credits(given))["credentialSubject"]["achievement"]

    assert repr(achievement["creditsAvailable"]) == repr(written)


@pytest.mark.parametrize(
    "value", [1e-7, 0.1234567890123456, float("nan"), float("inf"), 2.0**53, -1.0, 2**53]
)
def test_credits_that_tools_write_differently_are_refused(value: float) -> None:
    with pytest.raises(NotSafe, match=r"achievement\.credits"):
        credential_document(_credits(value))


def _related(other: RelatedAchievement) -> CredentialContent:
    return replace(CONTENT, achievement=replace(CONTENT.achievement, related=(other,)))


def _scored(**changes: Any) -> CredentialContent:
    changed: IndicatorScore = replace(score("a"), **changes)
    return replace(CONTENT, results=(changed,))


@pytest.mark.parametrize(
    "content",
    [
        _related(RelatedAchievement(id=ACHIEVEMENT, version="1.0")),
        _related(RelatedAchievement(id="version-1.0")),
        _related(RelatedAchievement(id=f"{ACHIEVEMENT}#x", version=" ")),
        _scored(achieved=f"{ACHIEVEMENT}#elsewhere"),
        _scored(required=f"{ACHIEVEMENT}#elsewhere"),
        _scored(levels=tuple(reversed(scale("a")))),
        _scored(levels=(scale("a")[2], scale("a")[2])),
        _scored(levels=()),
        replace(CONTENT, evidence=(replace(FULL.evidence[0], digest="AB" * 32),)),
        replace(CONTENT, evidence=(replace(FULL.evidence[0], url="/lc/badges/33"),)),
        replace(CONTENT, holder=ConsentedEmail(identity_hash="ada@lead.example", salt="9f3c")),
        replace(CONTENT, holder=ConsentedEmail.of("ada@lead.example", "")),
        replace(CONTENT, schema_url="lc/schemas/OpenBadgeCredential"),
        replace(CONTENT, alignments=(replace(alignment("a"), target_type=""),)),
    ],
)
def test_what_cannot_be_signed_for_sure_is_refused(content: CredentialContent) -> None:
    with pytest.raises(NotSafe):
        credential_document(content)
