"""A submission is one attempt at a competency; everything a learner wrote hangs on it."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID, true_or_null
from credentials.models.program import Program


class ModuleVersion(models.Model):
    """A module's definition as it stood when somebody started on it; never changed."""

    competency = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    definition = models.JSONField()
    first_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.competency} {self.version}"


class Submission(models.Model):
    """One attempt of one learner; `open` is TRUE for the one attempt still under way."""

    class State(models.TextChoices):
        """DRAFT -> SUBMITTED -> RETURNED or PASSED; WITHDRAWN from DRAFT or SUBMITTED."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        PASSED = "passed"
        WITHDRAWN = "withdrawn"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="submissions")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_submissions"
    )
    competency = models.CharField(max_length=10)
    module_version = models.ForeignKey(ModuleVersion, models.PROTECT)
    attempt = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revision"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    open = models.BooleanField(null=True, default=True)
    carried = models.JSONField(default=dict)  # indicator -> level met in an earlier attempt
    pause_note = models.CharField(max_length=500, blank=True)  # why an administrator unstuck it
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True, blank=True
    )  # decision by; for a returned one, revise by
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "learner", "competency", "open"], name="lc_one_open_attempt"
            ),
            models.UniqueConstraint(
                fields=["program", "learner", "competency", "attempt"], name="lc_attempt_numbers"
            ),
            true_or_null("open", "lc_submission_open_true_or_null"),
        ]
        indexes = [models.Index(fields=["program", "state", "due_at"], name="lc_submission_queue")]

    def __str__(self) -> str:
        return f"{self.competency} attempt {self.attempt}"


class SavedText(models.Model):
    """One field as typed, with a revision that tells two devices apart."""

    key = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class DraftText(SavedText):
    """What a learner typed: an answer, an evidence's title, a pin's why."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "key"], name="lc_one_text_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class OtherVersion(models.Model):
    """The text of the slower of two devices: kept until the learner has chosen."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="other_versions")
    key = models.CharField(max_length=120)
    text = models.TextField()
    device = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key


class SelfLevel(models.Model):
    """A learner's own level for an indicator; `submission` empty is the self-assessment."""

    program = models.ForeignKey(Program, models.PROTECT)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_self_levels"
    )
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, blank=True, related_name="self_levels"
    )
    competency = models.CharField(max_length=10)
    indicator = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["program", "learner", "competency"], name="lc_self_level_lookup")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.level}"


class PageRead(models.Model):
    """A learner marked a learning page as read."""

    program = models.ForeignKey(Program, models.PROTECT)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_pages_read"
    )
    competency = models.CharField(max_length=10)
    page = models.CharField(max_length=60)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "learner", "competency", "page"], name="lc_page_read_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.page}"
