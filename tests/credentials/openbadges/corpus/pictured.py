"""Pictures that carry no badge, a damaged one, several, or one that was altered."""

from __future__ import annotations

import zlib
from typing import Final

from credentials.openbadges import Generation, bake_png, bake_svg
from tests.credentials.openbadges.corpus.entry import ALTERED, UNREAD, Entry, entry
from tests.credentials.openbadges.corpus.material import ada, other, saying
from tests.credentials.openbadges.issued import tiny_png
from tests.credentials.openbadges.pictures import SVG

BADGE_SPACE: Final = b"https://purl.imsglobal.org/ob/v3p0"
#: Where the first chunk after IHDR begins.
FIRST: Final = 33


def png() -> bytes:
    """Ada's badge as she downloaded it."""
    return bake_png(tiny_png(), ada())


def svg() -> bytes:
    """The same as SVG."""
    return bake_svg(SVG, ada())


def chunk(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG picture with its checksum."""
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png_with(*chunks: bytes) -> bytes:
    """A picture with these parts after its header."""
    plain = tiny_png()
    return plain[:FIRST] + b"".join(chunks) + plain[FIRST:]


def _badge_chunk(text: bytes, keyword: bytes = b"openbadgecredential") -> bytes:
    return chunk(b"iTXt", keyword + b"\0\0\0\0\0" + text)


def _svg_with(inside: bytes) -> bytes:
    opening = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="' + BADGE_SPACE + b'">'
    return opening + inside + b"</svg>"


def _cdata(text: bytes) -> bytes:
    return b"<o:credential><![CDATA[" + text + b"]]></o:credential>"


_ENTITY: Final = b'<!DOCTYPE svg [<!ENTITY laugh "ha"><!ENTITY more "&laugh;&laugh;">]>'

PICTURES: Final[list[Entry]] = [
    entry("png-without-badge", tiny_png, usual=UNREAD, readable="no no-badge-inside"),
    entry("png-of-eight-bytes", lambda: tiny_png()[:8], usual=UNREAD, readable="no truncated"),
    entry("png-of-three-bytes", lambda: tiny_png()[:3], usual=UNREAD, readable="no truncated"),
    entry(
        "png-cut-off-in-the-last-chunk",
        lambda: png()[:-3],
        usual=UNREAD,
        readable="no truncated",
    ),
    entry("png-cut-off-in-the-badge", lambda: png()[:500], usual=UNREAD, readable="no truncated"),
    entry("png-without-its-end", lambda: png()[:-12], usual=UNREAD, readable="no truncated"),
    entry(
        "png-altered-without-its-checksum",
        lambda: png().replace(b"Shared Vision", b"Shared Power!", 1),
        usual=UNREAD,
        readable="no damaged-png",
    ),
    entry(
        "png-that-does-not-begin-with-its-header",
        lambda: tiny_png()[:8] + _badge_chunk(ada()) + tiny_png()[8:],
        usual=UNREAD,
        readable="no damaged-png",
    ),
    entry(
        "png-with-two-headers",
        lambda: png_with(_badge_chunk(ada()), tiny_png()[8:FIRST]),
        usual=UNREAD,
        readable="no damaged-png",
    ),
    entry(
        "png-chunk-longer-than-the-file",
        lambda: png_with(b"\xff\xff\xff\xffiTXt" + ada()),
        usual=UNREAD,
        readable="no truncated",
    ),
    entry(
        "png-with-two-badges",
        lambda: png_with(_badge_chunk(ada()), _badge_chunk(other())),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "png-of-too-many-parts",
        lambda: png_with(_badge_chunk(ada()), *[chunk(b"noTe", b"")] * 20_000),
        usual=UNREAD,
        readable="no too-large",
    ),
    entry(
        "png-with-the-badge-compressed",
        lambda: png_with(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(ada()))),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "png-with-the-badge-compressed-the-old-way",
        lambda: png_with(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(ada()))),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "png-with-a-place-for-a-badge-and-none",
        lambda: png_with(chunk(b"iTXt", b"openbadgecredential")),
        usual=UNREAD,
        readable="no damaged-png",
    ),
    entry(
        "png-with-the-badge-behind-its-end",
        lambda: tiny_png() + _badge_chunk(ada()),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "png-with-the-badge-under-another-name",
        lambda: png_with(_badge_chunk(ada(), b"Comment")),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "png-with-words-for-a-badge",
        lambda: png_with(_badge_chunk(b"Ada's badge")),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "png-with-a-picture-for-a-badge",
        lambda: png_with(_badge_chunk(png())),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "png-with-an-altered-badge",
        lambda: bake_png(tiny_png(), saying("name", "Shared Power")),
        **ALTERED,
    ),
    entry("svg-without-badge", lambda: SVG, usual=UNREAD, readable="no no-badge-inside"),
    entry("svg-cut-off", lambda: svg()[:-9], usual=UNREAD, readable="no truncated"),
    entry("svg-cut-off-in-the-badge", lambda: svg()[:700], usual=UNREAD, readable="no truncated"),
    entry(
        "svg-with-two-badges",
        lambda: _svg_with(_cdata(ada()) + _cdata(other())),
        usual=UNREAD,
        readable="no no-badge-inside",
    ),
    entry(
        "svg-with-abbreviations-of-its-own",
        lambda: _ENTITY + svg(),
        usual=UNREAD,
        readable="no damaged-svg",
    ),
    entry(
        "svg-with-marks-that-do-not-fit",
        lambda: svg().replace(b"</svg>", b"</g></svg>"),
        usual=UNREAD,
        readable="no damaged-svg",
    ),
    entry(
        "svg-with-marks-inside-the-badge",
        lambda: _svg_with(b"<o:credential>{<g/>}</o:credential>"),
        usual=UNREAD,
        readable="no damaged-svg",
    ),
    entry(
        "svg-with-an-empty-badge",
        lambda: _svg_with(b"<o:credential/>"),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "svg-of-another-vocabulary",
        lambda: b'<svg xmlns="urn:drawing"/>',
        usual=UNREAD,
        readable="no not-an-svg",
    ),
    entry(
        "svg-nested-without-end",
        lambda: b"<svg>" + b"<g>" * 5_000,
        usual=UNREAD,
        readable="no damaged-svg",
    ),
    entry(
        "svg-of-too-many-parts",
        lambda: b"<svg>" + b"<g/>" * 100_001 + b"</svg>",
        usual=UNREAD,
        readable="no too-large",
    ),
    entry(
        "svg-in-a-web-page",
        lambda: b"<!DOCTYPE html><html><body>" + svg() + b"</body></html>",
        usual=UNREAD,
        readable="no html",
    ),
    entry(
        "svg-with-the-badge-as-picture-of-2.0",
        lambda: bake_svg(SVG, saying("name", "Shared Power"), generation=Generation.TWO),
        **ALTERED,
    ),
    entry(
        "svg-with-an-altered-badge",
        lambda: bake_svg(SVG, saying("name", "Shared Power")),
        **ALTERED,
    ),
]
