"""The boxes of MP4, MOV and M4A (ISO/IEC 14496-12): which tracks there are and how long they last.

Read by ourselves because the length must be known before a moment in the film can be checked, and
because a film that was cut off shows it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from credentials.files.facts import M4A, MOV, MP4, FileFacts, FileType, Refused

LARGEST_INDEX = 32 * 1024 * 1024  # bytes of a moov box
_MOST_BOXES = 50_000
_SOUND_BRANDS = {b"M4A ", b"M4B "}
_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location.ISO6709")
_HEVC = (b"hvc1", b"hev1")


@dataclass(frozen=True, kw_only=True)
class _Box:
    kind: bytes
    start: int  #: of the content
    end: int


def read(path: Path) -> FileFacts:
    """The facts of a film or recording in this container; raises Refused."""
    size = path.stat().st_size
    brand, index = b"", None
    with path.open("rb") as file:
        for box in _outer(file, size):
            if box.kind == b"ftyp":
                file.seek(box.start)
                brand = file.read(4)
            if box.kind == b"moov" and box.end - box.start <= LARGEST_INDEX:
                file.seek(box.start)
                index = file.read(box.end - box.start)
    if index is None:
        raise _cut_off()
    handlers = {bytes(h[8:12]) for h in _all(index, b"trak", b"mdia", b"hdlr")}
    notes = []
    if any(place in index for place in _PLACES):
        notes.append(_PLACE)
    if any(codec in index for codec in _HEVC):
        notes.append(_CODEC)
    kind = _kind(brand, handlers)
    return FileFacts(media_type=kind.media_type, seconds=_seconds(index), notes=tuple(notes))


def _outer(file: BinaryIO, size: int) -> Iterator[_Box]:
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > size:
            return
        file.seek(at)
        head = file.read(16)
        length, start = int.from_bytes(head[:4], "big"), at + 8
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), at + 16
        elif length == 0:  # to the end of the file
            length = size - at
        if length < start - at or at + length > size:
            raise _cut_off()
        yield _Box(kind=head[4:8], start=start, end=at + length)
        at += length


def _inner(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if length < 8 or at + length > len(content):
            return
        yield content[at + 4 : at + 8], content[at + 8 : at + length]
        at += length


def _all(content: bytes, *way: bytes) -> Iterator[bytes]:
    for kind, inside in _inner(content):
        if kind == way[0]:
            if len(way) == 1:
                yield inside
            else:
                yield from _all(inside, *way[1:])


def _kind(brand: bytes, handlers: set[bytes]) -> FileType:
    if b"vide" in handlers:
        return MOV if brand in {b"", b"qt  "} else MP4
    if b"soun" in handlers:
        return M4A
    if brand in _SOUND_BRANDS and handlers:
        return M4A
    raise Refused(
        "no-track", "This file holds neither pictures nor sound. Save the recording as MP4 or M4A."
    )


def _seconds(index: bytes) -> float | None:
    """Duration from mvhd (8.2.2), or from mehd (8.8.2) where the film is in fragments."""
    head = next(_all(index, b"mvhd"), b"")
    scale, duration = _times(head)
    if not duration:
        fragments = next(_all(index, b"mvex", b"mehd"), b"")
        wide = fragments[:1] == b"\x01"
        duration = int.from_bytes(fragments[4 : 12 if wide else 8], "big")
    return duration / scale if scale and duration else None


def _times(head: bytes) -> tuple[int, int]:
    if head[:1] == b"\x01":
        scale, duration, unknown = head[20:24], head[24:32], b"\xff" * 8
    else:
        scale, duration, unknown = head[12:16], head[16:20], b"\xff" * 4
    return int.from_bytes(scale, "big"), 0 if duration == unknown else int.from_bytes(
        duration, "big"
    )


_PLACE = (
    "This recording carries the place where it was made, and a reviewer who downloads it can "
    "read that. If it matters, export a copy without location and upload that instead."
)
_CODEC = (
    "This film uses a format (HEVC) that some browsers cannot play; the reviewer may have to "
    "download it. On an iPhone, “Most Compatible” in the camera's settings avoids that."
)


def _cut_off() -> Refused:
    return Refused(
        "broken",
        "This recording is incomplete: its index is missing, so nobody can play it. Play it on "
        "your device to see whether it is whole, export it again and upload the new copy.",
    )
