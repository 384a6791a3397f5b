"""What was done by whom, append-only, each entry carrying the hash of the one before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID


class AuditHead(models.Model):
    """One row: the end of the chain; locking it makes appending a queue of one."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.sequence)


class AuditEntry(models.Model):
    """One act; `details` holds identifiers and facts, never names or evidence."""

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=40)  # "user:17" or "system"
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject = ItemUUID()
    program = ItemUUID(null=True, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject"], name="lc_audit_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"
