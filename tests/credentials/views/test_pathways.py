"""Where to begin, and what to ask: open to everybody, quoted where it is quoted."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from course_content.loading import load

pytestmark = pytest.mark.django_db


def shown(path: str, client: Client | None = None) -> str:
    return html.unescape((client or Client()).get(path).content.decode())


def test_pathways_quote_each_priority_and_say_that_the_steps_are_ours():
    page = shown("/lc/pathways")

    assert [p.priority in page for p in load().pathways] == [True] * 5
    assert "our own choice" in page


def test_learner_goes_from_a_pathway_to_a_module(ada, client_for):
    assert 'href="/lc/modules/I.1"' in shown("/lc/pathways", client_for(ada))


def test_every_guiding_and_equity_question_is_shown():
    page = shown("/lc/questions")
    framework = load().framework
    asked = [q for d in framework.domains for q in d.guiding_questions]
    asked += [q for area in framework.equity_areas for q in area.questions]

    assert [q for q in asked if q not in page] == []
    assert len(asked) == 23 + 21
