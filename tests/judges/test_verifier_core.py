"""npm @digitalcredentials/verifier-core, under VerifierPlus and wallets, judges our badges.

It takes 1EdTechRevocationList for checked without reading one, and has the older of the two texts
of context-3.0.3.json, which does not know `endorsementJwt`: neither is asked of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges import (
    bake_png,
    credential_document,
    unbake_png,
    verification_method,
)
from credentials.openbadges.schemas import schema_bytes
from tests.credentials.openbadges.endorsed import (
    endorsed_by_university,
    university_did,
    with_endorsements,
)
from tests.credentials.openbadges.fuller import FULL, SCHEMA, SCORED
from tests.credentials.openbadges.issued import (
    CONTENT,
    INDEX,
    ISSUER,
    ISSUER_URL,
    LIST,
    OTHER_KEY,
    TODAY,
    own_did,
    signed,
    signed_document,
    signed_list,
    tiny_png,
)
from tests.credentials.openbadges.recorded import RECORD, record
from tests.judges import judge_core

pytestmark = [pytest.mark.judge, pytest.mark.xdist_group("verifier-core")]

Case = tuple[bytes, Mapping[str, bytes]]

PLAIN = replace(CONTENT, schema_url=SCHEMA)
BADGE = signed(PLAIN)
PUBLISHED = {
    ISSUER_URL: json.dumps(own_did()).encode(),
    "https://university.example/.well-known/did.json": json.dumps(university_did()).encode(),
    SCHEMA: schema_bytes("OpenBadgeCredential"),
    str(RECORD.schema_url): schema_bytes("ClrCredential"),
}
IN_FORCE = {**PUBLISHED, LIST: signed_list()}
ENDED = replace(PLAIN, valid_until=datetime(2026, 6, 1, tzinfo=UTC))
OTHER_METHOD = verification_method(ISSUER, OTHER_KEY.public_multibase)
ENDORSED = replace(with_endorsements(endorsed_by_university()), schema_url=SCHEMA)
ABOUT_NOBODY = {**credential_document(PLAIN), "credentialSubject": {"type": "AchievementSubject"}}

GOOD: dict[str, Case] = {
    "out of the picture": (unbake_png(bake_png(tiny_png(), BADGE)), IN_FORCE),
    "with everything a badge of ours can say": (signed(FULL), IN_FORCE),
    "scored rubric": (signed(replace(SCORED, schema_url=SCHEMA)), IN_FORCE),
    "endorsed": (signed(ENDORSED), IN_FORCE),
}
ALTERED: dict[str, Case] = {
    "name": (BADGE.replace(b"Shared Vision", b"Shared Vipion"), IN_FORCE),
    "result": (BADGE.replace(b'"Completed"', b'"Failed"'), IN_FORCE),
    "date": (BADGE.replace(b"2026-03-02", b"2026-03-03"), IN_FORCE),
    "place in the list": (BADGE.replace(b"94567", b"94568"), IN_FORCE),
    "association in the record": (record().replace(b'"isPartOf"', b'"precedes"', 1), IN_FORCE),
    "words of the endorsement": (endorsed_by_university().replace(b"three", b"seven"), IN_FORCE),
    "key of somebody else": (signed(key=OTHER_KEY, method=OTHER_METHOD), IN_FORCE),
}
OTHERS: dict[str, Case] = {
    "record": (record(), IN_FORCE),
    "endorsement": (endorsed_by_university(), IN_FORCE),
    "about nobody": (signed_document(ABOUT_NOBODY), IN_FORCE),
    "expired": (signed(ENDED), IN_FORCE),
    "revoked": (BADGE, {**PUBLISHED, LIST: signed_list(INDEX)}),
    "without its list": (BADGE, PUBLISHED),
    "with a list somebody else signed": (BADGE, {**PUBLISHED, LIST: signed_list(key=OTHER_KEY)}),
}

NOT_REACHED = {"signature": None, "expiration": None, "revocation": None, "schema": None}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, dict[str, Any]]:
    """One process for all of them: it takes longer to start than to judge."""
    return judge_core({**GOOD, **ALTERED, **OTHERS}, now=TODAY)


def _says(**differing: Any) -> dict[str, Any]:
    return {**dict.fromkeys(NOT_REACHED, True), "errors": [], **differing}


@pytest.mark.parametrize("badge", GOOD)
def test_wallet_accepts_the_badge(badge: str, verdicts: dict[str, Any]) -> None:
    assert verdicts[badge] == _says()


@pytest.mark.parametrize("badge", ALTERED)
def test_wallet_refuses_the_altered_badge(badge: str, verdicts: dict[str, Any]) -> None:
    assert verdicts[badge] == _says(**NOT_REACHED, errors=["invalid_signature"])


def test_wallet_accepts_the_record_which_has_no_list(verdicts: dict[str, Any]) -> None:
    assert verdicts["record"] == _says(revocation=None)


def test_wallet_accepts_the_endorsement_which_has_no_list(verdicts: dict[str, Any]) -> None:
    assert verdicts["endorsement"] == _says(revocation=None, schema=None)


def test_wallet_finds_by_our_schema_what_is_missing(verdicts: dict[str, Any]) -> None:
    assert verdicts["about nobody"] == _says(schema=False)


def test_wallet_reports_the_expired_badge(verdicts: dict[str, Any]) -> None:
    assert verdicts["expired"] == _says(expiration=False)


def test_wallet_reports_the_revoked_badge(verdicts: dict[str, Any]) -> None:
    assert verdicts["revoked"] == _says(revocation=False)


def test_wallet_takes_no_missing_list_for_in_force(verdicts: dict[str, Any]) -> None:
    missing = _says(revocation=None, errors=["status_list_not_found"])

    assert verdicts["without its list"] == missing


def test_wallet_does_not_believe_a_list_that_somebody_else_signed(verdicts: dict[str, Any]) -> None:
    unbelieved = _says(revocation=None, errors=["status_list_signature_error"])

    assert verdicts["with a list somebody else signed"] == unbelieved
