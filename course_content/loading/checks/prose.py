"""What makes content worthless however complete it is: restating, repeating, links to nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable

from course_content.catalog import Framework, Module
from course_content.loading.checks.wording import restates, words
from course_content.loading.faults import FaultList, Place
from course_content.loading.places import Places

#: Phrases that say nothing wherever they stand.
HOLLOW = (
    "diverse stakeholders",
    "reflect on your journey",
    "consistently leverage",
    "leverages data",
    "best practices",
    "lorem ipsum",
    "all learners will succeed",
)
#: How often something happens in schools, or what is known of it, from nobody in particular.
_CLAIM = re.compile(
    r"\b(?:most|nearly all|almost all|many|few|the majority of)"
    r" (?:schools|principals|leaders|districts|programs|superintendents)\b"
    r"|\b(?:research|studies) (?:shows?|says?|suggests?|finds?|proves?)\b"
    r"|\b\d+ (?:percent|%) of (?:schools|principals|leaders|districts|teachers)\b",
    re.IGNORECASE,
)
#: Stories may claim what they like: they are invented and say so.
_INVENTED = ("vignette.yaml", "exemplars.yaml")
_RULE = re.compile(r"\s*\|[\s:|-]*-[\s:|-]*\|\s*")
_EMPTY_CELL = re.compile(r"\|\s*\|")
#: From this length on, the same text twice is pasted and not written.
PASTED_WORDS = 8
_GLOSSARY = re.compile(r"\]\(glossary:([^)\s]*)\)")
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
_HTML = re.compile(r"<\s*[a-zA-Z/!][^>]*>")


def check_prose(module: Module, places: Places, faults: FaultList) -> None:
    """Look-fors that only say the statement again."""
    statements = {
        indicator.code: " ".join(
            (indicator.statement, *(part.statement for part in indicator.sub_items))
        )
        for indicator in module.competency.indicators
    }
    for guide in module.guides:
        for number, look_for in enumerate(guide.look_fors):
            if restates(look_for, statements[guide.indicator]):
                faults.add(
                    places.of("guides", guide.indicator, "look_fors", str(number)),
                    "this look-for only restates the statement; say what an observer would see",
                )


def check_lines(root: Traversable, folder: str, framework: Framework, faults: FaultList) -> None:
    """Line by line: glossary links that lead nowhere, web addresses, HTML, hollow phrases.

    And claims about schools that rest on nothing, and tables with a column that has no name, which
    a screen reader cannot announce.
    """
    slugs = {term.slug for term in framework.glossary}
    above = ""
    for place, line in _lines(root, folder):
        if _RULE.fullmatch(line) and _EMPTY_CELL.search(above):
            faults.add(place, "name every column of the table; one of its heads is empty")
        above = line
        claim = None if place.path.endswith(_INVENTED) else _CLAIM.search(line)
        if claim:
            faults.add(place, f"{claim[0]!r} claims what nobody counted; say what to look for")
        for slug in _GLOSSARY.findall(line):
            if slug not in slugs:
                faults.add(place, f"the glossary has no term {slug!r}")
        for address in _ADDRESS.findall(line):
            faults.add(place, f"no web addresses; cite a work under references: {address}")
        if _HTML.search(line):
            faults.add(place, "no HTML; pages are Markdown")
        for phrase in HOLLOW:
            if phrase in line.casefold():
                faults.add(place, f"say what is meant instead of {phrase!r}")


def _lines(root: Traversable, folder: str) -> Iterator[tuple[Place, str]]:
    for path in _files(root.joinpath(*folder.split("/")), folder):
        text = root.joinpath(*path.split("/")).read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), start=1):
            yield Place(path, number), line


def _files(directory: Traversable, path: str) -> Iterator[str]:
    for entry in sorted(directory.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            yield from _files(entry, f"{path}/{entry.name}")
        elif entry.name.endswith((".yaml", ".md")):
            yield f"{path}/{entry.name}"


def check_pasted(modules: Iterable[tuple[Module, Places]], faults: FaultList) -> None:
    """Texts that stand word for word in two places, in one module or in two."""
    seen: dict[tuple[str, ...], str] = {}
    for module, places in modules:
        for name, text, part in _own_texts(module):
            key = tuple(words(text))
            if len(key) >= PASTED_WORDS and key in seen:
                faults.add(places.of(*part), f"{name} is the same text as {seen[key]}")
            seen.setdefault(key, name)


def _own_texts(module: Module) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    code = module.competency.code
    yield f"the equity check of {code}", module.reviewer_guide.equity_check, ("reviewer",)
    yield f"the purpose of {code}", module.purpose, ("purpose",)
    for guide in module.guides:
        part = ("guides", guide.indicator)
        yield f"the meaning of {guide.indicator}", guide.meaning, (*part, "meaning")
        yield f"the misreading of {guide.indicator}", guide.misreading, (*part, "misreading")
        for number, text in enumerate(guide.look_fors):
            name = f"look-for {number + 1} of {guide.indicator}"
            yield name, text, (*part, "look_fors", str(number))
        for idea in guide.ideas:
            yield f"the {idea.setting} idea of {guide.indicator}", idea.text, (*part, "ideas")
    for row in module.rubric.rows:
        for level in row.levels:
            name = f"level {level.number} of {row.indicator}"
            yield name, level.descriptor, ("rubric", row.indicator, str(level.number))
    for prompt in module.prompts:
        yield f"the prompt {prompt.key} of {code}", prompt.text, ("prompts", prompt.key)
    for exemplar in module.exemplars:
        yield f"the excerpt {exemplar.key}", exemplar.excerpt, ("exemplars", exemplar.key)
