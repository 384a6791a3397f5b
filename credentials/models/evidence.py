"""Evidence: the files, links and texts of a submission, and what each is pinned to."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID
from credentials.models.program import Program
from credentials.models.submission import Submission


class StoredFile(models.Model):
    """Bytes in the private storage and what was found out about them; shared by attempts."""

    class Scan(models.TextChoices):
        """UNSCANNED is shown as such, never as clean."""

        UNSCANNED = "unscanned"
        CLEAN = "clean"
        INFECTED = "infected"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_files")
    storage_name = models.CharField(max_length=200, unique=True)
    name = models.CharField(
        max_length=255
    )  # as the learner's device called it; hidden from reviewers
    media_type = models.CharField(max_length=100)  # from the content, never from the client
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    stored_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.uuid)


class Upload(models.Model):
    """A file on its way in; `received` is where a broken connection resumes."""

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="uploads")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_uploads")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    evidence = models.OneToOneField(
        "Evidence", models.SET_NULL, null=True, blank=True, related_name="upload"
    )
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.uuid)


class Evidence(models.Model):
    """One thing a learner shows; its texts are DraftText rows keyed `evidence.<uuid>.<field>`."""

    class Kind(models.TextChoices):
        """How it is given."""

        FILE = "file"
        LINK = "link"
        TEXT = "text"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="evidence")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    artifact = models.CharField(max_length=30, blank=True)  # catalog.ArtifactKind
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    group_work = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.uuid)


class Pin(models.Model):
    """Ties evidence to an indicator at a place; why is the DraftText `pin.<uuid>.why`."""

    class Locator(models.TextChoices):
        """What kind of place."""

        WHOLE = "whole"
        PAGE = "page"
        TIME = "time"
        QUOTE = "quote"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="pins")
    indicator = models.CharField(max_length=12)
    locator = models.CharField(max_length=8, choices=Locator.choices)
    page = models.PositiveIntegerField(null=True, blank=True)
    start_seconds = models.FloatField(null=True, blank=True)
    end_seconds = models.FloatField(null=True, blank=True)
    quote = models.TextField(blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["indicator", "id"]

    def __str__(self) -> str:
        return f"{self.indicator} at {self.locator}"
