"""The honeycomb: every competency in figure and list, by name, state, next step and address."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from course_content.honeycomb import Cell, CellState, honeycomb, honeycomb_svg
from course_content.loading import load

SVG = "{http://www.w3.org/2000/svg}"
FRAMEWORK = load().framework
CELLS = {
    c.code: Cell(
        code=c.code,
        state="open",
        title=c.title,
        next_step="Read the module.",
        url=f"/m/{c.code}",
        available=True,
    )
    for c in FRAMEWORK.competencies
}


def figure(cells: dict[str, Cell]) -> ElementTree.Element:
    svg = honeycomb_svg(FRAMEWORK, cells, label="Where Ada stands")
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def only(**changes: object) -> dict[str, Cell]:
    return {"I.1": replace(CELLS["I.1"], **changes)}  # type: ignore[arg-type]


def test_every_cell_is_a_link_with_a_name() -> None:
    links = figure(CELLS).findall(f".//{SVG}a")

    assert [a.get("href") for a in links] == [f"/m/{c.code}" for c in FRAMEWORK.competencies]
    assert links[0].get("aria-label") == f"I.1 {CELLS['I.1'].title}: Open. Read the module."


def test_the_list_says_what_the_figure_says() -> None:
    html = honeycomb(FRAMEWORK, CELLS, label="Where Ada stands")

    listed = re.findall(r'<p class="lc-comb__head">.*?href="([^"]+)">([^<]+)<', html)

    assert listed == [(f"/m/{c.code}", c.title) for c in FRAMEWORK.competencies]
    assert html.count('data-state="open">Open</span>') == 21


def test_each_state_has_a_shape_of_its_own() -> None:
    drawn = {honeycomb_svg(FRAMEWORK, only(state=state), label="x") for state in CellState}
    shapes = {re.sub(r"aria-label=.*?</title>|data-state=\S+", "", svg) for svg in drawn}

    assert len(shapes) == 7


def test_states_are_spelled_for_the_stylesheet() -> None:
    cell = figure(only(state="in_review")).find(f".//{SVG}a")

    assert cell is not None
    assert cell.get("data-state") == "in-review"


def test_without_address_a_cell_is_an_image_with_a_name() -> None:
    svg = figure(only(url="", available=False))

    cell = svg.find(f".//{SVG}g[@role='img']")

    assert svg.findall(f".//{SVG}a") == []
    assert cell is not None
    assert cell.get("aria-label") == f"I.1 {CELLS['I.1'].title}: Not yet offered. Read the module."


def test_a_heat_map_shows_its_value_and_share_of_colour() -> None:
    svg = honeycomb_svg(FRAMEWORK, only(intensity=0.75, value="9 of 12"), label="Cohort")

    assert 'fill-opacity="0.75"' in svg
    assert ">9 of 12</text>" in svg


@pytest.mark.parametrize(("given", "drawn"), [(-1.0, "0.00"), (7.0, "1.00")])
def test_shares_beyond_the_scale_are_drawn_at_its_ends(given: float, drawn: str) -> None:
    svg = honeycomb_svg(FRAMEWORK, only(intensity=given, value="x"), label="Cohort")

    assert f'fill-opacity="{drawn}"' in svg


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="'lost' is not a valid CellState"):
        honeycomb_svg(FRAMEWORK, only(state="lost"), label="x")


def test_words_that_come_in_are_escaped() -> None:
    html = honeycomb(FRAMEWORK, only(title='<i>&"', url='/"x'), label='"')

    assert "<i>" not in html
    assert 'href="/"' not in html


def test_nothing_needs_a_style_that_the_csp_refuses() -> None:
    assert "style=" not in honeycomb(FRAMEWORK, CELLS, label="x")
