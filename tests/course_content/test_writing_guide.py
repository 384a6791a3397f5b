"""The example in docs/writing-a-module.md is read without complaint: the format is as told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course_content.catalog import ArtifactKind, RuleKind
from course_content.loading import load
from course_content.loading.checks import lengths, parts
from course_content.loading.faults import FaultList
from course_content.loading.module import FILES, read_module

GUIDE = (Path(__file__).parents[2] / "docs/writing-a-module.md").read_text("utf-8")
BLOCK = re.compile(r"^`([\w/.-]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example as a folder of modules/."""
    for name, text in BLOCK.findall(GUIDE):
        path = tmp_path / "modules/III.5" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_every_file_of_a_module_is_in_the_example() -> None:
    assert {name for name, _text in BLOCK.findall(GUIDE)} == {*FILES, "pages/01-ask-first.md"}


def test_the_example_is_read_without_fault(example: Path) -> None:
    faults = FaultList()

    loaded = read_module(example, load().framework.competency("III.5"), faults)

    assert faults.sorted() == []
    assert loaded is not None
    assert loaded.module.rubric.rows[0].indicator == "III.5.a"
    assert loaded.module.pages[0].slug == "ask-first"


@pytest.mark.parametrize(
    "word",
    [*(kind.value for kind in ArtifactKind), *(rule.value for rule in RuleKind), *parts.SETTINGS],
)
def test_every_word_that_may_be_chosen_is_named(word: str) -> None:
    assert word in GUIDE


def test_ranges_in_the_guide_are_those_that_are_checked() -> None:
    flat = " ".join(GUIDE.split())

    assert f"a page {lengths.PAGE_WORDS[0]} to {lengths.PAGE_WORDS[1]}" in flat
    assert f"and {lengths.PAGE_MINUTES[0]} to {lengths.PAGE_MINUTES[1]} minutes" in flat
    assert f"an answer {lengths.ANSWER_WORDS[0]} to {lengths.ANSWER_WORDS[1]} words" in flat
