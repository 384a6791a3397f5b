"""What a file is: the one function that names its type, its facts, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from credentials.files import boxes, ebml, office, pdf, pictures, sniff, sound, table
from credentials.files.facts import FileFacts, Refused
from credentials.files.size import size_in_words

Reader = Callable[[Path], FileFacts]

READERS: dict[str, Reader] = {
    sniff.PDF: pdf.read,
    sniff.ZIP: office.read,
    sniff.TEXT: table.read,
    sniff.JPEG: pictures.read_jpeg,
    sniff.PNG: pictures.read_png,
    sniff.WEBP: pictures.read_webp,
    sniff.HEIC: pictures.read_heic,
    sniff.ISO_MEDIA: boxes.read,
    sniff.EBML: ebml.read,
    sniff.OGG: sound.read_ogg,
    sniff.MP3: sound.read_mp3,
    sniff.WAV: sound.read_wav,
}


def inspect(path: Path) -> FileFacts:
    """The facts of the file at `path`, from its bytes alone; raises Refused with a sentence."""
    with path.open("rb") as file:
        head = file.read(sniff.HEAD_BYTES)
    return READERS[sniff.kind_of(head)](path)


def refuse_size(size: int, most: int) -> None:
    """Raises Refused for a file that is empty or larger than `most` bytes, naming both sizes."""
    if size <= 0:
        raise Refused("empty", "This file is empty (0 bytes). Open it to see whether it was saved.")
    if size > most:
        raise Refused(
            "too-large",
            f"This file has {size_in_words(size)}; files up to {size_in_words(most)} are taken. "
            "Cut a film to the minutes that matter, make a document smaller, or add it as a link.",
        )
