"""Whether a module has all its parts, enough of each, and whether they refer to what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from course_content.catalog import Framework, IndicatorGuide, Module
from course_content.loading.evidence import PARTS
from course_content.loading.faults import FaultList
from course_content.loading.places import Places

#: Settings an idea for evidence may be for.
SETTINGS = (
    "elementary",
    "middle",
    "secondary",
    "rural",
    "large urban",
    "virtual",
    "alternative",
)
VERDICTS = ("meets", "not yet")
#: Neighbours whose items must not be missing from a crosswalk; standards may be.
STANDARDS = ("PSEL 2015",)


def check_parts(module: Module, framework: Framework, places: Places, faults: FaultList) -> None:
    """Missing, repeated, and unknown parts."""
    _every_indicator(module, places, faults)
    _unique(module, places, faults)
    _enough(module, places, faults)
    _vignette(module, places, faults)
    _references(module, framework, places, faults)


def _every_indicator(module: Module, places: Places, faults: FaultList) -> None:
    codes = [indicator.code for indicator in module.competency.indicators]
    routes = Counter(code for artifact in module.artifacts for code in set(artifact.indicators))
    covered: dict[str, set[str]] = {
        "guides": {guide.indicator for guide in module.guides},
        "rubric": {row.indicator for row in module.rubric.rows},
        "reviewer": {code for code, _text in module.reviewer_guide.falls_short},
        "plan": {code for step in module.plan for code in step.indicators},
        "activities": {code for activity in module.activities for code in activity.indicators},
    }
    told = {
        "guides": "has no guide",
        "rubric": "has no row in the rubric",
        "reviewer": "has nothing to write when it falls short",
        "plan": "is in no step of the plan",
        "activities": "is in no activity",
    }
    for code in codes:
        for part, present in covered.items():
            if code not in present:
                faults.add(places.of(part), f"{code} {told[part]}")
        if routes[code] < 2:
            faults.add(
                places.of("artifacts"),
                f"{code} can be shown by {routes[code]} artifact; there must be two or more ways",
            )


def _unique(module: Module, places: Places, faults: FaultList) -> None:
    keys = {
        "prompts": [prompt.key for prompt in module.prompts],
        "artifacts": [artifact.key for artifact in module.artifacts],
        "exemplars": [exemplar.key for exemplar in module.exemplars],
        "pages": [page.slug for page in module.pages],
    }
    for part, found in keys.items():
        for key, times in Counter(found).items():
            if times > 1:
                faults.add(places.of(part, key), f"the key {key!r} is given {times} times")


def _enough(module: Module, places: Places, faults: FaultList) -> None:
    for name, part in PARTS.items():
        if sum(prompt.part == part for prompt in module.prompts) < 2:
            faults.add(places.of("prompts"), f"fewer than two {name} prompts")
    guide = module.reviewer_guide
    at_least = (
        (2, module.connections, "connections", "connections to neighboring competencies"),
        (2, module.activities, "activities", "activities"),
        (3, module.redactions, "redactions", "things to remove before upload"),
        (3, guide.counts, "reviewer", "things that count"),
        (3, guide.does_not_count, "reviewer", "things that do not count"),
        (1, module.themes, "themes", "theme tags"),
        (3, module.badge.tags, "badge", "tags of the badge"),
    )
    for wanted, found, where, name in at_least:
        if len(found) < wanted:
            faults.add(places.of(where), f"{len(found)} {name}; there must be {wanted} or more")
    for entry in module.guides:
        _guide(entry, places, faults)


def _guide(guide: IndicatorGuide, places: Places, faults: FaultList) -> None:
    part = ("guides", guide.indicator)
    if len(guide.look_fors) < 3:
        faults.add(places.of(*part, "look_fors"), "fewer than 3 look-fors")
    if len(guide.ideas) < 2:
        faults.add(places.of(*part, "ideas"), "ideas for evidence from fewer than 2 settings")
    for idea in guide.ideas:
        if idea.setting not in SETTINGS:
            faults.add(
                places.of(*part, "ideas"),
                f"{idea.setting!r} is not one of the settings {', '.join(SETTINGS)}",
            )


def _vignette(module: Module, places: Places, faults: FaultList) -> None:
    verdicts = set()
    artifact = " ".join(module.vignette.artifact.split())
    for number, remark in enumerate(module.vignette.annotations):
        place = places.of("vignette", "annotations", str(number))
        verdicts.add(remark.verdict)
        if remark.verdict not in VERDICTS:
            faults.add(place, f"the verdict is 'meets' or 'not yet', not {remark.verdict!r}")
        if " ".join(remark.quote.split()) not in artifact:
            faults.add(place, "the quoted words do not stand in the artifact")
    for missing in sorted(set(VERDICTS) - verdicts):
        faults.add(places.of("vignette", "annotations"), f"no annotation says {missing!r}")


def _references(module: Module, framework: Framework, places: Places, faults: FaultList) -> None:
    competencies = {c.code for c in framework.competencies} - {module.competency.code}
    _known("connections", (c for c, _ in module.connections), competencies, places, faults)
    _known(
        "themes",
        (t.code for t in module.themes),
        {t.code for t in framework.themes},
        places,
        faults,
    )
    _known(
        "references",
        (r.work for r in module.references),
        {w.key for w in framework.works},
        places,
        faults,
    )
    pages = {page.slug for page in module.pages}
    for number, step in enumerate(module.plan):
        if step.page and step.page not in pages:
            faults.add(places.of("plan", str(number)), f"there is no page {step.page!r}")
    for slug in sorted(pages - {step.page for step in module.plan}):
        faults.add(places.of("pages", slug), "no step of the plan leads to this page")
    areas = {area.number for area in framework.equity_areas}
    if not module.reviewer_guide.equity_areas or set(module.reviewer_guide.equity_areas) - areas:
        faults.add(
            places.of("reviewer", "equity_areas"),
            "name one or more of the six equity areas by number",
        )
    _crosswalk(module, framework, places, faults)


def _known(
    part: str, names: Iterable[str], known: set[str], places: Places, faults: FaultList
) -> None:
    for name in names:
        if name not in known:
            faults.add(places.of(part, name), f"{name!r} is not known to the framework")


def _crosswalk(module: Module, framework: Framework, places: Places, faults: FaultList) -> None:
    names = {neighbour.framework: set(neighbour.names) for neighbour in framework.neighbours}
    for number, entry in enumerate(module.crosswalk):
        if entry.name not in names.get(entry.framework, set()):
            faults.add(
                places.of("crosswalk", str(number)),
                f"{entry.framework!r} has no item named {entry.name!r}",
            )
    present = {entry.framework for entry in module.crosswalk}
    for name in names:
        if name not in present and name not in STANDARDS:
            faults.add(places.of("crosswalk"), f"the crosswalk says nothing about {name!r}")
