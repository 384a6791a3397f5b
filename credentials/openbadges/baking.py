"""A badge inside a PNG picture: write it in, take it out again, byte for byte.

The image data is never decoded or compressed anew: chunks are copied as they are.
Sources: Open Badges 3.0, section "Baked badges" (PNG); Open Badges 2.0, "Baking Specification";
PNG (Third Edition), sections 5 and 11.3.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from credentials.openbadges.errors import (
    DamagedPng,
    NoBadgeInside,
    NotAPng,
    TooLarge,
    Truncated,
)
from credentials.openbadges.generation import Generation

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MAX_PNG_BYTES: Final = 10 * 1024 * 1024
#: Programs write parts of some kilobytes; 10 MB of empty ones would be 800,000.
MAX_CHUNKS: Final = 20_000

_KEYWORDS: Final = {Generation.THREE: b"openbadgecredential", Generation.TWO: b"openbadges"}
_TEXTS: Final = frozenset({b"iTXt", b"tEXt", b"zTXt"})
#: After the keyword: NUL, compression flag and method, language tag NUL, translated keyword NUL.
_PLAIN: Final = b"\0\0\0\0\0"


class Chunk(NamedTuple):
    """Where in the picture a chunk stands; only a badge's own is ever copied out."""

    kind: bytes
    start: int  #: of its body
    end: int  #: of its body; four bytes of checksum follow


def bake_png(png: bytes, badge: bytes, *, generation: Generation = Generation.THREE) -> bytes:
    """The picture with `badge` (exact bytes of UTF-8 JSON, a JWS or, for 2.0, an address) inside.

    Exactly one iTXt chunk with the keyword of that Open Badges, uncompressed, right after IHDR;
    whatever badge the picture carried before, of 3.0 or 2.0, is replaced. Raises NotAPng,
    Truncated, DamagedPng, TooLarge.
    """
    chunks = list(_chunks(png))
    header = chunks[0].end + 4
    kept, position = [], header
    for chunk in chunks:
        if _is_badge(png, chunk):
            kept.append(png[position : chunk.start - 8])
            position = chunk.end + 4
    kept.append(png[position : chunks[-1].end + 4])
    baked = _chunk_bytes(b"iTXt", _KEYWORDS[generation] + _PLAIN + badge)
    if len(chunks) + 2 - len(kept) > MAX_CHUNKS:
        raise TooLarge(f"The picture would have more than {MAX_CHUNKS:,} parts.")
    data = b"".join((png[:header], baked, *kept))
    if len(data) > MAX_PNG_BYTES:
        raise TooLarge(f"The picture would have more than {MAX_PNG_BYTES:,} bytes.")
    return data


def unbake_png(png: bytes) -> bytes:
    """The exact bytes that were baked in: of 3.0, or else of 2.0.

    Raises NoBadgeInside without a badge or with two, and what `bake_png` raises for an image that
    is not whole.
    """
    found = [
        (chunk.kind, png[chunk.start : chunk.end])
        for chunk in _chunks(png)
        if _is_badge(png, chunk)
    ]
    by_kind = [
        [chunk for chunk in found if chunk[1].partition(b"\0")[0] == keyword]
        for keyword in _KEYWORDS.values()
    ]
    badges = next((chunks for chunks in by_kind if chunks), [])
    if len(badges) > 1:
        raise NoBadgeInside("The picture carries several badges; it must carry exactly one.")
    if not badges:
        raise NoBadgeInside("The picture carries no badge.")
    return _text(*badges[0])


def _text(kind: bytes, body: bytes) -> bytes:
    """The text of a chunk; an iTXt's language and translated keyword may be anything."""
    _, separator, rest = body.partition(b"\0")
    if kind == b"tEXt" and separator:
        return rest
    if len(rest) < 4:
        raise DamagedPng("The badge in the picture is cut off.")
    if kind == b"zTXt" or rest[0] != 0:
        raise NoBadgeInside("The badge in the picture is compressed, which the standard forbids.")
    _language, separator, rest = rest[2:].partition(b"\0")
    _translated, second, text = rest.partition(b"\0")
    if not separator or not second:
        raise DamagedPng("The badge in the picture is cut off.")
    return text


def _is_badge(png: bytes, chunk: Chunk) -> bool:
    if chunk.kind not in _TEXTS:
        return False
    return any(
        png.startswith(keyword + b"\0", chunk.start, chunk.end)
        or png[chunk.start : chunk.end] == keyword
        for keyword in _KEYWORDS.values()
    )


def _chunk_bytes(kind: bytes, body: bytes) -> bytes:
    named = kind + body
    return len(body).to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")


def _chunks(png: bytes) -> Iterator[Chunk]:
    """Each chunk up to IEND, its checksum verified; what follows IEND is dropped."""
    if len(png) > MAX_PNG_BYTES:
        raise TooLarge(f"The picture has more than {MAX_PNG_BYTES:,} bytes.")
    if not png.startswith(SIGNATURE):
        if png and SIGNATURE.startswith(png):
            raise Truncated("The picture ends within its first bytes.")
        raise NotAPng("The file is not a PNG picture.")
    view = memoryview(png)
    position, first = len(SIGNATURE), True
    for _ in range(MAX_CHUNKS):
        header = png[position : position + 8]
        length, kind = int.from_bytes(header[:4], "big"), header[4:]
        end = position + 12 + length
        if len(header) < 8 or end > len(png):
            raise Truncated("The picture ends before it is complete: the file was cut off.")
        if zlib.crc32(view[position + 4 : end - 4]) != int.from_bytes(png[end - 4 : end], "big"):
            raise DamagedPng("The picture was damaged: a part of it is not as it was saved.")
        if first != (kind == b"IHDR"):
            raise DamagedPng("The picture is not in the order that PNG asks for.")
        yield Chunk(kind, position + 8, end - 4)
        if kind == b"IEND":
            return
        position, first = end, False
    raise TooLarge(f"The picture has more than {MAX_CHUNKS:,} parts.")
