"""`lc issue` killed in the middle of a cohort and started again: every badge once, none lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from credentials.domain import award, cohort
from credentials.models import Badge, Decision
from credentials.openbadges.baking import unbake_png
from tests.factories import work as make
from tests.factories.people import make_member
from tests.soak.processes import database_url

COHORT = 450  # more than two batches
LEASE = 1  # seconds: how soon a dead process's badges are taken over in this test


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_started_again_issues_each_badge_once(program, ada, ben):
    make.passed(ada, ben)
    like = Decision.objects.select_related("submission").get()
    for number in range(COHORT - 1):
        decide(like, make_member(program, f"Learner{number}", "learner").user_id)

    first = start()
    while not Badge.objects.exclude(document=None).exists():
        time.sleep(0.02)
    first.kill()
    assert first.wait() == -signal.SIGKILL
    kept = set(Badge.objects.exclude(document=None).values_list("pk", "digest"))
    time.sleep(LEASE + 0.2)
    assert start().wait() == 0

    badges = Badge.objects.all()
    assert 0 < len(kept) < COHORT
    assert [bytes(b.document) == unbake_png(bytes(b.png)) for b in badges] == [True] * COHORT
    assert kept <= set(badges.values_list("pk", "digest"))
    assert list(cohort.issue(processes=1)) == []


def decide(like: Decision, learner_id: int) -> None:
    """The same decision about another learner's work, and what it awards."""
    like.submission.pk, like.submission.uuid = None, uuid4()
    like.submission.learner_id = learner_id
    like.submission.save()
    like.pk, like.uuid, like.submission = None, uuid4(), like.submission
    like.save()
    with transaction.atomic():
        award.grant(decision=like, actor=None, now=timezone.now())


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "credentials.cli", "issue", "--processes", "2"],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "LC_LEASE_SECONDS": str(LEASE),
        },
    )
