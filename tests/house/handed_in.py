"""What somebody may hand in to be verified: a few of everything, and the corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from credentials.api import verification
from credentials.openbadges import bake_png, bake_svg
from tests.credentials.openbadges.corpus import CORPUS
from tests.credentials.openbadges.issued import (
    CONTENT,
    KEY,
    OTHER_KEY,
    signed,
    tiny_png,
)
from tests.credentials.openbadges.recorded import record

#: A badge whose issuer's key is its name: good without any network but for its revocation list.
_DID = f"did:key:{KEY.public_multibase}"
BY_KEY = signed(
    replace(CONTENT, issuer=replace(CONTENT.issuer, id=_DID)),
    method=f"{_DID}#{KEY.public_multibase}",
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'

FEW = {
    "by-key": BY_KEY,
    "by-key-png": bake_png(tiny_png(), BY_KEY),
    "by-key-svg": bake_svg(SVG, BY_KEY),
    "by-key-altered": BY_KEY.replace(b"Vision", b"Visiom", 1),
    "stranger": signed(),
    "another-key": signed(key=OTHER_KEY),
    "expired": signed(replace(CONTENT, valid_until=datetime(2026, 3, 3, tzinfo=UTC))),
    "record": record(),
    "not-a-badge": b'{"@context": ["https://www.w3.org/ns/credentials/v2"]}',
    "json": b"{}",
    "null": b"null",
    "twice": b'{"id": 1, "id": 2}',
    "deep": b'{"a":' * 50_000,
    "wide": b"[" + b"0," * 100_000 + b"0]",
    "html": b"<!doctype html><html></html>",
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(2000),
    "png-without-badge": tiny_png(),
    "png-cut": bake_png(tiny_png(), BY_KEY)[:-20],
    "no-text": bytes(range(256)) * 40,
}


def everything() -> dict[str, bytes]:
    """Name -> bytes, but for what a web server does not take in at all: nothing, or too much."""
    return FEW | {
        one.name: one.data
        for one in CORPUS
        if one.data.strip() and len(one.data) <= verification.MAX_BYTES
    }
