"""Self: what five competencies look like as one idea each."""

from __future__ import annotations

from course_content.art.emblem import Emblem, Tone, area, line
from course_content.art.geometry import APOTHEM, circle, hexagon, number, polar

#: II.1 A seedling on four layers of ground, each of another kind.
LAYERS_OF_GROUND: Emblem = (
    line("M60 52V36"),
    area("M60 34C44 34 36 26 36 12 52 12 60 20 60 34Z", Tone.ACCENT),
    area("M60 28C60 14 68 6 84 6 84 20 76 28 60 28Z", Tone.ACCENT),
    area("M12 54H108V66C92 72 80 60 60 66S28 72 12 66Z"),
    line("M14 78C28 84 40 78 60 78S92 72 106 78", dashes="0.1 10", stroke=6),
    line("M14 92C28 98 40 92 60 92S92 86 106 92", Tone.SOFT, 6),
    line("M14 108l9-8 9 8 9-8 9 8 10-8 10 8 9-8 9 8 9-8 9 8", stroke=4.5),
)

#: II.2 One door; steps and a ramp both lead to it.
TWO_WAYS_IN: Emblem = (
    area("M44 72V38a16 16 0 0 1 32 0V72Z", Tone.ACCENT),
    line("M36 72V38a24 24 0 0 1 48 0V72"),
    area("M36 78H28V86H20V94H12V102H4V110H58V78Z"),
    area("M62 78H84L118 110H62Z"),
    line("M84 60 116 90", Tone.SOFT, 4.5),
    line("M100 76V90M116 90V102", Tone.SOFT, 4.5),
    line("M60 4V1M80 9 82 6M40 9 38 6", Tone.SOFT, 4.5),
)

#: II.3 A bridge that is laid plank by plank while one crosses it.
BRIDGE_IN_THE_LAYING: Emblem = (
    area("M2 64H24V112H10Q2 100 4 88T2 64Z"),
    area("M96 64H118V64Q114 80 117 92T110 112H96Z"),
    area("M28 64h13v9H28ZM45 64h13v9H45Z"),
    area("M62 64h14v9H62ZM79 64h13v9H79Z", Tone.SOFT),
    area(circle(46, 18, 7.5)),
    line("M46 30V46M46 33 62 34M46 46 39 60M46 46 54 60"),
    area("M62 28h14v11H62Z", Tone.ACCENT),
    line("M32 100q7-5 14 0t14 0 14 0 14 0", Tone.SOFT, 4),
)


def _wall(radius: float, gap: int) -> str:
    """The six sides of a hexagon, one of them open in its middle."""
    corners = hexagon(radius, (60, 60))
    parts = []
    for side, (x0, y0) in enumerate(corners):
        x1, y1 = corners[(side + 1) % 6]
        if side != gap:
            parts.append(f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}")
            continue
        reach = 0.5 - 8.5 / radius
        ax, ay = x0 + (x1 - x0) * reach, y0 + (y1 - y0) * reach
        bx, by = x1 - (x1 - x0) * reach, y1 - (y1 - y0) * reach
        parts.append(f"M{number(x0)} {number(y0)}L{number(ax)} {number(ay)}")
        parts.append(f"M{number(bx)} {number(by)}L{number(x1)} {number(y1)}")
    return "".join(parts)


def _steps(*stations: tuple[float, float]) -> str:
    """A line through points given as (radius, angle) around the middle."""
    points = [polar(radius, angle, (60, 60)) for radius, angle in stations]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


_LANE, _INNER_LANE = 46.0, 28.5

#: II.4 A labyrinth and the way that was found through it.
WAY_THROUGH: Emblem = (
    line(_wall(56, 3), stroke=4.5),
    line(_wall(37, 0), stroke=4.5),
    line(_wall(19, 4), stroke=4.5),
    line(
        _steps(
            (60, 210),
            (_LANE * APOTHEM, 210),
            *((_LANE, angle) for angle in (180, 120, 60)),
            (_LANE * APOTHEM, 30),
            (_INNER_LANE * APOTHEM, 30),
            *((_INNER_LANE, angle) for angle in (0, 300)),
            (_INNER_LANE * APOTHEM, 270),
            (0, 0),
        ),
        Tone.ACCENT,
    ),
    area(circle(60, 60, 7), Tone.ACCENT),
)

#: II.5 Rings of a tree; the newest is still open and carries a bud.
OPEN_RING: Emblem = (
    area(circle(58, 66, 5)),
    line("M58 54a12 12 0 1 0 12 12"),
    line("M70 66A12 12 0 0 0 58 54", Tone.SOFT),
    line("M57 43a24 24 0 1 0 24 24A24 24 0 0 0 57 43"),
    line("M56 31a36 36 0 1 0 37 37A37 37 0 0 0 56 31"),
    line("M92 24A54 54 0 1 0 109 54", stroke=6),
    area("M92 26C90 12 98 4 114 4 116 18 108 27 92 26Z", Tone.ACCENT),
)

EMBLEMS: dict[str, Emblem] = {
    "II.1": LAYERS_OF_GROUND,
    "II.2": TWO_WAYS_IN,
    "II.3": BRIDGE_IN_THE_LAYING,
    "II.4": WAY_THROUGH,
    "II.5": OPEN_RING,
}
