"""Nobody decides on their own work or a friend's, and nothing that was decided slips."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from credentials import api, work
from credentials.data import Actor
from credentials.domain import decision as decisions
from credentials.domain import terms
from credentials.domain.award import revoke_award
from credentials.errors import Closed, NotAllowed
from credentials.models import Award, Badge, Decision, Evidence, Membership
from tests.factories import work as make
from tests.factories.people import make_member


def correct(actor: Actor, outcome: str) -> Decision:
    with transaction.atomic():
        return decisions.correct_decision(
            decision=Decision.objects.get(),
            outcome=outcome,
            reason="Read again.",
            actor=actor,
            now=timezone.now(),
        )


def test_administrator_does_not_correct_their_own_decision(program, ben):
    dana = make_member(program, "Dana", "administrator", "learner")
    make.returned(dana, ben, below=("I.1.a",))

    with pytest.raises(NotAllowed):
        correct(dana, "passed")
    assert not Award.objects.exists()


def test_revoked_award_is_not_brought_back_by_correcting_twice(ada, ben, dana):
    make.passed(ada, ben)
    with transaction.atomic():
        revoke_award(award=Award.objects.get(), reason="Copied.", actor=dana, now=timezone.now())

    for outcome in ("returned", "passed"):
        if outcome != Decision.objects.get().outcome:
            with pytest.raises(Closed):
                correct(dana, outcome)
    work.drain()
    assert Badge.objects.get().document is None


def test_correction_of_a_correction_awards_once(ada, ben, dana):
    make.passed(ada, ben)
    correct(dana, "returned")
    assert not Award.objects.filter(active=True).exists()

    correct(dana, "passed")
    work.drain()

    assert Award.objects.filter(active=True).count() == 1
    assert Badge.objects.exclude(png=None).count() == 1


def test_tie_recorded_by_the_administrator_ends_the_claim(ada, ben, dana):
    review = make.scored(ben, make.submitted(ada))

    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="supervisor")

    with pytest.raises(Closed):
        api.complete_review(ben, review=review.uuid)
    assert api.queue(ben) == ()


def test_finished_review_of_a_tied_reviewer_is_wanted_again(program, ada, ben, bea, dana):
    program.reviews_required = 2
    program.save()
    made = make.submitted(ada)
    make.reviewed(ben, made)

    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="same-school")

    assert [item.role for item in api.queue(bea)] == ["first"]


def test_fewer_reviews_asked_for_decides_what_is_complete(program, ada, ben, dana):
    program.reviews_required = 2
    program.save()
    make.reviewed(ben, make.submitted(ada))
    figures = {name: getattr(program, name) for name in terms.BOUNDS} | {"reviews_required": 1}

    with transaction.atomic():
        terms.change(
            actor=dana,
            figures=figures,
            holidays="",
            time_zone="UTC",
            contact_email="",
            now=timezone.now(),
        )

    assert Decision.objects.get().outcome == "passed"


def test_evidence_behind_a_met_indicator_can_no_longer_be_rewritten(ada, ben):
    first = make.returned(ada, ben, below=("I.1.b",))
    second = api.revise(ada, submission=first.uuid)
    piece = Evidence.objects.get(submission__uuid=second.uuid)

    with pytest.raises(Closed, match="stays as it is"):
        make.write(ada, second, f"evidence.{piece.uuid}.body", "Something nobody scored.")
    with pytest.raises(Closed):
        api.set_evidence(ada, evidence=piece.uuid, artifact="plan", group_work=True)


def test_ended_membership_is_no_reviewer_any_more(program, ada, ben):
    made = make.submitted(ada)
    Membership.objects.filter(user_id=ben.user_id).update(active=None)

    from credentials.domain.review import may_score
    from credentials.models import Submission

    row = Submission.objects.get(uuid=made.uuid)
    assert not may_score(submission=row, user_id=ben.user_id, role="first")
