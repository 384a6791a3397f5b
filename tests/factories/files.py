"""Small real files of every kind: what Ada might upload, and what she must not."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw

RECORDINGS = Path(__file__).parents[1] / "golden" / "recordings"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    "docx": ("word/document.xml", f"{_OFFICE}wordprocessingml.document.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet.main+xml"),
}
GPS = 0x8825


def pdf(*pages: str, size: tuple[float, float] = (612, 792), extra: str = "") -> bytes:
    """A PDF with one page for each text; lines are split at line breaks. Written by hand."""
    texts = pages or ("A page.",)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(texts):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>"
        )
        lines = "".join(f"({_escaped(line)}) Tj T* " for line in text.split("\n"))
        stream = f"BT /F1 16 Tf 20 TL 72 {size[1] - 72} Td {lines}ET" if text else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects, extra)


def locked_pdf() -> bytes:
    """A PDF that asks for a password: no password fits its check values."""
    encrypt = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>".format("5a" * 32)
    return pdf("Secret.", extra=f"/Encrypt {encrypt} /ID [<{'00' * 16}> <{'00' * 16}>]")


def photo(
    width: int = 640, height: int = 480, *, place: bool = True, turned: bool = False
) -> bytes:
    """A JPEG as a phone makes it: device, place and orientation in its Exif data."""
    return _saved(
        picture(width, height), "JPEG", exif=_exif(place=place, turned=turned), quality=70
    )


def heic(width: int = 256, height: int = 192) -> bytes:
    """A HEIC as a phone makes it."""
    out = io.BytesIO()
    made = pillow_heif.from_pillow(picture(width, height))
    made.save(out, quality=40, exif=_exif(place=True, turned=False).tobytes())
    return out.getvalue()


def png(width: int = 64, height: int = 48) -> bytes:
    """A PNG."""
    return _saved(picture(width, height), "PNG")


def webp(width: int = 64, height: int = 48) -> bytes:
    """A WebP."""
    return _saved(picture(width, height), "WEBP")


def picture(width: int, height: int) -> Image.Image:
    """Something to look at: four coloured fields and a diagonal."""
    image = Image.new("RGB", (width, height), "#0b6e69")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2), fill="#f2b64b")
    draw.rectangle((0, height // 2, width // 2, height), fill="#3f4aa8")
    draw.line((0, 0, width, height), fill="white", width=3)
    return image


def office(
    kind: str,
    *,
    parts: dict[str, bytes] | None = None,
    main_type: str = "",
    types: str = "",
) -> bytes:
    """A DOCX, PPTX or XLSX with the least that one must have, and `parts` besides."""
    name, content_type = _MAIN[kind]
    listed = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{name}" ContentType="{main_type or content_type}"/>{types}</Types>'
    )
    return zipped({"[Content_Types].xml": listed.encode(), name: b"<w/>", **(parts or {})})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A ZIP of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def csv() -> bytes:
    """A table of survey answers."""
    return b"question,yes,no\nHeard at home,41,7\nI feel <3 here,38,9\n"


def wav(seconds: float = 1.0) -> bytes:
    """A silent WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    return out.getvalue()


def recording(name: str) -> bytes:
    """One of the three-second recordings that a browser plays ("short.mp4", "short.ogg" ...)."""
    return (RECORDINGS / name).read_bytes()


def film(
    seconds: float = 90.0,
    *,
    brand: bytes = b"isom",
    handler: bytes = b"vide",
    udta: bytes = b"",
    wide: bool = False,
) -> bytes:
    """The boxes of a film of any length, without a single picture in it."""  # fmt: skip
    scale, ticks = 1000, int(seconds * 1000)
    if wide:
        times = struct.pack(">B3x8x8xIQ", 1, scale, ticks)
    else:
        times = struct.pack(">B3x4x4xII", 0, scale, ticks)
    hdlr = _box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12)
    moov = _box(b"mvhd", times + b"\0" * 80) + _box(b"trak", _box(b"mdia", hdlr)) + udta
    start = _box(b"ftyp", brand + b"\0\0\2\0" + brand) if brand else b""
    return start + _box(b"mdat", b"\0" * 64) + _box(b"moov", moov)


def location() -> bytes:
    """What a phone writes into a film to say where it was made."""
    return _box(b"udta", _box(b"\xa9xyz", b"\0\x12\x15\xc7+41.8781-087.6298/"))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _exif(*, place: bool, turned: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110] = "Ada's telephone"
    if turned:
        exif[0x0112] = 6
    if place:
        exif.get_ifd(GPS).update({1: "N", 2: (41.0, 52.0, 41.0), 3: "W", 4: (87.0, 37.0, 47.0)})
    return exif


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: Sequence[str], extra: str) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>"
    end = f"{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")
