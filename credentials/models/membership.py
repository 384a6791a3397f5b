"""Who belongs to a program, in which role, invited how, and who is too close to whom."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID, true_or_null
from credentials.models.program import Program


class Role(models.TextChoices):
    """What a member may do; a role of an LMS never makes a reviewer or an administrator."""

    LEARNER = "learner"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    COACH = "coach"


class Membership(models.Model):
    """One role of one person in one program; ended, never deleted."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_memberships"
    )
    role = models.CharField(max_length=16, choices=Role.choices)
    active = models.BooleanField(null=True, default=True)
    qualification = models.CharField(max_length=200, blank=True)  # of a reviewer, shown on badges
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user", "role", "active"], name="lc_one_active_membership"
            ),
            true_or_null("active", "lc_membership_active_true_or_null"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in {self.program_id}"


class Invitation(models.Model):
    """An offer of a role to an address; the link is known only by the digest of its token."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role.choices)
    email = models.EmailField(max_length=254)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_invitations_sent"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lc_invitations_accepted",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.uuid)


class Tie(models.Model):
    """A declared relation that keeps a reviewer away from a learner's work."""

    class Kind(models.TextChoices):
        """Why the reviewer is too close."""

        INSTRUCTOR = "instructor"
        SUPERVISOR = "supervisor"
        SAME_SCHOOL = "same-school"
        DECLARED = "declared"

    program = models.ForeignKey(Program, models.PROTECT, related_name="ties")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_ties_as_reviewer"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_ties_as_learner"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    active = models.BooleanField(null=True, default=True)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "reviewer", "learner", "kind", "active"], name="lc_one_tie"
            ),
            true_or_null("active", "lc_tie_active_true_or_null"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.kind} of {self.learner_id}"
