"""A process killed anywhere between decision and baked badge loses no badge and makes no second."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from credentials import api, work
from credentials.data import Actor
from credentials.models import Award, Badge, Notice
from credentials.openbadges.baking import unbake_png
from tests.factories import work as make
from tests.factories.people import make_member
from tests.soak.processes import database_url

TIMES = 20
LEASE = 0.5  # seconds: how soon a dead worker's item is taken over in this test


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_killed_at_each_step_leaves_exactly_one_badge(program, ben):
    learners = [make_member(program, f"Learner{i}", "learner") for i in range(TIMES + 2)]
    # the first one also makes what a program makes once; the second tells how many there are
    left_alive(ben, scored(learners[0], ben))
    statements = left_alive(ben, scored(learners[1], ben))

    for i, learner in enumerate(learners[2:]):
        review = scored(learner, ben)
        fatal = 1 + i * (statements - 1) // (TIMES - 1)
        assert run(ben, review, fatal).returncode == -signal.SIGKILL
        time.sleep(LEASE)
        # the reviewer, who saw no answer, presses the button again; a worker comes up
        api.complete_review(ben, review=review)
        work.drain()
        demand_one_badge(learner)


def left_alive(ben: Actor, review) -> int:
    """Statements from the decision to the end of all work, in a process nobody kills."""
    done = run(ben, review, fatal=0)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def demand_one_badge(learner: Actor) -> None:
    award = Award.objects.get(learner_id=learner.user_id)
    badge = Badge.objects.get(award=award)
    assert unbake_png(bytes(badge.png)) == bytes(badge.document)
    assert Notice.objects.filter(user_id=learner.user_id, kind="awarded").count() == 1


def scored(learner: Actor, ben: Actor):
    return make.scored(ben, make.submitted(learner)).uuid


def run(ben: Actor, review, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.soak.killed",
            str(ben.user_id),
            str(ben.program_id),
            str(review),
            str(fatal),
        ],
        env={**os.environ, "DATABASE_URL": database_url(), "LC_LEASE_SECONDS": str(LEASE)},
        capture_output=True,
        text=True,
        check=False,
    )
