"""The 21 competencies as one figure: where a learner stands, or where a cohort does.

The figure is inline SVG whose look comes from lc.css (classes `lc-cell`); beside it stands the same
information as ordered lists. Nothing here knows where states come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from course_content.art import glyph_marks
from course_content.art.comb import places
from course_content.art.geometry import APOTHEM, Point, hexagon, number, polygon
from course_content.catalog import Domain, Framework

RADIUS = 60.0
SHAPE = RADIUS * 0.93
VIEW = (-345, -286, 690, 582)  #: x, y, width, height of the figure


class CellState(StrEnum):
    """Where someone stands with a competency."""

    OPEN = "open"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    EARNED = "earned"
    RENEWED = "renewed"
    REVOKED = "revoked"


WORDS = {
    CellState.OPEN: "Open",
    CellState.DRAFT: "Draft",
    CellState.IN_REVIEW: "In review",
    CellState.RETURNED: "Returned",
    CellState.EARNED: "Earned",
    CellState.RENEWED: "Renewed",
    CellState.REVOKED: "Revoked",
}
#: Cells whose ground is the full colour of the domain.
_FILLED = {CellState.EARNED, CellState.RENEWED}

#: The sign of a state on a field of 16 by 16: pencil, clock, arrow back, tick,
#: turn; a revoked cell is struck through and needs none.
_SIGNS = {
    CellState.DRAFT: "M11 1l4 4-9 9-5 1 1-5Z",
    CellState.IN_REVIEW: "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0ZM7 3h2v4.2l3 2-1.1 1.7L7 8.3Z",
    CellState.RETURNED: "M0 6.5 6.5 1v3.5H15V15h-3.5V8H6.5v4Z",
    CellState.EARNED: "M1 8.5 3.3 6l3 3.2L13 2l2.2 2.3L6.3 14Z",
    CellState.RENEWED: (
        "M13.7 2.3 15.5.5V6.5H9.5l2.3-2.3a5.5 5.5 0 1 0 1.7 4h2.3a8 8 0 1 1-2.1-5.9Z"
    ),
}
#: Where each field says its name: x, y, anchor.
_NAMES = {
    "V": (0, -258, "middle"),
    "P": (-212, -148, "end"),
    "C": (212, -148, "start"),
    "S": (0, 284, "middle"),
}
_SHORT = {"V": "Vision", "P": "Self", "C": "Others", "S": "Systems"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One competency as the figure shows it.

    `intensity` (0 to 1) makes it a cell of a heat map: its ground has that share of the domain's
    colour and `value` ("7 of 12") stands in it; the state is then not drawn.
    """

    code: str
    state: str  #: one of CellState
    title: str
    next_step: str
    url: str  #: "" where there is nowhere to go
    available: bool  #: whether there is a module
    intensity: float | None = None
    value: str = ""

    @property
    def word(self) -> str:
        """The state in a word, or the value of the heat map."""
        if self.intensity is not None:
            return self.value
        return WORDS[CellState(self.state)] if self.available else "Not yet offered"

    @property
    def shape(self) -> str:
        """The state as the stylesheet spells it (`data-state`)."""
        return str(CellState(self.state)).replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One domain in the lists beside the figure."""

    letter: str
    short: str
    name: str
    cells: tuple[Cell, ...]


def honeycomb(framework: Framework, cells: Mapping[str, Cell], *, label: str) -> SafeString:
    """Figure and lists as one fragment; `cells` by competency code, `label` names the figure.

    A competency without a cell is left out of both. Raises ValueError for an unknown state.
    """
    fields = tuple(_field(domain, cells) for domain in framework.domains)
    return mark_safe(  # noqa: S308 - the template escapes what it is given
        render_to_string(
            "lc_content/honeycomb.html",
            {"figure": honeycomb_svg(framework, cells, label=label), "fields": fields},
        )
    )


def honeycomb_svg(framework: Framework, cells: Mapping[str, Cell], *, label: str) -> SafeString:
    """The figure alone, as inline SVG: links with names, classes instead of styles."""
    where = places()
    opening = (
        '<svg class="lc-comb__svg" xmlns="http://www.w3.org/2000/svg" role="group"'
        f' viewBox="{" ".join(map(str, VIEW))}" aria-label="{escape(label)}">'
    )
    parts = [opening]
    for domain in framework.domains:
        parts.append(f'<g data-domain="{domain.letter}">{_name(domain)}')
        for competency in domain.competencies:
            if cell := cells.get(competency.code):
                parts.append(_cell(cell, where[competency.code]))
        parts.append("</g>")
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 - every word that comes in is escaped


def _field(domain: Domain, cells: Mapping[str, Cell]) -> Field:
    present = tuple(cells[c.code] for c in domain.competencies if c.code in cells)
    return Field(
        letter=domain.letter, short=_SHORT[domain.letter], name=domain.short_name, cells=present
    )


def _name(domain: Domain) -> str:
    x, y, anchor = _NAMES[domain.letter]
    return (
        f'<text class="lc-comb__name" x="{x}" y="{y}" text-anchor="{anchor}"'
        f' aria-hidden="true">{_SHORT[domain.letter]}</text>'
    )


def _cell(cell: Cell, place: Point) -> str:
    x, y = place[0] * RADIUS, place[1] * RADIUS
    saying = escape(f"{cell.code} {cell.title}: {cell.word}. {cell.next_step}".strip())
    heat = "" if cell.intensity is None else " lc-cell--heat"
    absent = "" if cell.available else " lc-cell--absent"
    dark = cell.intensity is not None and cell.intensity > 0.55
    attributes = (
        f'class="lc-cell{heat}{absent}{" lc-cell--dark" if dark else ""}"'
        f' data-state="{cell.shape}" transform="translate({number(x)} {number(y)})"'
    )
    inside = f"<title>{saying}</title>{_ground(cell)}{_content(cell)}"
    if not cell.url:
        return f'<g {attributes} role="img" aria-label="{saying}">{inside}</g>'
    return f'<a {attributes} href="{escape(cell.url)}" aria-label="{saying}">{inside}</a>'


def _ground(cell: Cell) -> str:
    """The hexagon in the shape of its state."""
    state = CellState(cell.state)
    outline = polygon(hexagon(SHAPE))
    ring = f'<path class="lc-cell__ring" d="{polygon(hexagon(RADIUS * 1.04))}"/>'
    if cell.intensity is not None:
        return (
            f'{ring}<path class="lc-cell__shape" d="{outline}"/><path class="lc-cell__heat"'
            f' fill-opacity="{min(max(cell.intensity, 0), 1):.2f}" d="{outline}"/>'
        )
    if state is CellState.RETURNED:
        outline = _notched()
    extra = {
        CellState.IN_REVIEW: f'<path class="lc-cell__half" d="{_lower_half()}"/>',
        CellState.RENEWED: f'<path class="lc-cell__inner" d="{polygon(hexagon(SHAPE * 0.86))}"/>',
        CellState.REVOKED: f'<path class="lc-cell__strike" d="{_strike()}"/>',
    }.get(state, "")
    return f'{ring}<path class="lc-cell__shape" d="{outline}"/>{extra}'


def _content(cell: Cell) -> str:
    """The glyph, below it the number with the sign of the state, or the value."""
    scale = 0.5
    glyph = (
        f'<g class="lc-cell__glyph" transform="translate(0 -13) scale({scale}) translate(-60 -60)">'
        f"{glyph_marks(cell.code)}</g>"
    )
    if cell.intensity is not None:
        return f'{glyph}<text class="lc-cell__code" y="34">{escape(cell.value or cell.code)}</text>'
    sign = _SIGNS.get(CellState(cell.state)) if cell.available else None
    if sign is None:
        return f'{glyph}<text class="lc-cell__code" y="34">{cell.code}</text>'
    return (
        f'{glyph}<path class="lc-cell__sign" transform="translate(-32 20) scale(0.88)" d="{sign}"'
        f' fill-rule="evenodd"/><text class="lc-cell__code" x="8" y="34">{cell.code}</text>'
    )


def _notched() -> str:
    """The hexagon with a notch in its left side."""
    left, half = -SHAPE * APOTHEM, SHAPE / 2
    corners = hexagon(SHAPE)
    notch = [(left, half * 0.62), (left + 17, 0), (left, -half * 0.62)]
    return polygon([*corners[:5], *notch, corners[5]])


def _lower_half() -> str:
    wide = SHAPE * APOTHEM
    return polygon([(-wide, 0), (wide, 0), (wide, SHAPE / 2), (0, SHAPE), (-wide, SHAPE / 2)])


def _strike() -> str:
    x, y = SHAPE * 0.62, SHAPE * 0.5
    return f"M{number(-x)} {number(y)}L{number(x)} {number(-y)}"
