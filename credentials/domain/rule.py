"""The pass rule: which levels pass, what is open when they do not, and how many would pass.

The three rules (`course_content.catalog.PassRule`) are three ways of asking for the same two
things: a lowest level for each indicator and a sum of levels over all of them. `_demand` says
which; everything else here is the same for every rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from course_content.catalog import PassRule, RubricRow, RuleKind
from credentials.errors import Invalid, Problem

#: What `preview` assumes beyond the chance it is given; shown wherever its figures are shown.
ASSUMPTION = (
    "Every indicator is reached with the same chance and independently of the others. Whoever "
    "reaches or misses the required level stands most often on the nearest level; each level "
    "further away is half as likely as the one before it. Nothing is unscorable."
)


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """What the rule says about one set of levels.

    open: indicator codes in the order of the rubric; empty when passed.
    figures: JSON-ready, what the sentence was made from; kept with the decision.
    """

    passed: bool
    open: tuple[str, ...]
    figures: dict[str, object]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """Of 100 candidates who reach each indicator with `per_indicator`, 100 x `share` pass."""

    per_indicator: float
    share: float


@dataclass(frozen=True, kw_only=True)
class _Demand:
    """A rule as two numbers per rubric: the lowest level of each row, and the sum of levels."""

    floors: Mapping[str, int]
    points: int


def decide(
    rule: PassRule, rows: Sequence[RubricRow], levels: Mapping[str, int | None]
) -> RuleResult:
    """Whether these levels pass, and if not, which indicators a learner has to work on.

    `levels` holds every indicator of the rubric, those carried from an earlier attempt among
    them; None or a missing one is unscorable, counts nothing and never passes.

    Open are the indicators that are unscorable, below their required level or below the floor.
    If bringing just these to their required level would still not pass (a mean or total above
    the required levels), every indicator below the top of its scale is open: the learner chooses
    where to gain. So whoever brings all that is open to the top of the scale passes.

    Raises Invalid for a level that the row does not have or an indicator without a row. No
    database, no clock.
    """
    _refuse_unknown(rows, levels)
    demand = _demand(rule, rows)
    passed = _satisfies(demand, levels)
    open_codes = () if passed else _open(demand, rows, levels)
    figures = _figures(rule, rows, levels, demand)
    return RuleResult(
        passed=passed,
        open=open_codes,
        figures=figures,
        sentence=_sentence(rule, rows, levels, demand, passed, open_codes),
    )


def validate(rule: PassRule, rows: Sequence[RubricRow]) -> tuple[Problem, ...]:
    """Everything that makes the rule useless for these rows; empty when it can be used.

    A rule is useless when a number is missing, when nobody could pass, or when a number asks for
    nothing (a mean not above the floor, a total that the lowest levels reach).
    """
    if not rows:
        return (_problem("rows", "no-rows", "The rubric has no rows: there is nothing to score."),)
    problems = [
        _problem(
            row.indicator,
            "required-outside",
            f"{row.indicator} requires level {row.required}, but its scale has "
            f"{len(row.levels)} levels.",
        )
        for row in rows
        if not 1 <= row.required <= len(row.levels)
    ]
    return (*problems, *_parameter_problems(rule), *_reach_problems(rule, rows))


def explain(rule: PassRule, rows: Sequence[RubricRow]) -> str:
    """The rule in a sentence or two, with its numbers for these rows."""
    top, count = sum(len(row.levels) for row in rows), len(rows)
    points = _demand(rule, rows).points
    if rule.kind is RuleKind.ALL_REQUIRED:
        lines = {row.indicator: f"level {row.required} of {len(row.levels)}" for row in rows}
        if len(set(lines.values())) == 1:
            return f"Every one of the {count} indicators has to reach {lines[rows[0].indicator]}."
        each = "; ".join(f"{code} {line}" for code, line in lines.items())
        return f"Every indicator has to reach its required level: {each}."
    if rule.kind is RuleKind.FLOORS_AND_MEAN:
        return (
            f"No indicator may be below level {rule.floor}, and the mean of all {count} levels has "
            f"to be at least {rule.mean:g}: together {points} points of {top}."
        )
    return (
        f"The levels of all {count} indicators have to add up to {points} points of {top}; a high "
        "level makes up for a low one."
    )


def alternatives(rule: PassRule, rows: Sequence[RubricRow]) -> tuple[PassRule, ...]:
    """All three rules at the same line, in the order of RuleKind; the given one as it is given.

    The same line: mean and total are what exactly the required levels give, the floor is one
    below the lowest required level. The mean is rounded down to two decimals, which asks for the
    same sum.
    """
    required = [row.required for row in rows]
    mean = math.floor(Fraction(sum(required), len(required)) * 100) / 100
    floor = max(1, min(required) - 1)
    at_the_line = {
        RuleKind.ALL_REQUIRED: PassRule(kind=RuleKind.ALL_REQUIRED),
        RuleKind.FLOORS_AND_MEAN: PassRule(kind=RuleKind.FLOORS_AND_MEAN, floor=floor, mean=mean),
        RuleKind.TOTAL: PassRule(kind=RuleKind.TOTAL, total=sum(required)),
    }
    return tuple(rule if kind is rule.kind else at_the_line[kind] for kind in RuleKind)


def preview(
    rule: PassRule, rows: Sequence[RubricRow], per_indicator: Iterable[float] = (0.8, 0.9, 0.95)
) -> tuple[Share, ...]:
    """The share that passes if each indicator reaches its required level with each given chance.

    Exact under ASSUMPTION: the distribution of the sum is the convolution of the rows' level
    distributions (`level_chances`), with everything below a floor left out.
    """
    demand = _demand(rule, rows)
    shares = []
    for chance in per_indicator:
        sums = {0: Fraction(1)}
        for row in rows:
            sums = _convolve(sums, level_chances(row, chance), demand.floors[row.indicator])
        share = sum((part for points, part in sums.items() if points >= demand.points), Fraction())
        shares.append(Share(per_indicator=chance, share=float(share)))
    return tuple(shares)


def level_chances(row: RubricRow, chance: float) -> dict[int, Fraction]:
    """How likely each level of the row is when its required level is reached with `chance`.

    Within each side of the line the nearest level is the most likely and each further one half
    as likely; where a side has no level (required is 1), its chance falls to the other side.
    """
    reached = Fraction(str(chance))
    above = list(range(row.required, len(row.levels) + 1))
    below = list(range(row.required - 1, 0, -1))
    if not below:
        reached = Fraction(1)
    return {**_halving(above, reached), **_halving(below, 1 - reached)}


def _halving(levels: list[int], whole: Fraction) -> dict[int, Fraction]:
    weights = [Fraction(1, 2**step) for step in range(len(levels))]
    return {
        level: whole * weight / sum(weights) for level, weight in zip(levels, weights, strict=True)
    }


def _convolve(
    sums: Mapping[int, Fraction], chances: Mapping[int, Fraction], floor: int
) -> dict[int, Fraction]:
    result: dict[int, Fraction] = {}
    for points, part in sums.items():
        for level, chance in chances.items():
            if level >= floor:
                result[points + level] = result.get(points + level, Fraction()) + part * chance
    return result


def _demand(rule: PassRule, rows: Sequence[RubricRow]) -> _Demand:
    if rule.kind is RuleKind.ALL_REQUIRED:
        return _Demand(floors={row.indicator: row.required for row in rows}, points=0)
    floors = {row.indicator: (rule.floor if rule.floor is not None else 1) for row in rows}
    if rule.kind is RuleKind.TOTAL:
        return _Demand(floors=dict.fromkeys(floors, 1), points=rule.total or 0)
    # str first: 2.7 means 27/10, not the binary fraction next to it
    return _Demand(floors=floors, points=math.ceil(Fraction(str(rule.mean or 0)) * len(rows)))


def _satisfies(demand: _Demand, levels: Mapping[str, int | None]) -> bool:
    return not _below(demand, levels) and _points(levels) >= demand.points


def _below(demand: _Demand, levels: Mapping[str, int | None]) -> tuple[str, ...]:
    return tuple(code for code, floor in demand.floors.items() if (levels.get(code) or 0) < floor)


def _points(levels: Mapping[str, int | None]) -> int:
    return sum(level or 0 for level in levels.values())


def _open(
    demand: _Demand, rows: Sequence[RubricRow], levels: Mapping[str, int | None]
) -> tuple[str, ...]:
    line = {row.indicator: max(row.required, demand.floors[row.indicator]) for row in rows}
    lifted = {code: max(levels.get(code) or 0, line[code]) for code in line}
    if _satisfies(demand, lifted):
        return tuple(code for code in line if (levels.get(code) or 0) < line[code])
    return tuple(
        row.indicator for row in rows if (levels.get(row.indicator) or 0) < len(row.levels)
    )


def _figures(
    rule: PassRule,
    rows: Sequence[RubricRow],
    levels: Mapping[str, int | None],
    demand: _Demand,
) -> dict[str, object]:
    points, count = _points(levels), len(rows)
    figures: dict[str, object] = {
        "kind": rule.kind.value,
        "indicators": count,
        "at_required": sum((levels.get(r.indicator) or 0) >= r.required for r in rows),
        "unscorable": [r.indicator for r in rows if levels.get(r.indicator) is None],
    }
    if rule.kind is RuleKind.ALL_REQUIRED:
        return figures
    figures |= {"points": points, "points_needed": demand.points}
    if rule.kind is RuleKind.FLOORS_AND_MEAN:
        mean = round(points / count, 4) if count else 0.0
        figures |= {"floor": rule.floor, "mean_needed": rule.mean, "mean": mean}
        figures["below_floor"] = list(_below(demand, levels))
    return figures


def _sentence(
    rule: PassRule,
    rows: Sequence[RubricRow],
    levels: Mapping[str, int | None],
    demand: _Demand,
    passed: bool,
    open_codes: tuple[str, ...],
) -> str:
    unscorable = [row.indicator for row in rows if levels.get(row.indicator) is None]
    below = [code for code in _below(demand, levels) if code not in unscorable]
    parts = []
    if rule.kind is RuleKind.ALL_REQUIRED:
        reached = sum((levels.get(row.indicator) or 0) >= row.required for row in rows)
        parts.append(f"{reached} of {len(rows)} indicators are at their required level")
    else:
        parts.append(f"the levels add up to {_points(levels)} points; {demand.points} are needed")
        if below:
            parts.append(f"below level {rule.floor}: {', '.join(below)}")
    if unscorable:
        parts.append(f"could not be scored: {', '.join(unscorable)}")
    if passed:
        return f"Passes: {'; '.join(parts)}."
    return f"Returned: {'; '.join([*parts, 'open: ' + ', '.join(open_codes)])}."


def _refuse_unknown(rows: Sequence[RubricRow], levels: Mapping[str, int | None]) -> None:
    scales = {row.indicator: len(row.levels) for row in rows}
    problems = []
    for code, level in levels.items():
        if code not in scales:
            problems.append(_problem(code, "no-row", f"The rubric has no row for {code}."))
        elif level is not None and not 1 <= level <= scales[code]:
            message = f"{code} has levels 1 to {scales[code]}, not {level}."
            problems.append(_problem(code, "no-level", message))
    if problems:
        raise Invalid("These scores do not fit the rubric.", tuple(problems))


def _parameter_problems(rule: PassRule) -> list[Problem]:
    uses = {
        RuleKind.ALL_REQUIRED: set[str](),
        RuleKind.FLOORS_AND_MEAN: {"floor", "mean"},
        RuleKind.TOTAL: {"total"},
    }[rule.kind]
    given = {name for name in ("floor", "mean", "total") if getattr(rule, name) is not None}
    missing = [
        _problem(name, "missing", f"The rule {rule.kind.value} needs a {name}.")
        for name in sorted(uses - given)
    ]
    return missing + [
        _problem(name, "unused", f"The rule {rule.kind.value} has no {name}: remove it.")
        for name in sorted(given - uses)
    ]


def _reach_problems(rule: PassRule, rows: Sequence[RubricRow]) -> list[Problem]:
    lowest_top, tops = min(len(row.levels) for row in rows), sum(len(row.levels) for row in rows)
    problems = []
    if rule.kind is RuleKind.FLOORS_AND_MEAN and rule.floor is not None and rule.mean is not None:
        if not 1 <= rule.floor <= lowest_top:
            message = f"The floor is {rule.floor}; every scale has levels 1 to {lowest_top}."
            problems.append(_problem("floor", "out-of-reach", message))
        if Fraction(str(rule.mean)) * len(rows) > tops:
            message = f"Nobody can reach a mean of {rule.mean:g} on these scales."
            problems.append(_problem("mean", "out-of-reach", message))
        if rule.mean <= rule.floor:
            message = f"A mean of {rule.mean:g} asks for nothing beyond the floor {rule.floor}."
            problems.append(_problem("mean", "idle", message))
    if rule.kind is RuleKind.TOTAL and rule.total is not None:
        if rule.total > tops:
            message = f"Nobody can reach {rule.total} points: the scales add up to {tops}."
            problems.append(_problem("total", "out-of-reach", message))
        if rule.total <= len(rows):
            message = f"Every submission reaches {rule.total} points with the lowest levels."
            problems.append(_problem("total", "idle", message))
    return problems


def _problem(field: str, code: str, message: str) -> Problem:
    return Problem(field=field, code=code, message=message)
