"""Everything the house can refuse, as one tree that doors turn into answers in one place.

LCError
+-- NotFound          it is not there, or not for this person: nobody learns which
+-- NotAllowed        the person may see it but not do this
+-- Invalid           the input cannot be used; `problems` names each field
+-- Conflict          somebody was faster; `theirs` carries the other version
+-- Closed            the thing is past the state in which this can be done
"""

from __future__ import annotations

from dataclasses import dataclass


class LCError(Exception):
    """Root of the tree; `message` is a sentence for the person who sees it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(LCError):
    """No such thing for this person."""


class NotAllowed(LCError):
    """This person may not do this."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong or missing: where it is and what to do."""

    field: str  #: anchor in the page, e.g. "overview-1", "I.1.a", "file"
    code: str  #: for machines: "too-short", "no-evidence" ...
    message: str


class Invalid(LCError):
    """The input cannot be used as it is."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class Conflict(LCError):
    """The row changed since the caller read it; both versions are kept."""

    def __init__(self, message: str, theirs: object = None, other: int | None = None) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.other = other  #: id under which the slower version is kept


class Closed(LCError):
    """Too late, or too early, for this step."""
