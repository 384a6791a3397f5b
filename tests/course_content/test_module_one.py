"""Module I.1 is the pattern for the other twenty: what must not be lost from it."""

from __future__ import annotations

from collections import Counter

import pytest

from course_content.catalog import RuleKind, UnknownItem
from course_content.loading import load


def test_it_asks_for_twelve_hours_over_eight_weeks_in_short_sittings() -> None:
    module = load().module("I.1")

    assert (module.hours, module.weeks) == (12, 8)
    assert sum(step.minutes for step in module.plan) == 12 * 60
    assert {page.minutes for page in module.pages} <= {20, 25, 30}


def test_every_indicator_passes_at_level_three_of_four() -> None:
    rubric = load().module("I.1").rubric

    assert [(row.indicator, len(row.levels), row.required) for row in rubric.rows] == [
        ("I.1.a", 4, 3),
        ("I.1.b", 4, 3),
        ("I.1.c", 4, 3),
    ]
    assert rubric.rule.kind is RuleKind.ALL_REQUIRED


def test_excerpts_show_every_level_of_every_indicator() -> None:
    module = load().module("I.1")
    shown = Counter((exemplar.indicator, exemplar.level) for exemplar in module.exemplars)

    assert {
        (row.indicator, level.number) for row in module.rubric.rows for level in row.levels
    } <= (set(shown))
    assert sum(level is None for _indicator, level in shown) == 1


def test_no_learning_page_repeats_an_excerpt() -> None:
    module = load().module("I.1")
    pages = " ".join(" ".join(page.markdown.split()) for page in module.pages)

    assert not [e.key for e in module.exemplars if e.excerpt[:60] in pages]


def test_every_task_names_its_authority_and_every_indicator_a_route_without_it() -> None:
    module = load().module("I.1")

    assert all(step.authority for step in module.plan)
    assert all(guide.assistant_route and guide.authority for guide in module.guides)


def test_parts_are_found_by_key_and_strangers_are_named_errors() -> None:
    module = load().module("I.1")

    assert module.prompt("overview-1").part == 1
    assert module.prompt("reflection-3").part == 3
    assert module.guide("I.1.c").indicator == "I.1.c"
    assert module.rubric.row("I.1.b").required == 3
    with pytest.raises(UnknownItem, match="no prompt 'overview-9'"):
        module.prompt("overview-9")
    with pytest.raises(UnknownItem, match=r"no guide for 'I\.2\.a'"):
        module.guide("I.2.a")
    with pytest.raises(UnknownItem, match=r"no row for 'I\.2\.a'"):
        module.rubric.row("I.2.a")


def test_a_competency_without_a_module_is_a_named_error() -> None:
    with pytest.raises(UnknownItem, match=r"no module for 'IX\.9'"):
        load().module("IX.9")
