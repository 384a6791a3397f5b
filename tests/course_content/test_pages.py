"""The fragments that both doors show."""

import itertools
import re

import pytest
from django.utils.html import escape

from course_content.catalog import CatalogError, Module
from course_content.loading import load
from course_content.pages import (
    Links,
    Progress,
    Terms,
    render_glossary,
    render_indicator,
    render_module,
    render_page,
    render_reviewer_guide,
    render_rubric,
    render_self_assessment,
)

FRAMEWORK = load().framework
CODES = sorted(load().modules)


def links(module: Module) -> Links:
    code = module.competency.code
    return Links(
        module=f"/m/{code}",
        self_assessment=f"/m/{code}/self",
        glossary="/glossary",
        pages={page.slug: f"/m/{code}/p/{page.slug}" for page in module.pages},
        page_read={page.slug: f"/m/{code}/p/{page.slug}/read" for page in module.pages},
        form_fields={"csrfmiddlewaretoken": "token"},
    )


def for_learners(module: Module) -> str:
    """Everything a learner can see of a module, in one string."""
    progress = Progress()
    return "".join(
        [
            render_module(module, FRAMEWORK, progress, links(module)),
            render_self_assessment(module, FRAMEWORK, progress, links(module)),
            render_rubric(module, FRAMEWORK),
            *(
                render_page(module, FRAMEWORK, page.slug, progress, links(module))
                for page in module.pages
            ),
        ]
    )


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(params=CODES)
def module(request: pytest.FixtureRequest) -> Module:
    return load().module(request.param)


def test_no_calibration_draft_is_reachable_by_a_learner(module: Module) -> None:
    shown = text_of(for_learners(module))

    leaked = [e.key for e in module.exemplars if text_of(e.why)[:60] in shown]

    assert leaked == []


def test_every_calibration_draft_is_in_the_reviewer_guide(module: Module) -> None:
    html = render_reviewer_guide(module, FRAMEWORK)

    assert html.count("lc-exemplar") == len(module.exemplars)


def test_every_official_statement_is_quoted_and_attributed(module: Module) -> None:
    html = render_module(module, FRAMEWORK, Progress(), links(module))

    for indicator in module.competency.indicators:
        assert f"<p>{escape(indicator.statement)}</p>" in html
        for part in indicator.sub_items:
            assert f"<li>{escape(part.statement)}</li>" in html
        assert f"Official statement {indicator.code}, {escape(FRAMEWORK.creator)}" in html


def test_headings_begin_at_two_and_never_skip_a_level(module: Module) -> None:
    for html in (
        render_module(module, FRAMEWORK, Progress(), links(module)),
        render_reviewer_guide(module, FRAMEWORK),
    ):
        levels = [int(n) for n in re.findall(r"<h([1-6])\b", html)]
        assert levels[0] == 2
        assert [b for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_no_fragment_has_an_inline_script_style_or_handler(module: Module) -> None:
    html = for_learners(module) + render_reviewer_guide(module, FRAMEWORK)

    assert re.findall(r"<script|<style| style=| on[a-z]+=", html) == []


def test_every_class_is_our_own(module: Module) -> None:
    html = for_learners(module) + render_reviewer_guide(module, FRAMEWORK)

    names = {name for group in re.findall(r'class="([^"]*)"', html) for name in group.split()}
    foreign = {n for n in names if not n.startswith("lc-") and not n.startswith("language-")}
    assert foreign == set()


def test_identifiers_are_unique_in_a_module(module: Module) -> None:
    html = render_module(module, FRAMEWORK, Progress(), links(module))

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_module_without_a_rule_on_file_says_so() -> None:
    module = load().module("I.1")

    html = render_module(module, FRAMEWORK, Progress(), links(module))

    assert "No rule on file." in html


def test_a_module_shows_the_terms_of_the_program() -> None:
    module = load().module("I.1")
    terms = Terms(
        program="Lakeshore",
        turnaround_days=10,
        revision_days=30,
        reviewers=2,
        counts_for="Harbor district, 1 July 2030: 15 renewal hours.",
    )

    text = text_of(render_module(module, FRAMEWORK, Progress(terms=terms), links(module)))

    assert "At most 10 working days after you submit" in text
    assert "you have 30 days to show it" in text
    assert "Two trained reviewers who score it independently of Lakeshore" in text
    assert "Harbor district, 1 July 2030: 15 renewal hours." in text
    assert "No rule on file" not in text


def test_a_page_offers_to_be_marked_as_read_once() -> None:
    module = load().module("I.1")
    slug = module.pages[0].slug

    fresh = render_page(module, FRAMEWORK, slug, Progress(), links(module))
    read = render_page(
        module, FRAMEWORK, slug, Progress(pages_read=frozenset({slug})), links(module)
    )

    assert f'action="/m/I.1/p/{slug}/read"' in fresh
    assert 'value="token"' in fresh
    assert "<form" not in read


def test_a_page_that_the_module_does_not_have_is_a_named_error() -> None:
    module = load().module("I.1")

    with pytest.raises(CatalogError):
        render_page(module, FRAMEWORK, "nothing", Progress(), links(module))


def test_a_self_assessment_keeps_the_level_chosen_before() -> None:
    module = load().module("I.1")

    html = render_self_assessment(
        module, FRAMEWORK, Progress(self_levels={"I.1.b": 2}), links(module)
    )

    assert 'name="level-I.1.b" value="2" checked' in html
    assert html.count(" checked") == 1


def test_one_row_of_a_rubric_can_stand_alone() -> None:
    html = render_rubric(load().module("I.1"), FRAMEWORK, "I.1.b")

    assert re.findall(r'id="lc-rubric-([^"]+)"', html) == ["I.1.b"]


def test_the_glossary_has_an_anchor_for_every_term() -> None:
    html = render_glossary(FRAMEWORK)

    assert sorted(re.findall(r'<dt id="([^"]+)"', html)) == sorted(
        term.slug for term in FRAMEWORK.glossary
    )


def test_an_indicator_without_a_module_shows_its_official_words() -> None:
    indicator = FRAMEWORK.indicators[-1]

    html = render_indicator(FRAMEWORK, indicator.code)

    assert escape(indicator.statement) in html


def test_an_unknown_indicator_is_a_named_error() -> None:
    with pytest.raises(CatalogError):
        render_indicator(FRAMEWORK, "IX.9.z")
