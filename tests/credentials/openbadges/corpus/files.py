"""Files that are no badge, or from which none can be read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace
from typing import Final

from credentials.openbadges.baking import MAX_PNG_BYTES
from tests.credentials.openbadges.corpus.entry import OPEN, UNREAD, Entry, entry
from tests.credentials.openbadges.corpus.material import ada, saying
from tests.credentials.openbadges.issued import AWAY, BASE, fetching
from tests.credentials.openbadges.older_issued import ASSERTION, published, world


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("badge.json", ada())
    return packed.getvalue()


def _unread(name: str, data: bytes, code: str) -> Entry:
    return entry(name, lambda: data, usual=UNREAD, readable=f"no {code}")


_AT_HAND: Final = [
    _unread("empty", b"", "empty"),
    _unread("only-blanks", b" \r\n\t ", "empty"),
    _unread("plain-words", b"Ada's badge for Shared Vision", "not-json"),
    _unread("every-byte-there-is", bytes(range(256)) * 8, "not-json"),
    _unread("larger-than-any-badge", b" " * MAX_PNG_BYTES + b"{}", "too-large"),
    _unread("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(900), "other-file"),
    _unread("gif-renamed-png", b"GIF89a\x01\0\x01\0" + bytes(90), "other-file"),
    _unread("webp", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(90), "other-file"),
    _unread("pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", "other-file"),
    _unread("html-page", b"<!DOCTYPE html>\n<html><body>Badge</body></html>", "html"),
    _unread("null", b"null", "not-a-badge"),
    _unread("a-number", b"42", "not-a-badge"),
    _unread("a-list", b"[]", "not-a-badge"),
    _unread("a-text-in-quotes", b'"badge"', "not-a-badge"),
    _unread("json-with-a-remark", b"{} // badge", "not-json"),
    _unread("json-in-single-quotes", b"{'id': 'urn:x:1'}", "not-json"),
    _unread("not-a-number", b'{"id": NaN}', "not-json"),
    _unread("infinity", b'{"id": -Infinity}', "not-json"),
    _unread("duplicate-member-names", b'{"id": "urn:x:1", "id": "urn:x:2"}', "not-json"),
    _unread("duplicate-by-escape", b'{"id": "urn:x:1", "\\u0069d": "urn:x:2"}', "not-json"),
    _unread("control-characters", b'{"name": "Ada\x00\x1b[2J"}', "not-json"),
    _unread("lone-surrogate", b'{"name": "\\ud800"}', "not-safe"),
    _unread("no-character", b'{"name": "\\uffff"}', "not-safe"),
    _unread("broken-utf-8", b'{"name": "\xc3\x28"}', "not-json"),
    _unread("huge-number", b'{"credits": 1e308}', "not-safe"),
    _unread("huge-whole-number", b'{"credits": ' + b"9" * 5_000 + b"}", "not-safe"),
    _unread("tiny-number", b'{"credits": 1e-7}', "not-safe"),
    _unread("number-of-too-many-digits", b'{"credits": 0.12345678901234567}', "not-safe"),
    _unread("deep-nesting", b'{"a":' * 40_000 + b"1" + b"}" * 40_000, "too-large"),
    _unread("deep-lists", b"[" * 200_000, "too-large"),
    _unread("too-many-parts", b'{"a":[' + b"0," * 20_000 + b"0]}", "too-large"),
    _unread("address-with-a-blank", b"https://lead.example/a badge", "not-json"),
    _unread("token-of-two-parts", b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0", "not-json"),
    _unread("token-sealed-in-five-parts", b".".join([b"eyJhbGciOiJkaXIifQ"] * 5), "not-json"),
]

FILES: Final[list[Entry]] = [
    *_AT_HAND,
    entry("zip", _zip, usual=UNREAD, readable="no other-file"),
    entry("svgz", lambda: gzip.compress(b"<svg/>"), usual=UNREAD, readable="no other-file"),
    entry("json-cut-off", lambda: ada()[:-40], usual=UNREAD, readable="no not-json"),
    entry(
        "two-badges-one-after-the-other",
        lambda: ada() + ada(),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry("badges-in-a-list", lambda: b"[" + ada() + b"]", usual=UNREAD, readable="no not-a-badge"),
    entry("utf-16", lambda: ada().decode().encode("utf-16"), usual=UNREAD, readable="no not-json"),
    entry(
        "member-said-twice-inside",
        lambda: ada().replace(b'"name":"Shared Vision"', b'"name":"X","name":"Shared Vision"', 1),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "badge-as-text-in-json",
        lambda: json.dumps(ada().decode()).encode(),
        usual=UNREAD,
        readable="no not-a-badge",
    ),
    entry(
        "longer-than-a-badge",
        lambda: saying("name", "x" * 300_000),
        usual=UNREAD,
        readable="no too-large",
    ),
    entry(
        "address-that-does-not-answer",
        lambda: f"{BASE}/lc/badges/33".encode(),
        usual=UNREAD,
        verdict=OPEN,
        readable="unchecked not-fetched",
    ),
    entry(
        "address-of-an-address",
        lambda: f"{BASE}/first".encode(),
        usual=UNREAD,
        ports=replace(AWAY, fetch=fetching(**{f"{BASE}/first": f"{BASE}/second".encode()})),
        readable="no not-a-badge",
    ),
    entry(
        "address-of-a-web-page",
        lambda: f"{BASE}/page".encode(),
        usual=UNREAD,
        ports=replace(AWAY, fetch=fetching(**{f"{BASE}/page": b"<!DOCTYPE html><html></html>"})),
        readable="no html",
    ),
    entry(
        "address-of-a-withdrawn-badge",
        lambda: ASSERTION.encode(),
        usual=UNREAD,
        ports=world(published(assertion=410)),
        readable="unchecked withdrawn",
        not_revoked="no revoked",
    ),
    entry(
        "address-of-an-empty-page",
        lambda: f"{BASE}/page".encode(),
        usual=UNREAD,
        ports=replace(AWAY, fetch=fetching(**{f"{BASE}/page": b""})),
        readable="no empty",
    ),
]
