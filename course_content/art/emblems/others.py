"""Others: what five competencies look like as one idea each."""

from __future__ import annotations

from course_content.art.emblem import Emblem, Tone, area, line
from course_content.art.geometry import circle, number


def _hanging(share: float, edge: float, low: float) -> tuple[float, float]:
    """A point of the curve that hangs from (8, edge) to (112, edge)."""
    y = (1 - share) ** 2 * edge + 2 * share * (1 - share) * low + share**2 * edge
    return (8 + 104 * share, y)


def _mesh() -> str:
    """The zigzag between the upper and the lower edge of the net."""
    knots = [_hanging(k / 12, *((78, 100), (94, 128))[k % 2]) for k in range(13)]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in knots)


#: III.1 A rowing boat from above: many oars, one stroke.
ONE_STROKE: Emblem = (
    area(
        "M60 2C70 20 73 40 73 60S70 100 60 118C50 100 47 80 47 60S50 20 60 2Z"
        "M60 16C56 30 54 46 54 60S56 92 60 104C64 92 66 74 66 60S64 30 60 16Z"
    ),
    *(line(f"M66 {y}L104 {y + 12}", stroke=4.5) for y in (28, 46, 64, 82)),
    *(line(f"M54 {y}L16 {y + 12}", stroke=4.5) for y in (28, 46, 64, 82)),
    *(line(f"M98 {y + 10}L110 {y + 14}", Tone.ACCENT, 8) for y in (28, 46, 64, 82)),
    *(line(f"M22 {y + 10}L10 {y + 14}", Tone.ACCENT, 8) for y in (28, 46, 64, 82)),
)

#: III.2 A loom: the pattern grows row by row out of plain threads.
LOOM: Emblem = (
    line("M14 10V112M106 10V112", stroke=7),
    line("M6 16H114", stroke=7),
    line("M30 20V60M42 20V60M54 20V60M66 20V60M78 20V60M90 20V60", Tone.SOFT, 4),
    line("M24 72H44M52 72H56M64 72H68M76 72H96", Tone.ACCENT, 7),
    line("M24 84H32M40 84H80M88 84H96", stroke=7),
    line("M24 96H44M52 96H68M76 96H96", Tone.ACCENT, 7),
    line("M24 108H96", stroke=7),
    line("M22 60H78", stroke=5),
    area("M74 60 86 53H100L106 60 100 67H86Z"),
)

#: III.3 A rope walked over a net that others hold.
ROPE_AND_NET: Emblem = (
    line("M8 20V112M112 20V112", stroke=6),
    line("M8 60Q60 68 112 60"),
    area(circle(58, 17, 7.5)),
    line("M58 29V46L50 62M58 46 68 62"),
    line("M24 37 92 30", Tone.ACCENT),
    line("M8 78Q60 100 112 78M8 94Q60 128 112 94", Tone.SOFT, 4),
    line(_mesh(), Tone.SOFT, 3.5),
)

#: III.4 Scattered points; read together they are a plant that grows.
POINTS_THAT_SPEAK: Emblem = (
    line("M60 110V76L32 58M60 88 88 66V40M60 76V44L42 26M60 44 78 18", stroke=4.5),
    *(area(circle(x, y, 6)) for x, y in ((60, 110), (60, 76), (32, 58), (88, 66), (60, 44))),
    *(area(circle(x, y, 8), Tone.ACCENT) for x, y in ((88, 40), (42, 26), (78, 18))),
    *(
        area(circle(x, y, 4), Tone.SOFT)
        for x, y in (
            (14, 30),
            (22, 92),
            (106, 92),
            (104, 14),
            (16, 70),
            (36, 112),
            (90, 108),
            (18, 10),
            (108, 52),
        )
    ),
)

#: III.5 One flame lights others, each candle of its own height.
FLAME_PASSED_ON: Emblem = (
    line("M16 76 50 36", stroke=13),
    area("M57 30C50 24 54 14 62 4 68 14 70 26 57 30Z", Tone.ACCENT),
    area("M56 74h14V112H56ZM78 58h14V112H78ZM100 84h14V112h-14Z"),
    area(
        "M63 68C56 62 58 54 63 46 68 54 70 62 63 68ZM85 52C78 46 80 38 85 30 90 38 92 46 85 52Z",
        Tone.ACCENT,
    ),
    line("M107 78V72", Tone.SOFT, 4.5),
    line("M8 114H48", Tone.SOFT, 4.5),
)

EMBLEMS: dict[str, Emblem] = {
    "III.1": ONE_STROKE,
    "III.2": LOOM,
    "III.3": ROPE_AND_NET,
    "III.4": POINTS_THAT_SPEAK,
    "III.5": FLAME_PASSED_ON,
}
