"""The frozen values that cross the border between the house and its doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Links(Protocol):
    """Where things are, as the door that let the person in spells it.

    `to("module", code="I.1")` gives a path or absolute URL; the names are those of
    `credentials.urls` (`lc:<name>`).
    """

    def to(self, name: str, **arguments: object) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks: set by a door on `request.lc`, trusted by everything behind it.

    user_id is the key in settings.AUTH_USER_MODEL; roles are those of active memberships in
    this program ("learner", "reviewer", "administrator", "coach").
    """

    user_id: int
    program_id: int
    program_name: str
    roles: frozenset[str]
    name: str
    links: Links

    def has(self, role: str) -> bool:
        """Whether the person acts in that role here."""
        return role in self.roles


# --- learner -----------------------------------------------------------------------------------


class Stage(StrEnum):
    """Where a learner stands with a competency: the states of the honeycomb."""

    OPEN = "open"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    EARNED = "earned"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A competency in the learner's honeycomb."""

    competency: str
    stage: Stage
    available: bool  #: whether a module exists
    submission: UUID | None
    next_step: str
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Text:
    """One saved field."""

    key: str
    text: str
    revision: int  #: 0: never saved
    saved_at: datetime | None = None
    device: str = ""


@dataclass(frozen=True, kw_only=True)
class OtherText:
    """The version of the slower device, kept until the learner chooses."""

    id: int
    key: str
    text: str
    saved_at: datetime
    device: str


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A stored file as its owner sees it; reviewers get `name` empty."""

    uuid: UUID
    name: str
    media_type: str
    size: int  #: bytes
    digest: str
    pages: int | None
    seconds: float | None
    scan: str


@dataclass(frozen=True, kw_only=True)
class PinView:
    """Evidence pinned to an indicator."""

    uuid: UUID
    evidence: UUID
    indicator: str
    locator: str  #: whole, page, time, quote
    page: int | None
    start_seconds: float | None
    end_seconds: float | None
    quote: str
    why: Text


@dataclass(frozen=True, kw_only=True)
class EvidenceView:
    """One thing a learner shows."""

    uuid: UUID
    kind: str  #: file, link, text
    artifact: str
    number: int  #: 1-based place in the submission; what reviewers call it by
    title: Text
    body: Text  #: of kind text; of a link: what a reviewer will find there
    my_part: Text
    group_work: bool
    url: str
    file: FileView | None
    pins: tuple[PinView, ...]


@dataclass(frozen=True, kw_only=True)
class UploadView:
    """A file on its way in; `offset` is where the next chunk begins."""

    uuid: UUID
    submission: UUID
    name: str
    size: int  #: bytes
    offset: int
    chunk: int  #: most bytes in one piece
    evidence: UUID | None  #: set once it has arrived whole
    notes: tuple[str, ...] = ()  #: what its owner should know about the file


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """A pin as saved, and a sentence where the place could not be checked; never blocking."""

    pin: PinView
    note: str


@dataclass(frozen=True, kw_only=True)
class OpenedFile:
    """A file that this person may read; `read(start, length)` gives its bytes in pieces."""

    media_type: str
    size: int  #: bytes
    filename: str  #: the learner's own; for reviewers a neutral one
    inline: bool  #: may be opened in the page; else it is only sent as an attachment
    tag: str  #: names these very bytes
    read: Callable[[int, int], Iterator[bytes]]


@dataclass(frozen=True, kw_only=True)
class SubmissionView:
    """One attempt, whole."""

    uuid: UUID
    competency: str
    module_digest: str
    attempt: int
    state: str
    stage: Stage
    scope: tuple[str, ...]  #: indicators to be scored in this attempt
    carried: Mapping[str, int]  #: indicators met in an earlier attempt
    texts: Mapping[str, Text]
    other_versions: tuple[OtherText, ...]
    evidence: tuple[EvidenceView, ...]
    self_levels: Mapping[str, int]
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    previous: UUID | None
    revision: UUID | None
    decision: DecisionView | None
    claimed: bool  #: a reviewer is working on it

    def text(self, key: str) -> Text:
        """The field of that key; an unsaved one is empty with revision 0."""
        return self.texts.get(key, Text(key=key, text="", revision=0))


@dataclass(frozen=True, kw_only=True)
class IndicatorResultView:
    """What the decision says about one indicator, to the learner and the program."""

    indicator: str
    level: int | None
    required: int
    met: bool
    open: bool  #: has to be worked on in a revision
    carried: bool
    comments: tuple[str, ...]
    unscorable: str


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """A decision as its learner and the program's administrators see it."""

    uuid: UUID
    outcome: str  #: passed, returned
    decided_at: datetime
    results: tuple[IndicatorResultView, ...]
    summary: str
    revise_by: datetime | None
    reviewers: int
    correction: str

    @property
    def open_indicators(self) -> tuple[str, ...]:
        """Indicators still to be shown."""
        return tuple(r.indicator for r in self.results if r.open)


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """One attempt in a list of attempts; `SubmissionView` is the whole of it."""

    uuid: UUID
    attempt: int
    state: str
    stage: Stage
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    open_indicators: tuple[str, ...]  #: by the decision, if there is one


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    """What a module's page says about one learner."""

    stage: Stage
    submission: UUID | None
    pages_read: frozenset[str]
    self_levels: Mapping[str, int]
    next_step: str
    due_at: datetime | None
    attempts: tuple[AttemptView, ...]


# --- review ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """A submission a reviewer may take, or has taken; it never names the learner."""

    submission: UUID
    competency: str
    pseudonym: str
    attempt: int
    submitted_at: datetime
    due_at: datetime | None
    review: UUID | None  #: own claim
    expires_at: datetime | None
    role: str
    scope: tuple[str, ...]
    completed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """A claimed or completed review with the evidence it looks at, without names."""

    uuid: UUID
    submission: SubmissionView
    pseudonym: str
    role: str
    state: str
    expires_at: datetime
    completed_at: datetime | None
    conferred: bool
    notes: Mapping[str, Text]  #: "<indicator>.level", ".comment", ".unscorable", "summary"

    def note(self, key: str) -> Text:
        """The field of that key; an unsaved one is empty with revision 0."""
        return self.notes.get(key, Text(key=key, text="", revision=0))


# --- award, badge ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BadgeView:
    """A badge as its holder, its program or the public sees it."""

    uuid: UUID
    award: UUID
    competency: str
    title: str
    program_name: str
    state: str  #: "being signed", "ready", "revoked"
    awarded_at: datetime
    revoked_at: datetime | None
    reason: str
    holder_name: str  #: empty unless the holder switched it on
    show_name: bool
    content: Mapping[str, object] = field(default_factory=dict)
    document: bytes | None = None
    problem: str = ""  #: why signing has not succeeded yet
    scored: bool = False  #: whether there are scores that the holder may release
    released: bool = False  #: whether they are released now


@dataclass(frozen=True, kw_only=True)
class ScoreView:
    """The level that reviewers decided on for one indicator."""

    indicator: str
    level: int
    name: str
    descriptor: str
    required: int
    highest: int


@dataclass(frozen=True, kw_only=True)
class ScoresView:
    """What a learner may release with a badge, and whether it is released."""

    award: UUID
    competency: str
    title: str
    scores: tuple[ScoreView, ...]
    proof: UUID | None  #: the released document
    address: str  #: its public address; empty while nothing is released
    released_at: datetime | None


# --- program -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """A member as an administrator sees them."""

    user_id: int
    name: str
    email: str
    roles: tuple[str, ...]
    qualification: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationView:
    """An invitation as an administrator sees it."""

    uuid: UUID
    email: str
    role: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A submission as an administrator sees it: state and people, not the evidence."""

    submission: UUID
    learner_id: int
    learner: str
    competency: str
    attempt: int
    state: str
    submitted_at: datetime | None
    due_at: datetime | None
    overdue: bool
    reviewers: tuple[str, ...]
    award: UUID | None
    badge_state: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class RuleView:
    """One pass rule over one module's rubric, and how many would pass by it."""

    kind: str  #: value of catalog.RuleKind
    stated: bool  #: the module's own rule; else what another rule at the same line would do
    sentence: str
    shares: tuple[float, ...]  #: of all candidates, in the order of RulesView.chances
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ModuleRulesView:
    """A module with its own rule and the two others."""

    competency: str
    indicators: int
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, kw_only=True)
class RulesView:
    """The preview of the three pass rules, with what it assumes."""

    chances: tuple[float, ...]  #: of reaching one indicator's required level
    assumption: str
    modules: tuple[ModuleRulesView, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """A notice in the page."""

    uuid: UUID
    kind: str
    sentence: str
    url: str
    created_at: datetime
    read: bool


@dataclass(frozen=True, kw_only=True)
class ProgramView:
    """Terms of a program that people should know before they start."""

    id: int
    uuid: UUID
    name: str
    legal_name: str
    contact_email: str
    turnaround_days: int
    revision_days: int
    reviews_required: int
    claim_hours: int
    time_zone: str
