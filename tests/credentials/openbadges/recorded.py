"""Ada's record: the badge of a stack and the two badges that it is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from credentials.openbadges import Association, CredentialContent, RecordContent, clr_document, sign
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    KEY,
    METHOD,
    signed,
)


def badge_of(number: int) -> CredentialContent:
    """Another badge of Ada's, for another achievement."""
    return replace(
        CONTENT,
        id=f"{BASE}/lc/badges/{number}",
        subject_id=f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        achievement=replace(CONTENT.achievement, id=achievement(number), name=f"Badge {number}"),
        results=(),
    )


def achievement(number: int) -> str:
    """What that badge is awarded for."""
    return f"{BASE}/lc/achievements/{number}"


SUBJECT = "urn:uuid:11111111-2222-4333-8444-555555555555"
RECORD = RecordContent(
    id="urn:uuid:99999999-2222-4333-8444-555555555555",
    name="Badges of one learner",
    issuer=CONTENT.issuer,
    subject_id=SUBJECT,
    badges=tuple(signed(badge_of(number)) for number in (1, 2, 3)),
    associations=(
        Association(kind="isPartOf", source=achievement(1), target=achievement(3)),
        Association(kind="isPartOf", source=achievement(2), target=achievement(3)),
    ),
    partial=True,
    valid_from=AWARDED,
    schema_url=f"{BASE}/lc/schemas/ClrCredential",
)


def record(content: RecordContent = RECORD, **changes: Any) -> bytes:
    """The exact bytes of a signed record; `changes` are members set before it is signed."""
    document = {**clr_document(content), **changes}
    return sign(document, KEY, verification_method=METHOD, created=AWARDED)
