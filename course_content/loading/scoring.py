"""What reviewers work from: rubric.yaml, reviewer.yaml and exemplars.yaml."""

from __future__ import annotations

from course_content.catalog import (
    Exemplar,
    Level,
    PassRule,
    ReviewerGuide,
    Rubric,
    RubricRow,
    RuleKind,
)
from course_content.loading.identifiers import row_uuid, rubric_uuid
from course_content.loading.nodes import Section
from course_content.loading.places import Places
from course_content.loading.teaching import Codes

UNSCORABLE = "unscorable"


def read_rubric(section: Section, codes: Codes, version: str, places: Places) -> Rubric:
    """The rows and the pass rule; levels are numbered in the order of the file."""
    names = section.texts("level_names")
    places.set(section.place("rule"), "rule")
    places.set(section.place("rows"), "rubric")
    rows_section = section.section("rows")
    rows = []
    for letter, code in codes.keyed(rows_section):
        places.set(rows_section.place(letter), "rubric", code)
        rows.append(_row(rows_section.section(letter), code, names, version, places))
    competency = codes_competency(rows)
    return Rubric(
        uuid=rubric_uuid(competency, version), rows=tuple(rows), rule=_rule(section.section("rule"))
    )


def codes_competency(rows: list[RubricRow]) -> str:
    """The competency that the rows belong to ("I.1" for "I.1.a")."""
    return rows[0].indicator.rpartition(".")[0] if rows else ""


def _row(
    entry: Section, code: str, shared: tuple[str, ...], version: str, places: Places
) -> RubricRow:
    names = entry.texts("level_names") if entry.has("level_names") else shared
    placed = entry.placed_texts("levels")
    for number, (_text, place) in enumerate(placed, start=1):
        places.set(place, "rubric", code, str(number))
    places.set(entry.place("required"), "rubric", code, "required")
    places.set(entry.place("compound"), "rubric", code, "compound")
    places.set(entry.place("unscorable"), "rubric", code, "unscorable")
    if len(names) != len(placed):
        entry.fault("levels", f"{len(placed)} levels, but {len(names)} names of levels")
    row = RubricRow(
        uuid=row_uuid(code, version),
        indicator=code,
        levels=tuple(
            Level(number=number, name=name, descriptor=text)
            for number, (name, (text, _place)) in enumerate(
                zip(names, placed, strict=False), start=1
            )
        ),
        required=entry.integer("required"),
        compound=entry.text("compound"),
        unscorable=entry.texts("unscorable"),
    )
    entry.finish()
    return row


def _rule(section: Section) -> PassRule:
    kind = section.text("kind")
    known = [rule.value for rule in RuleKind]
    if kind and kind not in known:
        section.fault("kind", f"the rule is one of {', '.join(known)}, not {kind!r}")
    rule = PassRule(
        kind=RuleKind(kind) if kind in known else RuleKind.ALL_REQUIRED,
        floor=section.integer("floor") if section.has("floor") else None,
        mean=section.number("mean") if section.has("mean") else None,
        total=section.integer("total") if section.has("total") else None,
    )
    section.finish()
    return rule


def read_reviewer_guide(section: Section, codes: Codes, places: Places) -> ReviewerGuide:
    """What counts, what does not, and what to write when it falls short."""
    places.set(section.place(), "reviewer")
    for key in ("counts", "does_not_count", "falls_short", "equity_check", "equity_areas"):
        places.set(section.place(key), "reviewer", key)
    falls_short = section.section("falls_short")
    return ReviewerGuide(
        counts=section.texts("counts"),
        does_not_count=section.texts("does_not_count"),
        falls_short=tuple(
            (code, falls_short.text(letter)) for letter, code in codes.keyed(falls_short)
        ),
        equity_check=section.text("equity_check"),
        equity_areas=_numbers(section, "equity_areas"),
    )


def _numbers(section: Section, key: str) -> tuple[int, ...]:
    texts = section.texts(key)
    if not all(text.isdigit() for text in texts):
        section.fault(key, f"{key!r} must be a list of whole numbers")
    return tuple(int(text) for text in texts if text.isdigit())


def read_exemplars(section: Section, codes: Codes, places: Places) -> tuple[Exemplar, ...]:
    """The calibration excerpts with their intended levels."""
    exemplars = []
    for entry in section.sections("exemplars"):
        key = entry.text("key")
        places.set(entry.place(), "exemplars", key)
        unscorable = entry.text("level") == UNSCORABLE
        exemplars.append(
            Exemplar(
                key=key,
                indicator=codes.one(entry, "indicator"),
                level=None if unscorable else entry.integer("level"),
                excerpt=entry.text("excerpt"),
                why=entry.text("why"),
            )
        )
        entry.finish()
    return tuple(exemplars)
