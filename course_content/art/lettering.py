"""Words as outlines: kerned, set in lines or along a track, from two fonts that are packages.

A character that a font does not have is drawn as the font's own empty box: visible, no failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from math import cos, radians, sin
from typing import Any
from unicodedata import normalize

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from course_content.art.geometry import Track, number

SERIF = "font_source_serif_pro/SourceSerifPro-Semibold"
SANS = "font_source_sans_pro/SourceSansPro-Semibold"


@dataclass(frozen=True)
class Face:
    """One font, opened: what is needed to set a line."""

    font: Any  #: fontTools has no types
    glyphs: Any
    names: dict[int, str]
    units: int
    pairs: tuple[Any, ...]  #: the subtables of the GPOS feature "kern"

    def name(self, character: str) -> str:
        """The glyph for a character; the empty box where the font has none."""
        return self.names.get(ord(character), ".notdef")

    def advance(self, name: str) -> float:
        """Width of a glyph in font units."""
        return float(self.font["hmtx"][name][0])

    def kerning(self, left: str, right: str) -> float:
        """Correction between two glyphs in font units (OpenType GPOS, PairPos 1 and 2)."""
        for table in self.pairs:
            if left not in table.Coverage.glyphs:
                continue
            if table.Format == 1:
                for pair in table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord:
                    if pair.SecondGlyph == right:
                        return _advance_of(pair.Value1)
            else:
                first = table.ClassDef1.classDefs.get(left, 0)
                second = table.ClassDef2.classDefs.get(right, 0)
                return _advance_of(table.Class1Record[first].Class2Record[second].Value1)
        return 0.0


def _advance_of(value: Any) -> float:
    return float(getattr(value, "XAdvance", 0) or 0)


@cache
def face(which: str) -> Face:
    """Opens one of the packaged fonts, once per process."""
    package, name = which.split("/")
    with as_file(files(package).joinpath("files", f"{name}.ttf")) as path:
        data = path.read_bytes()
    font = TTFont(BytesIO(data), lazy=True)
    gpos = font["GPOS"].table
    wanted = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    pairs = tuple(
        table
        for index in sorted(wanted)
        if gpos.LookupList.Lookup[index].LookupType == 2
        for table in gpos.LookupList.Lookup[index].SubTable
    )
    return Face(font, font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm, pairs)


def _placed(text: str, which: str, size: float, spacing: float) -> Iterator[tuple[str, float]]:
    """Each glyph with the distance of its origin from the start; last an empty name at the end."""
    type_face = face(which)
    scale = size / type_face.units
    names = [type_face.name(character) for character in normalize("NFC", text)]
    at = 0.0
    for index, name in enumerate(names):
        if index:
            at += type_face.kerning(names[index - 1], name) * scale + spacing
        yield name, at
        at += type_face.advance(name) * scale
    yield "", at


@cache
def width(text: str, which: str, size: float, spacing: float = 0.0) -> float:
    """How long the line is."""
    return [at for _, at in _placed(text, which, size, spacing)][-1]


def _outline(which: str, name: str, matrix: tuple[float, ...]) -> str:
    type_face = face(which)
    pen = SVGPathPen(type_face.glyphs, ntos=number)
    type_face.glyphs[name].draw(TransformPen(pen, matrix))
    return str(pen.getCommands())


def line(text: str, which: str, size: float, centre: float, baseline: float) -> str:
    """One path with the words centred on `centre`."""
    start = centre - width(text, which, size) / 2
    scale = size / face(which).units
    return "".join(
        _outline(which, name, (scale, 0, 0, -scale, start + at, baseline))
        for name, at in _placed(text, which, size, 0.0)
        if name
    )


def along(text: str, which: str, size: float, spacing: float, way: Track) -> str:
    """One path with the words centred on the middle of the track, each letter turned with it."""
    type_face = face(which)
    scale = size / type_face.units
    start = (way.length - width(text, which, size, spacing)) / 2
    parts = []
    for name, at in _placed(text, which, size, spacing):
        if not name:
            break
        half = type_face.advance(name) * scale / 2
        x, y, angle = way.at(start + at + half)
        c, s = cos(radians(angle)), sin(radians(angle))
        matrix = (c * scale, s * scale, s * scale, -c * scale, x - c * half, y - s * half)
        parts.append(_outline(which, name, matrix))
    return "".join(parts)


@dataclass(frozen=True)
class Setting:
    """A title broken into lines at the largest size that fits."""

    lines: tuple[str, ...]
    size: float


def _breaks(words: list[str], lines: int) -> Iterator[tuple[str, ...]]:
    if lines == 1:
        yield (" ".join(words),)
        return
    for first in range(1, len(words) - lines + 2):
        for rest in _breaks(words[first:], lines - 1):
            yield (" ".join(words[:first]), *rest)


def fit(text: str, which: str, room: float, height: float, largest: float) -> Setting:
    """The line breaks (at most three lines) that allow the largest size in `room` x `height`.

    Ties go to fewer, then to more even lines. A single endless word is set small rather than cut.
    """
    words = text.split() or ["?"]
    best, best_widest = Setting((text,), 0.0), 0.0
    for lines in range(1, min(3, len(words)) + 1):
        for candidate in _breaks(words, lines):
            widest = max(width(part, which, 100.0) for part in candidate) / 100
            size = min(largest, room / widest, height / (lines * 1.1))
            evener = len(candidate) == len(best.lines) and widest < best_widest
            if size > best.size + 0.01 or (size > best.size - 0.01 and evener):
                best, best_widest = Setting(candidate, size), widest
    return best
