"""From a verified launch to a visit: the person, the course, the link, the membership."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from credentials import api
from lti_tool import outbox
from lti_tool.digest import digest
from lti_tool.launch import Launch
from lti_tool.models import (
    Context,
    Deployment,
    Enrollment,
    Opening,
    PlatformUser,
    Registration,
    ResourceLink,
    User,
    Visit,
)
from lti_tool.refusal import Refused
from lti_tool.roles import Standing, standing

#: A day of work in one tab; drafts are saved, and the course opens the next visit.
LIFETIME: Final = timedelta(hours=24)


@transaction.atomic
def open_visit(launch: Launch, *, deployment: Deployment, now: datetime) -> Visit:
    """What the launch says becomes true here, roles included, and a visit is open.

    A learner of the course becomes a learner of the deployment's program; a membership that the
    program has ended stays ended. No role of a platform makes a reviewer or an administrator.
    Raises Refused LTI-502 for an account that is switched off.
    """
    person = _person(deployment.registration, launch, now=now)
    if not person.user.is_active:
        raise Refused("LTI-502", "the account is not active")
    as_what = standing(launch.roles)
    context = _context(deployment, launch, now=now)
    Enrollment.objects.update_or_create(
        context=context,
        person=person,
        defaults={
            "roles": list(launch.roles),
            "learner": as_what.learner,
            "instructor": as_what.instructor,
            "changed_at": now,
        },
    )
    link = _link(context, launch, now=now) if launch.resource_link_id else None
    if link is not None:
        Opening.objects.update_or_create(
            resource_link=link,
            person=person,
            defaults={"learner": as_what.learner, "opened_at": now},
        )
    if as_what.learner and deployment.program_id is not None:
        program = api.known_program(id=deployment.program_id)
        api.enrol(program=program, user=person.user, role="learner")
        if link is not None:
            outbox.catch_up(link=link, person=person, now=now)
    return _visit(launch, deployment, context, person, link, as_what, now)


def lasting(uuid: UUID, *, now: datetime) -> Visit | None:
    """The visit of that id while it lasts; one query. Whether it is the asker's, a session says."""
    return (
        Visit.objects.select_related(
            "registration", "deployment", "context", "person__user", "resource_link"
        )
        .filter(uuid=uuid, ended_at=None, expires_at__gt=now)
        .first()
    )


def _person(registration: Registration, launch: Launch, *, now: datetime) -> PlatformUser:
    """One user per (registration, subject), whatever name or address comes with it."""
    key = digest(launch.subject)
    rows = PlatformUser.objects.select_related("user").filter(registration=registration, digest=key)
    row = rows.first()
    if row is None:
        try:
            with transaction.atomic():
                row = _new_person(registration, launch, key, now=now)
        except IntegrityError:  # the same person's other tab was faster
            row = rows.get()
    changed: dict[str, Any] = {"seen_at": now}
    if launch.name and launch.name != row.name:
        row.user.display_name = launch.name[:150]
        row.user.save(update_fields=["display_name"])
        changed["name"] = launch.name
    if launch.email:
        changed["email"] = launch.email
    _set(row, changed)
    return row


def _new_person(
    registration: Registration, launch: Launch, key: str, *, now: datetime
) -> PlatformUser:
    username = uuid4().hex
    user = User(username=username, display_name=launch.name or f"Learner {username[:4]}")
    user.set_unusable_password()
    user.save()
    return PlatformUser.objects.create(
        registration=registration,
        subject=launch.subject,
        digest=key,
        user=user,
        name=launch.name,
        email=launch.email,
        created_at=now,
        seen_at=now,
    )


def _context(deployment: Deployment, launch: Launch, *, now: datetime) -> Context:
    course = launch.course
    row, _ = Context.objects.get_or_create(
        deployment=deployment,
        digest=digest(course.id),
        defaults={"context_id": course.id, "created_at": now},
    )
    told = {"label": course.label, "title": course.title, "roster_url": course.roster_url}
    _set(row, {name: value for name, value in told.items() if value})
    return row


def _link(context: Context, launch: Launch, *, now: datetime) -> ResourceLink:
    row, _ = ResourceLink.objects.get_or_create(
        deployment=context.deployment,
        digest=digest(launch.resource_link_id),
        defaults={
            "context": context,
            "resource_link_id": launch.resource_link_id,
            "created_at": now,
        },
    )
    told: dict[str, Any] = {"context": context}
    if launch.resource_link_title:
        told["title"] = launch.resource_link_title
    if launch.competency:
        told["competency"] = launch.competency
    if launch.grades is not None:
        told |= {
            "line_item_url": launch.grades.line_item or row.line_item_url,
            "line_items_url": launch.grades.line_items,
            "scopes": list(launch.grades.scopes),
        }
    _set(row, told)
    return row


def _visit(
    launch: Launch,
    deployment: Deployment,
    context: Context,
    person: PlatformUser,
    link: ResourceLink | None,
    as_what: Standing,
    now: datetime,
) -> Visit:
    return Visit.objects.create(
        kind=Visit.Kind.RESOURCE if launch.deep_linking is None else Visit.Kind.DEEP_LINKING,
        registration=deployment.registration,
        deployment=deployment,
        context=context,
        person=person,
        resource_link=link,
        competency=(link.competency if link else "") or launch.competency,
        roles=list(launch.roles),
        learner=as_what.learner,
        instructor=as_what.instructor,
        deep_linking={} if launch.deep_linking is None else asdict(launch.deep_linking),
        return_url=launch.return_url,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _set(row: Any, told: Mapping[str, Any]) -> None:
    """Write only what differs: most launches repeat what is known."""
    fields = [name for name, value in told.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, told[name])
    if fields:
        row.save(update_fields=fields)
