"""Stacks and pathways: complete, satisfiable, and every fault told at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import course_content
from course_content.catalog import UnknownItem
from course_content.loading import check, load


def test_each_domain_and_the_framework_has_a_stack_of_exactly_its_parts():
    framework = load().framework
    told = {stack.code: stack.all_of for stack in load().stacks}

    assert told == {
        **{d.code: tuple(c.code for c in d.competencies) for d in framework.domains},
        "framework": tuple(d.code for d in framework.domains),
    }


def test_pathways_follow_the_five_priorities_in_their_own_words():
    priorities = load().framework.priority_themes

    assert [p.priority for p in load().pathways] == [theme.statement for theme in priorities]


def test_unknown_stack_is_refused_by_name():
    with pytest.raises(UnknownItem, match="no stack 'V'"):
        load().stack("V")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the content to spoil, without modules."""
    package = Path(course_content.__file__).parent
    shutil.copytree(package / "framework", tmp_path / "framework")
    (tmp_path / "modules").mkdir()
    for name in ("stacks.yaml", "pathways.yaml"):
        shutil.copy(package / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        ("stacks.yaml", "all_of: [I.1, I.2,", "all_of: [I.9, I.2,", "'I.9' is no competency"),
        ("stacks.yaml", "all_of: [I, II,", "all_of: [framework, II,", "'framework' is no compet"),
        ("stacks.yaml", "- code: IV\n", "- code: V\n", "'V' is not the code of a domain"),
        ("pathways.yaml", "number: 5", "number: 6", "has no priority 6"),
        ("pathways.yaml", "competency: I.5", "competency: I.7", "no competency 'I.7'"),
        ("pathways.yaml", "competency: III.3", "competency: III.1", "3 to 5 different"),
    ],
)
def test_fault_is_told_with_file_and_line(root: Path, file: str, was: str, becomes: str, told: str):
    text = (root / file).read_text()
    assert was in text
    (root / file).write_text(text.replace(was, becomes, 1))

    faults = [fault for fault in check(root) if told in fault.message]

    assert [fault.path for fault in faults] == [file]
    assert faults[0].line > 1
