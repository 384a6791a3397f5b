"""Whether a badge is whose the asker takes it for; an address in it is compared, never shown.

Source: Open Badges 3.0, "Verify the Recipient Using an Identifier".
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from credentials.openbadges import answers
from credentials.openbadges.answers import finding
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_endorsement


def check_recipient(document: dict[str, Any], recipient: str | None) -> Finding:
    """Answer `Question.RECIPIENT` for a badge of Open Badges 3.0."""
    if recipient is None or not recipient.strip():
        return answers.not_asked()
    question, asked = Question.RECIPIENT, recipient.strip()
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    if is_endorsement(document):
        return finding(
            question,
            Answer.UNCHECKED,
            "not-an-award",
            "It is an endorsement: it says something about what it endorses and is awarded to "
            "nobody.",
        )
    if subject.get("id") == asked:
        return finding(
            question, Answer.YES, "same-id", "It names exactly this identifier as its holder."
        )
    identifiers = _identifiers(subject)
    if any(_is_identity(entry, asked) for entry in identifiers):
        return finding(
            question, Answer.YES, "same-identity", "It names this identity as its holder."
        )
    if identifiers or re.match(r"(?:did|urn):", asked):
        return finding(question, Answer.NO, "someone-else", "It names somebody else as its holder.")
    return finding(
        question,
        Answer.UNCHECKED,
        "opaque",
        "It names its holder only by a number that says nothing about the person. Ask the holder "
        "to show that the badge is theirs.",
    )


def _identifiers(subject: dict[str, Any]) -> list[dict[str, Any]]:
    found = subject.get("identifier")
    entries = found if isinstance(found, list) else [found]
    return [
        entry
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("identityHash"), str)
    ]


def _is_identity(entry: dict[str, Any], asked: str) -> bool:
    given, salt = entry["identityHash"], entry.get("salt")
    if entry.get("hashed") is not True:
        return bool(given == asked)
    return any(given == f"sha256${digest}" for digest in hashes(asked, salt))


def hashes(asked: str, salt: Any) -> set[str]:
    """SHA-256 of an identity, in each of its spellings, and its salt."""
    salted = salt if isinstance(salt, str) else ""
    return {
        sha256((spelling + salted).encode("utf-8", "replace")).hexdigest()
        for spelling in spellings(asked)
    }


def spellings(asked: str) -> set[str]:
    """An identity as asked about; an e-mail address also in small letters."""
    return {asked, asked.casefold()} if "@" in asked else {asked}
