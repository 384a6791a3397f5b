"""Hours of reviewing: the figures of a program director with fourteen reviewers."""

from __future__ import annotations

import pytest

from credentials.domain.workload import Load, Plan, load
from credentials.errors import Invalid

PLAN = Plan(cohort=25, modules=21, attempts=1.4, reviews=2, minutes=50, reviewers=14, hours=60)


def test_25_learners_21_modules_14_attempts_2_reviewers_50_minutes_are_1225_hours():
    assert load(PLAN) == Load(total=1225.0, per_reviewer=87.5, shortfall=385.0, more_reviewers=7)


def test_enough_reviewers_leave_no_shortfall():
    plan = Plan(cohort=25, modules=1, attempts=1, reviews=1, minutes=60, reviewers=5, hours=5)
    assert load(plan) == Load(total=25.0, per_reviewer=5.0, shortfall=0.0, more_reviewers=0)


def test_impossible_figures_are_named_all_at_once():
    plan = Plan(cohort=0, modules=22, attempts=1, reviews=1, minutes=60, reviewers=0, hours=5)
    with pytest.raises(Invalid) as refused:
        load(plan)
    assert [p.field for p in refused.value.problems] == ["cohort", "modules", "reviewers"]
