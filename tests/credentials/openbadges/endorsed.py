"""The state university endorses Shared Vision: its keys, its endorsement, the badge around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from credentials.openbadges import (
    CredentialContent,
    EndorsementContent,
    IssuerProfile,
    Ports,
    SigningKey,
    TrustAnswer,
    did_document,
    endorsement_document,
    sign,
    verification_method,
)
from tests.credentials.openbadges.issued import AWARDED, CONTENT, HOME, ISSUER, on_list, own_did

UNIVERSITY = "did:web:university.example"
UNIVERSITY_KEY = SigningKey.from_bytes(bytes(range(2, 34)))

ENDORSEMENT = EndorsementContent(
    id="https://university.example/endorsements/7",
    name="Endorsement of Shared Vision",
    issuer=IssuerProfile(id=UNIVERSITY, name="State University", url="https://university.example/"),
    endorsed_id=CONTENT.achievement.id,
    comment="We accept this achievement for **three** hours of practice.",
    valid_from=AWARDED,
)


def endorsed_by_university(
    content: EndorsementContent = ENDORSEMENT,
    key: SigningKey = UNIVERSITY_KEY,
    signer: str = UNIVERSITY,
    **changes: Any,
) -> bytes:
    """The signed endorsement."""
    return sign(
        {**endorsement_document(content), **changes},
        key,
        verification_method=verification_method(signer, key.public_multibase),
        created=AWARDED,
    )


def with_endorsements(*endorsements: bytes) -> CredentialContent:
    """What Ada's badge says, with endorsements of its achievement."""
    return replace(CONTENT, achievement=replace(CONTENT.achievement, endorsements=endorsements))


def university_did() -> dict[str, Any]:
    """The university's document."""
    return did_document(UNIVERSITY, [UNIVERSITY_KEY.public_multibase])


def with_university_on_list(issuer: str, as_of: datetime) -> TrustAnswer:
    """The state's list has the university too."""
    answer = on_list(issuer, as_of)
    if issuer == UNIVERSITY:
        return replace(answer, known=True, legal_name="The State University of Example")
    return answer


def both_at_home(**more: Any) -> Ports:
    """An installation that knows the issuer and the university."""
    documents = {ISSUER: own_did(), UNIVERSITY: university_did()}
    return replace(HOME, resolve_issuer=documents.get, **more)
