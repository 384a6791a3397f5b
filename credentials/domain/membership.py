"""Roles of people in a program: given, described, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from credentials.data import Actor
from credentials.domain import audit, review, tie
from credentials.errors import Closed, Invalid, NotFound, Problem
from credentials.models import Membership, Program, Role, Tie

LONGEST_QUALIFICATION = 200


def give_role(*, actor: Actor, user_id: int, role: str, now: datetime) -> Membership:
    """A member gets one more role; a second call changes nothing.

    Raises NotFound for somebody who is not a member: people come in by invitation only.
    """
    if role not in Role.values:
        raise Invalid("Choose a role.", (Problem(field="role", code="invalid", message="Choose."),))
    program = _locked(actor)
    demand_member(program_id=program.pk, user_id=user_id)
    made, new = Membership.objects.get_or_create(
        program=program, user_id=user_id, role=role, active=True, defaults={"since": now}
    )
    if new:
        _log(actor, "membership.given", program, user_id, role, now)
    return made


def end(*, actor: Actor, user_id: int, role: str, now: datetime) -> None:
    """The person no longer has that role here; a reviewer's open claims are given back.

    A second call changes nothing. Raises Closed for the last administrator: a program without
    one could never get one again.
    """
    program = _locked(actor)
    if role == Role.ADMINISTRATOR and not _other_administrators(program, user_id):
        raise Closed(
            "This is the program's last administrator. Make somebody else one first, then end this."
        )
    ended = Membership.objects.filter(
        program=program, user_id=user_id, role=role, active=True
    ).update(active=None, ended_at=now)
    if not ended:
        return
    if role == Role.REVIEWER:
        review.release_all(program_id=program.pk, user_id=user_id, now=now)
    _log(actor, "membership.ended", program, user_id, role, now)


def describe(*, actor: Actor, user_id: int, qualification: str, now: datetime) -> Membership:
    """What qualifies a reviewer, as badges say it from now on; raises NotFound, Invalid."""
    qualification = " ".join(qualification.split())
    if len(qualification) > LONGEST_QUALIFICATION:
        message = f"At most {LONGEST_QUALIFICATION} characters."
        raise Invalid(
            "This is too long.",
            (Problem(field="qualification", code="too-long", message=message),),
        )
    row = Membership.objects.filter(
        program_id=actor.program_id, user_id=user_id, role=Role.REVIEWER, active=True
    ).first()
    if row is None:
        raise NotFound("There is no such reviewer here.")
    if row.qualification != qualification:
        row.qualification = qualification
        row.save(update_fields=["qualification"])
        program = Program.objects.get(pk=actor.program_id)
        _log(actor, "membership.described", program, user_id, row.role, now)
    return row


def set_tie(*, actor: Actor, reviewer_id: int, learner_id: int, kind: str, now: datetime) -> Tie:
    """The reviewer is kept away from the learner's work from now on; a second call is the same.

    Raises NotFound unless both are members in these roles, Invalid for an unknown kind or one
    person tied to themself.
    """
    if kind not in Tie.Kind.values:
        message = "Choose how they are tied."
        raise Invalid(message, (Problem(field="kind", code="invalid", message=message),))
    if reviewer_id == learner_id:
        message = "Nobody is offered their own work; no tie is needed."
        raise Invalid(message, (Problem(field="reviewer", code="same", message=message),))
    for user_id, role in ((reviewer_id, Role.REVIEWER), (learner_id, Role.LEARNER)):
        demand_member(program_id=actor.program_id, user_id=user_id, role=role)
    made = tie.declare(
        program_id=actor.program_id,
        reviewer_id=reviewer_id,
        learner_id=learner_id,
        kind=kind,
        now=now,
    )
    review.keep_away(
        program_id=actor.program_id,
        reviewer_id=reviewer_id,
        learner_id=learner_id,
        actor=actor,
        now=now,
    )
    if made.declared_at == now:
        program = Program.objects.get(pk=actor.program_id)
        _log_tie(actor, "tie.made", program, made, now)
    return made


def end_tie(*, actor: Actor, tie_id: int, now: datetime) -> None:
    """That tie no longer stands; a second call changes nothing. Raises NotFound."""
    row = (
        Tie.objects.select_related("program").filter(pk=tie_id, program_id=actor.program_id).first()
    )
    if row is None:
        raise NotFound("There is no such tie.")
    if row.active:
        row.active = None
        row.save(update_fields=["active"])
        _log_tie(actor, "tie.ended", row.program, row, now)


def demand_member(*, program_id: int, user_id: int, role: str = "") -> None:
    """Raises NotFound unless the person is a member now, in `role` where one is given."""
    rows = Membership.objects.filter(program_id=program_id, user_id=user_id, active=True)
    if not (rows.filter(role=role) if role else rows).exists():
        raise NotFound("There is no such member here.")


def _locked(actor: Actor) -> Program:
    audit.line_up()
    # two administrators who end each other at once must not both succeed
    return Program.objects.select_for_update().get(pk=actor.program_id)


def _other_administrators(program: Program, user_id: int) -> bool:
    return (
        Membership.objects.filter(program=program, role=Role.ADMINISTRATOR, active=True)
        .exclude(user_id=user_id)
        .exists()
    )


def _log(actor: Actor, verb: str, program: Program, user_id: int, role: str, now: datetime) -> None:
    details: dict[str, object] = {"user": user_id, "role": role}
    _record(actor, verb, program.uuid, details, now)


def _log_tie(actor: Actor, verb: str, program: Program, row: Tie, now: datetime) -> None:
    details: dict[str, object] = {
        "reviewer": row.reviewer_id,
        "learner": row.learner_id,
        "kind": row.kind,
    }
    _record(actor, verb, program.uuid, details, now)


def _record(
    actor: Actor, verb: str, program: UUID, details: dict[str, object], now: datetime
) -> None:
    # people have no public identifier of their own here: the program is the subject
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="program",
        subject=program,
        program=program,
        details=details,
        now=now,
    )
