"""Our own keys as a tool, and the key sets of platforms as they were last fetched."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ToolKey(models.Model):
    """An RSA key that platforms find at /lti/jwks; the private half is sealed.

    Published as `next` before it signs and as `retired` after, so that no platform with a cached
    key set meets a key it does not know (security framework, 6.3).
    """

    class State(models.TextChoices):
        """Where in its life a key is."""

        NEXT = "next"
        ACTIVE = "active"
        RETIRED = "retired"

    kid = models.CharField(max_length=64, unique=True)
    public_jwk = models.JSONField()
    sealed_private = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEXT)
    # TRUE for the key in that state, NULL once retired: one active and one next at most
    current = models.BooleanField(null=True, default=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "current"], name="lc_lti_one_key_a_state"),
            models.CheckConstraint(
                condition=models.Q(current=True) | models.Q(current__isnull=True),
                name="lc_lti_key_current_true_or_null",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class KeySetCache(models.Model):
    """A platform's key set: the last good one stays in use while fetching fails."""

    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField()
    keys = models.JSONField(default=list)  # JWKs of the last good answer
    fetched_at = models.DateTimeField(null=True, blank=True)  # of that answer
    expires_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    misses = models.JSONField(default=list)  # [digest of an unknown kid, when]: bounds refetching
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.url
