"""Whether everything that is awarded has art of its own."""

from __future__ import annotations

from collections.abc import Iterable

from course_content.art import badge_svg
from course_content.catalog import Framework, UnknownItem
from course_content.loading.faults import FaultList, Place

_WHERE = Place("art/emblems", 1)


def check_drawings(framework: Framework, stacks: Iterable[str], faults: FaultList) -> None:
    """A badge for each competency and each stack, and no two that only their words tell apart."""
    letters = {
        code: domain.letter.value
        for domain in framework.domains
        for code in (domain.code, *(one.code for one in domain.competencies))
    }
    seen: dict[str, str] = {}
    for code in dict.fromkeys((*letters, *stacks)):
        try:
            art = badge_svg(code, title="-", domain=letters.get(code, ""), program="-", year=2000)
        except UnknownItem:
            faults.add(_WHERE, f"no badge can be drawn for {code}: it has no emblem")
            continue
        if art in seen:
            faults.add(_WHERE, f"the badge of {code} is the same drawing as that of {seen[art]}")
        seen.setdefault(art, code)
