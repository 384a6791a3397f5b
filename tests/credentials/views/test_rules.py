"""The administrators' preview of the three pass rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from course_content.loading import load
from credentials import api
from credentials.data import Actor
from credentials.errors import NotAllowed

ClientFor = Callable[[Actor], Client]


def test_every_module_shows_three_rules_of_which_one_is_its_own(dana: Actor) -> None:
    rules = api.pass_rules(dana)

    assert [module.competency for module in rules.modules] == sorted(load().modules)
    assert {len(module.rules) for module in rules.modules} == {3}
    assert {sum(rule.stated for rule in module.rules) for module in rules.modules} == {1}


def test_no_shown_rule_is_useless(dana: Actor) -> None:
    problems = [p for m in api.pass_rules(dana).modules for rule in m.rules for p in rule.problems]
    assert problems == []


def test_page_states_the_figures_that_speak_against_requiring_everything(
    client_for: ClientFor, dana: Actor
) -> None:
    html = client_for(dana).get(reverse("lc:program-rules")).content.decode()

    assert "63 of 100 pass nine indicators, and 74 pass six" in html
    assert "how many pass the 3 indicators of I.1" in html


def test_i_1_requires_all_three_and_86_of_100_pass_at_95_percent(dana: Actor) -> None:
    (module,) = [m for m in api.pass_rules(dana).modules if m.competency == "I.1"]

    assert [round(share * 100) for share in module.rules[0].shares] == [51, 73, 86]
    assert module.rules[0].stated


def test_only_administrators_see_the_page(client_for: ClientFor, ada: Actor, ben: Actor) -> None:
    statuses = [client_for(who).get(reverse("lc:program-rules")).status_code for who in (ada, ben)]
    assert statuses == [403, 403]


def test_preview_is_refused_to_a_learner(ada: Actor) -> None:
    with pytest.raises(NotAllowed):
        api.pass_rules(ada)
