"""Pictures that fill the whole field of a badge, where an emblem alone would say too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot, pow

from course_content.art.comb import field
from course_content.art.edges import pattern
from course_content.art.emblem import SIDE, Tone, svg
from course_content.art.emblems.register import domain_letter, emblem
from course_content.art.geometry import Point, circle, hexagon, number, polar, polygon
from course_content.art.palette import PALETTES, PAPER, Palette
from course_content.catalog import DomainLetter

HORIZON = -80.0
NEAR = 16.0  #: hidden by the title plate


def _fill(d: str, colour: str) -> str:
    return f'<path d="{d}" fill="{colour}"/>'


def _between(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    line: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append(
                (
                    _spline(a[0], b[0], c[0], d[0], t),
                    _spline(a[1], b[1], c[1], d[1], t),
                )
            )
    return [*line, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    bend, turn = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
    return (2 * b + t * ((c - a) + t * (bend + t * turn))) / 2


def _thickness(y: float, nearest: float) -> float:
    """Things on the ground grow from the horizon to the nearest edge."""
    return 1.8 + nearest * pow((y - HORIZON) / (NEAR - HORIZON), 1.25)


def _way(points: Sequence[Point], nearest: float) -> str:
    """A way over the ground in perspective, as a closed path."""
    line = _between(points)
    left, right = [], []
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, len(line) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = hypot(dx, dy) or 1
        half = _thickness(y, nearest) * (1 - 0.45 * abs(dx) / length)
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return polygon([*left, *reversed(right)])


def _stones(points: Sequence[Point]) -> str:
    """Stepping stones along a line, in perspective."""
    parts = []
    for x, y in points:
        wide = _thickness(y, 12)
        rx, ry = number(wide), number(wide * 0.5)
        parts.append(
            f"M{number(x - wide)} {number(y)}a{rx} {ry} 0 1 1 {number(2 * wide)} 0"
            f"a{rx} {ry} 0 1 1 -{number(2 * wide)} 0Z"
        )
    return "".join(parts)


def _walker(x: float, y: float, tall: float) -> str:
    """Someone on the way, standing at (x, y)."""
    w = tall * 0.2
    head = circle(x, y - tall * 0.86, tall * 0.15)
    return head + (
        f"M{number(x)} {number(y - tall * 0.66)}"
        f"C{number(x + w)} {number(y - tall * 0.66)} {number(x + w)} {number(y - tall * 0.4)}"
        f" {number(x + w * 0.6)} {number(y)}H{number(x - w * 0.6)}"
        f"C{number(x - w)} {number(y - tall * 0.4)} {number(x - w)} {number(y - tall * 0.66)}"
        f" {number(x)} {number(y - tall * 0.66)}Z"
    )


_WAYS: tuple[tuple[list[Point], float], ...] = (
    ([(0, HORIZON), (0, -50), (0, NEAR)], 11),
    ([(-7, HORIZON), (-20, -71), (-54, -61), (-34, -46), (-70, -28), (-50, -6), (-76, NEAR)], 9),
    ([(-16, HORIZON), (-60, -75), (-104, -66), (-136, -46), (-160, -22), (-176, NEAR)], 8),
    ([(16, HORIZON), (48, -76), (106, -72), (134, -56), (126, -38), (150, -20), (186, NEAR)], 8),
)
_STONES = (
    *((7, -77), (14, -73.5), (24, -68.5), (33, -62), (45, -55)),
    *((45, -45), (60, -35), (58, -21), (82, -7)),
)


def _many_ways(colours: Palette) -> str:
    """I.1: a light on the horizon, and ways to it, each of its own kind, with people on them."""
    rays, _ = pattern(DomainLetter.VISION, HORIZON, 300)
    sky = _fill("M-260-260H260V260H-260Z", colours.main) + _fill(rays, colours.middle)
    glow = f'<circle cx="0" cy="{HORIZON:g}" r="70" fill="{colours.light}"/>'
    sun = f'<circle cx="0" cy="{HORIZON:g}" r="56" fill="{colours.accent}"/>'
    far = _fill(
        f"M-260-96C-226-112-196-118-160-104S-100-82-44 {HORIZON:g}H44C96-86 124-108 164-104"
        f"S226-112 260-98V{HORIZON + 6:g}H-260Z",
        colours.shade,
    )
    ground = _fill(f"M-260 {HORIZON:g}H260V30H-260Z", colours.deep)
    sheen = "".join(
        polygon([(0, HORIZON), *(polar(300, angle + turn, (0, HORIZON)) for turn in (0, 9))])
        for angle in range(95, 265, 18)
    )
    ground += f'<path d="{sheen}" fill="{colours.shade}" opacity="0.45"/>'
    ways = [_way(points, nearest) for points, nearest in _WAYS]
    stones = _stones(_STONES)
    people = _walker(-46, -41, 27) + _walker(59, -36, 30) + _walker(-131, -44, 26)
    return (
        sky
        + glow
        + sun
        + far
        + ground
        + _fill("".join(ways) + stones, PAPER)
        + _fill(people, colours.accent)
    )


def _cell(code: str, x: float, y: float, radius: float, fill: str, tones: dict[Tone, str]) -> str:
    """One closed cell with its emblem."""
    scale = radius * 1.02 / SIDE
    drawing = "".join(svg(mark, tones[mark.tone]) for mark in emblem(code))
    return (
        _fill(polygon(hexagon(radius * 0.95, (x, y))), fill)
        + f'<g transform="translate({number(x)} {number(y)}) scale({scale:.4f})'
        + f' translate(-{number(SIDE / 2)} -{number(SIDE / 2)})">{drawing}</g>'
    )


def closed_field(code: str, colours: Palette) -> str:
    """A domain's cells (code "I") or all cells (any other code), closed."""
    whole = "." not in code and code not in ("I", "II", "III", "IV")
    cells = field(code)
    radius = min(216 / (max(x for x, _ in cells.values()) * 2 + 1.8), 158 / _height(cells))
    parts = [_fill("M-260-260H260V260H-260Z", colours.main)]
    for cell, (x, y) in cells.items():
        own = PALETTES[domain_letter(cell)]
        fill = own.light if whole else PAPER
        tones = {Tone.INK: own.deep, Tone.SOFT: own.middle, Tone.ACCENT: own.main}
        parts.append(_cell(cell, x * radius, y * radius - 74, radius, fill, tones))
    return "".join(parts)


def _height(cells: dict[str, Point]) -> float:
    return max(y for _, y in cells.values()) * 2 + 2


SCENES: dict[str, Callable[[Palette], str]] = {"I.1": _many_ways}
