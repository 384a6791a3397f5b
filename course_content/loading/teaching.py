"""Indicators as module files name them (by letter), and their guides: guides.yaml."""

from __future__ import annotations

from course_content.catalog import Competency, EvidenceIdea, IndicatorGuide
from course_content.loading.nodes import Section
from course_content.loading.places import Places


class Codes:
    """The letters of one competency's indicators and the codes they stand for."""

    def __init__(self, competency: Competency) -> None:
        self._codes = {i.letter: i.code for i in competency.indicators}

    def one(self, section: Section, key: str) -> str:
        """The code of the indicator whose letter stands under the key."""
        letter = section.text(key)
        return self._code(section, key, letter) if letter else ""

    def listed(self, section: Section, key: str) -> tuple[str, ...]:
        """The codes of a list of letters; at least one."""
        letters = section.texts(key)
        if not letters and section.has(key):
            section.fault(key, f"{key!r} names no indicator")
        codes = (self._code(section, key, letter) for letter in letters)
        return tuple(code for code in codes if code)

    def keyed(self, section: Section) -> tuple[tuple[str, str], ...]:
        """(letter, code) for each key of the section that is an indicator; others are faults."""
        pairs = ((letter, self._code(section, letter, letter)) for letter in section.names())
        return tuple((letter, code) for letter, code in pairs if code)

    def _code(self, section: Section, key: str, letter: str) -> str:
        if letter not in self._codes:
            known = ", ".join(self._codes)
            section.fault(key, f"there is no indicator {letter!r} (there are {known})")
        return self._codes.get(letter, "")


def read_guides(section: Section, codes: Codes, places: Places) -> tuple[IndicatorGuide, ...]:
    """What each indicator means, by letter."""
    guides = []
    for letter, code in codes.keyed(section):
        entry = section.section(letter)
        places.set(section.place(letter), "guides", code)
        for key in ("meaning", "look_fors", "ideas", "misreading"):
            places.set(entry.place(key), "guides", code, key)
        for number, (_text, place) in enumerate(entry.placed_texts("look_fors")):
            places.set(place, "guides", code, "look_fors", str(number))
        guides.append(
            IndicatorGuide(
                indicator=code,
                meaning=entry.text("meaning"),
                look_fors=entry.texts("look_fors"),
                ideas=_ideas(entry.section("ideas")),
                misreading=entry.text("misreading"),
                assistant_route=entry.text("assistant_route"),
                authority=entry.text("authority"),
            )
        )
        entry.finish()
    return tuple(guides)


def _ideas(section: Section) -> tuple[EvidenceIdea, ...]:
    return tuple(
        EvidenceIdea(setting=setting, text=section.text(setting)) for setting in section.names()
    )
