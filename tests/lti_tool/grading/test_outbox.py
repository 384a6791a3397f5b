"""What a gradebook is to be told: written with the step that made it true, one after the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credentials import api, work
from credentials.models import Decision, Submission, WorkItem
from lti_tool import delivery, outbox
from lti_tool.models import Opening, ScorePassback
from tests.factories import work as make
from tests.factories.badges import issued
from tests.factories.courses import make_deployment, make_link, make_opening

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, float | None]]:
    """Everything written, in its order."""
    rows = ScorePassback.objects.order_by("pk")
    return [(row.activity_progress, row.grading_progress, row.score_given) for row in rows]


HANDED_IN = ("Submitted", "PendingManual", None)
PASSED = ("Completed", "FullyGraded", 100.0)
RETURNED = ("InProgress", "PendingManual", None)


def test_handing_in_and_passing_are_told(opening, ada, ben) -> None:
    make.passed(ada, ben)

    assert told() == [HANDED_IN, PASSED]
    assert ScorePassback.objects.last().submitted_at == Submission.objects.get().submitted_at


def test_returned_submission_leaves_the_gradebook_ungraded(opening, ada, ben) -> None:
    make.returned(ada, ben, below=("I.1.a",))

    assert told() == [HANDED_IN, RETURNED]
    assert ScorePassback.objects.last().score_maximum is None


def test_gradebook_comment_does_not_tell_a_return(opening, ada, ben) -> None:
    make.returned(ada, ben, below=("I.1.a",))

    comment = ScorePassback.objects.last().comment
    assert comment == "Reviewed. Open the activity to see what comes next."


def test_correction_is_told_in_both_directions(opening, ada, ben, dana) -> None:
    made = make.returned(ada, ben, below=("I.1.a",))

    for outcome in ("passed", "returned"):
        api.correct_decision(dana, submission=made.uuid, outcome=outcome, reason="A mistake.")

    assert told() == [HANDED_IN, RETURNED, PASSED, RETURNED]


def test_withdrawing_is_told_only_where_handing_in_was(opening, ada) -> None:
    api.withdraw(ada, submission=make.draft(ada).uuid)
    assert told() == []

    api.withdraw(ada, submission=make.submitted(ada).uuid)
    assert told() == [HANDED_IN, ("InProgress", "NotReady", None)]


def test_score_goes_with_a_revoked_badge(opening, ada, ben, dana, lms) -> None:
    badge = issued(ada, ben)

    api.revoke_award(dana, award=badge.award.uuid, reason="Evidence was not Ada's own.")

    assert told()[-1] == ("Completed", "PendingManual", None)


def test_decision_that_is_taken_back_leaves_no_row(opening, ada, ben, monkeypatch) -> None:
    review = make.scored(ben, make.submitted(ada))
    monkeypatch.setattr(outbox.work, "leave", _fail)

    with pytest.raises(RuntimeError):
        api.complete_review(ben, review=review.uuid)

    assert not Decision.objects.exists()
    assert told() == [HANDED_IN]


def _fail(**_: object) -> None:
    raise RuntimeError("no work can be left")


def test_timestamps_rise_by_a_second_at_least(opening, ada) -> None:
    now = timezone.now()
    for _ in range(3):
        outbox.submitted(
            None,
            submission=make.draft(ada).uuid,
            program_id=ada.program_id,
            learner_id=ada.user_id,
            competency="I.1",
            at=now,
        )

    rows = list(ScorePassback.objects.order_by("sequence"))
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert [row.timestamp - now for row in rows] == [timedelta(seconds=n) for n in range(3)]
    assert WorkItem.objects.filter(kind="score").count() == 1


def test_each_link_that_the_learner_opened_is_told(deployment, lms, ada) -> None:
    for name in ("link-1", "link-2"):
        link = make_link(deployment, link=name, course=name, line_items=lms.items_url)
        make_opening(link, ada)

    make.submitted(ada)

    assert told() == [HANDED_IN, HANDED_IN]


@pytest.mark.parametrize("why", ["other module", "other program", "teacher", "no gradebook"])
def test_nobody_else_is_told(why, deployment, lms, ada, other_program) -> None:
    if why == "other program":
        deployment = make_deployment(other_program, deployment_id="2")
    link = make_link(
        deployment,
        competency="I.2" if why == "other module" else "I.1",
        line_items=lms.items_url if why != "no gradebook" else "",
    )
    opening = make_opening(link, ada)
    Opening.objects.filter(pk=opening.pk).update(learner=why != "teacher")

    make.submitted(ada)

    assert told() == []


def test_cems_work_in_his_program_tells_adas_gradebook_nothing(opening, cem) -> None:
    make.submitted(cem)

    assert told() == []


def test_link_opened_after_the_decision_is_told_at_the_launch(link, ada, ben) -> None:
    make.passed(ada, ben)
    opening = make_opening(link, ada)

    for _ in range(2):
        outbox.catch_up(link=link, person=opening.person, now=timezone.now())

    assert told() == [PASSED]
    assert ScorePassback.objects.get().submitted_at == Submission.objects.get().submitted_at


def test_launch_without_anything_handed_in_tells_nothing(opening, link, ada) -> None:
    make.draft(ada)

    outbox.catch_up(link=link, person=opening.person, now=timezone.now())

    assert told() == []


def test_launch_sends_again_what_was_refused(opening, link, ada) -> None:
    make.submitted(ada)
    ScorePassback.objects.update(state=ScorePassback.State.REFUSED)

    outbox.catch_up(link=link, person=opening.person, now=timezone.now())

    assert told() == [HANDED_IN, HANDED_IN]


def test_launch_of_a_link_to_no_module_we_have_is_harmless(deployment, lms, ada) -> None:
    link = make_link(deployment, competency="IX.9", line_items=lms.items_url)
    opening = make_opening(link, ada)

    outbox.catch_up(link=link, person=opening.person, now=timezone.now())

    assert told() == []


def test_revoked_badge_is_what_a_later_launch_tells(link, ada, ben, dana) -> None:
    badge = issued(ada, ben)
    api.revoke_award(dana, award=badge.award.uuid, reason="Evidence was not Ada's own.")
    opening = make_opening(link, ada)

    outbox.catch_up(link=link, person=opening.person, now=timezone.now())

    assert told() == [("Completed", "PendingManual", None)]


def test_launch_after_a_new_start_does_not_bring_a_revoked_score_back(
    opening, ada, ben, dana
) -> None:
    badge = issued(ada, ben)
    api.revoke_award(dana, award=badge.award.uuid, reason="Evidence was not Ada's own.")
    make.draft(ada)
    before = told()

    outbox.catch_up(
        link=opening.resource_link, person=opening.person, now=timezone.now() + timedelta(days=1)
    )

    assert told() == before
    assert before[-1] == ("Completed", "PendingManual", None)


def test_sending_again_is_a_later_row_of_the_same(opening, ada) -> None:
    make.submitted(ada)
    first = ScorePassback.objects.get()

    second = outbox.send_again(first, now=first.timestamp)

    assert told() == [HANDED_IN, HANDED_IN]
    assert second.timestamp == first.timestamp + timedelta(seconds=1)
    assert (second.submission, second.comment) == (first.submission, first.comment)


def test_the_house_has_a_handler_for_scores() -> None:
    assert work.HANDLERS["score"] is delivery.deliver
