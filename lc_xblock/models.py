"""Which program a course belongs to; an operator says it, never the platform's roles."""

from __future__ import annotations

import hashlib
from typing import Self

from django.db import models
from django.utils import timezone


class CourseProgram(models.Model):
    """A course works for one program, and nothing in it opens before that is said.

    context_key is the platform's own spelling ("course-v1:Org+Course+Run"), which is
    case-sensitive and of any length; the digest beside it is what is unique (decision 0001).
    """

    context_key = models.TextField()
    context_digest = models.CharField(max_length=64, unique=True)
    program = models.ForeignKey("lc_credentials.Program", models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.context_key

    @classmethod
    def of(cls, context_key: str) -> Self | None:
        """The course's program, where it has one."""
        return cls.objects.filter(context_digest=digest(context_key)).first()

    @classmethod
    def assign(cls, context_key: str, program_id: int) -> Self:
        """The course belongs to that program from now on; repeatable."""
        row, _ = cls.objects.update_or_create(
            context_digest=digest(context_key),
            defaults={"context_key": context_key, "program_id": program_id},
        )
        return row


def digest(context_key: str) -> str:
    """SHA-256 of the key, in hexadecimal digits."""
    return hashlib.sha256(context_key.encode()).hexdigest()
