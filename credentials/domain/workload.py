"""How many hours of reviewing a plan asks for, and whether the reviewers have them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from credentials.errors import Invalid, Problem


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A cohort's plan: average `attempts` a module, `minutes` a review, `hours` a reviewer has."""

    cohort: int
    modules: int
    attempts: float
    reviews: int
    minutes: int
    reviewers: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class Load:
    """Hours in all and per reviewer; what is short in all, and how many more reviewers close it."""

    total: float
    per_reviewer: float
    shortfall: float
    more_reviewers: int


#: field -> smallest and largest figure that makes sense
BOUNDS = {
    "cohort": (1, 10_000),
    "modules": (1, 21),
    "attempts": (1, 10),
    "reviews": (1, 3),
    "minutes": (1, 600),
    "reviewers": (1, 1_000),
    "hours": (1, 2_000),
}


def load(plan: Plan) -> Load:
    """The figures of a plan; raises Invalid naming each figure that makes no sense."""
    problems = tuple(
        Problem(
            field=name,
            code="out-of-range",
            message=f"Give a number from {low:,} to {high:,}.",
        )
        for name, (low, high) in BOUNDS.items()
        if not low <= getattr(plan, name) <= high
    )
    if problems:
        raise Invalid("Some figures cannot be right.", problems)
    # str first: 1.4 means 14/10, not the binary fraction next to it
    reviews = plan.cohort * plan.modules * Fraction(str(plan.attempts)) * plan.reviews
    total = reviews * plan.minutes / 60
    short = max(Fraction(0), total - plan.reviewers * plan.hours)
    return Load(
        total=float(total),
        per_reviewer=float(total / plan.reviewers),
        shortfall=float(short),
        more_reviewers=math.ceil(short / plan.hours),
    )
