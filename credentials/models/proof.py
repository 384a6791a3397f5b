"""The signed document with the levels of a rubric, which exists only where a learner made it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from credentials.models.award import Award
from credentials.models.badge import StatusList
from credentials.models.fields import ItemUUID, true_or_null
from credentials.models.program import IssuerKey


class RubricProof(models.Model):
    """A learner's scores as a credential: `document` holds the exact bytes that were signed.

    Whoever has `uuid` reads it while it is active; a withdrawn one stays as a row, because its
    place in the status list must never be given to another.
    """

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    award = models.ForeignKey(Award, models.PROTECT, related_name="proofs")
    active = models.BooleanField(null=True, default=True)
    key = models.ForeignKey(IssuerKey, models.PROTECT)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="proofs")
    status_index = models.PositiveIntegerField()
    document = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of `document`
    released_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "active"], name="lc_one_active_proof"),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="lc_one_proof_per_index"
            ),
            true_or_null("active", "lc_proof_active_true_or_null"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
