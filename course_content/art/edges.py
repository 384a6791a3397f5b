"""What tells the domains apart without colour: the outline of a badge, the pattern in its field.

Vision: pointed corners, rays. Self: round corners, contour lines. Others: a bead at each corner, a
weave. Systems: cut corners, a lattice. The whole framework: plain corners, no pattern.
"""

from __future__ import annotations

from course_content.art.geometry import (
    APOTHEM,
    circle,
    cut_corners,
    hexagon,
    number,
    polar,
    polygon,
    rounded,
)
from course_content.catalog import DomainLetter


def outline(letter: DomainLetter | None, radius: float) -> str:
    """The hexagon of that circumradius around (0, 0) with the corners of its domain."""
    corners = hexagon(radius)
    match letter:
        case DomainLetter.SELF:
            return rounded(corners, radius * 0.24)
        case DomainLetter.SYSTEMS:
            return polygon(cut_corners(corners, radius * 0.13))
        case DomainLetter.OTHERS:
            return rounded(corners, radius * 0.1)
        case _:
            return rounded(corners, radius * 0.02)


def turn(letter: DomainLetter | None) -> float:
    """The radius in which words on the rim go round a corner."""
    match letter:
        case DomainLetter.SELF:
            return 110
        case DomainLetter.SYSTEMS:
            return 90
        case _:
            return 52


def beads(letter: DomainLetter | None, radius: float, size: float) -> str:
    """The beads at the corners of the domain Others, else nothing."""
    if letter is not DomainLetter.OTHERS:
        return ""
    return "".join(circle(x, y, size) for x, y in hexagon(radius * 0.935))


def pattern(letter: DomainLetter | None, y: float, reach: float) -> tuple[str, float]:
    """What fills the field behind an emblem at (0, y): a path and its line width (0: filled)."""
    match letter:
        case DomainLetter.VISION:
            return _rays(y, reach), 0
        case DomainLetter.SELF:
            return "".join(circle(0, y, r) for r in range(70, int(reach), 22)), 5
        case DomainLetter.OTHERS:
            return _weave(y, reach), 5
        case DomainLetter.SYSTEMS:
            return _lattice(y, reach), 4
        case _:
            return "", 0


def _rays(y: float, reach: float, count: int = 36) -> str:
    step = 360 / count
    parts = []
    for index in range(0, count, 2):
        angle = (index - 0.5) * step
        parts.append(
            polygon([(0, y), polar(reach, angle, (0, y)), polar(reach, angle + step, (0, y))])
        )
    return "".join(parts)


def _weave(y: float, reach: float, step: int = 26) -> str:
    rows = []
    for row in range(int(2 * reach / step)):
        top = y - reach + row * step
        rows.append(f"M{number(-reach)} {number(top)}")
        rows.append(f"q{step / 2:g}-{step / 2:g} {step} 0t{step} 0" * int(reach / step))
    return "".join(rows)


def _lattice(y: float, reach: float, radius: float = 24) -> str:
    parts = []
    across, down = 2 * APOTHEM * radius, 1.5 * radius
    rows, columns = int(reach / down) + 1, int(reach / across) + 1
    for row in range(-rows, rows + 1):
        for column in range(-columns, columns + 1):
            shift = across / 2 if row % 2 else 0
            parts.append(polygon(hexagon(radius, (column * across + shift, y + row * down))))
    return "".join(parts)
