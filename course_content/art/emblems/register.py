"""Which code has which emblem and which domain; asked by badge, glyph and honeycomb."""

from __future__ import annotations

from course_content.art.emblem import Emblem
from course_content.art.emblems import others, personal, systems, vision
from course_content.catalog import DomainLetter, UnknownItem

_FIELDS = {
    DomainLetter.VISION: ("I", vision.EMBLEMS),
    DomainLetter.SELF: ("II", personal.EMBLEMS),
    DomainLetter.OTHERS: ("III", others.EMBLEMS),
    DomainLetter.SYSTEMS: ("IV", systems.EMBLEMS),
}


def emblem(code: str) -> Emblem:
    """The emblem of a competency ("I.1"); raises UnknownItem."""
    for _, emblems in _FIELDS.values():
        if code in emblems:
            return emblems[code]
    raise UnknownItem(f"there is no emblem for {code!r}")


def domain_letter(code: str) -> DomainLetter:
    """The domain of a competency or domain code ("I.1", "I"); raises UnknownItem."""
    for letter, (domain, _) in _FIELDS.items():
        if code.partition(".")[0] == domain:
            return letter
    raise UnknownItem(f"{code!r} belongs to no domain")
