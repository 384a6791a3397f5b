"""The learner's own record of badges, made on request."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from credentials.data import Actor
from credentials.domain import audit, record
from credentials.domain.record import Record
from credentials.errors import NotFound
from credentials.models import Program

__all__ = ["Record", "my_record"]


def my_record(actor: Actor) -> Record:
    """All the actor's badges of this program in one signed document (CLR 2.0).

    Each call makes a new document, which is not kept, and leaves a line in the log, in a
    transaction of its own: signing many badges takes longer than a lock should be held. Raises
    NotFound for somebody without a badge.
    """
    now = timezone.now()
    made = record.make(learner_id=actor.user_id, program_id=actor.program_id, now=now)
    if made is None:
        raise NotFound("There is no badge yet that a record could hold.")
    program = Program.objects.get(pk=actor.program_id)
    with transaction.atomic():
        audit.record(
            actor=actor,
            verb="record.made",
            subject_kind="program",
            subject=program.uuid,
            program=program.uuid,
            details={"badges": made.badges, "partial": made.partial},
            now=now,
        )
    return made
