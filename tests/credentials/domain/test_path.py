"""The one way through the house: draft, hand in, review, decide, award, sign, bake."""

from __future__ import annotations

import json

import pytest

from credentials import api, work
from credentials.errors import Closed, Conflict, Invalid, NotFound
from credentials.models import Award, Badge, Decision
from credentials.openbadges.baking import unbake_png
from tests.factories import work as make


def test_pass_awards_once_and_bakes_exactly_the_signed_bytes(ada, ben):
    made = make.submitted(ada)
    review = make.scored(ben, made)

    api.complete_review(ben, review=review.uuid)
    api.complete_review(ben, review=review.uuid)
    work.drain()
    work.drain()

    badge = Badge.objects.get()
    assert Award.objects.count() == 1
    assert unbake_png(bytes(badge.png)) == bytes(badge.document)
    assert api.my_badges(ada)[0].state == "ready"


def test_badge_names_neither_learner_nor_reviewer_nor_evidence(ada, ben):
    make.passed(ada, ben)
    work.drain()

    document = bytes(Badge.objects.get().document).decode()
    assert "Ada" not in document
    assert "ada@example.edu" not in document
    assert "Ben" not in document
    assert "third draft" not in document


def test_badge_aligns_each_indicator_at_the_uri_of_its_case_item(ada, ben):
    make.passed(ada, ben)
    work.drain()

    document = json.loads(bytes(Badge.objects.get().document))
    module = api.module(ada, competency="I.1")
    aligned = [a["targetCode"] for a in document["credentialSubject"]["achievement"]["alignment"]]
    assert aligned == [str(i.uuid) for i in module.competency.indicators]


def test_submit_lists_every_missing_part_and_loses_nothing(ada):
    made = make.draft(ada)
    make.write(ada, made, "overview-1", "Only three words")

    with pytest.raises(Invalid) as caught:
        api.submit(ada, submission=made.uuid)

    missing = {p.field for p in caught.value.problems}
    module = api.module(ada, competency="I.1")
    assert {p.key for p in module.prompts} <= missing
    assert {r.indicator for r in module.rubric.rows} <= missing
    assert api.submission(ada, submission=made.uuid).text("overview-1").text == "Only three words"


def test_slower_device_keeps_its_version_until_the_learner_chooses(ada):
    made = make.draft(ada)
    make.write(ada, made, "overview-1", "From the laptop")

    with pytest.raises(Conflict) as caught:
        api.save_text(
            ada,
            submission=made.uuid,
            key="overview-1",
            text="From the phone",
            revision=0,
            device="phone",
        )
    other = caught.value.other
    assert other is not None
    chosen = api.choose_version(ada, submission=made.uuid, other=other, use=True)

    assert chosen.text == "From the phone"
    assert api.submission(ada, submission=made.uuid).other_versions == ()


def test_returned_attempt_is_revised_on_its_open_indicators_only(ada, ben, bea):
    first = make.returned(ada, ben, below=("I.1.b",))

    second = api.revise(ada, submission=first.uuid)
    again = api.revise(ada, submission=first.uuid)
    api.submit(ada, submission=second.uuid)
    make.reviewed(bea, second)

    assert again.uuid == second.uuid
    assert second.scope == ("I.1.b",)
    assert api.submission(ada, submission=second.uuid).stage == "earned"
    assert api.submission(ada, submission=first.uuid).decision.open_indicators == ("I.1.b",)


def test_handed_in_work_can_no_longer_be_changed(ada):
    made = make.submitted(ada)

    with pytest.raises(Closed):
        make.write(ada, made, "overview-1", "One more thing")


def test_two_reviews_that_disagree_need_an_adjudicator(program, ada, ben, bea):
    from tests.factories.people import make_member

    program.reviews_required = 2
    program.save()
    made = make.submitted(ada)
    make.reviewed(ben, made)
    assert not Decision.objects.exists()
    make.reviewed(bea, made, below=("I.1.a",))
    assert not Decision.objects.exists()

    bo = make_member(program, "Bo", "reviewer")
    make.reviewed(bo, made)

    assert Decision.objects.get().outcome == "passed"
    assert Decision.objects.get().reviewers == 3


def test_nobody_else_sees_a_draft(al, ben, dana, cem, ada):
    made = make.draft(ada)

    for other in (al, ben, dana, cem):
        with pytest.raises(NotFound):
            api.submission(other, submission=made.uuid)


def test_revoked_award_sets_its_bit_and_keeps_the_bytes(ada, ben, dana):
    from django.db import transaction
    from django.utils import timezone

    from credentials.domain.award import revoke_award
    from credentials.domain.badge import status_list_bytes
    from credentials.openbadges.status import StatusList as Bits

    make.passed(ada, ben)
    work.drain()
    badge = Badge.objects.get()
    before = status_list_bytes(status_list=badge.status_list, now=timezone.now())

    for _ in range(2):
        with transaction.atomic():
            revoke_award(
                award=badge.award, reason="Evidence was not theirs", actor=dana, now=timezone.now()
            )
    after = status_list_bytes(status_list=badge.status_list, now=timezone.now())

    def revoked(document: bytes) -> bool:
        subject = json.loads(document)["credentialSubject"]
        return Bits.decode(subject["encodedList"]).is_revoked(badge.status_index)

    assert (revoked(before), revoked(after)) == (False, True)
    assert bytes(Badge.objects.get().document) == bytes(badge.document)
