"""The moment asked about decides: each boundary has its last second before and its first after.

Also there: the badge's own dates (test_verify), a list's date and end (test_revocation), a newer
badge (test_refresh), an endorsement's end (test_endorsements).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from credentials.openbadges import (
    Ports,
    Question,
    Report,
    TrustAnswer,
    Verdict,
    did_document,
    sign,
    verification_method,
    verify,
)
from credentials.openbadges.documents import credential_document
from credentials.openbadges.multibase import base58_encode
from credentials.openbadges.proof import document_digest, hash_data, instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
    KEY,
    METHOD,
    OTHER_KEY,
    TODAY,
    on_list,
    signed,
    signed_list,
)

SECOND = timedelta(seconds=1)
ROTATED = datetime(2026, 7, 1, tzinfo=UTC)
BOTH = (KEY.public_multibase, OTHER_KEY.public_multibase)


def _ports(status_list: bytes | None = None, **ended: datetime) -> Ports:
    """The issuer lists its old key, perhaps with an end, and the one that followed it."""
    document = did_document(ISSUER, BOTH)
    document["verificationMethod"][0].update(
        {word: instant(moment) for word, moment in ended.items()}
    )
    listed = status_list or signed_list(key=OTHER_KEY)
    return replace(HOME, resolve_issuer=lambda issuer: document, status_list=lambda url: listed)


def _ask(data: bytes, ports: Ports, as_of: datetime) -> Report:
    return verify(data, as_of=as_of, ports=ports)


# --- keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [ROTATED - SECOND, ROTATED, TODAY])
def test_badge_of_a_retired_key_stays_verified(as_of: datetime) -> None:
    assert _ask(signed(), _ports(), as_of).verdict is Verdict.VERIFIED


def test_badge_of_the_next_key_is_verified_once_it_signs() -> None:
    method = verification_method(ISSUER, OTHER_KEY.public_multibase)

    assert _ask(signed(key=OTHER_KEY, method=method), _ports(), TODAY).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("word", ["revoked", "expires"])
@pytest.mark.parametrize(
    ("as_of", "code"), [(ROTATED - SECOND, "signed"), (ROTATED, "key-withdrawn")]
)
def test_badge_of_a_key_that_ended_counts_until_then(word: str, as_of: datetime, code: str) -> None:
    report = _ask(signed(), _ports(**{word: ROTATED}), as_of)

    assert report.finding(Question.SIGNATURE).code == code


@pytest.mark.parametrize(
    ("as_of", "code"), [(ROTATED - SECOND, "not-revoked"), (ROTATED, "status-list-not-signed")]
)
def test_list_of_a_key_that_ended_counts_until_then(as_of: datetime, code: str) -> None:
    ports = _ports(signed_list(), revoked=ROTATED)

    assert _ask(signed(), ports, as_of).finding(Question.NOT_REVOKED).code == code


@pytest.mark.parametrize(
    ("created", "code"), [(ROTATED - SECOND, "signed"), (ROTATED, "key-withdrawn")]
)
def test_key_that_had_ended_when_it_signed_never_counts(created: datetime, code: str) -> None:
    document = credential_document(CONTENT)
    data = sign(document, KEY, verification_method=METHOD, created=created)
    report = _ask(data, _ports(revoked=ROTATED), ROTATED - SECOND)

    assert report.finding(Question.SIGNATURE).code == code


# --- the signature's own end --------------------------------------------------------------------


def _signed_until(expires: datetime) -> bytes:
    document = credential_document(CONTENT)
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": instant(AWARDED),
        "expires": instant(expires),
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(document_digest(document), options, document["@context"])
    proof = {**options, "proofValue": "z" + base58_encode(KEY.sign(data))}
    return json.dumps({**document, "proof": proof}).encode()


@pytest.mark.parametrize(
    ("as_of", "code"), [(ROTATED, "signed"), (ROTATED + SECOND, "proof-expired")]
)
def test_signature_counts_until_its_own_end(as_of: datetime, code: str) -> None:
    report = _ask(_signed_until(ROTATED), _ports(), as_of)

    assert report.finding(Question.SIGNATURE).code == code


# --- revocation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "told"), [(ROTATED - SECOND, True), (ROTATED, False), (TODAY, False)]
)
def test_badge_revoked_since_is_revoked_for_every_day(as_of: datetime, told: bool) -> None:
    """A list says how things stand, not since when: before its own date it says so."""
    ports = _ports(signed_list(INDEX, validFrom=instant(ROTATED)))

    finding = _ask(signed(), ports, as_of).finding(Question.NOT_REVOKED)

    assert finding.code == "revoked"
    assert ("no history" in finding.reason) is told


# --- trust --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("as_of", "code"), [(ROTATED - SECOND, "not-on-list"), (ROTATED, "known")])
def test_issuer_is_known_from_the_moment_that_a_list_has_it(as_of: datetime, code: str) -> None:
    def trust(issuer: str, moment: datetime) -> TrustAnswer:
        return replace(on_list(issuer, moment), known=moment >= ROTATED)

    report = _ask(signed(), replace(_ports(), trust=trust), as_of)

    assert report.finding(Question.ISSUER_KNOWN).code == code
