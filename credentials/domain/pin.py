"""Pins: which indicator a piece of evidence shows, where in it, and why.

Every function belongs into the caller's transaction, with the submission's row locked.
"""

from __future__ import annotations

from datetime import datetime

from credentials.domain import submission as submissions
from credentials.domain.evidence import forget_texts, invalid, pins_of
from credentials.domain.place import Place
from credentials.errors import Closed
from credentials.models import DraftText, Evidence, Pin, Submission

MOST_PINS = 200


def add(*, item: Evidence, indicator: str, place: Place, why: str, now: datetime) -> Pin:
    """Pin the evidence to the indicator at the place, with the first words of why.

    The same pin twice is one pin. Raises Closed for a submission that is no draft or an
    indicator that was met before, Invalid for one that the module does not have.
    """
    submission = item.submission
    _demand_open(submission, indicator)
    same = Pin.objects.filter(evidence=item, indicator=indicator, **_columns(place)).first()
    if same is not None:
        return same
    if pins_of(submission) >= MOST_PINS:
        raise invalid(
            "indicator",
            "too-many",
            f"A submission has at most {MOST_PINS} pins. Keep the strongest.",
        )
    made = Pin.objects.create(evidence=item, indicator=indicator, added_at=now, **_columns(place))
    if why.strip():
        DraftText.objects.create(
            submission=submission, key=f"pin.{made.uuid}.why", text=why, saved_at=now
        )
    submissions.touch(submission, now)
    return made


def change(*, pin: Pin, indicator: str, place: Place, now: datetime) -> Pin:
    """Point it elsewhere; its sentence stays. Raises as `add`."""
    _demand_open(pin.evidence.submission, pin.indicator)
    _demand_open(pin.evidence.submission, indicator)
    pin.indicator = indicator
    for column, value in _columns(place).items():
        setattr(pin, column, value)
    pin.save()
    submissions.touch(pin.evidence.submission, now)
    return pin


def remove(*, pin: Pin, now: datetime) -> None:
    """Take it away with its sentence. Raises Closed as `add`."""
    submission = pin.evidence.submission
    _demand_open(submission, pin.indicator)
    forget_texts(submission, f"pin.{pin.uuid}.")
    pin.delete()
    submissions.touch(submission, now)


def _demand_open(submission: Submission, indicator: str) -> None:
    submissions.demand(submission, Submission.State.DRAFT)
    if indicator in submission.carried:
        raise Closed(f"{indicator} was met in an earlier attempt; its evidence stays as it was.")
    if indicator not in submissions.scope(submission):
        raise invalid("indicator", "no-such-indicator", "Choose one of the indicators shown.")


def _columns(place: Place) -> dict[str, object]:
    return {
        "locator": place.locator,
        "page": place.page,
        "start_seconds": place.start_seconds,
        "end_seconds": place.end_seconds,
        "quote": place.quote,
    }
