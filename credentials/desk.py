"""The frozen values of the administrator's pages: terms, people, cases, the log, never evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from credentials.data import CaseView, DecisionView, MemberView, ProgramView


@dataclass(frozen=True, kw_only=True)
class TermsView(ProgramView):
    """Everything that an administrator can set."""

    website: str
    hold_minutes: int
    holidays: tuple[str, ...]  #: ISO dates


@dataclass(frozen=True, kw_only=True)
class OfferView:
    """An invitation as the person sees it who holds its link."""

    program_name: str
    role: str
    email: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class TieView:
    """A relation that keeps a reviewer away from a learner's work."""

    id: int
    reviewer: str
    learner: str
    kind: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class CaseReviewView:
    """Who looks at a case, and until when; never what they wrote."""

    reviewer: str
    role: str
    state: str
    claimed_at: datetime
    expires_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CaseDetail:
    """One case with its attempts, reviews and decision; `results` carry no comments."""

    case: CaseView
    attempts: tuple[CaseView, ...]  #: all of the learner's attempts at the competency
    reviews: tuple[CaseReviewView, ...]
    candidates: tuple[MemberView, ...]  #: who could be given the next review
    decision: DecisionView | None
    rule: str  #: how the rule came to its outcome, in a sentence
    correctable: bool
    paused_because: str
    history: tuple[AuditView, ...]


@dataclass(frozen=True, kw_only=True)
class AuditView:
    """One act in the audit log."""

    sequence: int
    at: datetime
    actor: str  #: a name, or "the system"
    verb: str
    subject_kind: str
    subject: UUID
    details: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class TroubleView:
    """Work after a commit that failed and is tried again."""

    kind: str
    attempts: int
    error: str
    next_at: datetime
