"""From the first redirect to the last page: states, visits, tickets, and the log of it all."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone

from lti_tool.models.course import Context, PlatformUser, ResourceLink
from lti_tool.models.registration import Deployment, Registration


class LaunchState(models.Model):
    """One log-in under way, good for one launch in the browser that began it.

    State, nonce and the browser's secret are known by their digests only.
    """

    state_digest = models.CharField(max_length=64, unique=True)
    nonce_digest = models.CharField(max_length=64)
    browser_digest = models.CharField(max_length=64)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    target_link_uri = models.TextField()
    initiation = models.JSONField(default=dict)  # what the platform sent, to begin again
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.state_digest[:12]


class Visit(models.Model):
    """One accepted launch: who, where, as what. Pages under /lti/in/<uuid>/ belong to it.

    The address alone opens nothing; a session that names the visit does.
    """

    class Kind(models.TextChoices):
        """What the platform asked for."""

        RESOURCE = "resource"
        DEEP_LINKING = "deep-linking"

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="visits")
    deployment = models.ForeignKey(Deployment, models.PROTECT, related_name="visits")
    context = models.ForeignKey(Context, models.PROTECT, related_name="visits")
    person = models.ForeignKey(PlatformUser, models.PROTECT, related_name="visits")
    resource_link = models.ForeignKey(
        ResourceLink, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    competency = models.CharField(max_length=20, blank=True)
    roles = models.JSONField(default=list)
    learner = models.BooleanField(default=False)
    instructor = models.BooleanField(default=False)
    deep_linking = models.JSONField(default=dict)  # values of launch.DeepLinkingSettings
    return_url = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.uuid)


class Ticket(models.Model):
    """Opens one visit in one new tab, once, within a minute; known by its digest."""

    digest = models.CharField(max_length=64, unique=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="tickets")
    path = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.digest[:12]


class LaunchLog(models.Model):
    """What became of one log-in or launch, so that staff can prove each; no names, no addresses."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)  # shown on the refusal page
    at = models.DateTimeField(default=timezone.now, db_index=True)
    step = models.CharField(max_length=10)  # "login", "launch"
    code = models.CharField(max_length=20)  # "ok" or LTI-xxx
    cause = models.CharField(max_length=500, blank=True)  # for staff
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="logs"
    )
    # after the signature and an approved deployment: whose administrators see the row
    program = models.ForeignKey(
        "lc_credentials.Program", models.PROTECT, null=True, blank=True, related_name="+"
    )
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="logs")
    claims = models.JSONField(default=dict)  # an excerpt without anything personal

    def __str__(self) -> str:
        return f"{self.uuid} {self.code}"
