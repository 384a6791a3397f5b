"""A signing that fails is tried again, staff see why, and in the end there is one badge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credentials import api, diagnosis, work
from credentials.models import Badge, IssuerKey, Notice, WorkItem
from tests.factories import work as make


@pytest.fixture
def failed(ada, ben) -> bytes:
    """Ada has passed, but the key cannot be opened; its true bytes."""
    key = IssuerKey.objects.get(issuer__program_id=ada.program_id, active=True)
    true = bytes(key.sealed_private)
    IssuerKey.objects.filter(pk=key.pk).update(sealed_private=b"\0" * len(true))
    make.passed(ada, ben)
    work.drain()
    return true


def test_learner_is_told_that_the_award_stands(failed, ada):
    assert api.my_badges(ada)[0].state == "being signed"
    assert not Notice.objects.filter(kind="awarded").exists()


def test_staff_see_what_fails_and_why(failed, dana):
    trouble = api.troubles(dana)[0]
    checks = {check.name: check for check in diagnosis.examine()}

    assert trouble.kind == "sign"
    assert "LC_MASTER_KEY does not open the signing keys" in trouble.error
    assert not checks["work"].ok
    assert not checks["signing keys"].ok


def test_it_waits_longer_after_each_attempt(failed):
    item = WorkItem.objects.get(kind="sign")
    first = item.not_before
    WorkItem.objects.update(not_before=timezone.now())
    work.drain()

    item.refresh_from_db()
    assert item.attempts == 2
    assert item.not_before - timezone.now() > first - item.created_at - timedelta(seconds=5)


def test_mended_key_gives_exactly_one_badge(failed, ada):
    IssuerKey.objects.filter(active=True).update(sealed_private=failed)
    WorkItem.objects.filter(done_at=None).update(not_before=timezone.now())
    work.drain()
    work.drain()

    assert Badge.objects.exclude(png=None).count() == 1
    assert api.my_badges(ada)[0].state == "ready"
    assert Notice.objects.filter(kind="awarded").count() == 1
    assert WorkItem.objects.get(kind="sign").last_error == ""
