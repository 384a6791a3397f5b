"""One folder of modules/ as a Module: the files, in the format of docs/writing-a-module.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from course_content.catalog import (
    BadgeText,
    Competency,
    CrosswalkEntry,
    Module,
    Page,
    PlanStep,
    Reference,
    ThemeTag,
)
from course_content.loading.definition import sealed
from course_content.loading.evidence import read_artifacts, read_prompts, read_redactions
from course_content.loading.faults import FaultList, Place
from course_content.loading.nodes import Section, parse_section, read_section, read_text
from course_content.loading.places import Places
from course_content.loading.practice import read_activities, read_self_assessment, read_vignette
from course_content.loading.scoring import read_exemplars, read_reviewer_guide, read_rubric
from course_content.loading.teaching import Codes, read_guides

FILES = (
    "module.yaml",
    "guides.yaml",
    "rubric.yaml",
    "evidence.yaml",
    "vignette.yaml",
    "practice.yaml",
    "reviewer.yaml",
    "exemplars.yaml",
)
#: Where a part is looked for that is not there at all.
HOME = {
    "guides": "guides.yaml",
    "rubric": "rubric.yaml",
    "rule": "rubric.yaml",
    "prompts": "evidence.yaml",
    "artifacts": "evidence.yaml",
    "redactions": "evidence.yaml",
    "vignette": "vignette.yaml",
    "activities": "practice.yaml",
    "self_assessment": "practice.yaml",
    "reviewer": "reviewer.yaml",
    "exemplars": "exemplars.yaml",
}
_FACTS = (
    *("title", "tagline", "hours", "weeks", "order", "purpose", "method", "connections"),
    *("plan", "themes", "crosswalk", "references", "badge"),
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_PAGE_NAME = re.compile(r"\d\d-([a-z0-9-]+)\.md")
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)


@dataclass(frozen=True)
class LoadedModule:
    """A module and the lines its parts stand at."""

    module: Module
    places: Places


def read_module(
    root: Traversable, competency: Competency, faults: FaultList
) -> LoadedModule | None:
    """The module of that competency; None where one of its files cannot be read at all."""
    folder = f"modules/{competency.code}"
    read = {name: read_section(root, f"{folder}/{name}", faults) for name in FILES}
    files = {name: section for name, section in read.items() if section is not None}
    places = Places(Place(f"{folder}/module.yaml", 1))
    for part, name in HOME.items():
        places.set(Place(f"{folder}/{name}", 1), part)
    pages = _pages(root, folder, faults, places)
    if len(files) < len(FILES):
        return None
    module = _module(competency, files, pages, places)
    for section in files.values():
        section.finish()
    return LoadedModule(module=module, places=places)


def _module(
    competency: Competency,
    files: Mapping[str, Section],
    pages: tuple[Page, ...],
    places: Places,
) -> Module:
    facts = files["module.yaml"]
    codes = Codes(competency)
    version = facts.text("version")
    for part in _FACTS:
        places.set(facts.place(part), part)
    return sealed(
        Module(
            competency=competency,
            version=version,
            modified=_modified(facts),
            digest="",
            title=facts.text("title", competency.title),
            tagline=facts.text("tagline"),
            purpose=facts.text("purpose"),
            method=facts.text("method"),
            connections=_pairs(facts, "connections", places),
            hours=facts.number("hours"),
            weeks=facts.integer("weeks"),
            order=facts.text("order"),
            plan=_plan(facts, codes, places),
            pages=pages,
            guides=read_guides(files["guides.yaml"], codes, places),
            vignette=read_vignette(files["vignette.yaml"], codes, places),
            activities=read_activities(files["practice.yaml"], codes, places),
            self_assessment=read_self_assessment(files["practice.yaml"], places),
            prompts=read_prompts(files["evidence.yaml"], codes, places),
            artifacts=read_artifacts(files["evidence.yaml"], codes, places),
            redactions=read_redactions(files["evidence.yaml"], places),
            rubric=read_rubric(files["rubric.yaml"], codes, version, places),
            exemplars=read_exemplars(files["exemplars.yaml"], codes, places),
            reviewer_guide=read_reviewer_guide(files["reviewer.yaml"], codes, places),
            themes=_themes(facts, codes, places),
            crosswalk=_crosswalk(facts, places),
            references=tuple(
                Reference(work=work, reason=reason)
                for work, reason in _pairs(facts, "references", places)
            ),
            badge=_badge(facts),
        )
    )


def _modified(facts: Section) -> str:
    modified = facts.text("modified")
    if modified and not _INSTANT.fullmatch(modified):
        facts.fault("modified", "'modified' must be an instant like 2026-11-22T00:00:00Z")
    return modified


def _pairs(facts: Section, key: str, places: Places) -> tuple[tuple[str, str], ...]:
    section = facts.section(key)
    found = []
    for name in section.names():
        places.set(section.place(name), key, name)
        found.append((name, section.text(name)))
    return tuple(found)


def _plan(facts: Section, codes: Codes, places: Places) -> tuple[PlanStep, ...]:
    steps = []
    for number, entry in enumerate(facts.sections("plan")):
        places.set(entry.place(), "plan", str(number))
        steps.append(
            PlanStep(
                title=entry.text("title"),
                weeks=entry.text("weeks"),
                minutes=entry.integer("minutes"),
                task=entry.text("task"),
                authority=entry.text("authority"),
                indicators=codes.listed(entry, "indicators"),
                page=entry.text("page", ""),
            )
        )
        entry.finish()
    return tuple(steps)


def _themes(facts: Section, codes: Codes, places: Places) -> tuple[ThemeTag, ...]:
    section = facts.section("themes")
    tags = []
    for code in section.names():
        entry = section.section(code)
        places.set(section.place(code), "themes", code)
        tags.append(
            ThemeTag(
                code=code,
                indicators=codes.listed(entry, "indicators"),
                reason=entry.text("reason"),
            )
        )
        entry.finish()
    return tuple(tags)


def _crosswalk(facts: Section, places: Places) -> tuple[CrosswalkEntry, ...]:
    entries = []
    for number, entry in enumerate(facts.sections("crosswalk")):
        places.set(entry.place(), "crosswalk", str(number))
        entries.append(
            CrosswalkEntry(
                framework=entry.text("framework"),
                name=entry.text("name"),
                reason=entry.text("reason"),
            )
        )
        entry.finish()
    return tuple(entries)


def _badge(facts: Section) -> BadgeText:
    badge = facts.section("badge")
    text = BadgeText(
        name=badge.text("name"),
        description=badge.text("description"),
        criteria=badge.text("criteria"),
        tags=badge.texts("tags"),
        valid_years=badge.integer("valid_years") if badge.has("valid_years") else None,
    )
    badge.finish()
    return text


def _pages(root: Traversable, folder: str, faults: FaultList, places: Places) -> tuple[Page, ...]:
    directory = root.joinpath("modules", folder.rpartition("/")[2], "pages")
    names = sorted(entry.name for entry in directory.iterdir()) if directory.is_dir() else []
    if not names:
        faults.add(Place(f"{folder}/pages", 1), "the module has no learning page")
    found = (_page(root, f"{folder}/pages/{name}", faults, places) for name in names)
    return tuple(page for page in found if page is not None)


def _page(root: Traversable, path: str, faults: FaultList, places: Places) -> Page | None:
    named = _PAGE_NAME.fullmatch(path.rpartition("/")[2])
    text = read_text(root, path, faults)
    parts = _FRONT.fullmatch(text or "")
    if named is None:
        faults.add(Place(path, 1), "a page is named like 03-a-few-words.md")
    if text is not None and parts is None:
        faults.add(Place(path, 1), "a page begins with title and minutes between two --- lines")
    if named is None or parts is None:
        return None
    front = parse_section(parts[1], path, faults, first_line=2)
    if front is None:
        return None
    places.set(Place(path, 1 + parts[0][: parts.start(2)].count("\n")), "pages", named[1])
    page = Page(
        slug=named[1],
        title=front.text("title"),
        minutes=front.integer("minutes"),
        markdown=parts[2].strip(),
    )
    front.finish()
    return page
