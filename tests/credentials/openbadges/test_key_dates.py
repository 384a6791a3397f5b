"""Keys come and go: what an issuer's document says of a key, judged at the moment asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Ports,
    Question,
    Verdict,
    credential_document,
    did_document,
    sign,
    verification_method,
    verify,
)
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    HOME,
    ISSUER,
    KEY,
    OTHER_KEY,
    TODAY,
    signed,
    signed_list,
)
from tests.credentials.openbadges.other_proofs import OTHER_HOME, SMALL, as_bytes, with_ed25519
from tests.credentials.openbadges.tokens import ES256, TOKENS

SECOND = timedelta(seconds=1)
ENDED = datetime(2026, 6, 1, tzinfo=UTC)


def _issuer(document: dict[str, Any]) -> Ports:
    return replace(HOME, resolve_issuer=lambda issuer: document)


def _signature(data: bytes, ports: Ports, as_of: datetime) -> tuple[Answer, str]:
    found = verify(data, as_of=as_of, ports=ports).finding(Question.SIGNATURE)
    return found.answer, found.code


GOOD = (Answer.YES, "signed")
WITHDRAWN = (Answer.NO, "key-withdrawn")


@pytest.mark.parametrize("word", ["revoked", "expires"])
@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(ENDED - SECOND, GOOD), (ENDED, WITHDRAWN), (TODAY, WITHDRAWN)],
)
def test_key_counts_until_the_moment_at_which_it_ended(
    word: str, as_of: datetime, expected: tuple[Answer, str]
) -> None:
    document = did_document(ISSUER, [KEY.public_multibase])
    document["verificationMethod"][0][word] = instant(ENDED)

    assert _signature(signed(), _issuer(document), as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(ENDED - SECOND, GOOD), (ENDED, WITHDRAWN)],
)
def test_key_for_tokens_counts_until_the_moment_at_which_it_ended(
    as_of: datetime, expected: tuple[Answer, str]
) -> None:
    revoked = {ES256.public.thumbprint: instant(ENDED)}
    document = did_document(ISSUER, [], [ES256.public_jwk], revoked)

    assert _signature(TOKENS["ES256"], _issuer(document), as_of) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [(ENDED - SECOND, GOOD), (ENDED, WITHDRAWN), (ENDED + SECOND, WITHDRAWN)],
)
def test_signature_made_after_its_key_was_revoked_never_counted(
    made: datetime, expected: tuple[Answer, str]
) -> None:
    revoked = {KEY.public_multibase: instant(ENDED)}
    document = did_document(ISSUER, [KEY.public_multibase], (), revoked)
    method = verification_method(ISSUER, KEY.public_multibase)
    badge = sign(credential_document(CONTENT), KEY, verification_method=method, created=made)

    assert _signature(badge, _issuer(document), ENDED - SECOND) == expected


def test_badge_signed_before_a_rotation_keeps_verifying() -> None:
    rotated = did_document(ISSUER, [OTHER_KEY.public_multibase, KEY.public_multibase])
    ports = replace(_issuer(rotated), status_list=lambda url: signed_list(key=OTHER_KEY))

    assert verify(signed(), as_of=TODAY, ports=ports).verdict is Verdict.VERIFIED


def test_badge_signed_after_a_rotation_verifies_with_the_key_that_was_next() -> None:
    rotated = did_document(ISSUER, [KEY.public_multibase, OTHER_KEY.public_multibase])
    method = verification_method(ISSUER, OTHER_KEY.public_multibase)

    assert _signature(signed(key=OTHER_KEY, method=method), _issuer(rotated), TODAY) == GOOD


def test_badge_whose_key_was_taken_off_the_list_is_not_signed() -> None:
    document = did_document(ISSUER, [OTHER_KEY.public_multibase])

    assert _signature(signed(), _issuer(document), TODAY) == (Answer.NO, "key-not-listed")


def test_key_that_was_revoked_is_told_as_such() -> None:
    revoked = {KEY.public_multibase: instant(ENDED)}
    document = did_document(ISSUER, [KEY.public_multibase], (), revoked)

    report = verify(signed(), as_of=TODAY, ports=_issuer(document))

    assert report.finding(Question.SIGNATURE).reason == (
        "Its signature does not count: the issuer has withdrawn the key it was signed with."
    )


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (ENDED - SECOND, GOOD),
        (ENDED, GOOD),
        (ENDED + SECOND, (Answer.NO, "proof-expired")),
    ],
)
def test_signature_with_an_end_of_its_own(as_of: datetime, expected: tuple[Answer, str]) -> None:
    badge = with_ed25519(SMALL, cryptosuite="eddsa-rdfc-2022", expires=instant(ENDED))

    assert _signature(as_bytes(badge), OTHER_HOME, as_of) == expected


def test_signature_is_asked_about_the_moment_and_not_the_day_it_was_made() -> None:
    assert _signature(signed(), HOME, AWARDED) == GOOD
    assert _signature(signed(), HOME, TODAY) == GOOD
