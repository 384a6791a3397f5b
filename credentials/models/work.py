"""What is left to do after a commit, kept as rows so that nothing is forgotten."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID


class WorkItem(models.Model):
    """One thing to do once; a lease keeps two workers from doing it at the same time."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)  # identifiers only
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = ItemUUID(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="lc_work_once")]
        indexes = [models.Index(fields=["done_at", "not_before"], name="lc_work_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
