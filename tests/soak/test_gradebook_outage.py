"""Two hundred decisions while the platform is down and workers are killed: no score is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from credentials import api, signals
from credentials.models import Program, Review, ReviewNote, Submission, WorkItem
from lti_tool import toolkeys
from lti_tool.models import Outage, ScorePassback
from tests.factories import work as make
from tests.factories.courses import make_deployment, make_link, make_opening
from tests.factories.gradebook import Fault, Gradebook, gradebook
from tests.factories.people import make_member
from tests.soak.processes import database_url

DECISIONS = 200
LEASE = 4.0  # seconds: longer than one delivery takes, short enough to wait for
PATIENCE = 300  # seconds; a bound for a broken run, not a promise
State = ScorePassback.State


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_outage_and_killed_workers_lose_and_reorder_nothing(program, ben, dana) -> None:
    Program.objects.update(hold_minutes=600)  # badges are another test's
    port = free_port()
    learners = prepare(program, port)
    like = Submission.objects.get(uuid=make.submitted(make_member(program, "Al", "learner")).uuid)
    keys = toolkeys.published(now=timezone.now())

    with workers(port) as crew:
        for number, learner in enumerate(learners):
            decide(learner, number, ben, dana, like)
            if number in (DECISIONS // 3, 2 * DECISIONS // 3):
                crew.kill_one()
        assert not ScorePassback.objects.filter(state=State.SENT).exists()
        with gradebook(lambda: keys, port) as lms:
            lms.fail("scores", *(Fault(500, lost=n % 2 == 0) for n in range(20)))
            the_time_has_come()
            for arrived in (20, 60, 120):
                wait_for(lambda arrived=arrived: len(lms.arrivals) >= arrived)
                crew.kill_one()
            wait_for(nothing_waits)

    assert crew.killed == 5
    demand_newest(lms)
    demand_order(lms)
    assert len(lms.columns) == 2


def prepare(program, port):
    """Learners of two activities of a course."""
    origin = f"http://127.0.0.1:{port}"
    deployment = make_deployment(program, origin=origin)
    links = [
        make_link(deployment, link=name, line_items=f"{origin}/items?course=7")
        for name in ("link-1", "link-2")
    ]
    learners = [make_member(program, f"Learner{n}", "learner") for n in range(DECISIONS)]
    for number, learner in enumerate(learners):
        make_opening(links[number % 2], learner)
    return learners


def decide(learner, number, ben, dana, like: Submission) -> None:
    """Most pass; some are returned, and some of those decisions are corrected."""
    made = handed_in(learner, like)
    review = claimed(ben, made, below=("I.1.a",) if number % 4 == 0 else ())
    api.complete_review(ben, review=review.uuid)
    if number % 8 == 0:
        api.correct_decision(dana, submission=made.uuid, outcome="passed", reason="A mistake.")


def handed_in(learner, like: Submission) -> Submission:
    """Another learner's attempt as it is once handed in; writing two hundred takes too long."""
    now = timezone.now()
    with transaction.atomic():
        made = Submission.objects.create(
            program_id=learner.program_id,
            learner_id=learner.user_id,
            competency=like.competency,
            module_version=like.module_version,
            state=Submission.State.SUBMITTED,
            submitted_at=now,
        )
        signals.submission_submitted.send(
            None,
            submission=made.uuid,
            program_id=learner.program_id,
            learner_id=learner.user_id,
            competency=made.competency,
            at=now,
        )
    return made


def claimed(reviewer, made: Submission, below: tuple[str, ...]) -> Review:
    """A review with a level for every indicator."""
    review = Review.objects.create(
        submission=made,
        reviewer_id=reviewer.user_id,
        role=Review.Role.FIRST,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    notes = {"I.1.a.comment": "Show who changed the draft, by date."}
    notes |= {f"I.1.{x}.level": "1" if f"I.1.{x}" in below else "4" for x in "abc"}
    ReviewNote.objects.bulk_create(
        ReviewNote(review=review, key=key, text=text) for key, text in notes.items()
    )
    return review


def demand_newest(lms: Gradebook) -> None:
    for row in ScorePassback.objects.select_related("person"):
        newest = ScorePassback.objects.filter(person=row.person).latest("sequence")
        if row.pk == newest.pk:
            assert row.state == State.SENT, row.last_error
            (held,) = lms.scores_of(row.person.subject)
            assert held.get("scoreGiven") == row.score_given
            assert held["gradingProgress"] == row.grading_progress
        else:
            assert row.state in (State.SENT, State.REPLACED)
    assert ScorePassback.objects.values("person").distinct().count() == DECISIONS


def demand_order(lms: Gradebook) -> None:
    """Nothing older came after something newer, and no two are of one second."""
    accepted = defaultdict(list)
    for user, stamp, status in lms.arrivals:
        assert not accepted[user] or stamp >= accepted[user][-1]
        if status == 200:
            accepted[user].append(stamp)
    for stamps in accepted.values():
        assert len({stamp.partition(".")[0] for stamp in stamps}) == len(stamps)


class Crew:
    """Two workers as an installation runs them; whoever is killed is replaced."""

    def __init__(self, port: int) -> None:
        self.killed = 0
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "LC_FETCH_ALLOW": f"127.0.0.1:{port}",
            "LC_LEASE_SECONDS": str(LEASE),
        }
        self._processes = [self._start(), self._start()]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "credentials.cli", "work", "--every", "0.1"],
            env=self._environment,
            stderr=subprocess.DEVNULL,
        )

    def kill_one(self) -> None:
        process = self._processes.pop(0)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        self.killed += 1
        self._processes.append(self._start())

    def end(self) -> None:
        for process in self._processes:
            process.terminate()
            process.wait()


@contextmanager
def workers(port: int):
    crew = Crew(port)
    try:
        yield crew
    finally:
        crew.end()


def the_time_has_come() -> None:
    """An hour later: everything that waits is due."""
    WorkItem.objects.filter(kind="score").update(not_before=timezone.now())
    Outage.objects.update(until=timezone.now())


def nothing_waits() -> bool:
    """Whatever was put off after a failure is due at once, as if the wait were over."""
    put_off = WorkItem.objects.filter(kind="score", done_at=None, leased_until=None)
    put_off.filter(not_before__gt=timezone.now()).update(not_before=timezone.now())
    return not ScorePassback.objects.filter(state=State.WAITING).exists()


def wait_for(condition) -> None:
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
