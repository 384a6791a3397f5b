"""What a platform has told us: its courses, our places in them, its people and their roles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from lti_tool.models.registration import Deployment, Registration


class Context(models.Model):
    """A course of a deployment; an empty `context_id` stands for launches outside any course."""

    deployment = models.ForeignKey(Deployment, models.PROTECT, related_name="contexts")
    context_id = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255, blank=True)
    roster_url = models.TextField(blank=True)  # NRPS context_memberships_url
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deployment", "digest"], name="lc_lti_one_context")
        ]

    def __str__(self) -> str:
        return self.title or self.label or self.context_id


class ResourceLink(models.Model):
    """One place of the tool in a course; its id is unique in the deployment (core, 5.3.5)."""

    deployment = models.ForeignKey(Deployment, models.PROTECT, related_name="resource_links")
    context = models.ForeignKey(Context, models.PROTECT, related_name="resource_links")
    resource_link_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=255, blank=True)
    competency = models.CharField(max_length=20, blank=True)  # "" opens the learner's path
    # the AGS claim as the newest launch gave it
    line_item_url = models.TextField(blank=True)
    line_items_url = models.TextField(blank=True)
    scopes = models.JSONField(default=list)
    # a worker is looking for the line item until then: two would make two
    line_item_sought_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deployment", "digest"], name="lc_lti_one_link")
        ]

    def __str__(self) -> str:
        return self.title or self.resource_link_id


class PlatformUser(models.Model):
    """A subject of a registration and the one user it is here.

    Name and address are what the platform says, nothing that anybody verified: the user's own
    `email` stays empty, so that no mail can open or join an account.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="people")
    subject = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lti_platform_user"
    )
    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "digest"], name="lc_lti_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.subject} of {self.registration_id}"


class Enrollment(models.Model):
    """What somebody is in a course, replaced whole at every launch: a role can be taken away."""

    context = models.ForeignKey(Context, models.PROTECT, related_name="enrollments")
    person = models.ForeignKey(PlatformUser, models.PROTECT, related_name="enrollments")
    roles = models.JSONField(default=list)  # the role URIs or short names as they came
    learner = models.BooleanField(default=False)
    instructor = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["context", "person"], name="lc_lti_one_enrollment")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.context_id}"


class Opening(models.Model):
    """That somebody opened a resource link: whom a score at that link may be about."""

    resource_link = models.ForeignKey(ResourceLink, models.PROTECT, related_name="openings")
    person = models.ForeignKey(PlatformUser, models.PROTECT, related_name="openings")
    learner = models.BooleanField(default=False)  # as at the newest launch; only they get scores
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource_link", "person"], name="lc_lti_one_opening")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.resource_link_id}"
