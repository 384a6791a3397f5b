"""The copy of a picture: upright, bounded, and nothing of its owner in it."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from credentials.files import FileFacts, Refused, pictures
from tests.factories import files


def read(tmp_path: Path, content: bytes) -> FileFacts:
    path = tmp_path / "file"
    path.write_bytes(content)
    return pictures.read_heic(path) if b"ftyp" in content[:12] else pictures.read_jpeg(path)


def opened(facts: FileFacts) -> Image.Image:
    return Image.open(io.BytesIO(facts.preview))


def test_copy_of_a_phone_photo_has_no_metadata(tmp_path: Path) -> None:
    facts = read(tmp_path, files.photo(place=True))

    assert facts.preview_type == "image/jpeg"
    assert dict(opened(facts).getexif()) == {}
    assert b"Ada" not in facts.preview


def test_place_in_a_photo_is_told_to_its_owner(tmp_path: Path) -> None:
    assert "place where it was taken" in read(tmp_path, files.photo(place=True)).notes[0]
    assert read(tmp_path, files.photo(place=False)).notes == ()


def test_turned_photo_is_upright_in_the_copy(tmp_path: Path) -> None:
    facts = read(tmp_path, files.photo(640, 480, turned=True))

    assert (facts.width, facts.height) == (480, 640)
    assert opened(facts).size == (480, 640)


def test_large_photo_becomes_a_bounded_copy(tmp_path: Path) -> None:
    facts = read(tmp_path, files.photo(4000, 3000))

    assert (facts.width, facts.height) == (4000, 3000)
    assert opened(facts).size == (2048, 1536)


def test_heic_becomes_a_jpeg_without_metadata(tmp_path: Path) -> None:
    facts = read(tmp_path, files.heic())

    assert opened(facts).format == "JPEG"
    assert dict(opened(facts).getexif()) == {}
    assert facts.notes != ()


def test_page_behind_a_photo_is_not_in_the_copy(tmp_path: Path) -> None:
    facts = read(tmp_path, files.photo() + b"<html><script>alert(1)</script>")

    assert b"<script" not in facts.preview


def test_transparent_png_stays_a_png(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 100)).save(out, "PNG")
    path = tmp_path / "file"
    path.write_bytes(out.getvalue())

    facts = pictures.read_png(path)

    assert (facts.preview_type, opened(facts).mode) == ("image/png", "RGBA")


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_picture_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(_png_that_claims(side, side))

    with pytest.raises(Refused) as caught:
        pictures.read_png(path)

    assert caught.value.code == "too-many-pixels"


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
