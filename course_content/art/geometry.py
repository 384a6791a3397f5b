"""Hexagons, rounded and cut corners, and walking along an outline; y grows downwards as in SVG."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]

APOTHEM = sqrt(3) / 2  #: distance from the centre to an edge of a hexagon of radius 1


def number(value: float) -> str:
    """Two decimals at most, no trailing zeros, no negative zero: short and deterministic."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def hexagon(radius: float, centre: Point = (0, 0)) -> list[Point]:
    """The six corners of a hexagon that stands on a corner, from the top, clockwise."""
    x, y = centre
    return [
        (x + radius * sin(radians(60 * k)), y - radius * cos(radians(60 * k))) for k in range(6)
    ]


def polygon(points: Sequence[Point]) -> str:
    """A closed path through the points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def _toward(start: Point, end: Point, distance: float) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1])
    share = distance / length
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def cut_corners(points: Sequence[Point], distance: float) -> list[Point]:
    """The polygon with each corner cut off `distance` before and after it."""
    result = []
    for index, corner in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        result += [_toward(corner, before, distance), _toward(corner, after, distance)]
    return result


def rounded(points: Sequence[Point], distance: float) -> str:
    """A closed path whose corners are curves that begin `distance` before and after them."""
    ends = cut_corners(points, distance)
    parts: list[str] = []
    for index, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = ends[2 * index], ends[2 * index + 1]
        parts.append(
            f"{'L' if parts else 'M'}{number(ax)} {number(ay)}"
            f"Q{number(x)} {number(y)} {number(bx)} {number(by)}"
        )
    return "".join(parts) + "Z"


def circle(x: float, y: float, radius: float) -> str:
    """A full circle as a path."""
    r, left, across = number(radius), f"{number(x - radius)} {number(y)}", number(2 * radius)
    return f"M{left}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0Z"


def polar(radius: float, angle: float, centre: Point = (0, 0)) -> Point:
    """The point at `angle` degrees, clockwise from straight up."""
    turn = radians(angle)
    return (centre[0] + radius * sin(turn), centre[1] - radius * cos(turn))


@dataclass(frozen=True)
class Track:
    """A line to set words on: where one is after some distance, and which way one faces."""

    points: tuple[Point, ...]
    distances: tuple[float, ...]

    @property
    def length(self) -> float:
        """From the first point to the last."""
        return self.distances[-1]

    def at(self, distance: float) -> tuple[float, float, float]:
        """x, y and the direction in degrees after `distance`; straight on beyond the ends."""
        index = min(max(bisect_right(self.distances, distance) - 1, 0), len(self.points) - 2)
        (x0, y0), (x1, y1) = self.points[index], self.points[index + 1]
        step = self.distances[index + 1] - self.distances[index]
        share = (distance - self.distances[index]) / step
        angle = degrees(atan2(y1 - y0, x1 - x0))
        return (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, angle)


def track(corners: Sequence[Point], radius: float) -> Track:
    """An open line through the corners, each rounded by an arc of `radius`."""
    points: list[Point] = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        turn_in = atan2(corner[1] - before[1], corner[0] - before[0])
        turn_out = atan2(after[1] - corner[1], after[0] - corner[0])
        turn = (turn_out - turn_in + pi) % (2 * pi) - pi
        tangent = radius * abs(sin(turn / 2) / cos(turn / 2))
        start = _toward(corner, before, tangent)
        side = 1 if turn > 0 else -1
        cx, cy = start[0] - side * radius * sin(turn_in), start[1] + side * radius * cos(turn_in)
        steps = 24
        for step in range(steps + 1):
            angle = turn_in - side * pi / 2 + turn * step / steps
            points.append((cx + radius * cos(angle), cy + radius * sin(angle)))
    points.append(corners[-1])
    distances = [0.0]
    for (x0, y0), (x1, y1) in pairwise(points):
        distances.append(distances[-1] + hypot(x1 - x0, y1 - y0))
    return Track(tuple(points), tuple(distances))
