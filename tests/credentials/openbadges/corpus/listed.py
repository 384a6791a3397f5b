"""Badges that were withdrawn, and lists that cannot tell whether one was."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from functools import partial
from typing import Any, Final

from credentials.openbadges import (
    Ports,
    StatusList,
    credential_document,
    revocation_list_document,
    status_list_document,
)
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.corpus.entry import OPEN, Entry, entry
from tests.credentials.openbadges.corpus.material import (
    LATER,
    ada,
    as_bytes,
    signed_saying,
)
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    HOME,
    INDEX,
    ISSUER,
    LIST,
    OTHER_KEY,
    fetching,
    signed_document,
    signed_list,
)

LISTING: Final = f"{BASE}/lc/revocations/5f0c"
ELSEWHERE: Final = "https://badges.example/revocations"
NEWER: Final = f"{BASE}/lc/badges/33/newer"


def answering(listed: bytes | None) -> Ports:
    """An installation whose revocation list is this."""
    return replace(HOME, status_list=lambda url: listed)


def _lists(name: str, code: str, listed: bytes | None) -> Entry:
    """A list that cannot be relied on leaves the question open: it is never "not revoked"."""
    return entry(name, ada, ports=answering(listed), verdict=OPEN, not_revoked=f"unchecked {code}")


def _subject(**changes: Any) -> bytes:
    usual = status_list_document(LIST, ISSUER, StatusList.empty(), AWARDED)["credentialSubject"]
    return signed_list(credentialSubject={**usual, **changes})


def _packed(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits)).decode().rstrip("=")


def _unset() -> bytes:
    """The signed list in which Ada's badge is revoked, with the bit taken back afterwards."""
    document = json.loads(signed_list(INDEX))
    document["credentialSubject"]["encodedList"] = StatusList.empty().encode()
    return as_bytes(document)


def _entry(name: str, code: str, **changes: Any) -> Entry:
    """A badge that its issuer signed with another entry."""
    usual = credential_document(CONTENT)["credentialStatus"]
    made = partial(signed_saying, "credentialStatus", {**usual, **changes})
    return entry(name, made, verdict=OPEN, not_revoked=f"unchecked {code}")


def _suspension() -> bytes:
    usual = credential_document(CONTENT)["credentialStatus"]
    return signed_saying("credentialStatus", {**usual, "statusPurpose": "suspension"})


def _bits(*revoked: int) -> StatusList:
    return StatusList.empty().with_revoked(revoked)


def _suspended() -> bytes:
    return signed_document(
        status_list_document(LIST, ISSUER, _bits(INDEX), AWARDED, purpose="suspension")
    )


def listing_badge(url: str) -> bytes:
    return signed_saying("credentialStatus", {"id": url, "type": "1EdTechRevocationList"})


def plain_list(url: str, *revoked: str, issuer: str = ISSUER) -> Ports:
    """Dora's district: the issuer, and a list that is not signed, answer over the network."""
    listing = as_bytes(revocation_list_document(url, issuer, dict.fromkeys(revoked)))
    return replace(HOME, status_list=lambda url: None, fetch=fetching(**{url: listing}))


def _with_newer(**changes: Any) -> bytes:
    service = {"id": NEWER, "type": "1EdTechCredentialRefresh"}
    return signed_document({**credential_document(CONTENT), "refreshService": service, **changes})


def _newer(data: bytes, ports: Ports = HOME) -> Ports:
    return replace(ports, fetch=fetching(**{NEWER: data}))


LISTED: Final[list[Entry]] = [
    entry("revoked", ada, ports=answering(signed_list(INDEX)), not_revoked="no revoked"),
    entry("suspended", _suspension, ports=answering(_suspended()), not_revoked="no suspended"),
    entry(
        "withdrawn-by-a-list-that-is-not-signed",
        partial(listing_badge, LISTING),
        ports=plain_list(LISTING, CONTENT.id),
        not_revoked="no revoked",
    ),
    entry(
        "list-that-is-not-signed-kept-elsewhere",
        partial(listing_badge, ELSEWHERE),
        ports=plain_list(ELSEWHERE),
        verdict=OPEN,
        not_revoked="unchecked status-list-elsewhere",
    ),
    entry(
        "list-that-is-not-signed-of-another-issuer",
        partial(listing_badge, LISTING),
        ports=plain_list(LISTING, issuer="did:web:other.example"),
        verdict=OPEN,
        not_revoked="unchecked status-list-other",
    ),
    _lists("list-unreachable", "status-list-unreachable", None),
    _lists("list-is-empty", "status-list-unreadable", b""),
    _lists("list-is-a-web-page", "status-list-unreadable", b"<!DOCTYPE html><html></html>"),
    _lists("list-is-a-list", "status-list-other", b"[]"),
    _lists("list-of-another-address", "status-list-other", signed_list(id=f"{LIST}/2")),
    _lists(
        "list-signed-by-another-issuer",
        "status-list-other",
        signed_list(key=OTHER_KEY, issuer="did:web:other.example"),
    ),
    _lists("list-signed-with-another-key", "status-list-not-signed", signed_list(key=OTHER_KEY)),
    _lists("list-altered-after-signing", "status-list-not-signed", _unset()),
    _lists("list-expired", "status-list-expired", signed_list(validUntil=instant(LATER))),
    _lists("list-for-another-purpose", "bad-status-list", _subject(statusPurpose="message")),
    _lists("list-of-fewer-entries", "bad-status-list", _subject(encodedList=_packed(bytes(16)))),
    _lists("list-cut-off", "bad-status-list", _subject(encodedList=_packed(bytes(16_384))[:30])),
    _lists("list-not-packed", "bad-status-list", _subject(encodedList="uAAAA")),
    _lists("list-without-bits", "bad-status-list", _subject(encodedList=None)),
    _lists(
        "list-that-unpacks-without-end",
        "bad-status-list",
        _subject(encodedList=_packed(bytes(40_000_000))),
    ),
    _lists("list-that-is-a-badge", "bad-status-list", signed_list(type=["VerifiableCredential"])),
    _entry("status-index-beyond-the-list", "bad-status-list", statusListIndex="131072"),
    _entry("status-index-below-nothing", "status-entry", statusListIndex="-1"),
    _entry("status-index-in-words", "status-entry", statusListIndex="first"),
    _entry("status-of-an-unknown-purpose", "status-not-supported", statusPurpose="message"),
    _entry("status-of-two-bits", "status-not-supported", statusSize=2),
    # --- its issuer has a newer one --------------------------------------------------------------
    entry(
        "newer-one-expired",
        _with_newer,
        ports=_newer(_with_newer(validFrom=instant(LATER), validUntil="2026-10-01T00:00:00Z")),
        readable="yes refreshed",
        not_expired="no expired",
    ),
    entry(
        "newer-one-revoked",
        _with_newer,
        ports=_newer(_with_newer(validFrom=instant(LATER)), answering(signed_list(INDEX))),
        readable="yes refreshed",
        not_revoked="no revoked",
    ),
]
