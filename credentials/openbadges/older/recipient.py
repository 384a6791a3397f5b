"""Whether a badge of 2.0 is whose the asker takes it for.

Source: Open Badges 2.0, "IdentityObject" and "Recipient verification".
"""

from __future__ import annotations

from hashlib import md5
from typing import Any, Final

from credentials.openbadges import answers
from credentials.openbadges.answers import finding
from credentials.openbadges.recipient import hashes, spellings
from credentials.openbadges.report import Answer, Finding, Question

_SAME: Final = finding(
    Question.RECIPIENT, Answer.YES, "same-identity", "It names this identity as its holder."
)
_ELSE: Final = finding(
    Question.RECIPIENT, Answer.NO, "someone-else", "It names somebody else as its holder."
)
_OPAQUE: Final = finding(
    Question.RECIPIENT,
    Answer.UNCHECKED,
    "opaque",
    "It names its holder in another way than was asked about. Ask the holder to show that the "
    "badge is theirs.",
)
_WEAK: Final = finding(
    Question.RECIPIENT,
    Answer.UNCHECKED,
    "weak-hash",
    "It seems to name this identity as its holder, but hides it in a way (MD5) that can be "
    "forged. Ask the holder to show that the badge is theirs.",
)


def check_recipient(assertion: dict[str, Any], recipient: str | None) -> Finding:
    """Answer `Question.RECIPIENT`; an MD5 that fits is never a yes."""
    if recipient is None or not recipient.strip():
        return answers.not_asked()
    asked = recipient.strip()
    named = assertion.get("recipient")
    if not isinstance(named, dict) or not isinstance(named.get("identity"), str):
        return _OPAQUE
    identity, salt = named["identity"], named.get("salt")
    if named.get("hashed") is True:
        found = _hashed(identity.lower(), salt, asked)
    else:
        found = _SAME if identity in spellings(asked) else _ELSE
    if found is _ELSE and (named.get("type") == "email") != ("@" in asked):
        return _OPAQUE
    return found


def _hashed(identity: str, salt: Any, asked: str) -> Finding:
    kind, _, digest = identity.partition("$")
    if kind == "sha256":
        return _SAME if digest in hashes(asked, salt) else _ELSE
    if kind == "md5":
        salted = salt if isinstance(salt, str) else ""
        weak = {
            md5((spelling + salted).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
            for spelling in spellings(asked)
        }
        return _WEAK if digest in weak else _ELSE
    return _OPAQUE
