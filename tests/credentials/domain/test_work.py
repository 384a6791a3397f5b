"""Work after a commit: one worker at a time, and nothing that came meanwhile is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credentials import work
from credentials.domain import work as items
from credentials.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def done():
    """A kind of work that notes what it was given, for this test only."""
    seen: list[object] = []
    work.serve("practice", lambda payload: seen.append(payload["n"]))
    yield seen
    del work.HANDLERS["practice"]


def _leave(n: int = 1) -> None:
    work.leave(kind="practice", key="one", payload={"n": n}, now=timezone.now())


def test_work_of_a_door_is_done_by_its_handler(done):
    _leave()

    work.drain()
    work.drain()

    assert done == [1]


def test_work_left_again_is_done_again(done):
    _leave()
    work.drain()

    _leave()
    work.drain()

    assert done == [1, 1]


def test_what_comes_while_a_worker_is_at_it_waits_for_that_worker(done):
    _leave()
    first = items.lease_one(now=timezone.now())

    _leave()
    assert items.lease_one(now=timezone.now()) is None

    items.finish(item=first, lease=first.lease, now=timezone.now())
    work.drain()
    assert done == [1]


def test_what_came_meanwhile_is_due_too_when_the_first_failed(done):
    _leave()
    first = items.lease_one(now=timezone.now())
    _leave()

    items.postpone(item=first, lease=first.lease, error="no", now=timezone.now())
    work.drain()

    assert done == [1]


def test_handler_says_how_long_to_wait():
    def away(payload):
        raise work.Later("The platform is away.", after=timedelta(hours=3))

    work.serve("practice", away)
    try:
        _leave()
        work.drain()
    finally:
        del work.HANDLERS["practice"]

    item = WorkItem.objects.get()
    assert item.last_error == "The platform is away."
    assert timedelta(hours=2) < item.not_before - timezone.now() <= timedelta(hours=3)
