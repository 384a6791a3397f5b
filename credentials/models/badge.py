"""The signed document of an award, and the status lists that can take it back."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from credentials.models.award import Award
from credentials.models.fields import ItemUUID
from credentials.models.program import Issuer, IssuerKey


class StatusList(models.Model):
    """131,072 revocation bits of an issuer; signed anew whenever `version` has moved on."""

    class Holds(models.TextChoices):
        """What its bits stand for: one kind, so that no two rows can share an index."""

        BADGES = "badges"
        PROOFS = "proofs"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="status_lists")
    holds = models.CharField(max_length=10, choices=Holds.choices, default=Holds.BADGES)
    version = models.PositiveIntegerField(default=1)
    signed_version = models.PositiveIntegerField(default=0)
    document = models.BinaryField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.uuid)


class Badge(models.Model):
    """An OpenBadgeCredential: `document` holds the exact bytes that were signed, for ever.

    The row, its identifier, its place in the status list and the snapshot of what it will say
    are made with the award; the bytes follow after the commit.
    """

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    award = models.OneToOneField(Award, models.PROTECT, related_name="badge")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="badges")
    subject = ItemUUID(default=uuid4, editable=False)  # opaque: names nobody
    content = models.JSONField()  # what it says, fixed at the award
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, blank=True)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="badges")
    status_index = models.PositiveIntegerField()
    document = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of `document`
    token = models.BinaryField(null=True, blank=True)  # the same badge as VC-JWT, once asked for
    png = models.BinaryField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    baked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="lc_one_badge_per_index"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)
