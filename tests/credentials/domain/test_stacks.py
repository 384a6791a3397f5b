"""The award that completes a domain awards the domain's badge too: once, and never twice."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.utils import timezone

from credentials import api, work
from credentials.domain.award import revoke_award
from credentials.models import Award, Badge
from tests.factories import work as make

DOMAIN = ("I.1", "I.2", "I.3", "I.4", "I.5")


@pytest.fixture
def all_but_one(ada, ben):
    for code in DOMAIN[:-1]:
        make.passed(ada, ben, code)


def held(ada) -> set[str]:
    awards = Award.objects.filter(learner_id=ada.user_id, active=True)
    return set(awards.values_list("achievement__code", flat=True))


def test_one_part_missing_awards_no_stack(all_but_one, ada):
    assert held(ada) == set(DOMAIN[:-1])


def test_last_part_awards_the_stack_once(all_but_one, ada, ben):
    review = make.scored(ben, make.submitted(ada, DOMAIN[-1]))
    api.complete_review(ben, review=review.uuid)
    api.complete_review(ben, review=review.uuid)
    work.drain()

    badges = Badge.objects.filter(award__learner_id=ada.user_id)
    assert held(ada) == {*DOMAIN, "I"}
    assert badges.exclude(png=None).count() == len(DOMAIN) + 1


def test_stack_badge_names_its_competencies_and_nobody(all_but_one, ada, ben):
    make.passed(ada, ben, DOMAIN[-1])
    work.drain()
    document = bytes(Badge.objects.get(award__achievement__code="I").document)
    achievement = json.loads(document)["credentialSubject"]["achievement"]

    module = api.module(ada, competency="I.1")
    assert len(achievement["alignment"]) == len(DOMAIN)
    assert achievement["alignment"][0]["targetCode"] == str(module.competency.uuid)
    assert b"Ada" not in document


def test_revoked_part_takes_the_stack_with_it(all_but_one, ada, ben, dana):
    make.passed(ada, ben, DOMAIN[-1])
    part = Award.objects.get(achievement__code="I.3")

    with transaction.atomic():
        revoke_award(award=part, reason="Not their own work", actor=dana, now=timezone.now())

    assert held(ada) == set(DOMAIN) - {"I.3"}
    assert "A part of it, I.3" in Award.objects.get(achievement__code="I").reason
