"""Reviews, their scores and the decision they lead to."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentials.models.fields import ItemUUID, true_or_null
from credentials.models.submission import SavedText, Submission


class Review(models.Model):
    """One reviewer's scoring of one submission, from the claim on."""

    class Role(models.TextChoices):
        """Which look this is."""

        PRECHECK = "precheck"
        FIRST = "first"
        SECOND = "second"
        ADJUDICATOR = "adjudicator"

    class State(models.TextChoices):
        """CLAIMED -> COMPLETED, or given back (RELEASED) or run out (EXPIRED)."""

        CLAIMED = "claimed"
        COMPLETED = "completed"
        RELEASED = "released"
        EXPIRED = "expired"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lc_reviews"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CLAIMED)
    live = models.BooleanField(null=True, default=True)  # TRUE while claimed or completed
    conferred = models.BooleanField(default=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # one first review, one second, one adjudication at a time
            models.UniqueConstraint(
                fields=["submission", "role", "live"], name="lc_one_live_review_per_role"
            ),
            # nobody scores the same submission twice
            models.UniqueConstraint(
                fields=["submission", "reviewer", "live"], name="lc_one_live_review_per_reviewer"
            ),
            true_or_null("live", "lc_review_live_true_or_null"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class ReviewNote(SavedText):
    """A field of a review as typed: `<indicator>.level`, `.comment`, `.unscorable`, `summary`."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="notes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="lc_one_note_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class Score(models.Model):
    """The level of one indicator in a completed review, or why it cannot be scored."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="scores")
    indicator = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    unscorable = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "indicator"], name="lc_one_score")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.level}"


class Decision(models.Model):
    """What the completed reviews of a submission came to, by the module's rule."""

    class Outcome(models.TextChoices):
        """Only PASSED awards."""

        PASSED = "passed"
        RETURNED = "returned"

    uuid = ItemUUID(unique=True, default=uuid4, editable=False)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    results = models.JSONField()  # indicator -> {"level", "met", "carried"}
    rule = models.JSONField()  # the rule and its figures, as applied
    reviewers = models.PositiveSmallIntegerField()
    qualifications = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    revise_by = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    correction = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_at:%Y-%m-%d}"
