"""WebM (RFC 8794, RFC 9559): sound or film, and how long, from the head of the file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from credentials.files.facts import WEBA, WEBM, FileFacts, Refused

_LOOKED_AT = 1024 * 1024  # Info and Tracks stand before the first cluster
_DOCTYPE, _HEAD, _SEGMENT = 0x4282, 0x1A45DFA3, 0x18538067
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83


def read(path: Path) -> FileFacts:
    """The facts of a WebM film or recording; raises Refused."""
    with path.open("rb") as file:
        content = file.read(_LOOKED_AT)
    head = dict(_elements(content)).get(_HEAD, b"")
    if dict(_elements(head)).get(_DOCTYPE, b"").rstrip(b"\x00") != b"webm":
        raise Refused("film-type", "Matroska films (MKV) do not play in a browser. Save it as MP4.")
    segment = dict(_elements(content)).get(_SEGMENT, b"")
    parts = dict(_elements(segment))
    kinds = {
        int.from_bytes(dict(_elements(track)).get(_TRACK_TYPE, b""), "big")
        for number, track in _elements(parts.get(_TRACKS, b""))
        if number == _TRACK
    }
    if not kinds & {1, 2}:
        raise Refused(
            "broken",
            "This recording is incomplete and cannot be played. Export it again and upload the "
            "new copy.",
        )
    kind = WEBM if 1 in kinds else WEBA
    return FileFacts(media_type=kind.media_type, seconds=_seconds(parts.get(_INFO, b"")))


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        number, at = _number(content, at, keep_marker=True)
        length, at = _number(content, at, keep_marker=False)
        if number is None or at > len(content):
            return
        end = len(content) if length is None else min(at + length, len(content))
        yield number, content[at:end]
        at = end


def _number(content: bytes, at: int, *, keep_marker: bool) -> tuple[int | None, int]:
    """A variable-size integer (RFC 8794, 4); None for the size "unknown" and past the end."""
    first = content[at] if at < len(content) else 0
    width = 9 - first.bit_length()
    raw = content[at : at + width]
    if first == 0 or len(raw) < width:
        return None, len(content) + 1
    value = int.from_bytes(raw, "big")
    if keep_marker:
        return value, at + width
    value &= (1 << 7 * width) - 1
    return (None if value == (1 << 7 * width) - 1 else value), at + width


def _seconds(info: bytes) -> float | None:
    fields = dict(_elements(info))
    raw = fields.get(_DURATION, b"")
    if len(raw) not in (4, 8):
        return None  # what a browser records has no length in it
    duration: float = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0]
    scale = int.from_bytes(fields.get(_SCALE, b""), "big") or 1_000_000
    seconds = duration * scale / 1e9
    return seconds if 0 < seconds < 1e7 else None
