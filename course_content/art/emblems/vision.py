"""Vision: what five competencies look like as one idea each."""

from __future__ import annotations

from course_content.art.emblem import Emblem, Tone, area, line
from course_content.art.geometry import circle, hexagon, number, polar, polygon


def _arc(radius: float, start: float, end: float) -> str:
    (ax, ay), (bx, by) = (polar(radius, angle, (60, 60)) for angle in (start, end))
    r = number(radius)
    return f"M{number(ax)} {number(ay)}A{r} {r} 0 0 1 {number(bx)} {number(by)}"


#: I.1 Many ways, each of its own kind, to one light on the horizon.
MANY_WAYS: Emblem = (
    area("M36 54a24 24 0 0 1 48 0Z", Tone.ACCENT),
    line("M60 20V10M42.5 24.5 37.5 16M77.5 24.5 82.5 16M28 37 19 32M92 37 101 32", Tone.ACCENT),
    line("M8 58H112"),
    line("M60 66C60 80 60 96 60 112"),
    line("M54 66C50 78 26 78 32 92S16 104 14 112"),
    line("M66 66C70 74 84 74 86 84S104 96 106 112", dashes="0.1 9"),
)

#: I.2 A table seen from above to which everyone brings something else.
SHARED_TABLE: Emblem = (
    line(circle(60, 60, 38)),
    *(line(_arc(54, turn - 17, turn + 17), Tone.SOFT, 6) for turn in range(0, 360, 60)),
    area(circle(60, 38, 8), Tone.ACCENT),
    area("M72 43h14v12h-14Z"),
    area("M79 81 70 66H88Z"),
    area("M60 74 68 82 60 90 52 82Z"),
    area("M32 66a9.5 9.5 0 0 0 19 0Z"),
    area(polygon(hexagon(9, (41, 48)))),
)

#: I.3 Stepping stones: each leap a little longer than the last.
LEAPS: Emblem = (
    line("M13 74C16 56 28 56 31 74"),
    line("M31 74C36 36 58 36 63 74"),
    line("M63 74C68 2 102 2 105 66", Tone.ACCENT),
    area("M7 80h12l3 9H4Z"),
    area("M26 80h12l3 9H23Z"),
    area("M55 80h17l4 9H51Z"),
    area("M94 80h21l4 9H90Z"),
    line("M10 104q7-6 14 0t14 0 14 0 14 0 14 0 14 0 14 0", Tone.SOFT, 4),
)

#: I.4 A boat that is driven by what students say.
VOICE_AS_SAIL: Emblem = (
    area("M12 82H108L94 102H28Z"),
    line("M52 76V14"),
    area(
        "M60 16H98a8 8 0 0 1 8 8V52a8 8 0 0 1-8 8H78L64 74V60H60ZM68 29V35H97V29ZM68 42V48H88V42Z",
        Tone.ACCENT,
    ),
    area("M44 24V70H18Z", Tone.SOFT),
    line("M6 112q9-6 18 0t18 0 18 0 18 0 18 0 18 0", Tone.SOFT, 4),
)

#: I.5 A house under lines that lead from its door around the world.
HOUSE_IN_THE_WORLD: Emblem = (
    line("M24 87A48 48 0 1 1 96 87", Tone.SOFT),
    line("M60 8C45 18 37 32 35 48M60 8C75 18 83 32 85 48M15 38H105M60 8V32", Tone.SOFT, 4),
    area("M60 42 94 70H86V112H69V90H51V112H34V70H26Z"),
    area(circle(60, 8, 7), Tone.ACCENT),
    area(circle(15, 38, 7), Tone.ACCENT),
    area(circle(105, 38, 7), Tone.ACCENT),
)

EMBLEMS: dict[str, Emblem] = {
    "I.1": MANY_WAYS,
    "I.2": SHARED_TABLE,
    "I.3": LEAPS,
    "I.4": VOICE_AS_SAIL,
    "I.5": HOUSE_IN_THE_WORLD,
}
