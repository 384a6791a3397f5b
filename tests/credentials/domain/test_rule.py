"""The pass rule: three kinds, what stays open, and how many would pass."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_content.catalog import Level, PassRule, RubricRow, RuleKind
from credentials.domain import rule as pass_rule
from credentials.errors import Invalid

ALL_REQUIRED = PassRule(kind=RuleKind.ALL_REQUIRED)


def row(code: str, *, levels: int = 4, required: int = 3) -> RubricRow:
    return RubricRow(
        uuid=UUID(int=1),
        indicator=code,
        levels=tuple(
            Level(number=n, name=f"Level {n}", descriptor=f"What level {n} looks like")
            for n in range(1, levels + 1)
        ),
        required=required,
        compound="",
        unscorable=(),
    )


def rows_of(count: int) -> tuple[RubricRow, ...]:
    return tuple(row(f"I.1.{letter}") for letter in "abcdefghi"[:count])


ABC = rows_of(3)


def levels(a: int | None, b: int | None, c: int | None) -> dict[str, int | None]:
    return {"I.1.a": a, "I.1.b": b, "I.1.c": c}


def mean_rule(floor: int, mean: float) -> PassRule:
    return PassRule(kind=RuleKind.FLOORS_AND_MEAN, floor=floor, mean=mean)


def total_rule(total: int) -> PassRule:
    return PassRule(kind=RuleKind.TOTAL, total=total)


# --- decide -------------------------------------------------------------------------------------


def test_all_required_passes_when_every_indicator_is_at_its_required_level() -> None:
    result = pass_rule.decide(ALL_REQUIRED, ABC, levels(3, 4, 3))

    assert (result.passed, result.open) == (True, ())
    assert result.sentence == "Passes: 3 of 3 indicators are at their required level."


def test_all_required_returns_with_the_indicators_below_their_level_open() -> None:
    result = pass_rule.decide(ALL_REQUIRED, ABC, levels(4, 2, 4))

    assert (result.passed, result.open) == (False, ("I.1.b",))
    assert result.sentence == (
        "Returned: 2 of 3 indicators are at their required level; open: I.1.b."
    )


def test_floors_and_mean_lets_a_high_level_make_up_for_a_low_one() -> None:
    assert pass_rule.decide(mean_rule(2, 3), ABC, levels(2, 4, 3)).passed


def test_floors_and_mean_returns_below_the_floor_whatever_the_mean() -> None:
    result = pass_rule.decide(mean_rule(2, 3), ABC, levels(1, 4, 4))

    assert (result.passed, result.open) == (False, ("I.1.a",))
    assert result.sentence == (
        "Returned: the levels add up to 9 points; 9 are needed; below level 2: I.1.a; open: I.1.a."
    )


def test_a_short_mean_opens_only_what_is_below_its_required_level_when_that_suffices() -> None:
    assert pass_rule.decide(mean_rule(1, 3), ABC, levels(2, 3, 3)).open == ("I.1.a",)


def test_a_short_mean_opens_all_that_can_still_rise_when_every_indicator_is_met() -> None:
    result = pass_rule.decide(mean_rule(2, 3.5), ABC, levels(3, 4, 3))

    assert (result.passed, result.open) == (False, ("I.1.a", "I.1.c"))


def test_a_short_total_opens_all_that_can_still_rise_when_required_levels_do_not_suffice() -> None:
    assert pass_rule.decide(total_rule(11), ABC, levels(2, 3, 4)).open == ("I.1.a", "I.1.b")


def test_total_passes_at_the_total_and_not_below() -> None:
    assert pass_rule.decide(total_rule(8), ABC, levels(1, 4, 3)).passed
    assert not pass_rule.decide(total_rule(9), ABC, levels(1, 4, 3)).passed


@pytest.mark.parametrize("rule", [ALL_REQUIRED, mean_rule(1, 2), total_rule(4)])
def test_an_unscorable_indicator_never_passes(rule: PassRule) -> None:
    result = pass_rule.decide(rule, ABC, levels(4, None, 4))

    assert (result.passed, result.open) == (False, ("I.1.b",))
    assert result.figures["unscorable"] == ["I.1.b"]


def test_an_indicator_without_a_score_counts_as_unscorable() -> None:
    assert pass_rule.decide(ALL_REQUIRED, ABC, {"I.1.a": 4, "I.1.c": 3}).open == ("I.1.b",)


def test_a_mean_with_decimals_is_compared_exactly() -> None:
    """Eight points of three are 2.666...: not 2.67, although it is printed so."""
    assert not pass_rule.decide(mean_rule(1, 2.67), ABC, levels(3, 3, 2)).passed
    assert pass_rule.decide(mean_rule(1, 2.66), ABC, levels(3, 3, 2)).passed


def test_figures_tell_what_was_reached_and_what_was_needed() -> None:
    assert pass_rule.decide(mean_rule(2, 3), ABC, levels(2, 3, 3)).figures == {
        "kind": "floors-and-mean",
        "indicators": 3,
        "at_required": 2,
        "unscorable": [],
        "points": 8,
        "points_needed": 9,
        "floor": 2,
        "mean_needed": 3,
        "mean": 2.6667,
        "below_floor": [],
    }


@pytest.mark.parametrize(
    ("given_levels", "code"),
    [(levels(5, 3, 3), "no-level"), (levels(0, 3, 3), "no-level"), ({"I.2.a": 3}, "no-row")],
)
def test_scores_that_do_not_fit_the_rubric_are_refused(
    given_levels: dict[str, int | None], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        pass_rule.decide(ALL_REQUIRED, ABC, given_levels)
    assert [problem.code for problem in refused.value.problems] == [code]


# --- what always holds --------------------------------------------------------------------------


@st.composite
def rubrics(draw: st.DrawFn) -> tuple[RubricRow, ...]:
    count = draw(st.integers(1, 7))
    return tuple(
        row(f"I.1.{'abcdefg'[i]}", levels=top, required=draw(st.integers(1, top)))
        for i in range(count)
        for top in [draw(st.integers(2, 5))]
    )


def rules_for(rows: tuple[RubricRow, ...]) -> st.SearchStrategy[PassRule]:
    """Rules that somebody could pass."""
    tops = sum(len(r.levels) for r in rows)
    lowest_top = min(len(r.levels) for r in rows)
    means = st.integers(100, math.floor(100 * tops / len(rows))).map(lambda n: n / 100)
    return st.one_of(
        st.just(ALL_REQUIRED),
        st.builds(mean_rule, st.integers(1, lowest_top), means),
        st.builds(total_rule, st.integers(1, tops)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[PassRule, tuple[RubricRow, ...], dict[str, int | None]]:
    rows = draw(rubrics())
    scored = {r.indicator: draw(st.one_of(st.none(), st.integers(1, len(r.levels)))) for r in rows}
    return draw(rules_for(rows)), rows, scored


Case = tuple[PassRule, tuple[RubricRow, ...], dict[str, int | None]]


@given(cases())
def test_something_is_open_exactly_when_it_does_not_pass(case: Case) -> None:
    result = pass_rule.decide(*case)
    assert result.passed == (result.open == ())


@given(cases())
def test_lifting_all_that_is_open_to_the_top_passes(case: Case) -> None:
    rule, rows, scored = case
    opened = pass_rule.decide(rule, rows, scored).open
    tops = {r.indicator: len(r.levels) for r in rows if r.indicator in opened}
    assert pass_rule.decide(rule, rows, scored | tops).passed


@given(cases())
def test_everything_below_its_required_level_is_open_when_it_does_not_pass(case: Case) -> None:
    rule, rows, scored = case
    result = pass_rule.decide(rule, rows, scored)
    below = {r.indicator for r in rows if (scored[r.indicator] or 0) < r.required}
    assert result.passed or below <= set(result.open)


@given(cases(), st.data())
def test_a_higher_level_never_turns_a_pass_into_a_return(case: Case, data: st.DataObject) -> None:
    rule, rows, scored = case
    chosen = data.draw(st.sampled_from(rows))
    higher = data.draw(st.integers(scored[chosen.indicator] or 1, len(chosen.levels)))
    before = pass_rule.decide(rule, rows, scored).passed
    after = pass_rule.decide(rule, rows, scored | {chosen.indicator: higher}).passed
    assert after >= before


@given(cases())
def test_a_rule_that_somebody_can_pass_has_no_problem_of_reach(case: Case) -> None:
    rule, rows, _ = case
    codes = {problem.code for problem in pass_rule.validate(rule, rows)}
    assert codes <= {"idle"}


# --- validate, explain, alternatives ------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (ALL_REQUIRED, []),
        (mean_rule(2, 3), []),
        (total_rule(9), []),
        (PassRule(kind=RuleKind.ALL_REQUIRED, total=9), ["unused"]),
        (PassRule(kind=RuleKind.FLOORS_AND_MEAN), ["missing", "missing"]),
        (PassRule(kind=RuleKind.TOTAL), ["missing"]),
        (mean_rule(2, 4.01), ["out-of-reach"]),
        (mean_rule(5, 6), ["out-of-reach", "out-of-reach"]),
        (mean_rule(3, 3), ["idle"]),
        (total_rule(13), ["out-of-reach"]),
        (total_rule(3), ["idle"]),
    ],
)
def test_validate_names_what_makes_a_rule_useless(rule: PassRule, codes: list[str]) -> None:
    assert [problem.code for problem in pass_rule.validate(rule, ABC)] == codes


def test_validate_refuses_a_rubric_without_rows_and_a_level_outside_the_scale() -> None:
    outside = (row("I.1.a", levels=3, required=4),)

    assert [p.code for p in pass_rule.validate(ALL_REQUIRED, ())] == ["no-rows"]
    assert [p.field for p in pass_rule.validate(ALL_REQUIRED, outside)] == ["I.1.a"]


def test_explain_states_each_rule_with_its_numbers() -> None:
    assert pass_rule.explain(ALL_REQUIRED, ABC) == (
        "Every one of the 3 indicators has to reach level 3 of 4."
    )
    assert pass_rule.explain(mean_rule(2, 3), ABC) == (
        "No indicator may be below level 2, and the mean of all 3 levels has to be at least 3: "
        "together 9 points of 12."
    )
    assert pass_rule.explain(total_rule(9), ABC) == (
        "The levels of all 3 indicators have to add up to 9 points of 12; a high level makes up "
        "for a low one."
    )


def test_explain_names_each_required_level_where_they_differ() -> None:
    rows = (row("I.1.a"), row("I.1.b", levels=3, required=2))
    assert pass_rule.explain(ALL_REQUIRED, rows) == (
        "Every indicator has to reach its required level: I.1.a level 3 of 4; I.1.b level 2 of 3."
    )


def test_alternatives_stand_at_the_same_line_and_keep_the_stated_rule() -> None:
    assert pass_rule.alternatives(total_rule(10), ABC) == (
        ALL_REQUIRED,
        mean_rule(2, 3.0),
        total_rule(10),
    )


@given(rubrics())
def test_alternatives_ask_for_exactly_the_sum_of_the_required_levels(
    rows: tuple[RubricRow, ...],
) -> None:
    _, mean, total = pass_rule.alternatives(ALL_REQUIRED, rows)
    required: dict[str, int | None] = {r.indicator: r.required for r in rows}

    assert pass_rule.decide(total, rows, required).passed
    assert pass_rule.decide(mean, rows, required).figures["points_needed"] == total.total


# --- preview ------------------------------------------------------------------------------------


def percents(rule: PassRule, rows: tuple[RubricRow, ...]) -> list[int]:
    return [round(share.share * 100) for share in pass_rule.preview(rule, rows)]


def test_95_percent_per_indicator_pass_63_percent_on_nine_indicators() -> None:
    assert percents(ALL_REQUIRED, rows_of(9)) == [13, 39, 63]


def test_95_percent_per_indicator_pass_74_percent_on_six_indicators() -> None:
    assert percents(ALL_REQUIRED, rows_of(6)) == [26, 53, 74]


def test_level_chances_halve_with_each_step_from_the_line() -> None:
    chances = pass_rule.level_chances(row("I.1.a"), 0.9)

    assert chances == {
        1: Fraction(1, 30),
        2: Fraction(2, 30),
        3: Fraction(18, 30),
        4: Fraction(9, 30),
    }


def test_level_chances_cannot_miss_a_required_level_of_one() -> None:
    chances = pass_rule.level_chances(row("I.1.a", levels=2, required=1), 0.5)
    assert chances == {1: Fraction(2, 3), 2: Fraction(1, 3)}


def enumerated(rule: PassRule, rows: tuple[RubricRow, ...], chance: float) -> Fraction:
    """The share by trying every combination of levels: slow and obviously right."""
    whole = Fraction()
    per_row = [pass_rule.level_chances(r, chance) for r in rows]
    for combination in itertools.product(*per_row):
        scored = {r.indicator: level for r, level in zip(rows, combination, strict=True)}
        if pass_rule.decide(rule, rows, scored).passed:
            whole += math.prod(
                (chances[level] for chances, level in zip(per_row, combination, strict=True)),
                start=Fraction(1),
            )
    return whole


@pytest.mark.parametrize("rule", [ALL_REQUIRED, mean_rule(2, 3), mean_rule(1, 2.67), total_rule(9)])
@pytest.mark.parametrize("chance", [0.0, 0.5, 0.9, 1.0])
def test_preview_equals_the_count_over_all_combinations(rule: PassRule, chance: float) -> None:
    rows = (*ABC, row("I.1.d", levels=2, required=2))
    (share,) = pass_rule.preview(rule, rows, [chance])
    assert share.share == float(enumerated(rule, rows, chance))


@given(cases())
def test_preview_rises_with_the_chance_and_stays_between_none_and_all(case: Case) -> None:
    rule, rows, _ = case
    shares = [share.share for share in pass_rule.preview(rule, rows, (0.5, 0.7, 0.9, 1.0))]
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0
