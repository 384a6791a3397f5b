"""What a person is told in the page; the same event also goes out as mail."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID
from credentials.models.program import Program


class Notice(models.Model):
    """One event for one person; its words are made when it is shown, so no names are stored."""

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted"  # to the learner: we have it
        NEW_WORK = "new-work"  # to reviewers
        ASSIGNED = "assigned"  # to a reviewer
        RETURNED = "returned"  # to the learner
        AWARDED = "awarded"  # to the learner
        REVOKED = "revoked"  # to the learner
        CORRECTED = "corrected"  # to the learner
        STUCK = "stuck"  # to administrators

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = ItemUUID(null=True, blank=True)
    competency = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "subject"], name="lc_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"
