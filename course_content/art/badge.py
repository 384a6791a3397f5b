"""The composition of a badge: rim with the program's name, field with the emblem, title, year."""

from __future__ import annotations

from html import escape
from unicodedata import normalize

from course_content.art import edges, lettering
from course_content.art.emblem import SIDE, Tone, svg
from course_content.art.emblems.register import emblem
from course_content.art.geometry import APOTHEM, hexagon, number, polygon, track
from course_content.art.palette import INK, PALETTES, PAPER, WHOLE, Palette
from course_content.art.scenes import SCENES, closed_field
from course_content.catalog import DomainLetter

RADIUS = 250.0
RIM = 40.0  #: width of the band that carries the program's name
PLATE_TOP, PLATE_BOTTOM = 10.0, 122.0
HALF = RADIUS * APOTHEM


def badge_svg(
    code: str,
    *,
    title: str,
    domain: DomainLetter | str,
    program: str,
    year: int,
    size: int = 512,
) -> str:
    """The badge of a competency ("I.1"), a domain ("I") or the whole framework ("framework").

    A complete SVG document of `size` pixels. `domain` is a letter, or "" for the whole framework.
    `title` is broken into at most three lines at the largest size that fits; `program` runs along
    the rim and shrinks where it is long. Nothing but paths: no fonts, no links, no styles.
    Raises UnknownItem for an unknown code, ValueError for an unknown domain letter.
    """
    letter = DomainLetter(domain) if domain else None
    colours = PALETTES[letter] if letter else WHOLE
    inner = RADIUS - RIM / APOTHEM
    name = escape(normalize("NFC", f"{title}. {program}, {year}"))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"',
        ' viewBox="-256 -256 512 512" role="img">',
        f"<title>{name}</title>",
        f'<clipPath id="field"><path d="{edges.outline(letter, inner)}"/></clipPath>',
        _fill(edges.outline(letter, RADIUS) + edges.beads(letter, RADIUS, 24), PAPER),
        _fill(edges.outline(letter, RADIUS - 6) + edges.beads(letter, RADIUS, 18), colours.deep),
        '<g clip-path="url(#field)">',
        _field(code, letter, colours),
        _fill(_band(PLATE_BOTTOM, 260), colours.shade),
        "</g>",
        svg_outline(edges.outline(letter, inner), colours.light, 2.5),
        _rim(program, letter),
        _plate(letter, title, colours),
        _fill(lettering.line(str(year), lettering.SERIF, 40, 0, 174), PAPER),
        "</svg>",
    ]
    return "".join(parts)


def _fill(d: str, colour: str) -> str:
    return f'<path d="{d}" fill="{colour}"/>'


def svg_outline(d: str, colour: str, width: float) -> str:
    """A path as a line with pointed corners."""
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def _band(top: float, bottom: float) -> str:
    return polygon([(-260, top), (260, top), (260, bottom), (-260, bottom)])


def _field(code: str, letter: DomainLetter | None, colours: Palette) -> str:
    """The picture: a scene of its own, or the emblem on the pattern of its domain."""
    if code in SCENES:
        return SCENES[code](colours)
    if "." not in code:
        return closed_field(code, colours)
    centre, scale = -77.0, 1.46
    path, width = edges.pattern(letter, centre, 260)
    behind = svg_outline(path, colours.middle, width) if width else _fill(path, colours.middle)
    tones = {Tone.INK: PAPER, Tone.SOFT: colours.light, Tone.ACCENT: colours.accent}
    drawing = "".join(svg(mark, tones[mark.tone]) for mark in emblem(code))
    half = number(SIDE / 2)
    return (
        _fill(_band(-260, 260), colours.main)
        + behind
        + f'<circle cx="0" cy="{centre:g}" r="98" fill="{colours.main}"/>'
        + f'<g transform="translate(0 {centre:g}) scale({scale}) translate(-{half} -{half})">'
        + drawing
        + "</g>"
    )


def _rim(program: str, letter: DomainLetter | None) -> str:
    """The program's name, from the left side over the top to the right side."""
    corners = hexagon(RADIUS - (RIM - 12) / APOTHEM)
    low_left, low_right = (corners[5][0], PLATE_TOP - 8), (corners[1][0], PLATE_TOP - 8)
    way = track([low_left, corners[5], corners[0], corners[1], low_right], edges.turn(letter))
    words = program.strip().upper()
    for size in (20.0, 18.0, 16.0, 14.0):
        spacing = size * 0.14
        if lettering.width(words, lettering.SANS, size, spacing) <= way.length:
            break
    while lettering.width(words, lettering.SANS, size, spacing) > way.length:
        words = words.rstrip("…").rstrip()[:-1] + "…"
    return _fill(lettering.along(words, lettering.SANS, size, spacing, way), PAPER)


def _plate(letter: DomainLetter | None, title: str, colours: Palette) -> str:
    """The title in dark words on paper, across the whole width."""
    top, bottom = PLATE_TOP, PLATE_BOTTOM
    setting = lettering.fit(title, lettering.SERIF, 2 * HALF - 68, bottom - top - 12, 50)
    step = setting.size * 1.1
    first = (top + bottom) / 2 - step * (len(setting.lines) - 1) / 2 + setting.size * 0.325
    words = "".join(
        lettering.line(text, lettering.SERIF, setting.size, 0, first + step * index)
        for index, text in enumerate(setting.lines)
    )
    clip = f'<clipPath id="plate"><path d="{edges.outline(letter, RADIUS - 15)}"/></clipPath>'
    plate = f'<path d="{_band(top, bottom)}" fill="{PAPER}" clip-path="url(#plate)"/>'
    return clip + plate + _fill(words, INK)
