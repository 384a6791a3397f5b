"""Courses of a registered platform, our links in them, and learners who opened those."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from credentials.data import Actor
from credentials.models import Program
from lti_tool import grades, toolkeys
from lti_tool.digest import digest
from lti_tool.models import (
    Context,
    Deployment,
    Opening,
    PlatformUser,
    Registration,
    ResourceLink,
)

ISSUER = "https://lms.example.edu"


def make_deployment(
    program: Program,
    *,
    origin: str = ISSUER,
    client_id: str = "client-1",
    deployment_id: str = "1",
    now: datetime | None = None,
) -> Deployment:
    """An approved deployment of a registered platform; the tool has its keys."""
    now = now or timezone.now()
    toolkeys.ensure(now=now)
    registration, _ = Registration.objects.get_or_create(
        digest=digest(ISSUER, client_id),
        defaults={
            "name": "Lakeshore LMS",
            "issuer": ISSUER,
            "client_id": client_id,
            "issuer_digest": digest(ISSUER),
            "auth_url": f"{origin}/auth",
            "token_url": f"{origin}/token",
            "jwks_url": f"{origin}/jwks",
        },
    )
    return Deployment.objects.create(
        registration=registration,
        deployment_id=deployment_id,
        digest=digest(deployment_id),
        program=program,
        approved=True,
        approved_at=now,
    )


def make_link(
    deployment: Deployment,
    *,
    competency: str = "I.1",
    course: str = "course-1",
    link: str = "link-1",
    line_item: str = "",
    line_items: str = "",
    scopes: frozenset[str] = grades.OURS,
) -> ResourceLink:
    """A place of the tool in a course, as its newest launch described it."""
    context, _ = Context.objects.get_or_create(
        deployment=deployment,
        digest=digest(course),
        defaults={"context_id": course, "title": "Leading schools"},
    )
    return ResourceLink.objects.create(
        deployment=deployment,
        context=context,
        resource_link_id=link,
        digest=digest(link),
        competency=competency,
        line_item_url=line_item,
        line_items_url=line_items,
        scopes=sorted(scopes),
    )


def make_opening(link: ResourceLink, learner: Actor, *, subject: str = "") -> Opening:
    """That learner comes from the link's platform and has opened it."""
    subject = subject or f"sub-{learner.name.lower()}"
    person, _ = PlatformUser.objects.get_or_create(
        registration=link.deployment.registration,
        digest=digest(subject),
        defaults={"subject": subject, "user_id": learner.user_id, "name": learner.name},
    )
    return Opening.objects.create(resource_link=link, person=person, learner=True)
