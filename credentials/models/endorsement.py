"""What others have signed in support of an achievement, and the program took in."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from credentials.models.award import Achievement
from credentials.models.fields import ItemUUID
from credentials.models.program import Program


class Endorsement(models.Model):
    """An EndorsementCredential: `document` holds the exact bytes that its endorser signed.

    A withdrawn one stays as a row: badges that carry it are in the world.
    """

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="endorsements")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="endorsements")
    document = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of `document`
    ends_at = models.DateTimeField(null=True, blank=True)  # as the document says
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["achievement", "digest"], name="lc_one_endorsement")
        ]

    def __str__(self) -> str:
        return str(self.uuid)
