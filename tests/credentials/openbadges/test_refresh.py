"""A badge with a refresh service: its issuer is asked once for a newer one, and never more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Fetched,
    Ports,
    Question,
    Report,
    Verdict,
    sign,
    verification_method,
    verify,
)
from credentials.openbadges.documents import credential_document
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
    OTHER_KEY,
    SUBJECT,
    TODAY,
    fetching,
    signed_document,
    signed_list,
)

SERVICE = f"{BASE}/lc/badges/33/newer"
LATER = AWARDED + timedelta(days=30)
SECOND = timedelta(seconds=1)


def _document(**changes: Any) -> dict[str, Any]:
    service = {"id": SERVICE, "type": "1EdTechCredentialRefresh"}
    return {**credential_document(CONTENT), "refreshService": service, **changes}


ON_HAND = signed_document(_document())
NEWER = signed_document(_document(validFrom=instant(LATER), name="Shared Vision, renewed"))


def _ask(data: bytes, answer: bytes | None, ports: Ports = HOME, **more: Any) -> Report:
    asked = {} if answer is None else {SERVICE: answer}
    return verify(data, ports=replace(ports, fetch=fetching(**asked)), **{"as_of": TODAY, **more})


def test_newer_badge_is_the_one_reported_on() -> None:
    report = _ask(ON_HAND, NEWER)

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.READABLE).code == "refreshed"
    assert report.finding(Question.READABLE).reason == (
        "A badge could be read from it. Its issuer has a newer one of it of 1 April 2026, which "
        "was fetched: all that follows is about the newer one."
    )
    assert report.summary is not None
    assert report.summary.name == "Shared Vision, renewed"


def test_badge_that_ran_out_is_good_when_its_newer_one_is() -> None:
    ended = signed_document(_document(validUntil=instant(LATER)))

    assert _ask(ended, None).finding(Question.NOT_EXPIRED).code == "expired"
    assert _ask(ended, NEWER).verdict is Verdict.VERIFIED


def test_newer_badge_that_was_revoked_is_not_verified() -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(INDEX))

    assert _ask(ON_HAND, NEWER, ports).finding(Question.NOT_REVOKED).code == "revoked"


def test_badge_without_refresh_service_asks_nobody() -> None:
    report = _ask(signed_document(credential_document(CONTENT)), NEWER)

    assert report.finding(Question.READABLE).code == "read"


def test_service_out_of_reach_leaves_the_badge_on_hand_and_says_so() -> None:
    report = _ask(ON_HAND, None)

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.READABLE).code == "not-refreshed"
    assert report.finding(Question.READABLE).reason == (
        "A badge could be read from it. Its issuer may have a newer one of it, which could not be "
        f"looked for, so the one on hand was judged. {SERVICE} did not answer."
    )


def _altered(data: bytes) -> bytes:
    return data.replace(b"renewed", b"removed")


def _by_other_key() -> bytes:
    method = verification_method(ISSUER, OTHER_KEY.public_multibase)
    document = _document(validFrom=instant(LATER))
    return sign(document, OTHER_KEY, verification_method=method, created=LATER)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "not-refreshed"),
        (b"<html></html>", "not-refreshed"),
        (b"[]", "not-refreshed"),
        (_altered(NEWER), "not-refreshed"),
        (_by_other_key(), "not-refreshed"),
        (signed_document(_document(id=f"{BASE}/lc/badges/34")), "not-refreshed"),
        (json.dumps(_document(validFrom=instant(LATER))).encode(), "not-refreshed"),
        (NEWER.replace(ISSUER.encode(), b"did:web:other.example"), "not-refreshed"),
        (NEWER.replace(SUBJECT.encode(), b"urn:uuid:else"), "not-refreshed"),
        (ON_HAND, "up-to-date"),
        (signed_document(_document(validFrom=instant(AWARDED - SECOND))), "up-to-date"),
        (signed_document({**_document(), "validFrom": None}), "up-to-date"),
    ],
)
def test_what_is_not_a_newer_genuine_one_leaves_the_badge_on_hand(answer: bytes, code: str) -> None:
    report = _ask(ON_HAND, answer)

    assert report.finding(Question.READABLE).code == code
    assert report.summary is not None
    assert report.summary.valid_from == AWARDED
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize("forged", [_altered(NEWER), ON_HAND.replace(b"Vision", b"vision")])
def test_forged_badge_is_never_made_good_by_its_newer_one(forged: bytes) -> None:
    report = _ask(forged, NEWER)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert report.finding(Question.READABLE).code == "read"


def test_badge_whose_issuer_is_out_of_reach_is_not_replaced() -> None:
    ports = replace(HOME, resolve_issuer=lambda issuer: None)

    report = _ask(ON_HAND, NEWER, ports)

    assert report.finding(Question.SIGNATURE).answer is Answer.UNCHECKED
    assert report.finding(Question.READABLE).code == "read"


def test_newer_badge_is_asked_for_once() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return Fetched(body=NEWER, content_type="application/json", url=url)

    verify(ON_HAND, as_of=TODAY, ports=replace(HOME, fetch=fetch))

    assert asked == [SERVICE]


@pytest.mark.parametrize(("as_of", "code"), [(LATER - SECOND, "up-to-date"), (LATER, "refreshed")])
def test_newer_badge_counts_from_its_own_beginning(as_of: Any, code: str) -> None:
    report = _ask(ON_HAND, NEWER, as_of=as_of)

    assert report.finding(Question.READABLE).code == code
    assert report.finding(Question.NOT_EXPIRED).code == "valid"


@pytest.mark.parametrize(
    "service",
    [
        None,
        "https://lead.example/newer",
        {"id": SERVICE, "type": "ManualRefreshService2018"},
        {"id": "newer", "type": "1EdTechCredentialRefresh"},
        {"type": "1EdTechCredentialRefresh"},
        [],
    ],
)
def test_other_refresh_services_are_not_asked(service: Any) -> None:
    document = {**json.loads(ON_HAND), "refreshService": service}

    report = _ask(json.dumps(document).encode(), NEWER)

    assert report.finding(Question.READABLE).code == "read"
