"""Program, its issuer, its keys: the tenant and how it signs."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID, check


class Program(models.Model):
    """A principal-preparation program: it has members, sets terms and issues badges."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200)
    contact_email = models.EmailField(max_length=254, blank=True)
    website = models.URLField(max_length=500, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    holidays = models.JSONField(default=list)  # ISO dates on which nobody reviews
    turnaround_days = models.PositiveSmallIntegerField(default=10)  # business days
    revision_days = models.PositiveSmallIntegerField(default=30)  # calendar days to revise
    claim_hours = models.PositiveSmallIntegerField(default=72)
    reviews_required = models.PositiveSmallIntegerField(default=1)  # 1 or 2
    hold_minutes = models.PositiveIntegerField(default=0)  # between decision and signature
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            check(models.Q(reviews_required__in=[1, 2]), "lc_program_one_or_two_reviews"),
        ]

    def __str__(self) -> str:
        return self.name


class Issuer(models.Model):
    """Who signs for a program; its identifiers never change once made (decision record 0001)."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.OneToOneField(Program, models.PROTECT, related_name="issuer")
    base_url = models.CharField(max_length=500)
    did = models.CharField(max_length=600)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class IssuerKey(models.Model):
    """A key of an issuer; the private half is encrypted under LC_MASTER_KEY or not here at all."""

    class State(models.TextChoices):
        """The next is published before it signs; retired keys keep old badges verifying."""

        NEXT = "next"
        ACTIVE = "active"
        RETIRED = "retired"

    class Kind(models.TextChoices):
        """What it signs: the proof inside a badge, or the badge as a token."""

        PROOF = "Ed25519"
        TOKEN = "P-256"  # noqa: S105  # a kind, no secret

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROOF)
    public_multibase = models.CharField(max_length=100, unique=True)  # token keys have one too
    sealed_private = models.BinaryField(blank=True)  # empty: `variable` has it
    variable = models.CharField(max_length=100, blank=True)  # of the environment, read to sign
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    active = models.BooleanField(null=True, default=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "active"], name="lc_one_active_key_of_kind"
            ),
            check(
                models.Q(active=True) | models.Q(active__isnull=True), "lc_key_active_true_or_null"
            ),
        ]

    def __str__(self) -> str:
        return self.public_multibase
