"""Which kind of file this is, from its first bytes; everything else gets a refusal that helps."""

from __future__ import annotations

import re

from credentials.files.facts import ACCEPTED_WORDS, Refused

HEAD_BYTES = 8192

#: The kinds that a reader exists for; see `inspection.READERS`.
PDF, ZIP, TEXT = "pdf", "zip", "text"
JPEG, PNG, WEBP, HEIC = "jpeg", "png", "webp", "heic"
ISO_MEDIA, EBML, OGG, MP3, WAV = "iso", "ebml", "ogg", "mp3", "wav"

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_QUICKTIME_FIRST = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_PROGRAMS = (
    b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_ARCHIVES = (
    b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh91AY", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd",
)  # fmt: skip
_PICTURES = (b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS", b"\x00\x00\x01\x00")
_SOUNDS = (b"fLaC", b"#!AMR", b"FORM\x00", b".snd")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe)", re.I | re.S
)
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>/]", re.I)


def kind_of(head: bytes) -> str:
    """The kind of a file that begins with these bytes (HEAD_BYTES of them, or all there are).

    Raises Refused for everything that is never taken. The magic number must stand at the very
    beginning: a PDF that starts with HTML is HTML.
    """
    if not head:
        raise Refused("empty", "This file is empty (0 bytes). Open it to see whether it was saved.")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return _riff(head)
    if head[4:8] == b"ftyp":
        return _brand(head)
    if head[4:8] in _QUICKTIME_FIRST and head[:2] == b"\x00\x00":
        return ISO_MEDIA
    if head[0] == 0xFF and len(head) > 3 and head[1] & 0xE0 == 0xE0:
        return _mpeg_sound(head)
    _refuse_known(head)
    if b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse_markup(head)
        return TEXT
    raise unrecognised()


def unrecognised() -> Refused:
    """The refusal of a file whose bytes say nothing that we know."""
    return Refused("unknown-type", f"We could not recognise this file. {ACCEPTED_WORDS}")


_MAGIC = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\x1a\x45\xdf\xa3", EBML),
    (b"OggS", OGG),
    (b"ID3\x02", MP3),
    (b"ID3\x03", MP3),
    (b"ID3\x04", MP3),
)


def _riff(head: bytes) -> str:
    if head[8:12] == b"WEBP":
        return WEBP
    if head[8:12] == b"WAVE":
        return WAV
    if head[8:12] == b"AVI ":
        raise Refused("film-type", "AVI films do not play in a browser. Save the film as MP4.")
    raise unrecognised()


def _brand(head: bytes) -> str:
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12]} | {head[i : i + 4] for i in range(16, min(size, 256), 4)}
    if head[8:12] in _HEIC_BRANDS | {b"avif", b"avis"}:
        if b"avif" in brands or b"avis" in brands:
            raise Refused("picture-type", "AVIF pictures are not taken. Save it as JPEG or PNG.")
        return HEIC
    return ISO_MEDIA


def _mpeg_sound(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse_markup(head.decode("utf-16", "replace").encode())
        return TEXT
    layer = head[1] >> 1 & 0b11
    if layer == 0b01:
        return MP3
    raise Refused("sound-type", "This recording has a type we cannot play. Save it as M4A or MP3.")


def _refuse_known(head: bytes) -> None:
    if head.startswith(_SOUNDS):
        raise Refused(
            "sound-type", "This recording has a type we cannot play. Save it as M4A or MP3."
        )
    binary = b"\x00" in head[:512]  # two letters alone may begin a table
    if head.startswith(_PROGRAMS) or (binary and head.startswith(b"MZ")):
        raise Refused(
            "program", f"This is a program, and programs are never taken. {ACCEPTED_WORDS}"
        )
    if head.startswith(_ARCHIVES):
        raise archive()
    if head.startswith(_PICTURES) or (binary and head.startswith(b"BM")):
        raise Refused(
            "picture-type",
            "Pictures of this type (GIF, BMP, TIFF and the like) are not taken. "
            "Save it as JPEG or PNG.",
        )
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(
            "old-office",
            "This is an Office file of the old kind, or one with a password. Open it, save it as "
            "DOCX, PPTX or XLSX without a password, or as PDF, and upload that.",
        )
    if head.startswith(b"{\\rtf"):
        raise Refused("rich-text", "RTF files are not taken. Save it as DOCX or PDF.")


def _refuse_markup(head: bytes) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(text) or (text.startswith(b"<?xml") and b"<html" in text[:1024].lower()):
        raise Refused(
            "html",
            "This is a web page (HTML), which could run in the reviewer's browser. Print it to "
            "PDF, or add its address as a link.",
        )
    if text.startswith(b"<") and _SVG.search(text):
        raise Refused(
            "svg", "SVG drawings can carry programs and are not taken. Save it as PNG or PDF."
        )
    if text.startswith((b"<?xml", b"<!DOCTYPE", b"<!doctype")):
        raise Refused("xml", "XML files are not taken. Save what it shows as PDF or CSV.")


def archive() -> Refused:
    """The refusal of a file that holds other files."""
    return Refused(
        "archive", "This is an archive (such as ZIP). Unpack it and upload the files one by one."
    )
