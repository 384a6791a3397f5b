"""Where the 21 cells of the honeycomb stand: one figure for the page and for the stacked badges.

Vision stands on top, where one begins; Self and Others stand left and right of Systems, which
carries. Units: the radius of a cell; the figure is centred on (0, 0).
"""

from __future__ import annotations

from course_content.art.geometry import APOTHEM, Point
from course_content.catalog import DomainLetter

GAP = 0.22  #: between two fields

#: Of each row of a field: the row, the first column, the number of cells.
_ROWS: dict[DomainLetter, tuple[tuple[int, float, int], ...]] = {
    DomainLetter.VISION: ((0, -1.0, 3), (1, -0.5, 2)),
    DomainLetter.SELF: ((1, -1.5, 1), (2, -2.0, 2), (3, -2.5, 2)),
    DomainLetter.OTHERS: ((1, 1.5, 1), (2, 1.0, 2), (3, 1.5, 2)),
    DomainLetter.SYSTEMS: ((2, 0.0, 1), (3, -0.5, 2), (4, -1.0, 3)),
}
_SHIFTS: dict[DomainLetter, Point] = {
    DomainLetter.VISION: (0, -GAP),
    DomainLetter.SELF: (-GAP, 0),
    DomainLetter.OTHERS: (GAP, 0),
    DomainLetter.SYSTEMS: (0, GAP * 0.6),
}
_NUMERALS = {
    DomainLetter.VISION: "I",
    DomainLetter.SELF: "II",
    DomainLetter.OTHERS: "III",
    DomainLetter.SYSTEMS: "IV",
}


def places() -> dict[str, Point]:
    """The centre of each cell by competency code, in the order of the framework."""
    result = {}
    for letter, rows in _ROWS.items():
        shift_x, shift_y = _SHIFTS[letter]
        number = 0
        for row, first, count in rows:
            for column in range(count):
                number += 1
                x = (first + column) * 2 * APOTHEM + shift_x
                result[f"{_NUMERALS[letter]}.{number}"] = (x, (row - 2) * 1.5 + shift_y)
    return result


def field(code: str) -> dict[str, Point]:
    """The cells of one domain ("I"), or all of them, centred on (0, 0)."""
    cells = {
        cell: place
        for cell, place in places().items()
        if code not in _NUMERALS.values() or cell.partition(".")[0] == code
    }
    xs, ys = [x for x, _ in cells.values()], [y for _, y in cells.values()]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {cell: (x - middle_x, y - middle_y) for cell, (x, y) in cells.items()}
