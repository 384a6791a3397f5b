"""Evidence that somebody brings, through the api as their browser would."""

from __future__ import annotations

import io
from uuid import UUID

from credentials import api
from credentials.data import Actor, EvidenceView, SubmissionView
from tests.factories import work


def bring(learner: Actor, submission: UUID, content: bytes, name: str = "file") -> EvidenceView:
    """A file as evidence of the submission."""
    item, _ = api.add_file(
        learner, submission=submission, name=name, size=len(content), stream=io.BytesIO(content)
    )
    return item


def handed_in(learner: Actor, content: bytes, name: str) -> tuple[SubmissionView, EvidenceView]:
    """A complete attempt with that file as its second piece of evidence, handed in."""
    made = work.filled(learner)
    item = bring(learner, made.uuid, content, name)
    work.write(learner, made, f"evidence.{item.uuid}.title", "What the families said")
    return api.submit(learner, submission=made.uuid), item
