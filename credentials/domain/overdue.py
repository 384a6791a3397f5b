"""Tell administrators, once each, that a submission has passed the date its learner was given."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from credentials.domain import notice
from credentials.models import Membership, Notice, Role, Submission


def tell_administrators(*, now: datetime) -> int:
    """A notice of kind "stuck" for each overdue submission nobody was told of; returns how many.

    Opens a transaction of its own for each submission; repeatable: nobody is told twice.
    """
    told = Notice.objects.filter(kind=Notice.Kind.STUCK, subject=OuterRef("uuid"))
    late = Submission.objects.filter(
        ~Exists(told), state=Submission.State.SUBMITTED, due_at__lt=now
    )
    for submission in late:
        with transaction.atomic():
            _tell(submission, now)
    return len(late)


def _tell(submission: Submission, now: datetime) -> None:
    administrators = Membership.objects.filter(
        program_id=submission.program_id, role=Role.ADMINISTRATOR, active=True
    )
    for user_id in administrators.values_list("user_id", flat=True):
        notice.tell(
            user_id=user_id,
            program_id=submission.program_id,
            kind=Notice.Kind.STUCK,
            subject=submission.uuid,
            competency=submission.competency,
            now=now,
        )
