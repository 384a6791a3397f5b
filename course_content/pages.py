"""A module, what a learner has done with it, and where things are: HTML that both doors show.

Each function returns one fragment whose highest heading is `<h2>`; the door writes the page, and
its `<h1>`, around it. Nothing here reads a request, a row or the clock. The fragments work
without the script, carry no inline style or script, and every class begins with `lc-`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from course_content.catalog import (
    Competency,
    Exemplar,
    Framework,
    Indicator,
    IndicatorGuide,
    Module,
    Page,
    PassRule,
    RubricRow,
    RuleKind,
    UnknownItem,
)
from course_content.prose import Words


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a program promises before somebody starts; what it leaves out is not shown.

    turnaround_days are business days, revision_days calendar days. counts_for is the district's
    dated rule in its own words; empty means that none is on file.
    """

    program: str = ""
    contact: str = ""
    turnaround_days: int | None = None
    revision_days: int | None = None
    reviewers: int | None = None
    counts_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What one learner has done with one module.

    stage is a state of the honeycomb ("open", "draft", "in_review", "returned", "earned",
    "revoked"); pages_read holds slugs, self_levels the learner's own level per indicator code.
    """

    stage: str = "open"
    next_step: str = ""
    pages_read: frozenset[str] = frozenset()
    self_levels: Mapping[str, int] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, kw_only=True)
class Links:
    """Where things are, as the door spells it; an empty one is not offered.

    start, page_read and self_assessment are also where forms are posted to; form_fields are the
    hidden fields that the door's forms need (its CSRF token). pages and page_read go by page
    slug, modules by competency code, indicators by indicator code.
    """

    module: str = ""
    start: str = ""
    submission: str = ""
    self_assessment: str = ""
    glossary: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    page_read: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    form_fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class IndicatorPart:
    """One indicator with everything a module says about it, side by side for a template."""

    indicator: Indicator
    guide: IndicatorGuide
    row: RubricRow
    url: str
    own_level: int | None
    exemplars: tuple[Exemplar, ...] = ()
    falls_short: str = ""


def render_module(module: Module, framework: Framework, progress: Progress, links: Links) -> str:
    """What the competency is, whether it is for somebody now, and how one grows in it."""
    return _render("module", module, framework, progress, links)


def render_page(
    module: Module, framework: Framework, slug: str, progress: Progress, links: Links
) -> str:
    """One learning page with its neighbours and "mark as read"; raises UnknownItem."""
    number = _page_number(module, slug)
    return _render(
        "page",
        module,
        framework,
        progress,
        links,
        page=module.pages[number],
        number=number + 1,
        previous=module.pages[number - 1] if number else None,
        following=module.pages[number + 1] if number + 1 < len(module.pages) else None,
        read=slug in progress.pages_read,
    )


def render_self_assessment(
    module: Module, framework: Framework, progress: Progress, links: Links
) -> str:
    """The module's own rubric as a form, with the domain's guiding questions beside it.

    The form posts `level-<indicator>` (a level's number, absent where nothing was chosen) to
    links.self_assessment.
    """
    return _render("self_assessment", module, framework, progress, links)


def render_rubric(module: Module, framework: Framework, indicator: str = "") -> str:
    """The rubric to read, whole or one row of it; raises UnknownItem."""
    parts = _parts(module, Progress(), Links())
    if indicator:
        module.rubric.row(indicator)
        parts = tuple(part for part in parts if part.indicator.code == indicator)
    return _render("rubric", module, framework, Progress(), Links(), parts=parts)


def render_reviewer_guide(module: Module, framework: Framework) -> str:
    """How to score this module, with its calibration drafts; never for learners' eyes."""
    return _render(
        "reviewer_guide",
        module,
        framework,
        Progress(),
        Links(),
        parts=_parts(module, Progress(), Links(), for_reviewers=True),
        equity_areas=tuple(
            area
            for area in framework.equity_areas
            if area.number in module.reviewer_guide.equity_areas
        ),
    )


def render_glossary(framework: Framework) -> str:
    """Every term with its definition; each has the anchor that glossary links point to."""
    return render_to_string(
        "lc_content/glossary.html",
        {"framework": framework, "terms": sorted(framework.glossary, key=lambda t: t.term.lower())},
    )


def render_indicator(
    framework: Framework, code: str, module: Module | None = None, links: Links | None = None
) -> str:
    """What exactly one indicator says: the official words, then ours; raises UnknownItem."""
    competency, indicator = _find_indicator(framework, code)
    return render_to_string(
        "lc_content/indicator.html",
        {
            "framework": framework,
            "words": Words(framework=framework),
            "domain": framework.domain_of(competency.code),
            "competency": competency,
            "indicator": indicator,
            "guide": module.guide(code) if module else None,
            "row": module.rubric.row(code) if module else None,
            "links": links or Links(),
        },
    )


def rule_sentence(rule: PassRule) -> str:
    """The pass rule as a learner would say it."""
    match rule.kind:
        case RuleKind.ALL_REQUIRED:
            return "You pass when every indicator reaches its required level."
        case RuleKind.FLOORS_AND_MEAN:
            return (
                f"You pass when no indicator is below level {rule.floor} and your levels "
                f"average at least {rule.mean:g}."
            )
        case RuleKind.TOTAL:
            return f"You pass when your levels add up to at least {rule.total}."


def _render(
    template: str,
    module: Module,
    framework: Framework,
    progress: Progress,
    links: Links,
    **more: object,
) -> str:
    """Templates get names, never the module's exemplars by accident: only `parts` carries them."""
    return render_to_string(
        f"lc_content/{template}.html",
        {
            "module": module,
            "competency": module.competency,
            "domain": framework.domain_of(module.competency.code),
            "framework": framework,
            "progress": progress,
            "terms": progress.terms,
            "links": links,
            "words": Words(framework=framework),
            "parts": _parts(module, progress, links),
            "rule": rule_sentence(module.rubric.rule),
            "connections": _connections(module, framework, links),
            "references": _references(module, framework),
            "theme_names": {theme.code: theme.name for theme in framework.themes},
            **more,
        },
    )


def _parts(
    module: Module, progress: Progress, links: Links, *, for_reviewers: bool = False
) -> tuple[IndicatorPart, ...]:
    falls_short = dict(module.reviewer_guide.falls_short) if for_reviewers else {}
    return tuple(
        IndicatorPart(
            indicator=indicator,
            guide=module.guide(indicator.code),
            row=module.rubric.row(indicator.code),
            url=links.indicators.get(indicator.code, ""),
            own_level=progress.self_levels.get(indicator.code),
            exemplars=_exemplars(module, indicator.code) if for_reviewers else (),
            falls_short=falls_short.get(indicator.code, ""),
        )
        for indicator in module.competency.indicators
    )


def _exemplars(module: Module, indicator: str) -> tuple[Exemplar, ...]:
    return tuple(e for e in module.exemplars if e.indicator == indicator)


def _connections(
    module: Module, framework: Framework, links: Links
) -> tuple[tuple[Competency, str, str], ...]:
    return tuple(
        (framework.competency(code), why, links.modules.get(code, ""))
        for code, why in module.connections
    )


def _references(module: Module, framework: Framework) -> tuple[tuple[str, str], ...]:
    citations = {work.key: work.citation for work in framework.works}
    return tuple(
        (citations[reference.work], reference.reason)
        for reference in module.references
        if reference.work in citations
    )


def _page_number(module: Module, slug: str) -> int:
    for number, page in enumerate(module.pages):
        if page.slug == slug:
            return number
    raise UnknownItem(f"{module.competency.code} has no page {slug!r}")


def _find_indicator(framework: Framework, code: str) -> tuple[Competency, Indicator]:
    for competency in framework.competencies:
        for indicator in competency.indicators:
            if indicator.code == code:
                return competency, indicator
    raise UnknownItem(f"the framework has no indicator {code!r}")


__all__ = [
    "Links",
    "Page",
    "Progress",
    "Terms",
    "render_glossary",
    "render_indicator",
    "render_module",
    "render_page",
    "render_reviewer_guide",
    "render_rubric",
    "render_self_assessment",
    "rule_sentence",
]
