"""The audit log and failing work as an administrator reads them, within one program."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth import get_user_model

from credentials.desk import AuditView, TroubleView
from credentials.domain import audit, case, work
from credentials.models import AuditEntry, Badge, Invitation, Notice, StatusList, WorkItem

#: Facts of an entry that name a person by the key of their user.
_PEOPLE = ("user", "reviewer", "learner")

#: Where the program of a piece of work is found, by what its payload names.
_PROGRAM_OF = {
    "badge": (Badge, "issuer__program"),
    "status_list": (StatusList, "issuer__program"),
    "notice": (Notice, "program"),
    "invitation": (Invitation, "program"),
}


def views(entries: Iterable[AuditEntry]) -> tuple[AuditView, ...]:
    """The entries with the names of who acted and on whom; one query for the names."""
    entries = list(entries)
    numbers = {number for entry in entries if (number := _user_id(entry.actor)) is not None}
    numbers |= {entry.details[key] for entry in entries for key in _PEOPLE if key in entry.details}
    names = {
        user.pk: case.name_of(user) for user in get_user_model().objects.filter(pk__in=numbers)
    }
    return tuple(
        AuditView(
            sequence=entry.sequence,
            at=entry.at,
            actor=names.get(_user_id(entry.actor) or 0, "the system"),
            verb=entry.verb,
            subject_kind=entry.subject_kind,
            subject=entry.subject,
            details={
                key: names.get(value, value) if key in _PEOPLE else value
                for key, value in entry.details.items()
            },
        )
        for entry in entries
    )


def troubles(*, program_id: int) -> tuple[TroubleView, ...]:
    """Work of that program that failed and is tried again; a mail's error names no address."""
    found = []
    for item in work.troubles():
        if _program_id(item) == program_id:
            kept = item.last_error.partition(":")[0] if item.kind == "mail" else item.last_error
            found.append(
                TroubleView(
                    kind=item.kind, attempts=item.attempts, error=kept, next_at=item.not_before
                )
            )
    return tuple(found)


def _program_id(item: WorkItem) -> int | None:
    for name, (model, path) in _PROGRAM_OF.items():
        if name in item.payload:
            rows = model._default_manager.filter(uuid=UUID(str(item.payload[name])))
            return rows.values_list(f"{path}_id", flat=True).first()
    return None


def _user_id(actor: str) -> int | None:
    if actor == audit.SYSTEM:
        return None
    return int(actor.removeprefix("user:"))
