"""DOCX, PPTX, XLSX: a ZIP within bounds, with the right parts, without anything that runs.

They are never opened in our pages: the bounds protect the reviewer who downloads one.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from lxml import etree

from credentials.files.facts import DOCX, PPTX, XLSX, FileFacts, FileType, Refused
from credentials.files.sniff import archive

MOST_ENTRIES = 5_000
LARGEST_DIRECTORY = 2 * 1024 * 1024  # bytes of the table of contents
LARGEST_TOTAL = 512 * 1024 * 1024  # bytes after unpacking
HIGHEST_RATIO = 150  # unpacked to packed, over the whole file
_SMALL = 16 * 1024 * 1024  # below this a high ratio harms nobody
_TYPES_PART = "[Content_Types].xml"
_LARGEST_XML = 2 * 1024 * 1024
_MAIN = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_RUNS = re.compile(
    r"\.(?:exe|dll|com|scr|bat|cmd|msi|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|reg|html?|xhtml)$", re.I
)
_PACKAGED = "\x01Ole10Native".encode("utf-16-le")  # an arbitrary file inside an OLE object
_REMOTE_TEMPLATE = re.compile(
    rb"<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*Target\s*=\s*[\"'](?:https?:|\\\\))", re.I
)


def read(path: Path) -> FileFacts:
    """The facts of an Office file; raises Refused, for any other ZIP too."""
    _bound_directory(path)
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            _bound_entries(entries)
            kind = _kind(packed)
            _look_through(packed, entries)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise _broken() from None
    return FileFacts(media_type=kind.media_type, pages=_slides(entries) if kind is PPTX else None)


def _bound_directory(path: Path) -> None:
    """Look at the size of the table of contents before anything reads it whole.

    End of central directory record: APPNOTE.TXT 4.3.16 (ZIP file format specification).
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise _broken()
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:
        raise _bomb()


def _bound_entries(entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(e.compress_size for e in entries)
    unpacked = sum(e.file_size for e in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_TOTAL:
        raise _bomb()
    if unpacked > _SMALL and unpacked > HIGHEST_RATIO * max(packed, 1):
        raise _bomb()
    if any(e.flag_bits & 0x1 for e in entries):
        raise Refused(
            "encrypted", "This file has a password. Save a copy without it and upload that."
        )


def _kind(packed: zipfile.ZipFile) -> FileType:
    names = set(packed.namelist())
    if _TYPES_PART not in names:
        raise _other_zip(packed, names)
    types = _types(packed)
    lowered = b" ".join(types).lower()
    if b"macroenabled" in lowered or b"vbaproject" in lowered:
        raise _macros()
    found = [kind for name, kind in _MAIN.items() if name in types]
    if len(found) != 1:
        raise Refused(
            "office-type",
            "This is an Office file, but not a document, a presentation or a workbook (it may be "
            "a template). Save it as DOCX, PPTX or XLSX, or as PDF.",
        )
    return found[0]


def _types(packed: zipfile.ZipFile) -> set[bytes]:
    """Content types of all parts (ECMA-376 part 2, 7.2.3), read without entities or network."""
    if packed.getinfo(_TYPES_PART).file_size > _LARGEST_XML:
        raise _bomb()
    text = packed.read(_TYPES_PART)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _broken()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        raise _broken() from None
    return {str(e.get("ContentType", "")).encode() for e in root.iter("{*}Override", "{*}Default")}


def _look_through(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry once, counting: sizes in the table of contents are only claims."""
    total = 0
    for entry in entries:
        name = entry.filename.lower()
        if "vbaproject" in name or "vbadata" in name or "/activex/" in name:
            raise _macros()
        if _RUNS.search(name):
            raise _embedded()
        with packed.open(entry) as part:
            total += _look_at(part, name, LARGEST_TOTAL - total)


def _look_at(part: IO[bytes], name: str, left: int) -> int:
    head = part.read(4)
    if head.startswith(b"MZ") or head == b"\x7fELF":
        raise _embedded()
    count, carried = len(head), head
    searched = name.endswith((".bin", ".rels"))
    while piece := part.read(256 * 1024):
        count += len(piece)
        if count > left:
            raise _bomb()
        if searched:
            window = carried + piece
            if _PACKAGED in window:
                raise _embedded()
            if name.endswith(".rels") and _REMOTE_TEMPLATE.search(window):
                raise Refused(
                    "remote-template",
                    "This document loads a template from the internet when it is opened. Save it "
                    "as PDF, or detach the template, and upload that.",
                )
            carried = piece[-1024:]
    return count


def _slides(entries: list[zipfile.ZipInfo]) -> int:
    return sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", e.filename)) for e in entries)


def _other_zip(packed: zipfile.ZipFile, names: set[str]) -> Refused:
    if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:200]:
        return Refused(
            "opendocument",
            "OpenDocument files (ODT, ODP, ODS) are not taken. Save it as DOCX, PPTX, XLSX or PDF.",
        )
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        return Refused(
            "iwork", "Pages, Keynote and Numbers files are not taken. Export it as PDF or DOCX."
        )
    return archive()


def _macros() -> Refused:
    return Refused(
        "macros",
        "This Office file contains macros (small programs). Save it without macros, as DOCX, "
        "PPTX or XLSX, or as PDF.",
    )


def _embedded() -> Refused:
    return Refused(
        "embedded-program",
        "Another file that could run as a program is embedded in this Office file. Remove it, or "
        "save the document as PDF.",
    )


def _bomb() -> Refused:
    return Refused(
        "too-much-inside",
        "Unpacked, this file is far larger than a document is. Save it as PDF and upload that.",
    )


def _broken() -> Refused:
    return Refused(
        "broken",
        "This file is damaged and cannot be opened. Open it on your device, save it again and "
        "upload the new copy.",
    )
