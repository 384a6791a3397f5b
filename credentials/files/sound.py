"""MP3, WAV and Ogg recordings: that they can be played, and how long they last."""

from __future__ import annotations

import math
from pathlib import Path

from tinytag import TinyTag, TinyTagException

from credentials.files.facts import MP3, OGG, WAV, FileFacts, FileType, Refused


def read_mp3(path: Path) -> FileFacts:
    """The facts of an MP3; raises Refused."""
    return _read(path, MP3)


def read_wav(path: Path) -> FileFacts:
    """The facts of a WAV; raises Refused."""
    return _read(path, WAV)


def read_ogg(path: Path) -> FileFacts:
    """The facts of an Ogg recording (Opus, Vorbis, FLAC); raises Refused, for Ogg films too."""
    with path.open("rb") as file:
        head = file.read(4096)
    if b"\x80theora" in head:
        raise Refused("film-type", "Ogg films do not play in every browser. Save it as MP4.")
    if not any(codec in head for codec in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")):
        raise _broken()
    return _read(path, OGG)


def _read(path: Path, kind: FileType) -> FileFacts:
    try:
        with path.open("rb") as file:
            # the name only chooses the reader; the content has already decided the type
            found = TinyTag.get(filename=f"x.{kind.extension}", file_obj=file, tags=False)
    except (TinyTagException, OSError, ValueError, IndexError, KeyError, ArithmeticError):
        raise _broken() from None
    except Exception as error:  # struct.error and the like, from bytes that only look right
        raise _broken() from error
    seconds = found.duration
    if not seconds or not math.isfinite(seconds) or seconds <= 0:
        raise _broken()
    return FileFacts(media_type=kind.media_type, seconds=float(seconds))


def _broken() -> Refused:
    return Refused(
        "broken",
        "This recording is damaged or empty and cannot be played. Play it on your device, export "
        "it again and upload the new copy.",
    )
