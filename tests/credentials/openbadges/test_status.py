"""Revocation lists: bits, packing, bounds."""

from __future__ import annotations

import gzip

import pytest

from credentials.openbadges.errors import BadStatusList
from credentials.openbadges.multibase import base64url_encode
from credentials.openbadges.status import ENTRIES, MAX_ENTRIES, StatusList, status_list_document
from tests.credentials.openbadges.issued import AWARDED, ISSUER, LIST


def test_empty_list_revokes_nobody() -> None:
    empty = StatusList.empty()

    assert len(empty) == 131_072
    assert not any(empty.bits)


def test_revoking_sets_one_bit_from_the_left() -> None:
    revoked = StatusList.empty().with_revoked([0, 9])

    assert revoked.bits[:2] == b"\x80\x40"
    assert [index for index in range(20) if revoked.is_revoked(index)] == [0, 9]


def test_revoking_twice_changes_nothing_and_leaves_the_first_list_alone() -> None:
    first = StatusList.empty()
    once = first.with_revoked([5])

    assert once.with_revoked([5]) == once
    assert first == StatusList.empty()


@pytest.mark.parametrize("index", [-1, ENTRIES])
def test_index_outside_is_refused(index: int) -> None:
    with pytest.raises(BadStatusList):
        StatusList.empty().with_revoked([index])


def test_list_goes_both_ways_and_always_the_same() -> None:
    revoked = StatusList.empty().with_revoked(range(0, ENTRIES, 97))

    assert StatusList.decode(revoked.encode()) == revoked
    assert revoked.encode() == revoked.encode()


def test_list_packed_by_anybody_is_read() -> None:
    packed = "u" + base64url_encode(gzip.compress(bytes(ENTRIES // 8)))[1:]

    assert StatusList.decode(packed) == StatusList.empty()


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "zabc",
        "u=",
        base64url_encode(b"not gzip"),
        base64url_encode(gzip.compress(bytes(ENTRIES // 8 - 1), mtime=0)),
        base64url_encode(gzip.compress(bytes(ENTRIES // 8), mtime=0)[:-4]),
        base64url_encode(gzip.compress(bytes(MAX_ENTRIES // 8 + 1), mtime=0)),
    ],
)
def test_what_is_no_list_is_refused(encoded: str) -> None:
    with pytest.raises(BadStatusList):
        StatusList.decode(encoded)


def test_list_document_is_what_the_standard_asks_for() -> None:
    empty = StatusList.empty()

    assert status_list_document(LIST, ISSUER, empty, AWARDED) == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-03-02T15:04:05Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": empty.encode(),
        },
    }
