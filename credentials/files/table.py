"""CSV: text in columns, bounded, and without anything that a browser could take for a page."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from credentials.files.facts import CSV, FileFacts, Refused
from credentials.files.size import size_in_words

LARGEST = 20 * 1024 * 1024  # bytes
_PIECE = 256 * 1024
_DELIMITERS = (",", ";", "\t")
_ROWS_LOOKED_AT = 50
_MARKUP = re.compile(
    r"<\s*(?:!doctype|/?\s*(?:html|head|body|script|style|iframe|object|embed|svg|img|form|link"
    r"|meta|base|video|audio|input|button|a)\b[^<>]{0,200}/?>)|<script|javascript:",
    re.IGNORECASE,
)


def read(path: Path) -> FileFacts:
    """The facts of a CSV file; raises Refused. The file is read in pieces."""
    if path.stat().st_size > LARGEST:
        raise Refused(
            "table-too-large",
            f"This table has {size_in_words(path.stat().st_size)}; tables up to "
            f"{size_in_words(LARGEST)} are taken. Upload the part that shows your point.",
        )
    start, carried = "", ""
    decoder = codecs.getincrementaldecoder(_encoding(path))("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                text = decoder.decode(piece)
                _refuse_markup(carried + text)
                carried = text[-300:]
                if len(start) < _PIECE:
                    start += text
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _not_a_table() from None
    if "\x00" in start or not _has_columns(start.removeprefix("\ufeff")):
        raise _not_a_table()
    return FileFacts(media_type=CSV.media_type)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_PIECE)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"  # what Excel on Windows writes
    return "utf-8"


def _has_columns(text: str) -> bool:
    lines = [line for line in text.splitlines()[:_ROWS_LOOKED_AT] if line.strip()]
    if not lines:
        return False
    return any(all(line.count(d) >= 1 for line in lines[:2]) for d in _DELIMITERS)


def _refuse_markup(text: str) -> None:
    if _MARKUP.search(text):
        raise Refused(
            "html",
            "This file contains web code (HTML). If it is a table, remove the code from its "
            "cells; if it is a page, print it to PDF.",
        )


def _not_a_table() -> Refused:
    return Refused(
        "plain-text",
        "This is plain text, not a table. Paste it under “Write a text”, or save it as PDF.",
    )
