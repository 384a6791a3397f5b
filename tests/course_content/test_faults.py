"""Authors are told every fault at once, with file and line: one change of I.1, one fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_content.__main__ import main
from course_content.loading import ContentFaults, check, load
from course_content.loading.checks.drawings import check_drawings
from course_content.loading.faults import FaultList

PACKAGE = Path(__file__).parents[2] / "course_content"

#: (file of the module, words to replace, what with, the fault)
CHANGES = [
    ("module.yaml", "hours: 12", "hours: 22", "22 hours; 10 to 15 are meant"),
    ("module.yaml", "hours: 12", "hours: 14", "the plan adds up to 12.0 hours, not 14"),
    ("module.yaml", "hours: 12", "hours: some", "'hours' must be a number, not 'some'"),
    ("module.yaml", "weeks: 8", "weeks: 8.5", "'weeks' must be a whole number"),
    ("module.yaml", "hours: 12", "hours: 12\nhurry: no", "'hurry' is not a part of this format"),
    ("module.yaml", "hours: 12", "hours: 12\nhours: 12", "'hours' stands here twice"),
    ("module.yaml", "modified: 2026", "modified: yesterday, 2026", "must be an instant"),
    ("module.yaml", "indicators: [a, b, c]", "indicators: [a, b, q]", "no indicator 'q'"),
    ("module.yaml", "  EI:", "  XX:", "'XX' is not known to the framework"),
    ("module.yaml", "  psel-2015:", "  my-blog:", "'my-blog' is not known to the framework"),
    ("module.yaml", "name: Agency", "name: Urgency", "has no item named 'Urgency'"),
    ("module.yaml", "page: three-profiles", "page: four", "there is no page 'four'"),
    ("module.yaml", "page: three-profiles", "page: four", "no step of the plan leads"),
    ("module.yaml", "order: >", "order: https://a.example x", "no web addresses"),
    ("guides.yaml", "  meaning: |", "  meaning: Too short.\n  was: |", "2 words; 30 to 220"),
    ("guides.yaml", "    rural: >", "    lunar: >", "'lunar' is not one of the settings"),
    ("guides.yaml", "\nc:\n", "\nd:\n", "there is no indicator 'd' (there are a, b, c)"),
    ("guides.yaml", "\nc:\n", "\nd:\n", "I.1.c has no guide"),
    (
        "guides.yaml",
        "Notes carry what people said in their own language, with the group",
        "Stakeholders in dialogue develop a shared profile of a graduate,",
        "this look-for only restates the statement",
    ),
    ("rubric.yaml", "kind: all-required", "kind: majority", "not 'majority'"),
    ("rubric.yaml", "kind: all-required", "kind: total", "is given with total"),
    ("rubric.yaml", "kind: all-required", "kind: total\n  total: 13", "met by all or by none"),
    (
        "rubric.yaml",
        "kind: all-required",
        "kind: floors-and-mean\n  floor: 3\n  mean: 2.5",
        "says nothing beside a floor of 3",
    ),
    ("rubric.yaml", "required: 3", "required: 5", "level 5 cannot be required; it must be 2 to 4"),
    ("rubric.yaml", "Announced, Begun", "Begun, Begun", "two levels have the same name"),
    ("rubric.yaml", "Begun, Demonstrated", "Demonstrated", "4 levels, but 3 names"),
    (
        "rubric.yaml",
        "Nothing in the evidence was",
        (
            "The profile was taken from elsewhere or drafted by a few people, and others saw it "
            "only when it was final. X"
        ),
        "the same sentence as in I.1.a level 1 with a word exchanged",
    ),
    ("evidence.yaml", "words: 120-250", "words: 250-120", "250-120 words cannot be asked for"),
    ("evidence.yaml", "words: 120-250", "words: lots", "a range like 100-250, not 'lots'"),
    ("evidence.yaml", "key: overview-2", "key: overview-1", "'overview-1' is given 2 times"),
    ("evidence.yaml", "kind: vision", "kind: poem", "not 'poem'"),
    ("vignette.yaml", "quote: The grower", "quote: The baker", "do not stand in the artifact"),
    ("vignette.yaml", "verdict: not yet", "verdict: nearly", "'meets' or 'not yet'"),
    ("practice.yaml", "  team: |", "  crew: |", "'team' is missing"),
    ("reviewer.yaml", "equity_areas: [6, 2, 5]", "equity_areas: [9]", "six equity areas"),
    ("reviewer.yaml", "equity_check: |", "equity_check: Be fair.\nx: |", "2 words; 60 to 400"),
    ("exemplars.yaml", "level: 4", "level: 7", "I.1.a has no level 7"),
    ("exemplars.yaml", "exemplars:", "exemplar:", "0 excerpts; there must be 8 or more"),
    ("exemplars.yaml", "exemplars:", "exemplars: [", "not YAML"),
    ("pages/01-what-you-may-decide.md", "minutes: 25", "minutes: 90", "about 25 minutes"),
    ("pages/01-what-you-may-decide.md", "---\ntitle", "title", "begins with title and minutes"),
    (
        "pages/08-skill-and-upkeep.md",
        "glossary:cont",
        "glossary:dis",
        "no term 'disinuous-improvement'",
    ),
    ("pages/08-skill-and-upkeep.md", "## The first", "<h2>The first", "no HTML"),
    ("pages/08-skill-and-upkeep.md", "One page.", "Use best practices.", "instead of 'best pr"),
    ("pages/08-skill-and-upkeep.md", "One page.", "Most schools do.", "'Most schools' claims what"),
    ("pages/01-what-you-may-decide.md", "| you are |", "| |", "one of its heads is empty"),
    (
        "exemplars.yaml",
        "b-begun-no-vision-trace\n    indicator: b\n    level: 2",
        "b-begun-no-vision-trace\n    indicator: b\n    level: 1",
        "b needs an excerpt at its required level and one directly below",
    ),
    (
        "exemplars.yaml",
        "Minutes of three faculty",
        "Mark what would make somebody in your building do something different. Minutes of",
        "learners read this in the page three-profiles",
    ),
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    shutil.copytree(PACKAGE / "framework", tmp_path / "framework")
    shutil.copytree(PACKAGE / "modules/I.1", tmp_path / "modules/I.1")
    for name in ("stacks.yaml", "pathways.yaml"):
        shutil.copy(PACKAGE / name, tmp_path / name)
    return tmp_path


def spoil(root: Path, name: str, old: str, new: str) -> None:
    path = root / "modules/I.1" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_our_content_is_without_fault() -> None:
    assert check() == []


@pytest.mark.parametrize(("name", "old", "new", "message"), CHANGES)
def test_one_spoiled_place_is_told_with_its_file(
    content: Path, name: str, old: str, new: str, message: str
) -> None:
    spoil(content, name, old, new)

    faults = [fault for fault in check(content) if message in fault.message]

    assert [fault.path for fault in faults if fault.path.startswith("modules/I.1/")]


def test_a_fault_names_its_line(content: Path) -> None:
    spoil(content, "rubric.yaml", "    required: 3", "    required: 5")
    lines = (content / "modules/I.1/rubric.yaml").read_text("utf-8").splitlines()

    (fault,) = check(content)

    assert lines[fault.line - 1] == "    required: 5"
    assert str(fault).startswith(f"modules/I.1/rubric.yaml:{fault.line}: level 5 cannot")


def test_a_link_on_a_page_is_told_with_its_line(content: Path) -> None:
    spoil(content, "pages/02-three-profiles.md", "glossary:learner-centered", "glossary:nowhere")
    lines = (content / "modules/I.1/pages/02-three-profiles.md").read_text("utf-8").splitlines()

    (fault,) = check(content)

    assert "glossary:nowhere" in lines[fault.line - 1]


def test_all_faults_are_told_at_once(content: Path) -> None:
    spoil(content, "module.yaml", "weeks: 8", "weeks: 80")
    spoil(content, "evidence.yaml", "words: 120-250", "words: lots")
    spoil(content, "exemplars.yaml", "level: 4", "level: 7")

    files = [fault.path for fault in check(content)]

    assert files == sorted(files)
    assert {path.rpartition("/")[2] for path in files} >= {
        "module.yaml",
        "evidence.yaml",
        "exemplars.yaml",
    }


def test_an_artifact_less_leaves_an_indicator_without_a_second_way(content: Path) -> None:
    path = content / "modules/I.1/evidence.yaml"
    path.write_text(path.read_text("utf-8").replace("indicators: [c]", "indicators: [a]"), "utf-8")

    told = [fault.message for fault in check(content)]

    assert told == ["I.1.c can be shown by 1 artifact; there must be two or more ways"]


def test_the_same_text_in_two_places_is_told(content: Path) -> None:
    path = content / "modules/I.1/guides.yaml"
    text = path.read_text("utf-8")
    look_for = "A student contradicts an adult at the table and the facilitator asks for more."
    other = (
        "A caregiver who was not in the meeting can say in everyday words what the school promises."
    )
    assert look_for in text
    assert other in text
    path.write_text(text.replace(other, look_for), "utf-8")

    (fault,) = check(content)

    assert fault.message == "look-for 5 of I.1.b is the same text as look-for 1 of I.1.a"


def test_a_missing_file_is_told(content: Path) -> None:
    (content / "modules/I.1/rubric.yaml").unlink()

    (fault,) = check(content)

    assert str(fault) == "modules/I.1/rubric.yaml:1: the file is missing"


def test_a_folder_of_no_competency_is_told(content: Path) -> None:
    (content / "modules/I.9").mkdir()

    assert [str(fault) for fault in check(content)] == [
        "modules/I.9:1: the framework has no competency 'I.9'"
    ]


def test_a_broken_framework_is_told(content: Path) -> None:
    (content / "framework/framework.json").write_text('{"title": ', "utf-8")

    (fault,) = check(content)

    assert fault.message.startswith("not JSON")


def test_content_is_read_once_per_process() -> None:
    assert load() is load()


def test_refused_content_carries_every_fault() -> None:
    faults = check(PACKAGE / "framework")

    assert str(ContentFaults(faults)).count("\n") == len(faults) - 1


def test_command_says_in_one_line_that_all_is_well() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "course_content"], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0
    assert ran.stdout.startswith("21 competencies, 108 indicators, ")
    assert ran.stdout.endswith("no faults\n")
    assert ran.stdout.count("\n") == 1


def test_command_lists_faults_and_fails(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content, "rubric.yaml", "    required: 3", "    required: 5")

    status = main([str(content)])

    assert status == 1
    assert capsys.readouterr().out.splitlines() == [
        "modules/I.1/rubric.yaml:10: level 5 cannot be required; it must be 2 to 4",
        "1 fault",
    ]


def test_a_vignette_without_what_falls_short_is_told(content: Path) -> None:
    path = content / "modules/I.1/vignette.yaml"
    path.write_text(path.read_text("utf-8").replace("verdict: not yet", "verdict: meets"), "utf-8")

    (fault,) = check(content)

    assert fault.message == "no annotation says 'not yet'"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("V.9", "no badge can be drawn for V.9: it has no emblem"),
        ("V", "the badge of V is the same drawing as that of framework"),
    ],
)
def test_stack_without_art_of_its_own_is_told(code: str, message: str) -> None:
    faults = FaultList()

    check_drawings(load().framework, ["framework", code], faults)

    assert [fault.message for fault in faults.sorted()] == [message]
