"""The words an emblem is drawn in: marks with a tone, on a field of 120 by 120, centre (60, 60).

A tone is a role, not a colour: the badge gives it a colour of its domain, the small glyph gives it
the colour of the text it stands in. So each emblem is drawn once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SIDE = 120.0
STROKE = 5.0


class Tone(StrEnum):
    """Which part a mark plays."""

    INK = "ink"  #: the drawing itself
    SOFT = "soft"  #: what lies behind or is not yet
    ACCENT = "accent"  #: the one thing one should see


@dataclass(frozen=True)
class Mark:
    """One path: filled where `stroke` is 0, else drawn as a line of that width."""

    d: str
    tone: Tone = Tone.INK
    stroke: float = 0.0
    dashes: str = ""


Emblem = tuple[Mark, ...]


def line(d: str, tone: Tone = Tone.INK, stroke: float = STROKE, dashes: str = "") -> Mark:
    """A line with round ends."""
    return Mark(d, tone, stroke, dashes)


def area(d: str, tone: Tone = Tone.INK) -> Mark:
    """A filled shape; holes by the even-odd rule."""
    return Mark(d, tone)


def svg(mark: Mark, colour: str, opacity: float = 1.0) -> str:
    """The mark as an SVG element in that colour; presentation attributes only (CSP)."""
    faint = "" if opacity == 1 else f' opacity="{opacity:g}"'
    if not mark.stroke:
        return f'<path d="{mark.d}" fill="{colour}" fill-rule="evenodd"{faint}/>'
    dashes = f' stroke-dasharray="{mark.dashes}"' if mark.dashes else ""
    return (
        f'<path d="{mark.d}" fill="none" stroke="{colour}" stroke-width="{mark.stroke:g}"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}{faint}/>'
    )
