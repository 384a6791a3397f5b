"""Ada's badge, made and signed as the product does it, and the world Dora verifies it in."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from credentials.openbadges import (
    AchievementText,
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

BASE = "https://lead.example"
ISSUER = "did:web:lead.example:lc:issuers:5f0c7a52-2a5e-4f0c-9d1f-0f3f6a1b2c3d"
ISSUER_URL = f"{BASE}/lc/issuers/5f0c7a52-2a5e-4f0c-9d1f-0f3f6a1b2c3d/did.json"
LIST = f"{BASE}/lc/status/0b9a"
SUBJECT = "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b"
INDEX = 94_567

KEY = SigningKey.from_bytes(bytes(range(32)))
OTHER_KEY = SigningKey.from_bytes(bytes(range(1, 33)))
METHOD = verification_method(ISSUER, KEY.public_multibase)

AWARDED = datetime(2026, 3, 2, 15, 4, 5, tzinfo=UTC)
TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def alignment(letter: str) -> IndicatorAlignment:
    """The official statement of one indicator."""
    return IndicatorAlignment(
        target_url=f"{BASE}/lc/uri/1111-{letter}",
        target_code=f"1111-{letter}",
        target_name=f"Statement {letter}: leads with learners’ agency — “every day”.",
        target_framework="Leadership Competencies for Learner-Centered, Personalized Education",
    )


def result(letter: str, met: bool = True) -> IndicatorResult:
    """The judgement on one indicator."""
    return IndicatorResult(
        indicator_code=f"I.1.{letter}",
        indicator_title=f"Title {letter}",
        result_description_id=f"{BASE}/lc/achievements/22/1.0#I.1.{letter}",
        met=met,
        alignment=alignment(letter),
    )


CONTENT = CredentialContent(
    id=f"{BASE}/lc/badges/33",
    issuer=IssuerProfile(id=ISSUER, name="Ridgeline Leadership Program", url=f"{BASE}/"),
    subject_id=SUBJECT,
    achievement=AchievementText(
        id=f"{BASE}/lc/achievements/22/1.0",
        name="Shared Vision",
        description="Builds a vision with the community and keeps it alive.",
        criteria="Evidence for each indicator was scored by trained reviewers.\n\n- vision\n- plan",
        version="1.0",
        tags=("leadership", "vision"),
    ),
    alignments=(alignment("a"), alignment("b")),
    results=(result("a"), result("b")),
    evidence=(
        EvidenceNote(name="Vision protocol", narrative="A plan of 12 pages.", genre="Plan"),
        EvidenceNote(name="Town hall", narrative='Minutes; "all" spoke.', genre="Meeting"),
    ),
    review_statement="Two trained reviewers decided.",
    valid_from=AWARDED,
    awarded=AWARDED,
    status=StatusEntry(list_url=LIST, index=INDEX),
    image_url=f"{BASE}/lc/achievements/22/1.0.png",
)


def signed(
    content: CredentialContent = CONTENT, key: SigningKey = KEY, method: str = METHOD
) -> bytes:
    """The exact bytes of a badge."""
    return sign(credential_document(content), key, verification_method=method, created=AWARDED)


def signed_document(document: dict[str, Any]) -> bytes:
    """Any document, signed with the issuer's key."""
    return sign(document, KEY, verification_method=METHOD, created=AWARDED)


def signed_list(
    *revoked: int, key: SigningKey = KEY, issuer: str = ISSUER, **changes: Any
) -> bytes:
    """The issuer's signed revocation list."""
    bits = StatusList.empty().with_revoked(revoked)
    document = {**status_list_document(LIST, issuer, bits, AWARDED), **changes}
    method = verification_method(issuer, key.public_multibase)
    return sign(document, key, verification_method=method, created=AWARDED)


def own_did() -> dict[str, Any]:
    """What this installation's database answers about the issuer."""
    return did_document(ISSUER, [KEY.public_multibase])


def on_list(issuer: str, as_of: datetime) -> TrustAnswer:
    """The state's list has the issuer and nobody else."""
    del as_of
    return TrustAnswer(
        known=issuer == ISSUER,
        list_name="State list of programs",
        list_date=date(2026, 9, 1),
        legal_name="Ridgeline Unified School District",
    )


def no_network(url: str) -> Fetched:
    """The outside world is away."""
    raise Unreachable(f"{url} did not answer.")


def fetching(**answers: bytes) -> Callable[[str], Fetched]:
    """A network on which these addresses answer (`did` and `status` stand for the real ones)."""
    by_url = {
        {"did": ISSUER_URL, "status": LIST}.get(name, name): answers[name] for name in answers
    }

    def fetch(url: str) -> Fetched:
        if url not in by_url:
            raise Unreachable(f"{url} did not answer.")
        return Fetched(body=by_url[url], content_type="application/json", url=url)

    return fetch


#: The installation that issued the badge: everything is answered from its own database.
HOME = Ports(
    fetch=no_network,
    resolve_issuer=lambda issuer: own_did() if issuer == ISSUER else None,
    trust=on_list,
    status_list=lambda url: signed_list() if url == LIST else None,
    resolve_alignment=lambda url, code: url == f"{BASE}/lc/uri/{code}",
)

#: Dora's district: nothing of its own, no network.
AWAY = replace(
    HOME,
    resolve_issuer=lambda issuer: None,
    status_list=lambda url: None,
    resolve_alignment=lambda url, code: None,
)


def tiny_png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0\x10\x20\x30\xff")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
