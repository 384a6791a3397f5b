"""The framework and its modules as frozen values: what is said, never what happened to whom.

Nothing here knows Django, a database or a file. `course_content.loading` makes these values from
the files of this package and refuses what is not complete; everybody else may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

#: Every item of the framework has a UUIDv5 in this namespace (decision records 0001 and 0002).
NAMESPACE = UUID("87f5e215-a69b-4b3b-b089-fa85e9cb88f5")


class CatalogError(Exception):
    """Root of what the catalog can refuse."""


class UnknownItem(CatalogError, LookupError):
    """A code or identifier that the framework does not have."""


class DomainLetter(StrEnum):
    """The four fields of the honeycomb; the values are the letters of the framework data."""

    VISION = "V"
    SELF = "P"
    OTHERS = "C"
    SYSTEMS = "S"


@dataclass(frozen=True, kw_only=True)
class SubItem:
    """One lettered or numbered part of an indicator's official statement."""

    uuid: UUID
    code: str  #: "I.1.c.i"
    label: str  #: "i", "ii" ...
    statement: str  #: official, quoted exactly


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One of the 108 statements that evidence is scored against."""

    uuid: UUID
    code: str  #: "I.1.a"
    letter: str  #: "a"
    title: str  #: ours, at most 60 characters
    statement: str  #: official, quoted exactly
    sub_items: tuple[SubItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Competency:
    """One of the 21 things a leader of a learner-centered school can do; one module each."""

    uuid: UUID
    code: str  #: "I.1"
    number: int
    title: str  #: ours, short, for headings and badges
    statement: str  #: official where `statement_is_official`, else ours and shown as ours
    statement_is_official: bool
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code ("I.1.a"); raises UnknownItem."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise UnknownItem(f"{self.code} has no indicator {code!r}")


@dataclass(frozen=True, kw_only=True)
class Domain:
    """One of the four domains."""

    uuid: UUID
    code: str  #: "I"
    letter: DomainLetter
    name: str
    short_name: str
    relation: str  #: "Leaders and Vision"
    description: str
    guiding_questions_stem: str
    guiding_questions: tuple[str, ...]
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, kw_only=True)
class Term:
    """One entry of the framework's glossary."""

    slug: str
    term: str
    definition: str
    source: str


@dataclass(frozen=True, kw_only=True)
class EquityArea:
    """One area of the framework's equity lens with its guiding questions."""

    number: int
    name: str
    questions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One of the six themes that run through the framework ("EI", "Equity & Inclusion")."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PriorityTheme:
    """One of the five themes that the framework's guide suggests to start a year with."""

    number: int
    statement: str  #: official, quoted exactly


@dataclass(frozen=True, kw_only=True)
class Work:
    """A work that the framework itself cites; nothing else is cited anywhere in our content."""

    key: str
    citation: str  #: as the framework gives it


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another framework whose items our crosswalks may point to: names only, no texts."""

    framework: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Framework:
    """The whole framework with its attribution."""

    uuid: UUID
    title: str
    creator: str
    citation: str
    licence_name: str
    licence_url: str
    changes: tuple[str, ...]  #: what we changed, as CC BY 4.0 asks
    modified: str  #: ISO 8601 instant of the last change of this data
    domains: tuple[Domain, ...]
    glossary: tuple[Term, ...]
    equity_areas: tuple[EquityArea, ...]
    copyright: str = ""
    themes: tuple[Theme, ...] = ()
    priority_themes: tuple[PriorityTheme, ...] = ()
    works: tuple[Work, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """All competencies in the order of the framework."""
        return tuple(c for d in self.domains for c in d.competencies)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the framework."""
        return tuple(i for c in self.competencies for i in c.indicators)

    def competency(self, code: str) -> Competency:
        """The competency of that code ("I.1"); raises UnknownItem."""
        for competency in self.competencies:
            if competency.code == code:
                return competency
        raise UnknownItem(f"the framework has no competency {code!r}")

    def domain_of(self, competency_code: str) -> Domain:
        """The domain that holds the competency; raises UnknownItem."""
        for domain in self.domains:
            if any(c.code == competency_code for c in domain.competencies):
                return domain
        raise UnknownItem(f"the framework has no competency {competency_code!r}")

    def term(self, slug: str) -> Term:
        """The glossary entry of that slug ("student-agency"); raises UnknownItem."""
        for term in self.glossary:
            if term.slug == slug:
                return term
        raise UnknownItem(f"the glossary has no term {slug!r}")


# --- modules ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """One stretch of a module's work, done in sittings of about 25 minutes."""

    title: str
    weeks: str  #: "1" or "3-4"
    minutes: int
    task: str
    authority: str  #: whose permission it needs
    indicators: tuple[str, ...]
    page: str = ""  #: slug of the page to read first, may be empty


@dataclass(frozen=True, kw_only=True)
class Page:
    """One learning page, about 25 minutes, Markdown of our own."""

    slug: str
    title: str
    minutes: int
    markdown: str


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A question answered in writing: part 1 (overview) or part 3 (reflection)."""

    key: str  #: stable: answers are stored under it ("overview-1")
    part: int  #: 1 or 3
    text: str
    help: str
    min_words: int
    max_words: int
    indicators: tuple[str, ...] = ()  #: codes it mostly speaks to, may be empty


class ArtifactKind(StrEnum):
    """What kind of thing a learner can bring; the learner picks one per piece of evidence."""

    VISION = "vision"
    PLAN = "plan"
    DATA = "data-analysis"
    OBSERVATION = "observation-cycle"
    AGENDA = "meeting"
    MEDIA = "recording"
    BUDGET = "budget-or-schedule"
    COMMUNICATION = "communication"
    POLICY = "policy"
    SURVEY = "survey"
    ATTESTATION = "attestation"
    STUDENT_WORK = "student-work"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """One suggested artifact of part 2 and the indicators it can show."""

    key: str
    kind: ArtifactKind
    title: str
    description: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """Something that must be removed before upload, and how."""

    what: str
    how: str


@dataclass(frozen=True, kw_only=True)
class EvidenceIdea:
    """An idea for evidence in one setting ("rural", "virtual" ...)."""

    setting: str
    text: str


@dataclass(frozen=True, kw_only=True)
class IndicatorGuide:
    """What one indicator means, to learner and reviewer."""

    indicator: str
    meaning: str
    look_fors: tuple[str, ...]
    ideas: tuple[EvidenceIdea, ...]
    misreading: str
    assistant_route: str  #: how an assistant principal or teacher leader can show it
    authority: str  #: the authority the task needs


@dataclass(frozen=True, kw_only=True)
class Level:
    """One step of the scale of a rubric row."""

    number: int  #: 1..n, rising
    name: str
    descriptor: str


@dataclass(frozen=True, kw_only=True)
class RubricRow:
    """The scale for one indicator."""

    uuid: UUID
    indicator: str
    levels: tuple[Level, ...]
    required: int  #: the level that demonstrates the indicator
    compound: str  #: how the clauses of the statement count
    unscorable: tuple[str, ...]  #: what makes the evidence impossible to score


class RuleKind(StrEnum):
    """The three pass rules in use among programs (PASL, PAL, BloomBoard)."""

    ALL_REQUIRED = "all-required"
    FLOORS_AND_MEAN = "floors-and-mean"
    TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class PassRule:
    """Which scores pass, as data.

    all-required: every indicator at its row's required level.
    floors-and-mean: no indicator below `floor`, and the mean of all levels at least `mean`.
    total: the sum of all levels at least `total`.
    An unscorable indicator never passes under any rule.
    """

    kind: RuleKind
    floor: int | None = None
    mean: float | None = None
    total: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """The rows of a module and the rule that turns scores into a decision."""

    uuid: UUID
    rows: tuple[RubricRow, ...]
    rule: PassRule

    def row(self, indicator: str) -> RubricRow:
        """The row of that indicator code; raises UnknownItem."""
        for row in self.rows:
            if row.indicator == indicator:
                return row
        raise UnknownItem(f"the rubric has no row for {indicator!r}")


@dataclass(frozen=True, kw_only=True)
class Exemplar:
    """A short excerpt for calibration with its intended level; never shown to learners."""

    key: str
    indicator: str
    level: int | None  #: None: unscorable
    excerpt: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One remark on a vignette's artifact."""

    indicator: str
    verdict: str  #: "meets" or "not yet"
    quote: str  #: the words of the artifact it stands at
    why: str


@dataclass(frozen=True, kw_only=True)
class Vignette:
    """A fictional leader facing this competency, with an annotated artifact excerpt."""

    title: str
    story: str  #: Markdown
    artifact_title: str
    artifact: str  #: Markdown
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Something to do with one's own school that yields material for evidence."""

    title: str
    minutes: int
    steps: str  #: Markdown
    yields: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SelfAssessment:
    """How to use the module's rubric on oneself: Markdown for one leader and for a team.

    The domain's guiding questions stand beside it; they come from the framework.
    """

    alone: str
    team: str


@dataclass(frozen=True, kw_only=True)
class ThemeTag:
    """A recurrent theme by our own reading (the source's icons are lost)."""

    code: str  #: EI RT CI CM LC CA
    indicators: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class CrosswalkEntry:
    """A name in another framework and why it is near."""

    framework: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A work worth reading for this module and what for."""

    work: str  #: key of a `Work` of the framework
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReviewerGuide:
    """How to score this module."""

    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    falls_short: tuple[tuple[str, str], ...]  #: (indicator code, what to write)
    equity_check: str
    equity_areas: tuple[int, ...] = ()  #: numbers of the framework's equity areas it rests on


@dataclass(frozen=True, kw_only=True)
class BadgeText:
    """What the badge says."""

    name: str
    description: str
    criteria: str  #: Markdown
    tags: tuple[str, ...]
    valid_years: int | None = None


@dataclass(frozen=True, kw_only=True)
class Module:
    """Everything about one competency as a learning module, one version of it."""

    competency: Competency
    version: str  #: "1.0": shown to people; identity is the digest
    modified: str  #: ISO 8601 instant at which this version was finished
    digest: str  #: SHA-256 (hex) of the definition as loaded
    title: str
    tagline: str
    purpose: str  #: Markdown
    method: str  #: Markdown: the key method and its components
    connections: tuple[tuple[str, str], ...]  #: (competency code, how they meet)
    hours: float
    weeks: int
    order: str  #: where it stands in the recommended order, in a sentence
    plan: tuple[PlanStep, ...]
    pages: tuple[Page, ...]
    guides: tuple[IndicatorGuide, ...]
    vignette: Vignette
    activities: tuple[Activity, ...]
    self_assessment: SelfAssessment
    prompts: tuple[Prompt, ...]
    artifacts: tuple[Artifact, ...]
    redactions: tuple[Redaction, ...]
    rubric: Rubric
    exemplars: tuple[Exemplar, ...]
    reviewer_guide: ReviewerGuide
    themes: tuple[ThemeTag, ...]
    crosswalk: tuple[CrosswalkEntry, ...]
    references: tuple[Reference, ...]
    badge: BadgeText

    def prompt(self, key: str) -> Prompt:
        """The prompt of that key; raises UnknownItem."""
        for prompt in self.prompts:
            if prompt.key == key:
                return prompt
        raise UnknownItem(f"{self.competency.code} has no prompt {key!r}")

    def guide(self, indicator: str) -> IndicatorGuide:
        """The guide of that indicator code; raises UnknownItem."""
        for guide in self.guides:
            if guide.indicator == indicator:
                return guide
        raise UnknownItem(f"{self.competency.code} has no guide for {indicator!r}")


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A badge that stands for several others, all of them held at the same time."""

    code: str  #: that of a domain ("I"), or "framework"
    badge: BadgeText
    all_of: tuple[str, ...]  #: codes of competencies, or of stacks


@dataclass(frozen=True, kw_only=True)
class PathwayStep:
    """One competency of a pathway and why it is in it."""

    competency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """A place to begin, for one priority of the users' guide; the choice of steps is ours."""

    number: int  #: that of the priority theme
    title: str  #: ours
    priority: str  #: the guide's own words
    steps: tuple[PathwayStep, ...]


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All there is: the framework and the modules that exist, by competency code."""

    framework: Framework
    modules: dict[str, Module]
    stacks: tuple[Stack, ...] = ()
    pathways: tuple[Pathway, ...] = ()

    def stack(self, code: str) -> Stack:
        """The stack of that code; raises UnknownItem."""
        for stack in self.stacks:
            if stack.code == code:
                return stack
        raise UnknownItem(f"there is no stack {code!r}")

    def module(self, code: str) -> Module:
        """The module of that competency; raises UnknownItem."""
        try:
            return self.modules[code]
        except KeyError:
            raise UnknownItem(f"there is no module for {code!r}") from None
