"""Markdown of our own: no HTML passes through, headings fit their place, words lead to meanings."""

from course_content.loading import load
from course_content.prose import Words


def words() -> Words:
    return Words(framework=load().framework)


def test_html_in_markdown_is_shown_as_text() -> None:
    html = words().render("<script>alert(1)</script>", top=2)

    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_a_javascript_link_stays_text() -> None:
    assert "href" not in words().render_inline("[press](javascript:alert(1))")


def test_the_highest_heading_becomes_the_one_asked_for() -> None:
    html = words().render("# One\n\n## Two\n", top=3)

    assert html == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_no_heading_is_more_than_one_step_below_the_one_before() -> None:
    html = words().render("### Small\n\n## Large\n\n#### Tiny\n", top=2)

    assert html == "<h2>Small</h2>\n<h2>Large</h2>\n<h3>Tiny</h3>\n"


def test_a_glossary_link_leads_to_the_meaning_on_the_same_page() -> None:
    page = words()
    term = page.framework.glossary[0]

    html = page.render_inline(f"We mean [this](glossary:{term.slug}).")

    assert f'href="#lc-term-{term.slug}"' in html
    assert 'class="lc-term"' in html
    assert page.used == [term]


def test_a_term_used_twice_is_explained_once() -> None:
    page = words()
    term = page.framework.glossary[0]

    page.render_inline(f"[one](glossary:{term.slug}) [two](glossary:{term.slug})")

    assert page.used == [term]


def test_a_term_that_left_the_glossary_does_not_break_an_old_snapshot() -> None:
    page = words()

    assert "gone" in page.render_inline("[gone](glossary:no-such-term)")
    assert page.used == []


def test_a_link_to_another_site_tells_it_nothing() -> None:
    assert 'rel="noopener noreferrer"' in words().render_inline("[x](https://example.org)")
