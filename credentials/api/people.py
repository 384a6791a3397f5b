"""Who is who: actors for the doors, members, invitations, ties, notices."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from credentials.data import (
    Actor,
    InvitationView,
    Links,
    MemberView,
    NoticeView,
    ProgramView,
)
from credentials.desk import OfferView, TieView
from credentials.domain import case, membership, notice
from credentials.domain import invitation as inviting
from credentials.domain import program as programs
from credentials.errors import LCError, NotAllowed, NotFound
from credentials.models import Invitation, Membership, Notice, Role, Tie

User = AbstractBaseUser | AnonymousUser

#: kind of notice -> the page it leads to; "submission" takes the notice's subject
_PAGES = {
    Notice.Kind.SUBMITTED: "submission",
    Notice.Kind.RETURNED: "submission",
    Notice.Kind.CORRECTED: "submission",
    Notice.Kind.NEW_WORK: "review-desk",
    Notice.Kind.ASSIGNED: "review-desk",
    Notice.Kind.AWARDED: "my-badges",
    Notice.Kind.REVOKED: "my-badges",
    Notice.Kind.STUCK: "program-case",
}
NOTICES_SHOWN = 100


def actor_for(*, user: User, program_id: int | None, links: Links) -> Actor | None:
    """The person as a member of that program, or of the first one they joined; one query.

    None for somebody who is a member of nothing. Roles are those that stand now.
    """
    if user.pk is None:
        return None
    rows = list(
        Membership.objects.filter(user_id=user.pk, active=True)
        .select_related("program")
        .order_by("since", "pk")
    )
    if not rows:
        return None
    chosen = next((row for row in rows if row.program_id == program_id), rows[0])
    return Actor(
        user_id=user.pk,
        program_id=chosen.program_id,
        program_name=chosen.program.name,
        roles=frozenset(row.role for row in rows if row.program_id == chosen.program_id),
        name=case.name_of(user),  # type: ignore[arg-type]  # a member is never anonymous
        links=links,
    )


def programs_of(*, user: User) -> tuple[ProgramView, ...]:
    """The programs the person belongs to, the first joined first; nothing for anybody else."""
    if user.pk is None:
        return ()
    rows = (
        Membership.objects.filter(user_id=user.pk, active=True)
        .select_related("program")
        .order_by("since", "pk")
    )
    found = {row.program_id: programs.view(row.program) for row in rows}
    return tuple(found.values())


def administer(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is an administrator of the program."""
    if not actor.has(Role.ADMINISTRATOR):
        raise NotAllowed("This page is for administrators of the program.")


# --- members -----------------------------------------------------------------------------------


def members(actor: Actor) -> tuple[MemberView, ...]:
    """Everybody who belongs to the program now, by name; for administrators, one query."""
    administer(actor)
    rows = (
        Membership.objects.filter(program_id=actor.program_id, active=True)
        .select_related("user")
        .order_by("since", "pk")
    )
    found: dict[int, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return tuple(sorted((_member(of) for of in found.values()), key=lambda m: m.name.casefold()))


@transaction.atomic
def give_role(actor: Actor, *, user_id: int, role: str) -> None:
    """A member gets one more role; repeatable. Raises NotFound, Invalid."""
    administer(actor)
    membership.give_role(actor=actor, user_id=user_id, role=role, now=timezone.now())


@transaction.atomic
def end_membership(actor: Actor, *, user_id: int, role: str) -> None:
    """The person loses that role at once, a reviewer's claims are given back; repeatable.

    Raises Closed for the last administrator.
    """
    administer(actor)
    membership.end(actor=actor, user_id=user_id, role=role, now=timezone.now())


@transaction.atomic
def set_qualification(actor: Actor, *, user_id: int, qualification: str) -> None:
    """What qualifies a reviewer, as badges say it from now on; repeatable."""
    administer(actor)
    membership.describe(
        actor=actor, user_id=user_id, qualification=qualification, now=timezone.now()
    )


# --- ties --------------------------------------------------------------------------------------


def ties(actor: Actor) -> tuple[TieView, ...]:
    """The relations that keep reviewers away from learners' work, newest first; one query."""
    administer(actor)
    rows = (
        Tie.objects.filter(program_id=actor.program_id, active=True)
        .select_related("reviewer", "learner")
        .order_by("-declared_at", "-pk")
    )
    return tuple(
        TieView(
            id=row.pk,
            reviewer=case.name_of(row.reviewer),
            learner=case.name_of(row.learner),
            kind=row.kind,
            since=row.declared_at,
        )
        for row in rows
    )


@transaction.atomic
def set_tie(actor: Actor, *, reviewer_id: int, learner_id: int, kind: str) -> None:
    """Keep that reviewer away from that learner's work; repeatable."""
    administer(actor)
    membership.set_tie(
        actor=actor,
        reviewer_id=reviewer_id,
        learner_id=learner_id,
        kind=kind,
        now=timezone.now(),
    )


@transaction.atomic
def end_tie(actor: Actor, *, tie: int) -> None:
    """That tie no longer stands; repeatable."""
    administer(actor)
    membership.end_tie(actor=actor, tie_id=tie, now=timezone.now())


# --- invitations -------------------------------------------------------------------------------


def invitations(actor: Actor) -> tuple[InvitationView, ...]:
    """Those not accepted and not withdrawn, newest first; one query."""
    administer(actor)
    rows = Invitation.objects.filter(
        program_id=actor.program_id, accepted_at=None, withdrawn_at=None
    ).order_by("-created_at", "-pk")
    return tuple(_invitation(row) for row in rows)


@transaction.atomic
def invite(actor: Actor, *, email: str, role: str) -> InvitationView:
    """Invite an address into a role and mail the link; repeatable without a second mail."""
    administer(actor)
    row = inviting.invite(actor=actor, email=email, role=role, now=timezone.now())
    return _invitation(row)


@transaction.atomic
def send_invitation_again(actor: Actor, *, invitation: UUID) -> None:
    """Mail the link once more; it runs another 14 days."""
    administer(actor)
    row = _own_invitation(actor, invitation)
    inviting.send_again(actor=actor, invitation=row, now=timezone.now())


@transaction.atomic
def withdraw_invitation(actor: Actor, *, invitation: UUID) -> None:
    """Its link opens nothing from now on; repeatable. Raises Closed once accepted."""
    administer(actor)
    row = _own_invitation(actor, invitation)
    inviting.withdraw(actor=actor, invitation=row, now=timezone.now())


def offer(*, token: str) -> OfferView:
    """What the holder of the link is offered; raises NotFound, and Closed saying why."""
    row = inviting.find(token=token)
    inviting.demand_open(row, now=timezone.now())
    return OfferView(
        program_name=row.program.name, role=row.role, email=row.email, expires_at=row.expires_at
    )


def open_invitation(*, token: str) -> OfferView | None:
    """As `offer`; None instead of an error."""
    try:
        return offer(token=token)
    except LCError:
        return None


@transaction.atomic
def accept_invitation(*, user: AbstractBaseUser, token: str, links: Links) -> int:
    """The holder of the link becomes a member; returns the program's id. Repeatable.

    Raises NotFound for no such link, Closed when it was used by somebody else, was withdrawn or
    has run out.
    """
    row = inviting.find(token=token)
    inviting.accept(invitation=row, user=user, links=links, now=timezone.now())
    return row.program_id


# --- notices -----------------------------------------------------------------------------------


def notices(actor: Actor) -> tuple[NoticeView, ...]:
    """What happened for the actor in this program, newest first; one query."""
    rows = _notices(actor).order_by("-created_at", "-pk")[:NOTICES_SHOWN]
    return tuple(
        NoticeView(
            uuid=row.uuid,
            kind=row.kind,
            sentence=notice.sentence(row),
            url=_page(actor, row),
            created_at=row.created_at,
            read=row.read_at is not None,
        )
        for row in rows
    )


def unread_notices(actor: Actor) -> int:
    """How many the actor has not read."""
    return _notices(actor).filter(read_at=None).count()


@transaction.atomic
def mark_notices_read(actor: Actor) -> int:
    """All of the actor's notices here are read; returns how many were not."""
    return notice.mark_read(user_id=actor.user_id, program_id=actor.program_id, now=timezone.now())


def _member(rows: list[Membership]) -> MemberView:
    user = rows[0].user
    return MemberView(
        user_id=user.pk,
        name=case.name_of(user),
        email=user.email,
        roles=tuple(row.role for row in rows),
        qualification=next((r.qualification for r in rows if r.role == Role.REVIEWER), ""),
        since=rows[0].since,
    )


def _invitation(row: Invitation) -> InvitationView:
    return InvitationView(
        uuid=row.uuid,
        email=row.email,
        role=row.role,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
    )


def _own_invitation(actor: Actor, identifier: UUID) -> Invitation:
    row = (
        Invitation.objects.select_related("program")
        .filter(uuid=identifier, program_id=actor.program_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such invitation.")
    return row


def _notices(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(user_id=actor.user_id, program_id=actor.program_id)


def _page(actor: Actor, row: Notice) -> str:
    page = _PAGES[Notice.Kind(row.kind)]
    if page in ("submission", "program-case"):
        return actor.links.to(page, submission=row.subject)
    return actor.links.to(page)
