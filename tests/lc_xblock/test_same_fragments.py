"""The same module through both doors: equal but for links and tokens."""

from __future__ import annotations

import re

import pytest

from course_content.loading import load
from credentials import api
from tests.factories import work

#: Where things are, and the token of a form: the door's own. Nothing else may differ.
DOORS = re.compile(r'\b(href|src|action|data-lc-save-url|data-lc-create-url)="(?!#)[^"]*"')
PAGE = load().module("I.1").pages[1].slug
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"')


def on_the_web(client, path: str) -> str:
    page = client.get(path).content.decode()
    return page.partition("lc-pagehead")[2].partition("</header>")[2].partition("</main>")[0]


def in_the_unit(html: str) -> str:
    return html.partition("</header>")[2].strip().removesuffix("</div></div>")


def same(html: str) -> str:
    """Without links and tokens, and without space between elements, which nobody sees."""
    bare = TOKEN.sub(r"\1", DOORS.sub(r"\1", html))
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", bare)).strip()


@pytest.fixture
def draft(ada):
    return work.filled(ada)


def test_module_is_the_same_through_both_doors(adas_unit, ada, client_for):
    web = on_the_web(client_for(ada), "/lc/modules/I.1")

    unit = in_the_unit(adas_unit.html())

    assert same(unit) == same(web)
    assert len(same(web)) > 20_000
    assert f"/handler/module_page/{PAGE}" in unit
    assert f"/lc/modules/I.1/pages/{PAGE}" in web


@pytest.mark.parametrize(
    ("handler", "suffix", "path"),
    [
        ("module", "", "/lc/modules/I.1"),
        ("module_page", PAGE, f"/lc/modules/I.1/pages/{PAGE}"),
        ("self_assessment", "", "/lc/modules/I.1/self-assessment"),
        ("submission", "{draft}", "/lc/submissions/{draft}"),
        ("submission_check", "{draft}", "/lc/submissions/{draft}/check"),
    ],
)
def test_every_page_of_a_draft_is_the_same(
    handler, suffix, path, adas_unit, ada, draft, client_for
):
    web = on_the_web(client_for(ada), path.format(draft=draft.uuid))

    unit = adas_unit.get(handler, suffix.format(draft=draft.uuid)).json["html"]

    assert same(in_the_unit(unit)) == same(web)


def test_feedback_and_result_are_the_same(adas_unit, ada, ben, bea, client_for):
    returned = work.returned(ada, ben, below=("I.1.b",))
    revised = api.submit(ada, submission=api.revise(ada, submission=returned.uuid).uuid)
    work.reviewed(bea, revised)
    client = client_for(ada)

    for attempt in (returned.uuid, revised.uuid):
        unit = adas_unit.get("submission", attempt).json["html"]
        assert same(in_the_unit(unit)) == same(on_the_web(client, f"/lc/submissions/{attempt}"))
