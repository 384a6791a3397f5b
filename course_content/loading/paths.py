"""stacks.yaml and pathways.yaml: badges made of badges, and places to begin."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources.abc import Traversable

from course_content.catalog import BadgeText, Framework, Pathway, PathwayStep, Stack
from course_content.loading.faults import FaultList
from course_content.loading.nodes import Section, read_section

STACKS, PATHWAYS = "stacks.yaml", "pathways.yaml"
#: The users' guide asks for three to five areas at a time.
FEWEST, MOST = 3, 5


def read_stacks(root: Traversable, framework: Framework, faults: FaultList) -> tuple[Stack, ...]:
    """The stacks in the order of the file, parts before what they are part of."""
    section = read_section(root, STACKS, faults)
    if section is None:
        return ()
    known = [competency.code for competency in framework.competencies]
    named = [domain.code for domain in framework.domains] + ["framework"]
    found: list[Stack] = []
    for entry in section.sections("stacks"):
        found.append(_stack(entry, known, named))
        known.append(found[-1].code)
    section.finish()
    missing = [code for code in named if code not in {stack.code for stack in found}]
    if missing:
        section.fault("stacks", f"no stack for {', '.join(missing)}")
    return tuple(found)


def read_pathways(
    root: Traversable, framework: Framework, faults: FaultList
) -> tuple[Pathway, ...]:
    """One pathway for each priority theme."""
    section = read_section(root, PATHWAYS, faults)
    if section is None:
        return ()
    themes = {theme.number: theme.statement for theme in framework.priority_themes}
    codes = {competency.code for competency in framework.competencies}
    found = [_pathway(entry, themes, codes) for entry in section.sections("pathways")]
    section.finish()
    for number in sorted(set(themes) - {pathway.number for pathway in found}):
        section.fault("pathways", f"no pathway for priority {number}")
    return tuple(found)


def _stack(entry: Section, known: Collection[str], named: Collection[str]) -> Stack:
    stack = Stack(
        code=entry.text("code"),
        badge=BadgeText(
            name=entry.text("name"),
            description=entry.text("description"),
            criteria=entry.text("criteria"),
            tags=entry.texts("tags"),
        ),
        all_of=entry.texts("all_of"),
    )
    entry.finish()
    if stack.code in known or stack.code not in named:
        entry.fault("code", f"{stack.code!r} is not the code of a domain or “framework”, once each")
    for code in stack.all_of:
        # only what stands above may be named, so that no stack waits for itself
        if code not in known:
            entry.fault("all_of", f"{code!r} is no competency and no stack above")
    if len(set(stack.all_of)) != len(stack.all_of) or len(stack.all_of) < 2:
        entry.fault("all_of", "a stack needs two or more different parts")
    return stack


def _pathway(entry: Section, themes: dict[int, str], codes: Collection[str]) -> Pathway:
    number = entry.integer("number")
    steps = []
    for step in entry.sections("steps"):
        steps.append(PathwayStep(competency=step.text("competency"), reason=step.text("reason")))
        step.finish()
        if steps[-1].competency not in codes:
            step.fault("competency", f"the framework has no competency {steps[-1].competency!r}")
    pathway = Pathway(
        number=number,
        title=entry.text("title"),
        priority=themes.get(number, ""),
        steps=tuple(steps),
    )
    entry.finish()
    if number not in themes:
        entry.fault("number", f"the users' guide has no priority {number}")
    if not FEWEST <= len({step.competency for step in steps}) == len(steps) <= MOST:
        entry.fault("steps", f"a pathway has {FEWEST} to {MOST} different competencies")
    return pathway
