"""What an endorsement says beyond the members of every credential.

Source: Open Badges 3.0, sections "EndorsementCredential" and "EndorsementSubject".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credentials.openbadges.shape.values import Fault, is_named, is_wording


def endorsement_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """It has a name, and a subject with an identifier; a comment is text."""
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or not is_named(subject, "EndorsementSubject"):
        yield Fault("subject", "It does not say what it endorses.")
    elif not _is_comment(subject.get("endorsementComment")):
        yield Fault("comment", "What it says in favour is not text.")
    if not is_wording(document.get("name")):
        yield Fault("name", "It has no name.")


def _is_comment(value: Any) -> bool:
    return value is None or is_wording(value)
