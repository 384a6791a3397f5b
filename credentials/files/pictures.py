"""Photos and pictures: opened within bounds, and made anew without anything that travels in them.

The copy is what a reviewer sees: place, time, device and owner that a phone writes into a photo
stay behind, and so does whatever stands after the end of the picture.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from credentials.files.facts import HEIC, JPEG, PNG, WEBP, FileFacts, FileType, Refused

MOST_PIXELS = 80_000_000
LONG_EDGE = 2_048  # pixels of the copy
_GPS = 0x8825  # Exif tag that points to the place
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_BROKEN = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, ArithmeticError,
    UnidentifiedImageError,
)  # fmt: skip


def read_jpeg(path: Path) -> FileFacts:
    """Facts and copy of a JPEG; raises Refused."""
    return _read(path, JPEG)


def read_png(path: Path) -> FileFacts:
    """Facts and copy of a PNG; raises Refused."""
    return _read(path, PNG)


def read_webp(path: Path) -> FileFacts:
    """Facts and copy of a WebP; raises Refused."""
    return _read(path, WEBP)


def read_heic(path: Path) -> FileFacts:
    """Facts and copy of a HEIC; raises Refused."""
    return _read(path, HEIC)


def _read(path: Path, kind: FileType) -> FileFacts:
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = _open(file, kind)
            if image.width * image.height > MOST_PIXELS:
                raise _too_many(image.width, image.height)
            located = _has_place(image)
            copy, preview_type, size = _copy(image, kind)
    except Image.DecompressionBombError:
        raise _too_many(0, 0) from None
    except _BROKEN:
        raise Refused(
            "broken",
            "This picture is damaged or was cut off on its way. Open it on your device, save it "
            "again and upload the new copy.",
        ) from None
    return FileFacts(
        media_type=kind.media_type,
        width=size[0],
        height=size[1],
        preview=copy,
        preview_type=preview_type,
        notes=(_PLACE,) if located else (),
    )


def _open(file: BinaryIO, kind: FileType) -> Image.Image:
    if kind is HEIC:
        opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
        if opened.size[0] * opened.size[1] > MOST_PIXELS:
            raise _too_many(*opened.size)
        picture: Image.Image = opened.to_pillow()
        return picture
    return Image.open(file, formats=[_FORMATS[kind]])


def _has_place(image: Image.Image) -> bool:
    return bool(image.getexif().get_ifd(_GPS))


def _copy(image: Image.Image, kind: FileType) -> tuple[bytes, str, tuple[int, int]]:
    profile = image.info.get("icc_profile")
    upright_size = _upright_size(image)
    if kind is JPEG:
        image.draft("RGB", (LONG_EDGE, LONG_EDGE))
    image.load()
    # pillow-heif turns the pixels itself and keeps the tag for information only
    upright = image if kind is HEIC else ImageOps.exif_transpose(image)
    upright.thumbnail((LONG_EDGE, LONG_EDGE))
    drawn = _in_srgb(upright, profile)
    out = io.BytesIO()
    if kind is PNG or drawn.mode == "RGBA":
        clean = Image.new(drawn.mode, drawn.size)
        clean.paste(drawn)
        clean.save(out, "PNG")
        return out.getvalue(), PNG.media_type, upright_size
    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    clean.save(out, "JPEG", quality=88)
    return out.getvalue(), JPEG.media_type, upright_size


def _upright_size(image: Image.Image) -> tuple[int, int]:
    turned = image.getexif().get(0x0112) in {5, 6, 7, 8}
    return (image.height, image.width) if turned else (image.width, image.height)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if "A" in image.mode or "transparency" in image.info else "RGB"
    drawn = image if image.mode == mode else image.convert(mode)
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return drawn
    try:
        turned = ImageCms.profileToProfile(
            drawn,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return drawn  # a profile that cannot be read changes colours a little, nothing else
    return turned or drawn


_PLACE = (
    "This photo carries the place where it was taken. Reviewers see a copy without it; the "
    "original stays with you."
)


def _too_many(width: int, height: int) -> Refused:
    measured = f"{width:,} by {height:,} pixels" if width else "more pixels than can be opened"
    return Refused(
        "too-many-pixels",
        f"This picture has {measured}. Save a smaller copy (up to {MOST_PIXELS // 1_000_000} "
        "million pixels) and upload that.",
    )
