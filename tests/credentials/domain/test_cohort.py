"""`lc issue`: a whole cohort's badges at once, with the outcome that `lc work` has one by one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from credentials import api, work
from credentials.domain import cohort
from credentials.domain import work as rows
from credentials.models import AuditEntry, Award, Badge, Notice, WorkItem
from credentials.openbadges.baking import unbake_png
from tests.factories import work as make
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners(program, ben):
    """Two who have passed and whose badges wait."""
    people = [make_member(program, name, "learner") for name in ("Ada A.", "Abe")]
    for person in people:
        make.passed(person, ben)
    return people


def _issue() -> cohort.Progress:
    return list(cohort.issue(processes=1))[-1]


def test_every_waiting_badge_is_signed_baked_and_told(learners):
    assert _issue() == cohort.Progress(issued=2)

    assert [unbake_png(bytes(b.png)) == bytes(b.document) for b in Badge.objects.all()] == [
        True
    ] * 2
    assert [api.my_badges(learner)[0].state for learner in learners] == ["ready"] * 2
    assert Notice.objects.filter(kind="awarded").count() == 2


def test_second_call_finds_nothing_to_do(learners):
    _issue()

    assert list(cohort.issue(processes=1)) == []


def test_worker_finds_nothing_left_but_the_mail(learners):
    _issue()
    kinds = set(WorkItem.objects.filter(done_at=None).values_list("kind", flat=True))

    assert kinds == {"mail"}


def test_bytes_are_those_that_the_worker_would_have_stored(learners):
    _issue()
    first = {badge.pk: bytes(badge.document) for badge in Badge.objects.all()}
    Badge.objects.update(document=None, png=None)
    WorkItem.objects.filter(kind="sign").update(done_at=None)
    work.drain()

    assert {badge.pk: bytes(badge.document) for badge in Badge.objects.all()} == first


def test_badge_whose_award_was_taken_back_is_not_signed(learners):
    fallen = Award.objects.first()
    Award.objects.filter(pk=fallen.pk).update(active=None)

    assert _issue() == cohort.Progress(issued=1, dropped=1)
    assert Badge.objects.get(award=fallen).document is None


def test_badge_that_cannot_be_signed_is_kept_for_staff_and_stops_no_other(learners, dana):
    row = Badge.objects.first()
    row.content["review"] = ""
    row.save()

    assert _issue() == cohort.Progress(issued=1, refused=1)
    assert [trouble.error for trouble in api.troubles(dana)] == [
        "review_statement: the text is empty."
    ]


def test_item_that_another_worker_is_at_is_left_to_it(learners):
    rows.lease_one(now=timezone.now())
    taken = WorkItem.objects.exclude(lease=None).get()

    done = _issue()

    assert done == cohort.Progress(issued=1 if taken.kind == "sign" else 2)


def test_each_badge_is_in_the_audit_once(learners):
    _issue()

    assert AuditEntry.objects.filter(verb="badge.signed").count() == 2
