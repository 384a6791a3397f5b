"""Systems: what six competencies look like as one idea each."""

from __future__ import annotations

from course_content.art.emblem import Emblem, Tone, area, line
from course_content.art.geometry import Point, circle, number, polar, polygon


def _stalk(centre: Point, reach: float, angle: float) -> str:
    x, y = polar(reach, angle, centre)
    return f"M{number(centre[0])} {number(centre[1])}L{number(x)} {number(y)}"


def _seed(x: float, y: float, angle: float) -> str:
    """A seed with its parasol, flying."""
    tip = polar(13, angle, (x, y))
    parts = [f"M{number(x)} {number(y)}L{number(tip[0])} {number(tip[1])}"]
    parts += [_stalk(tip, 12, angle + turn) for turn in (-78, -39, 0, 39, 78)]
    return "".join(parts)


_FLYING = ((84, 38, 35), (66, 74, 45), (92, 100, 30))

#: IV.1 A dandelion: what has ripened in one place takes root in others.
SEEDS_ON_THE_WIND: Emblem = (
    line("M40 46C42 78 38 96 32 114"),
    line("".join(_stalk((40, 42), 30, a) for a in range(-180, 60, 20)), stroke=3.5),
    *(area(circle(*polar(32, a, (40, 42)), 4)) for a in range(-180, 60, 20)),
    area(circle(40, 42, 8)),
    *(line(_seed(x, y, a), Tone.ACCENT, 3.5) for x, y, a in _FLYING),
    *(area(circle(x, y, 4.5), Tone.ACCENT) for x, y, _ in _FLYING),
)

#: IV.2 The marks on a door frame: growth that the one who grows can read.
MARKS_ON_THE_FRAME: Emblem = (
    area("M34 6H56V114H34Z"),
    line("M62 102H84M62 84H78M62 70H84M62 52H78M62 40H84", Tone.SOFT, 5),
    line("M62 22H82", Tone.ACCENT, 6),
    area("M86 22 94 14 116 36 108 44ZM86 22 82 10 94 14Z", Tone.ACCENT),
    line("M12 114H108", stroke=5),
)


def _voussoir(start: float, end: float) -> str:
    inner, outer, centre = 26.0, 52.0, (60.0, 74.0)
    return polygon(
        [
            polar(outer, start, centre),
            polar(outer, end, centre),
            polar(inner, end, centre),
            polar(inner, start, centre),
        ]
    )


#: IV.3 An arch: each stone is held because it holds the others.
ARCH: Emblem = (
    *(area(_voussoir(a, a + 24)) for a in (-90, -63.5, -37)),
    *(area(_voussoir(a, a + 24)) for a in (13, 39.5, 66)),
    area(_voussoir(-10.5, 10.5), Tone.ACCENT),
    area("M8 77H34V94H8ZM8 97H34V114H8ZM86 77H112V94H86ZM86 97H112V114H86Z", Tone.SOFT),
)

#: IV.4 Lines that part, meet and change, so that each passenger can arrive.
NETWORK: Emblem = (
    line("M30 8V76L50 96H112", Tone.SOFT, 6),
    line("M8 90H36L64 62 88 38V8", Tone.ACCENT, 6),
    line("M8 34H36L64 62H112", stroke=6),
    area(circle(64, 62, 11)),
    area(circle(30, 34, 9)),
    area(circle(88, 26, 7.5), Tone.ACCENT),
    area(circle(98, 62, 7.5)),
    area(circle(14, 90, 7.5), Tone.ACCENT),
    area(circle(86, 96, 7.5), Tone.SOFT),
)


def _paddle(angle: float) -> str:
    (ax, ay), (bx, by) = (polar(43, angle + turn, (60, 52)) for turn in (-9, 9))
    return f"M{number(ax)} {number(ay)}L{number(bx)} {number(by)}"


#: IV.5 A water wheel: a machine worth having, turned by what flows anyway.
WATER_WHEEL: Emblem = (
    line(circle(60, 52, 32)),
    line("".join(_stalk((60, 52), 40, a) for a in range(0, 360, 45)), stroke=4),
    line("".join(_paddle(a) for a in range(0, 360, 45)), stroke=7),
    area(circle(60, 52, 9), Tone.ACCENT),
    line("M4 100q7-7 14 0t14 0 14 0 14 0 14 0 14 0 14 0 14 0", Tone.ACCENT, 5),
    line("M18 114q7-6 14 0t14 0 14 0 14 0 14 0 14 0", Tone.SOFT, 4),
)

#: IV.6 Two tins and a tight string: who holds one end can speak and listen.
STRING_BETWEEN: Emblem = (
    area("M20 60 48 66V94L20 100Z"),
    area("M20 60a7 20 0 0 0 0 40a7 20 0 0 0 0-40Z", Tone.SOFT),
    area("M100 20 72 26V54L100 60Z"),
    area("M100 20a7 20 0 0 0 0 40a7 20 0 0 0 0-40Z", Tone.SOFT),
    line("M48 80 72 40", Tone.ACCENT, 5),
    line("M20 44V34M30 46 36 38M10 46 4 38", Tone.ACCENT, 4.5),
    line("M100 76V86M90 74 84 82M110 74 116 82", Tone.ACCENT, 4.5),
)

EMBLEMS: dict[str, Emblem] = {
    "IV.1": SEEDS_ON_THE_WIND,
    "IV.2": MARKS_ON_THE_FRAME,
    "IV.3": ARCH,
    "IV.4": NETWORK,
    "IV.5": WATER_WHEEL,
    "IV.6": STRING_BETWEEN,
}
