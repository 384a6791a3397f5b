"""Signed and baked badges of this installation."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from credentials.data import Actor
from credentials.domain.award import revoke_award
from credentials.models import Badge
from credentials.work import drain
from tests.factories.work import CODE, passed


def issued(learner: Actor, reviewer: Actor, code: str = CODE) -> Badge:
    """A badge for an attempt that passed: signed, baked, ready."""
    made = passed(learner, reviewer, code)
    drain()
    return Badge.objects.select_related("award__achievement", "issuer__program", "status_list").get(
        award__decision__submission__uuid=made.uuid
    )


def revoked(
    badge: Badge, administrator: Actor, reason: str = "Evidence was not Ada's own."
) -> None:
    """Take it back as an administrator does."""
    with transaction.atomic():
        revoke_award(award=badge.award, reason=reason, actor=administrator, now=timezone.now())
