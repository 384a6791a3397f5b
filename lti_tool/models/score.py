"""Scores on their way to a gradebook, and the tokens that carry them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from lti_tool.models.course import PlatformUser, ResourceLink
from lti_tool.models.registration import Deployment, Registration


class AccessToken(models.Model):
    """A bearer token of one deployment and set of scopes, sealed; never shared between tenants."""

    digest = models.CharField(max_length=64, unique=True)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="tokens")
    deployment = models.ForeignKey(Deployment, models.CASCADE, related_name="tokens")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Outage(models.Model):
    """A platform does not serve us: nothing is sent to it before `until`, then one thing is tried.

    Without this, each of a thousand scores would wait for the same time-out.
    """

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="outage")
    failures = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.registration_id} until {self.until:%H:%M:%S}"


class ScorePassback(models.Model):
    """One thing to tell a gradebook; only the newest of a (link, person) is sent.

    `timestamp` is strictly increasing for each pair and at least a second apart: a platform may
    compare whole seconds (AGS 3.4.9, Moodle).
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        SENT = "sent"
        REPLACED = "replaced"  # a newer one was there before this one left
        REFUSED = "refused"  # the platform will not take it; staff must look
        GIVEN_UP = "given-up"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    resource_link = models.ForeignKey(ResourceLink, models.PROTECT, related_name="scores")
    person = models.ForeignKey(PlatformUser, models.PROTECT, related_name="scores")
    sequence = models.PositiveIntegerField()  # 1, 2, ... in the pair
    submission = models.UUIDField()
    timestamp = models.DateTimeField()
    activity_progress = models.CharField(max_length=20)
    grading_progress = models.CharField(max_length=20)
    score_given = models.FloatField(null=True, blank=True)
    score_maximum = models.FloatField(null=True, blank=True)
    comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource_link", "person", "sequence"], name="lc_lti_score_sequence"
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="lc_lti_score_state")]

    def __str__(self) -> str:
        return f"{self.uuid} {self.state}"
