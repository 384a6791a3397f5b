"""A bundle is read back as it was written, or refused: nothing between."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from credentials.openbadges.bundle import Kind
from credentials.openbadges.bundle_file import MAX_BYTES, read_bundle, write_bundle
from credentials.openbadges.errors import BadBundle
from credentials.openbadges.multibase import base58_encode
from tests.credentials.openbadges.bundles import MADE, MEMBERS, bundle, written
from tests.credentials.openbadges.issued import ISSUER, KEY, LIST, OTHER_KEY


def changed(**changes: Any) -> bytes:
    """The file with these parts of its manifest changed after it was signed."""
    found = json.loads(written())
    found["manifest"].update(changes)
    return json.dumps(found).encode()


def test_what_was_written_is_read() -> None:
    read = read_bundle(written())

    assert {one.kind: one for one in read.members} == MEMBERS
    assert (read.made, read.maker, read.key) == (MADE, ISSUER, KEY.public_multibase)
    assert (read.missing, read.contexts) == (bundle().missing, bundle().contexts)


def test_same_knowledge_gives_the_same_bytes_in_any_order() -> None:
    turned = replace(bundle(), members=tuple(reversed(bundle().members)))

    assert written(turned) == written()


def test_bundle_signed_by_somebody_else_names_the_other_key() -> None:
    assert read_bundle(write_bundle(bundle(), OTHER_KEY)).key == OTHER_KEY.public_multibase


@pytest.mark.parametrize("kind", MEMBERS)
def test_one_changed_letter_of_any_member_is_noticed(kind: Kind) -> None:
    found = json.loads(written())
    digest = MEMBERS[kind].digest
    found["bodies"][digest] = found["bodies"][digest] + " "

    with pytest.raises(BadBundle, match="not as its maker signed it"):
        read_bundle(json.dumps(found).encode())


def test_member_replaced_together_with_its_digest_is_noticed() -> None:
    other = replace(MEMBERS[Kind.STATUS_LIST], body=b"{}")
    found = json.loads(write_bundle(bundle(other), OTHER_KEY))
    found["manifest"]["key"] = KEY.public_multibase
    found["signature"] = json.loads(written())["signature"]

    with pytest.raises(BadBundle, match="at least one thing in it was changed"):
        read_bundle(json.dumps(found).encode())


@pytest.mark.parametrize(
    "changes",
    [
        {"made": "2026-11-22T08:00:00Z"},
        {"maker": "did:web:stranger.example"},
        {"key": OTHER_KEY.public_multibase},
        {"members": []},
        {"missing": []},
        {"contexts": {}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_anything_changed_in_the_manifest_is_noticed(changes: dict[str, Any]) -> None:
    with pytest.raises(BadBundle, match="at least one thing in it was changed"):
        read_bundle(changed(**changes))


def test_body_that_nothing_names_is_refused() -> None:
    found = json.loads(written())
    found["bodies"]["44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"] = "{}"

    with pytest.raises(BadBundle, match="does not name"):
        read_bundle(json.dumps(found).encode())


def test_body_that_is_left_out_is_noticed() -> None:
    found = json.loads(written())
    del found["bodies"][MEMBERS[Kind.STATUS_LIST].digest]

    with pytest.raises(BadBundle, match="lacks something"):
        read_bundle(json.dumps(found).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b"PK\x03\x04",
        b'{"a":' * 200_000,
        b"[" + b"0," * 400_000 + b"0]",
        b'{"manifest": {}, "manifest": {}}',
        b'{"manifest": {}, "signature": "z", "bodies": {}}',
        b'{"manifest": null, "signature": 1, "bodies": []}',
        b" " * (MAX_BYTES + 1),
        changed(format="another"),
        changed(key=5),
        changed(key="z6Mk" + "1" * 5_000),
    ],
    ids=range(14),
)
def test_file_that_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(BadBundle):
        read_bundle(data)


@pytest.mark.parametrize(
    "part",
    [
        {"kind": "recipe"},
        {"name": 5},
        {"as_of": "June"},
        {"sha256": "0"},
        {"more": ""},
        {"name": "x" * 5_000},
    ],
    ids=str,
)
def test_list_of_contents_with_a_fault_is_refused_even_if_signed(part: dict[str, Any]) -> None:
    found = json.loads(written())
    found["manifest"]["members"][0].update(part)
    manifest = found["manifest"]
    signed = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    found["signature"] = "z" + base58_encode(KEY.sign(signed.encode()))

    with pytest.raises(BadBundle):
        read_bundle(json.dumps(found).encode())


def test_bundle_beyond_the_bounds_is_not_written() -> None:
    huge = replace(MEMBERS[Kind.STATUS_LIST], name=LIST, body=bytes(MAX_BYTES + 1))

    with pytest.raises(BadBundle, match="larger"):
        written(bundle(huge))
