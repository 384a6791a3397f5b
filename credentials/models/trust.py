"""Dated lists of issuers that this installation relies on: the only ground for "issuer known"."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID


class TrustList(models.Model):
    """A list as its publisher dated it; a newer list of the same name does not erase the old.

    `entries` is a list of {"issuer", "legal_name", "from", "until"}; dates are ISO 8601 or null.
    """

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    dated = models.DateField()
    entries = models.JSONField()
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "dated"], name="lc_one_trust_list_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.dated})"
