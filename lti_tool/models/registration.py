"""An LMS that may launch us, and which of its deployments belongs to which program."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Registration(models.Model):
    """One (issuer, client id) at a platform: where its keys, log-in and tokens are.

    Many institutions share one issuer; the client id tells them apart.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, unique=True)  # of issuer and client id
    issuer_digest = models.CharField(max_length=64, db_index=True)
    auth_url = models.CharField(max_length=1000)
    token_url = models.CharField(max_length=1000, blank=True)
    jwks_url = models.CharField(max_length=1000)
    token_audience = models.CharField(max_length=1000, blank=True)  # blank: token_url
    trusted_audiences = models.JSONField(default=list)  # besides our client id, in `aud`
    frame_origins = models.JSONField(default=list)  # embed us besides the origin of auth_url
    family = models.CharField(max_length=60, blank=True)  # "moodle", "canvas", ...
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Deployment(models.Model):
    """One placement of the tool in a platform; nobody enters before staff gave it a program."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="deployments")
    deployment_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    program = models.ForeignKey(
        "lc_credentials.Program",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lti_deployments",
    )
    approved = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "digest"], name="lc_lti_one_deployment"
            ),
            models.CheckConstraint(
                condition=models.Q(approved=False) | models.Q(program__isnull=False),
                name="lc_lti_approved_has_program",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deployment_id} of {self.registration_id}"
