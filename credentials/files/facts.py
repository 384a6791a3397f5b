"""The values of this room: what was found out about a file, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Refused(Exception):
    """This file is not taken; `message` says why and what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Busy(Exception):
    """Too many files are being read at this moment; asking again a little later works."""


class Shown(StrEnum):
    """How a type is looked at in the page."""

    PAGES = "pages"  #: page images with their text
    PICTURE = "picture"
    FILM = "film"
    SOUND = "sound"
    DOWNLOAD = "download"  #: never opened in the page


@dataclass(frozen=True, kw_only=True)
class FileType:
    """A type that is accepted.

    inline: whether the stored bytes may be opened by a browser in place; all others are sent as
    an attachment.
    """

    media_type: str
    word: str
    extension: str
    shown: Shown
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."

PDF = FileType(media_type="application/pdf", word="PDF", extension="pdf", shown=Shown.PAGES)
DOCX = FileType(
    media_type=f"{_OFFICE}wordprocessingml.document",
    word="Word document",
    extension="docx",
    shown=Shown.DOWNLOAD,
)
PPTX = FileType(
    media_type=f"{_OFFICE}presentationml.presentation",
    word="PowerPoint slides",
    extension="pptx",
    shown=Shown.DOWNLOAD,
)
XLSX = FileType(
    media_type=f"{_OFFICE}spreadsheetml.sheet",
    word="Excel workbook",
    extension="xlsx",
    shown=Shown.DOWNLOAD,
)
CSV = FileType(media_type="text/csv", word="CSV table", extension="csv", shown=Shown.DOWNLOAD)
JPEG = FileType(
    media_type="image/jpeg", word="photo", extension="jpg", shown=Shown.PICTURE, inline=True
)
PNG = FileType(
    media_type="image/png", word="picture", extension="png", shown=Shown.PICTURE, inline=True
)
WEBP = FileType(
    media_type="image/webp", word="picture", extension="webp", shown=Shown.PICTURE, inline=True
)
HEIC = FileType(media_type="image/heic", word="photo", extension="heic", shown=Shown.PICTURE)
MP4 = FileType(media_type="video/mp4", word="film", extension="mp4", shown=Shown.FILM, inline=True)
MOV = FileType(
    media_type="video/quicktime", word="film", extension="mov", shown=Shown.FILM, inline=True
)
WEBM = FileType(
    media_type="video/webm", word="film", extension="webm", shown=Shown.FILM, inline=True
)
M4A = FileType(
    media_type="audio/mp4", word="recording", extension="m4a", shown=Shown.SOUND, inline=True
)
MP3 = FileType(
    media_type="audio/mpeg", word="recording", extension="mp3", shown=Shown.SOUND, inline=True
)
WAV = FileType(
    media_type="audio/wav", word="recording", extension="wav", shown=Shown.SOUND, inline=True
)
OGG = FileType(
    media_type="audio/ogg", word="recording", extension="ogg", shown=Shown.SOUND, inline=True
)
WEBA = FileType(
    media_type="audio/webm", word="recording", extension="weba", shown=Shown.SOUND, inline=True
)

ACCEPTED = (
    *(PDF, DOCX, PPTX, XLSX, CSV, JPEG, PNG, WEBP, HEIC),
    *(MP4, MOV, WEBM, M4A, MP3, WAV, OGG, WEBA),
)  # fmt: skip
#: The end of every sentence that refuses a file for its type.
ACCEPTED_WORDS = (
    "Accepted are PDF, Word, PowerPoint, Excel and CSV files, photos (JPEG, PNG, HEIC, WebP), "
    "films (MP4, MOV, WebM) and recordings (M4A, MP3, WAV, Ogg)."
)
_BY_NAME = {kind.media_type: kind for kind in ACCEPTED}


def file_type(media_type: str) -> FileType:
    """The accepted type of that name; raises KeyError for a type that is never stored."""
    return _BY_NAME[media_type]


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What was found in the bytes.

    pages: of a PDF, or the slides of a PPTX. seconds: None where the container does not say.
    width, height: of a picture, upright. texts: one string for each page of a PDF. preview: a
    picture made anew, upright, at most 2,048 pixels long, without any metadata. notes: sentences
    that its owner should read.
    """

    media_type: str
    pages: int | None = None
    seconds: float | None = None
    width: int | None = None
    height: int | None = None
    texts: tuple[str, ...] = ()
    preview: bytes = b""
    preview_type: str = ""
    notes: tuple[str, ...] = ()
