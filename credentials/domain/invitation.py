"""Invite somebody into a program; take the invitation back; accept it, once.

The link is the only thing that can accept, and nothing that is stored can make it: its token is
derived from the master key and the invitation's identifier, and the row holds a digest.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from credentials.conf import conf
from credentials.data import Actor, Links
from credentials.domain import audit, work
from credentials.errors import Closed, Invalid, NotFound, Problem
from credentials.models import Invitation, Membership, Program, Role

VALID_FOR = timedelta(days=14)


class State(Enum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_CLOSED = {
    State.ACCEPTED: "This invitation has been used. If that was you, sign in.",
    State.WITHDRAWN: "This invitation was withdrawn. Ask the program if that is a mistake.",
    State.EXPIRED: "This invitation has run out. Ask the program for a new one.",
}


def invite(*, actor: Actor, email: str, role: str, now: datetime) -> Invitation:
    """An open invitation and the work of mailing its link; caller's transaction.

    A second call while one is open for the same address and role gives that one and sends no
    second mail. Raises Invalid for an unusable address or role, or a member who has the role.
    """
    email = email.strip().lower()
    _check(actor.program_id, email, role)
    # clicking twice makes two requests at once: the second waits here and finds the first's row
    audit.line_up()
    program = Program.objects.select_for_update().get(pk=actor.program_id)
    for row in Invitation.objects.filter(program=program, email=email, role=role):
        if state(row, now=now) is State.OPEN:
            return row
    row = Invitation(
        program=program,
        role=role,
        email=email,
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    row.token_digest = digest(token(row))
    row.save()
    work.enqueue(kind="mail", key=_mail_key(row), payload={"invitation": str(row.uuid)}, now=now)
    _log(actor, "invitation.made", row, now)
    return row


def send_again(*, actor: Actor, invitation: Invitation, now: datetime) -> Invitation:
    """Mail the same link once more and let it run anew; for an open or expired one."""
    where = state(invitation, now=now)
    if where in (State.ACCEPTED, State.WITHDRAWN):
        raise Closed(_CLOSED[where])
    invitation.expires_at = now + VALID_FOR
    invitation.save(update_fields=["expires_at"])
    work.renew(
        kind="mail",
        key=_mail_key(invitation),
        payload={"invitation": str(invitation.uuid)},
        now=now,
    )
    _log(actor, "invitation.sent-again", invitation, now)
    return invitation


def withdraw(*, actor: Actor, invitation: Invitation, now: datetime) -> Invitation:
    """Its link opens nothing from now on; a second call changes nothing.

    Raises Closed once it has been accepted: then the membership is what can be ended.
    """
    if invitation.withdrawn_at:
        return invitation
    if invitation.accepted_at:
        raise Closed("This invitation was accepted already. End the membership instead.")
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    work.cancel(kind="mail", key=_mail_key(invitation), now=now)
    _log(actor, "invitation.withdrawn", invitation, now)
    return invitation


def find(*, token: str) -> Invitation:
    """The invitation that this link's token belongs to; raises NotFound."""
    row = Invitation.objects.select_related("program").filter(token_digest=digest(token)).first()
    if row is None:
        raise NotFound("There is no such invitation.")
    return row


def accept(
    *, invitation: Invitation, user: AbstractBaseUser, links: Links, now: datetime
) -> Membership:
    """The person who holds the link becomes a member in its role; caller's transaction.

    A second call by the same person gives the same membership. Raises Closed for anybody else
    once it is accepted, and for one that is withdrawn or has run out.
    """
    audit.line_up()
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    where = state(row, now=now)
    if where is not State.OPEN and row.accepted_by_id != user.pk:
        raise Closed(_CLOSED[where])
    member, _ = Membership.objects.get_or_create(
        program=row.program, user_id=user.pk, role=row.role, active=True, defaults={"since": now}
    )
    if row.accepted_at is None:
        row.accepted_at, row.accepted_by_id = now, user.pk
        row.save(update_fields=["accepted_at", "accepted_by"])
        _log(_newcomer(row, user, links), "invitation.accepted", row, now)
    return member


def state(row: Invitation, *, now: datetime) -> State:
    """Where it stands at that moment."""
    if row.accepted_at:
        return State.ACCEPTED
    if row.withdrawn_at:
        return State.WITHDRAWN
    return State.OPEN if now < row.expires_at else State.EXPIRED


def demand_open(row: Invitation, *, now: datetime) -> None:
    """Raises Closed, saying why, unless the invitation can be accepted."""
    where = state(row, now=now)
    if where is not State.OPEN:
        raise Closed(_CLOSED[where])


def token(row: Invitation) -> str:
    """What stands in its link: HMAC-SHA256, URL-safe base64 (docs/decisions, invitation links)."""
    key = hmac.digest(conf().master_key.encode(), b"lc invitation", hashlib.sha256)
    secret = hmac.digest(key, row.uuid.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def digest(token: str) -> str:
    """SHA-256 (hex) of a link's token: what the row keeps."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check(program_id: int, email: str, role: str) -> None:
    problems = []
    try:
        validate_email(email)
    except ValidationError:
        message = "Give one e-mail address, such as ada@school.example."
        problems.append(Problem(field="email", code="invalid", message=message))
    if role not in Role.values:
        problems.append(Problem(field="role", code="invalid", message="Choose a role."))
    if (
        not problems
        and Membership.objects.filter(
            program_id=program_id, role=role, active=True, user__email__iexact=email
        ).exists()
    ):
        message = "A member with this address has this role already."
        problems.append(Problem(field="email", code="member", message=message))
    if problems:
        raise Invalid("Nobody was invited.", tuple(problems))


def _newcomer(row: Invitation, user: AbstractBaseUser, links: Links) -> Actor:
    return Actor(
        user_id=user.pk,
        program_id=row.program_id,
        program_name=row.program.name,
        roles=frozenset({row.role}),
        name="",
        links=links,
    )


def _mail_key(row: Invitation) -> str:
    return f"invitation:{row.uuid}"


def _log(actor: Actor, verb: str, row: Invitation, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="invitation",
        subject=row.uuid,
        program=row.program.uuid,
        details={"role": row.role},
        now=now,
    )
