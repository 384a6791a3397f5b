"""The framework's data: complete, official where it says so, and buildable again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from course_content.catalog import UnknownItem
from course_content.loading import load
from course_content.loading.building import NotBuildable, build, main, slug

ROOT = Path(__file__).parents[2]
OURS = ROOT / "course_content/framework/ours.yaml"
SOURCES = Path(os.environ.get("LC_SHARED", ROOT.parent / "shared")) / "framework"
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="put the project's ../shared/framework beside the repository"
)


def sources() -> tuple[dict, dict, dict]:
    return (
        json.loads((SOURCES / "leadership-competencies.json").read_text("utf-8")),
        json.loads((SOURCES / "other-seeds.json").read_text("utf-8")),
        yaml.safe_load(OURS.read_text("utf-8")),
    )


def test_all_of_the_framework_is_there() -> None:
    framework = load().framework

    assert [len(d.competencies) for d in framework.domains] == [5, 5, 5, 6]
    assert len(framework.competencies) == 21
    assert len(framework.indicators) == 108
    assert sum(len(i.sub_items) for i in framework.indicators) == 36
    assert sum(len(d.guiding_questions) for d in framework.domains) == 23
    assert len(framework.glossary) == 50
    assert len(framework.equity_areas) == 6
    assert len(framework.themes) == 6
    assert len(framework.priority_themes) == 5


def test_only_the_statement_lost_in_our_source_is_not_official() -> None:
    unofficial = [c.code for c in load().framework.competencies if not c.statement_is_official]

    assert unofficial == ["II.4"]


def test_every_short_title_is_short_and_its_own() -> None:
    framework = load().framework
    titles = [i.title for i in framework.indicators]

    assert len({title.casefold() for title in titles}) == 108
    assert max(map(len, titles)) <= 60
    assert max(len(c.title) for c in framework.competencies) <= 45


def test_no_short_title_is_cut_out_of_its_statement() -> None:
    cut = [
        i.code
        for i in load().framework.indicators
        if i.title.casefold().strip(".") in i.statement.casefold()
    ]

    assert cut == []


def test_attribution_license_and_changes_are_carried() -> None:
    framework = load().framework

    assert framework.copyright == "© 2017 by CCSSO and Jobs for the Future"
    assert framework.licence_url == "http://creativecommons.org/licenses/by/4.0/"
    assert "Boston, MA: Jobs for the Future." in framework.citation
    assert any("II.4" in change for change in framework.changes)


def test_unknown_codes_are_named_errors() -> None:
    framework = load().framework

    with pytest.raises(UnknownItem, match=r"no competency 'V\.9'"):
        framework.competency("V.9")
    with pytest.raises(UnknownItem, match="no term 'grit'"):
        framework.term("grit")


def test_slug_of_a_term_is_plain() -> None:
    assert slug("Mastery, mastery-based learning") == "mastery-mastery-based-learning"


@needs_sources
def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(OURS.read_text("utf-8"), "utf-8")
    inputs = [str(SOURCES / "leadership-competencies.json"), str(SOURCES / "other-seeds.json")]

    assert main([*inputs, str(ours)]) == 0
    assert (tmp_path / "framework.json").read_bytes() == OURS.with_name(
        "framework.json"
    ).read_bytes()


@needs_sources
def test_statements_are_those_of_the_source() -> None:
    source, _names, _ours = sources()
    official = {
        i["id"]: (i["text"], tuple(s["text"] for s in i["sub_items"]))
        for d in source["domains"]
        for c in d["competencies"]
        for i in c["indicators"]
    }

    assert official == {
        i.code: (i.statement, tuple(s.statement for s in i.sub_items))
        for i in load().framework.indicators
    }


@needs_sources
@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("x" * 61, "more than 60 characters"),
        ("Make asking for help normal and easy", "the same title"),
    ],
)
def test_building_refuses_a_bad_title(title: str, message: str) -> None:
    source, names, ours = sources()
    ours["indicators"]["I.1.a"] = title

    with pytest.raises(NotBuildable, match=message):
        build(source, names, ours)


@needs_sources
def test_building_refuses_a_work_that_the_framework_does_not_cite() -> None:
    source, names, ours = sources()
    ours["works"]["invented"] = "Seven Habits of Imaginary Principals"

    with pytest.raises(NotBuildable, match="cites no work"):
        build(source, names, ours)
