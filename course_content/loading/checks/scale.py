"""Whether a rubric can be scored and passed, and whether its excerpts can calibrate anyone."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from course_content.catalog import Module, PassRule, Rubric, RubricRow, RuleKind
from course_content.loading.checks.wording import count, likeness, sentences
from course_content.loading.faults import FaultList
from course_content.loading.places import Places

LEVELS = (2, 5)
EXEMPLARS = 8
#: From here on two sentences are the same with a word exchanged.
SAME = 0.6
#: Shorter ones may recur ("All of level 3").
SENTENCE_WORDS = 9


def check_scale(module: Module, places: Places, faults: FaultList) -> None:
    """Levels, required level, pass rule, descriptors, exemplars."""
    for row in module.rubric.rows:
        _row(row, places, faults)
    message = unsatisfiable(module.rubric)
    if message:
        faults.add(places.of("rule"), message)
    _descriptors(module.rubric, places, faults)
    _exemplars(module, places, faults)


def _row(row: RubricRow, places: Places, faults: FaultList) -> None:
    place = places.of("rubric", row.indicator)
    if not LEVELS[0] <= len(row.levels) <= LEVELS[1]:
        faults.add(place, f"{len(row.levels)} levels; there must be {LEVELS[0]} to {LEVELS[1]}")
    if not 2 <= row.required <= len(row.levels):
        faults.add(
            places.of("rubric", row.indicator, "required"),
            f"level {row.required} cannot be required; it must be 2 to {len(row.levels)}",
        )
    if len({level.name for level in row.levels}) != len(row.levels):
        faults.add(place, "two levels have the same name")
    if not row.unscorable:
        faults.add(place, "nothing is said to make it unscorable")


def unsatisfiable(rubric: Rubric) -> str:
    """Why no scores, or all scores, pass under the rule; "" where the rule is sound."""
    rule, rows = rubric.rule, rubric.rows
    given = {name for name in ("floor", "mean", "total") if getattr(rule, name) is not None}
    wanted = {
        RuleKind.ALL_REQUIRED: set[str](),
        RuleKind.FLOORS_AND_MEAN: {"floor", "mean"},
        RuleKind.TOTAL: {"total"},
    }[rule.kind]
    if given != wanted:
        parts = " and ".join(sorted(wanted)) or "nothing else"
        return f"the rule {rule.kind.value} is given with {parts}"
    if not rows:
        return ""
    return _out_of_bounds(rule, [len(row.levels) for row in rows])


def _out_of_bounds(rule: PassRule, highest: list[int]) -> str:
    best = sum(highest)
    if rule.total is not None and not len(highest) < rule.total <= best:
        return f"a total of {rule.total} is met by all or by none; {len(highest)} to {best} exist"
    if rule.floor is not None and not 1 <= rule.floor <= min(highest):
        return f"a floor of {rule.floor} is not a level of every row"
    if rule.mean is not None and not 1 < rule.mean <= best / len(highest):
        return f"a mean of {rule.mean:g} is met by all or by none"
    if rule.mean is not None and rule.floor is not None and rule.mean < rule.floor:
        return f"a mean of {rule.mean:g} says nothing beside a floor of {rule.floor}"
    return ""


def _descriptors(rubric: Rubric, places: Places, faults: FaultList) -> None:
    """Sentences of different levels or indicators that are one sentence with a word exchanged."""
    found = [
        (row.indicator, level.number, sentence)
        for row in rubric.rows
        for level in row.levels
        for sentence in sentences(level.descriptor)
        if count(sentence) >= SENTENCE_WORDS
    ]
    for (code, level, first), (other, other_level, second) in combinations(found, 2):
        if (code, level) != (other, other_level) and likeness(first, second) >= SAME:
            faults.add(
                places.of("rubric", other, str(other_level)),
                f"the same sentence as in {code} level {level} with a word exchanged: {second!r}",
            )


def _exemplars(module: Module, places: Places, faults: FaultList) -> None:
    if len(module.exemplars) < EXEMPLARS:
        faults.add(
            places.of("exemplars"),
            f"{len(module.exemplars)} excerpts; there must be {EXEMPLARS} or more",
        )
    levels: dict[str, set[int | None]] = defaultdict(set)
    for exemplar in module.exemplars:
        levels[exemplar.indicator].add(exemplar.level)
    for row in module.rubric.rows:
        shown = {level for level in levels[row.indicator] if level is not None}
        numbers = {level.number for level in row.levels}
        if shown - numbers:
            _tell_foreign(module, row, places, faults)
        if row.required in numbers and not {row.required - 1, row.required} <= shown:
            faults.add(
                places.of("exemplars"),
                f"{row.indicator} needs an excerpt at its required level and one directly below",
            )


def _tell_foreign(module: Module, row: RubricRow, places: Places, faults: FaultList) -> None:
    numbers = {level.number for level in row.levels}
    for exemplar in module.exemplars:
        if exemplar.indicator == row.indicator and exemplar.level not in numbers | {None}:
            faults.add(
                places.of("exemplars", exemplar.key),
                f"{row.indicator} has no level {exemplar.level}",
            )
