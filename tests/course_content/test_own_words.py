"""Our prose is ours: no run of eight words in common with the source documents.

Quoted official statements, glossary terms, names, and titles are data in framework.json and may
recur; everything that an author writes in modules/ may not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_content.loading import load

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "course_content/modules"
SEEDS = Path(os.environ.get("LC_SHARED", ROOT.parent / "shared")) / "seeds"
RUN = 8
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Run = tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """Every run of eight words, in small letters and with one kind of apostrophe."""
    words = [word.casefold().replace("’", "'") for word in WORD.findall(text)]
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def names() -> set[Run]:
    """Runs inside the names and titles that crosswalks and references repeat."""
    framework = load().framework
    found = [name for neighbour in framework.neighbours for name in neighbour.names]
    found += [framework.title, *(work.citation for work in framework.works)]
    return {run for name in found for run in runs(name)}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="put the project's ../shared beside the repository")
def test_no_prose_of_ours_is_copied_from_the_sources() -> None:
    seeds = {
        run
        for seed in sorted(SEEDS.glob("*.txt"))
        for run in runs(seed.read_text("utf-8", errors="replace"))
    }

    common = {
        f"{path.relative_to(MODULES)}: {' '.join(run)}"
        for path in sorted(MODULES.rglob("*"))
        if path.suffix in {".yaml", ".md"}
        for run in runs(path.read_text("utf-8"))
        if run in seeds and run not in names()
    }

    assert seeds
    assert common == set()


def test_runs_see_through_case_punctuation_and_apostrophes() -> None:
    first = "One two, three four — five six seven child’s"
    second = "one TWO three four five six seven child's"

    assert list(runs(first)) == list(runs(second))
    assert len(list(runs(first))) == 1
