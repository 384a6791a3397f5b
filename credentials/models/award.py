"""Achievements of a program and who holds them; at most one active award each."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID, true_or_null
from credentials.models.program import Program
from credentials.models.review import Decision


class Achievement(models.Model):
    """What a program awards for a competency, across all versions of its module."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="achievements")
    code = models.CharField(max_length=20)  # competency code
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="lc_one_achievement")
        ]

    def __str__(self) -> str:
        return self.code


class Award(models.Model):
    """A learner holds an achievement, because of one passing decision."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="awards")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_awards")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="awards")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    active = models.BooleanField(null=True, default=True)
    awarded_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    show_name = models.BooleanField(default=False)  # the learner's revocable switch

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "achievement", "program", "active"], name="lc_one_active_award"
            ),
            models.UniqueConstraint(
                fields=["decision", "achievement"], name="lc_one_award_per_decision"
            ),
            true_or_null("active", "lc_award_active_true_or_null"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
