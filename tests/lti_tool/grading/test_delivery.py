"""From the outbox to the gradebook: newest only, once, retried, and nothing refused is hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credentials import work
from credentials.data import Actor
from credentials.models import WorkItem
from lti_tool import grades, outage, outbox
from lti_tool.models import Outage, Registration, ResourceLink, ScorePassback
from tests.factories.courses import make_opening
from tests.factories.gradebook import Fault
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
State = ScorePassback.State
SUBMISSION = "6f1c8a52-6a0c-4a08-9c0f-3a51d9a3f7a1"


def tell(learner: Actor, outcome: str = "") -> None:
    """The house announces that the learner handed in, or was decided about."""
    facts = {
        "submission": SUBMISSION,
        "program_id": learner.program_id,
        "learner_id": learner.user_id,
        "competency": "I.1",
        "at": timezone.now(),
    }
    if outcome:
        outbox.decided(None, outcome=outcome, **facts)
    else:
        outbox.submitted(None, **facts)


def later() -> None:
    """The time has come for everything that waits."""
    WorkItem.objects.update(not_before=timezone.now())
    Outage.objects.update(until=timezone.now())


def states() -> list[str]:
    return list(ScorePassback.objects.order_by("pk").values_list("state", flat=True))


def newest() -> ScorePassback:
    return ScorePassback.objects.latest("pk")


def wait() -> timedelta:
    return WorkItem.objects.get().not_before - timezone.now()


def test_score_arrives(lms, opening, ada) -> None:
    tell(ada, "passed")

    work.drain()

    assert [score["scoreGiven"] for score in lms.scores_of("sub-ada")] == [100.0]
    assert states() == [State.SENT]
    assert newest().sent_at is not None
    assert WorkItem.objects.get().done_at is not None


def test_only_the_newest_is_sent(lms, opening, ada) -> None:
    tell(ada)
    tell(ada, "returned")
    tell(ada, "passed")

    work.drain()

    assert states() == [State.REPLACED, State.REPLACED, State.SENT]
    assert len(lms.requests("scores")) == 1


def test_what_is_told_while_sending_goes_next_in_order(lms, opening, ada) -> None:
    tell(ada)
    work.drain()
    tell(ada, "passed")
    work.drain()

    sent = [stamp for _, stamp, status in lms.arrivals if status == 200]
    assert sent == sorted(sent)
    assert len(sent) == 2


def test_second_drain_sends_nothing(lms, opening, ada) -> None:
    tell(ada)
    work.drain()
    asked = len(lms.asked)

    later()
    work.drain()

    assert len(lms.asked) == asked


def test_lost_answer_is_not_a_lost_score_nor_a_second_one(lms, opening, ada) -> None:
    tell(ada, "passed")
    lms.fail("scores", Fault(500, lost=True))

    work.drain()
    assert states() == [State.WAITING]
    later()
    work.drain()

    assert states() == [State.SENT]
    assert [status for *_, status in lms.arrivals] == [200, 409]


def test_lost_answer_where_results_cannot_be_read_is_sent_anew(lms, opening, ada) -> None:
    ResourceLink.objects.update(scopes=sorted(grades.OURS - {grades.RESULT}))
    tell(ada, "passed")
    lms.fail("scores", Fault(500, lost=True))
    work.drain()
    later()

    work.drain()

    assert states() == [State.SENT]
    first, _, third = lms.arrivals
    assert (first[2], third[2]) == (200, 200)
    assert first[1] < third[1]


def test_later_score_of_somebody_else_is_told_to_staff(lms, opening, ada) -> None:
    tell(ada)
    work.drain()
    column = next(iter(lms.columns.values()))
    column.scores["sub-ada"]["timestamp"] = "2100-01-01T00:00:00Z"
    tell(ada, "passed")

    work.drain()

    assert states() == [State.SENT, State.REFUSED]
    assert newest().last_status == 409


@pytest.mark.parametrize("status", [400, 403, 404, 422])
def test_refusal_is_shown_and_not_repeated(lms, opening, ada, status: int) -> None:
    tell(ada)
    lms.fail("scores", Fault(status, b'{"error": "Ada is not in the course."}'))

    work.drain()

    row = newest()
    assert (row.state, row.last_status, row.attempts) == (State.REFUSED, status, 1)
    assert row.last_error == f"The platform refuses: {status} Ada is not in the course."
    assert WorkItem.objects.get().done_at is not None


def test_one_refused_learner_stops_nobody_else(lms, link, opening, program, ada) -> None:
    al = make_member(program, "Al", "learner")
    make_opening(link, al)
    lms.members = {"sub-al"}
    tell(ada)
    tell(al)

    work.drain()

    assert states() == [State.REFUSED, State.SENT]


def test_waits_between_attempts_grow(lms, opening, ada) -> None:
    tell(ada)
    waits = []
    for _ in range(4):
        lms.fail("scores", Fault(500))
        later()
        work.drain()
        waits.append(wait())

    least = [10, 60, 300, 1800]
    assert all(timedelta(seconds=s - 1) < w for s, w in zip(least, waits, strict=True))
    assert all(w < timedelta(seconds=s + 3) for s, w in zip(least, waits, strict=True))
    assert newest().attempts == 4


def test_platform_is_asked_again_when_it_says(lms, opening, ada) -> None:
    tell(ada)
    lms.fail("scores", Fault(503, headers=(("Retry-After", "7200"),)))

    work.drain()

    assert timedelta(minutes=119) < wait() < timedelta(minutes=121)


def test_platform_that_asks_for_no_pause_gets_one(lms, opening, ada) -> None:
    tell(ada)
    lms.fail("scores", Fault(429, headers=(("Retry-After", "0"),)))

    work.drain()

    assert wait() > timedelta(seconds=9)


def test_one_request_finds_out_for_all_that_the_platform_is_away(
    lms, link, opening, program, ada
) -> None:
    others = [make_member(program, f"Learner{n}", "learner") for n in range(5)]
    for learner in others:
        make_opening(link, learner)
    for learner in (ada, *others):
        tell(learner)
    lms.fail("token", Fault(502), Fault(502))

    work.drain()

    assert len(lms.asked) == 1
    assert Outage.objects.get().failures == 1
    assert set(states()) == {State.WAITING}
    assert {row.last_error for row in ScorePassback.objects.all()} == {
        "The platform gives us no token: 502"
    }


def test_end_of_an_outage_lets_everything_through(lms, opening, ada) -> None:
    tell(ada)
    lms.fail("token", Fault(502))
    work.drain()
    later()

    work.drain()

    assert states() == [State.SENT]
    assert not Outage.objects.exists()


def test_outage_of_one_platform_is_not_anothers(lms, deployment) -> None:
    now = timezone.now()
    other = Registration.objects.create(name="Hillside LMS", digest="x", issuer_digest="x")

    outage.began(deployment.registration, reason="down", after=None, now=now)

    assert outage.of(deployment.registration, now=now) is not None
    assert outage.of(other, now=now) is None


def test_waits_of_an_outage_end_at_an_hour(deployment) -> None:
    now = timezone.now()
    waits = []
    for _ in range(7):
        row = outage.began(deployment.registration, reason="down", after=None, now=now)
        waits.append((row.until - now).total_seconds())
        now = row.until

    assert waits == [10, 60, 300, 1800, 3600, 3600, 3600]


def test_failures_of_one_moment_count_once(deployment) -> None:
    now = timezone.now()
    for _ in range(9):
        outage.began(deployment.registration, reason="down", after=None, now=now)

    assert Outage.objects.get().failures == 1


def test_after_three_days_it_is_given_up_and_shown(lms, opening, ada) -> None:
    tell(ada)
    ScorePassback.objects.update(created_at=timezone.now() - timedelta(days=3))
    lms.fail("scores", Fault(500))

    work.drain()

    assert states() == [State.GIVEN_UP]
    assert newest().last_error == "The platform is busy or broken: 500"
    assert WorkItem.objects.get().done_at is not None


def test_what_was_given_up_can_be_sent_again(lms, opening, ada) -> None:
    tell(ada)
    ScorePassback.objects.update(state=State.GIVEN_UP)

    outbox.send_again(newest(), now=timezone.now())
    work.drain()

    assert states() == [State.GIVEN_UP, State.SENT]


def test_platform_that_is_switched_off_gets_nothing(lms, opening, ada) -> None:
    tell(ada)
    Registration.objects.update(active=False)

    work.drain()

    assert lms.asked == []
    assert newest().last_error == "This course system is switched off here."


def test_column_that_moved_is_found_again(lms, link, opening, ada) -> None:
    ResourceLink.objects.update(line_item_url=f"{lms.origin}/items/99?course=7")
    lms.add_column(label="Vision", resourceId="I.1", tag=grades.TAG)
    tell(ada)

    work.drain()

    assert states() == [State.SENT]
    assert ResourceLink.objects.get().line_item_url == f"{lms.origin}/items/1?course=7"


def test_column_that_is_gone_is_made_again_only_when_staff_send_again(lms, opening, ada) -> None:
    ResourceLink.objects.update(line_item_url=f"{lms.origin}/items/99?course=7")
    tell(ada)
    work.drain()
    assert newest().last_error == "The gradebook column is gone. Sending again makes a new one."
    assert lms.columns == {}

    outbox.send_again(newest(), now=timezone.now())
    work.drain()

    assert states() == [State.REFUSED, State.SENT]
