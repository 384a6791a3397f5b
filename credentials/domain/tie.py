"""Relations that keep a reviewer away from a learner's work."""

from __future__ import annotations

from datetime import datetime

from credentials.models import Tie


def declare(*, program_id: int, reviewer_id: int, learner_id: int, kind: str, now: datetime) -> Tie:
    """The two are tied from now on; a second call changes nothing."""
    tie, _ = Tie.objects.get_or_create(
        program_id=program_id,
        reviewer_id=reviewer_id,
        learner_id=learner_id,
        kind=kind,
        active=True,
        defaults={"declared_at": now},
    )
    return tie


def end(*, program_id: int, reviewer_id: int, learner_id: int) -> None:
    """No tie stands between the two any more; the rows are kept as history."""
    Tie.objects.filter(
        program_id=program_id, reviewer_id=reviewer_id, learner_id=learner_id, active=True
    ).update(active=None)


def reviewers_kept_away(*, program_id: int, learner_id: int) -> set[int]:
    """Users who may not review that learner: the tied ones and the learner."""
    tied = Tie.objects.filter(program_id=program_id, learner_id=learner_id, active=True)
    return {learner_id, *tied.values_list("reviewer_id", flat=True)}


def learners_kept_away(*, program_id: int, reviewer_id: int) -> set[int]:
    """Users whose work that reviewer may not see: the tied ones and oneself."""
    tied = Tie.objects.filter(program_id=program_id, reviewer_id=reviewer_id, active=True)
    return {reviewer_id, *tied.values_list("learner_id", flat=True)}
