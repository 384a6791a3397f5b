"""What the house announces, and that a receiver shares the transaction."""

from __future__ import annotations

import pytest

from credentials import api, signals, work
from credentials.models import Award, Decision
from tests.factories import work as make


@pytest.fixture
def heard():
    """Names of the signals that were sent, in order."""
    names: list[str] = []

    def listener(name):
        def receive(sender, **told):
            names.append(f"{name} {told.get('outcome', '')}".strip())

        return receive

    kept = {
        name: listener(name)
        for name in ("submission_submitted", "submission_decided", "badge_issued")
    }
    for name, receiver in kept.items():
        getattr(signals, name).connect(receiver)
    yield names
    for name, receiver in kept.items():
        getattr(signals, name).disconnect(receiver)


def test_each_step_is_announced_once(ada, ben, heard):
    make.passed(ada, ben)
    work.drain()

    assert heard == ["submission_submitted", "submission_decided passed", "badge_issued"]


def test_a_receiver_that_fails_takes_the_decision_back(ada, ben):
    def fail(sender, **told):
        raise RuntimeError("the outbox is full")

    review = make.scored(ben, make.submitted(ada))
    signals.submission_decided.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            api.complete_review(ben, review=review.uuid)
    finally:
        signals.submission_decided.disconnect(fail)

    assert not Decision.objects.exists()
    assert not Award.objects.exists()
