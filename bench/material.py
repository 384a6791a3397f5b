"""What everybody works on: one badge of about seven kilobytes, its issuer, its revocation list."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any, Final

from credentials.openbadges import (
    AchievementText,
    CheckedLists,
    CredentialContent,
    EvidenceNote,
    Fetched,
    IndicatorAlignment,
    IndicatorResult,
    IssuerProfile,
    Ports,
    SigningKey,
    StatusEntry,
    StatusList,
    TrustAnswer,
    Unreachable,
    credential_document,
    did_document,
    sign,
    status_list_document,
    verification_method,
)
from credentials.openbadges.documents.content import IndicatorScore, RubricLevel
from credentials.openbadges.multibase import base58_encode
from credentials.openbadges.status import ENTRIES

BASE: Final = "https://lead.example"
ISSUER: Final = "did:web:lead.example:lc:issuers:5f0c7a52-2a5e-4f0c-9d1f-0f3f6a1b2c3d"
LIST: Final = f"{BASE}/lc/status/0b9a"
KEY: Final = SigningKey.from_bytes(bytes(range(32)))
METHOD: Final = verification_method(ISSUER, KEY.public_multibase)
AWARDED: Final = datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC)
TODAY: Final = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

_LETTERS: Final = "abcdef"
_STATEMENT: Final = (
    "Leaders work with learners, families, educators and partners on indicator {}, "
    "so that each of them can say what changed, who decided it and what is tried next."
)


def content(number: int = 0) -> CredentialContent:
    """The badge of learner `number`: six alignments, three pieces of evidence, one scored row."""
    alignments = tuple(
        IndicatorAlignment(
            target_url=f"{BASE}/lc/uri/3f1c9a52-0000-5000-8000-00000000000{place}",
            target_code=f"3f1c9a52-0000-5000-8000-00000000000{place}",
            target_name=_STATEMENT.format(letter),
            target_framework="Leadership Competencies for Learner-Centered, Personalized Education",
        )
        for place, letter in enumerate(_LETTERS)
    )
    return CredentialContent(
        id=f"{BASE}/lc/badges/{number:08x}-aaaa-4aaa-8aaa-000000000000",
        issuer=IssuerProfile(id=ISSUER, name="Ridgeline Leadership Program", url=f"{BASE}/"),
        subject_id=f"urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-{number:012x}",
        achievement=AchievementText(
            id=f"{BASE}/lc/achievements/22",
            name="Shared Vision",
            description="Builds a vision with the whole community and keeps it alive in decisions.",
            criteria="Evidence for each indicator was scored against the rubric by reviewers.",
            version="1.0",
            tags=("leadership", "vision", "culture"),
        ),
        alignments=alignments,
        results=(
            _result("a", alignments[0]),
            _score(),
        ),
        evidence=tuple(
            EvidenceNote(
                name=f"Evidence {place}: plan",
                narrative=f"Reviewed for I.1.a, I.1.b and I.1.c; piece {place} of three.",
                genre="Plan",
            )
            for place in (1, 2, 3)
        ),
        review_statement="Two trained reviewers scored the evidence independently of each other.",
        valid_from=AWARDED,
        awarded=AWARDED,
        status=StatusEntry(list_url=LIST, index=number % ENTRIES),
        image_url=f"{BASE}/lc/achievements/22.png",
    )


def _result(letter: str, alignment: IndicatorAlignment) -> IndicatorResult:
    return IndicatorResult(
        indicator_code=f"I.1.{letter}",
        indicator_title=f"A title of a few words for indicator {letter}",
        result_description_id=f"{BASE}/lc/achievements/22#I.1.{letter}",
        alignment=alignment,
    )


def _score() -> IndicatorScore:
    scale = f"{BASE}/lc/achievements/22#I.1.a-scored"
    levels = tuple(
        RubricLevel(
            id=f"{scale}-{number}",
            number=number,
            name=f"Level {number}",
            descriptor=f"What stands in the evidence at level {number}, in one sentence.",
        )
        for number in (1, 2, 3, 4)
    )
    return IndicatorScore(
        indicator_code="I.1.a",
        indicator_title="A title of a few words for indicator a",
        result_description_id=scale,
        levels=levels,
        required=levels[2].id,
        achieved=levels[2].id,
    )


def unsigned(number: int = 0, *, status: bool = True) -> dict[str, Any]:
    """The document before it is signed."""
    document = credential_document(content(number))
    if not status:
        del document["credentialStatus"]
    return document


def signed(*, status: bool = True) -> bytes:
    """The badge as it is handed to whoever verifies."""
    return sign(unsigned(status=status), KEY, verification_method=METHOD, created=AWARDED)


def bits() -> StatusList:
    """One badge in a hundred revoked, ours not."""
    revoked = Random(7).sample(range(1, ENTRIES), ENTRIES // 100)  # noqa: S311 - no secret
    return StatusList.empty().with_revoked(revoked)


def signed_list() -> bytes:
    """The issuer's revocation list."""
    listed = status_list_document(LIST, ISSUER, bits(), AWARDED)
    return sign(listed, KEY, verification_method=METHOD, created=AWARDED)


def did() -> dict[str, Any]:
    """The issuer's published keys."""
    return did_document(ISSUER, [KEY.public_multibase])


def _nothing(url: str) -> Fetched:
    raise Unreachable(f"a benchmark fetches nothing: {url}")


def ports(status_list: bytes | None = None) -> Ports:
    """The world of a verification, all of it in memory."""
    document = did()
    return Ports(
        fetch=_nothing,
        resolve_issuer=lambda issuer: document if issuer == ISSUER else None,
        trust=lambda issuer, as_of: TrustAnswer(known=issuer == ISSUER, list_name="A list"),
        status_list=lambda url: status_list if url == LIST else None,
        resolve_alignment=lambda url, code: url == f"{BASE}/lc/uri/{code}",
        lists=CheckedLists(),
    )


def multikey() -> dict[str, str]:
    """The signing key as the peers read it; it signs nothing but this material."""
    secret = b"\x80\x26" + KEY.to_bytes()  # multicodec ed25519-priv
    return {
        "@context": "https://w3id.org/security/multikey/v1",
        "id": METHOD,
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": KEY.public_multibase,
        "secretKeyMultibase": "z" + base58_encode(secret),
    }
