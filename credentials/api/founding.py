"""What makes programs and their members without anybody signed in: an operator, a launch."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from credentials.conf import conf
from credentials.data import ProgramView
from credentials.domain import audit
from credentials.domain import program as programs
from credentials.errors import NotFound
from credentials.models import Membership, Program


@transaction.atomic
def found_program(*, slug: str, name: str, legal_name: str, contact_email: str = "") -> ProgramView:
    """A program with its issuer and key under this installation's address; repeatable by slug."""
    made = programs.create_program(
        slug=slug,
        name=name,
        legal_name=legal_name,
        base_url=conf().base_url,
        contact_email=contact_email,
        now=timezone.now(),
    )
    return programs.view(made)


def known_program(*, slug: str = "", id: int | None = None) -> ProgramView:
    """The program of that short name or key; raises NotFound."""
    wanted = {"slug": slug} if slug else {"pk": id}
    row = Program.objects.filter(**wanted).first()
    if row is None:
        raise NotFound(f"There is no program {slug or id}.")
    return programs.view(row)


@transaction.atomic
def enrol(
    *, program: ProgramView, user: AbstractBaseUser, role: str, qualification: str = ""
) -> None:
    """The person has that role in the program; repeatable, and a role that was ended stays ended.

    The log says that the system did it.
    """
    row = Program.objects.get(pk=program.id)
    _, new = Membership.objects.get_or_create(
        program=row,
        user_id=user.pk,
        role=role,
        defaults={"qualification": qualification, "since": timezone.now()},
    )
    if new:
        audit.record(
            actor=None,
            verb="membership.given",
            subject_kind="program",
            subject=row.uuid,
            program=row.uuid,
            details={"user": user.pk, "role": role},
            now=timezone.now(),
        )
