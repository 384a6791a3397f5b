"""Reads the files of course_content once and refuses what is not complete.

What does not belong here: Django, a database, the network, HTML. Whoever shows a module asks
`course_content.catalog` values; whoever writes one reads docs/writing-a-module.md.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from course_content.catalog import Catalog, CatalogError, Framework
from course_content.loading.checks import check_modules
from course_content.loading.checks.drawings import check_drawings
from course_content.loading.definition import (
    BadDefinition,
    definition_digest,
    module_definition,
    module_from_definition,
    public_definition,
)
from course_content.loading.faults import Fault, FaultList, Place
from course_content.loading.framework import read_framework
from course_content.loading.identifiers import find
from course_content.loading.module import LoadedModule, read_module
from course_content.loading.paths import read_pathways, read_stacks

__all__ = [
    "BadDefinition",
    "ContentFaults",
    "Fault",
    "check",
    "definition_digest",
    "find",
    "load",
    "module_definition",
    "module_from_definition",
    "public_definition",
    "read",
]


class ContentFaults(CatalogError):
    """The content cannot be shown; `faults` says everything that has to be mended."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def load() -> Catalog:
    """The content of this package, read at the first call of the process and kept.

    A module with a fault in its own folder is left out, so that an author's slip closes one
    module and not the house; `python -m course_content`, the tests and `lc doctor` name it.
    Raises ContentFaults for a fault anywhere else.
    """
    catalog, faults = read(files("course_content"))
    faulty = {code for fault in faults if (code := _module_of(fault)) is not None}
    elsewhere = [fault for fault in faults if _module_of(fault) is None]
    if elsewhere or catalog is None:
        raise ContentFaults(elsewhere or faults)
    whole = {code: module for code, module in catalog.modules.items() if code not in faulty}
    return dataclasses.replace(catalog, modules=whole)


def _module_of(fault: Fault) -> str | None:
    folder, _, rest = fault.path.partition("/")
    return rest.partition("/")[0] if folder == "modules" else None


def check(root: Traversable | None = None) -> list[Fault]:
    """Every fault of the content under that folder (default: of this package), by file and line."""
    return read(root or files("course_content"), thorough=True)[1]


def read(root: Traversable, *, thorough: bool = False) -> tuple[Catalog | None, list[Fault]]:
    """The content under that folder and its faults; no catalog without a framework.

    `thorough` also asks what only an author needs to know.
    """
    faults = FaultList()
    framework = read_framework(root, faults)
    if framework is None:
        return None, faults.sorted()
    loaded = _modules(root, framework, faults)
    check_modules(root, tuple(loaded.values()), framework, faults, thorough=thorough)
    stacks = read_stacks(root, framework, faults)
    if thorough:
        check_drawings(framework, (stack.code for stack in stacks), faults)
    modules = {code: entry.module for code, entry in loaded.items()}
    catalog = Catalog(
        framework=framework,
        modules=modules,
        stacks=stacks,
        pathways=read_pathways(root, framework, faults),
    )
    return catalog, faults.sorted()


def _modules(root: Traversable, framework: Framework, faults: FaultList) -> dict[str, LoadedModule]:
    folder = root.joinpath("modules")
    present = {entry.name for entry in folder.iterdir() if entry.is_dir()} - {"__pycache__"}
    known = {competency.code: competency for competency in framework.competencies}
    for name in sorted(present - set(known)):
        faults.add(Place(f"modules/{name}", 1), f"the framework has no competency {name!r}")
    found = {}
    for code, competency in known.items():
        module = read_module(root, competency, faults) if code in present else None
        if module is not None:
            found[code] = module
    return found
