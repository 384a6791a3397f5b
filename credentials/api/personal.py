"""What a person may ask about themself: everything the program holds, in one file."""

from __future__ import annotations

from typing import IO

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from credentials.data import Actor
from credentials.domain import audit
from credentials.domain.export import export_person
from credentials.models import Program


@transaction.atomic
def export_my_data(actor: Actor) -> IO[bytes]:
    """A ZIP file of everything about the actor in this program; the caller closes it.

    Each call makes a new file and leaves a line in the log.
    """
    now = timezone.now()
    program = Program.objects.get(pk=actor.program_id)
    user = get_user_model().objects.get(pk=actor.user_id)
    target = export_person(user=user, program=program, now=now)
    audit.record(
        actor=actor,
        verb="person.exported",
        subject_kind="program",
        subject=program.uuid,
        program=program.uuid,
        details={},
        now=now,
    )
    return target
