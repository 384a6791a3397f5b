"""Where a learner stands, in words and addresses: the one next step, the attempts, the badges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString

from course_content.honeycomb import Cell, honeycomb
from credentials.data import (
    AttemptView,
    BadgeView,
    CellView,
    Links,
    ProgressView,
    Stage,
)
from credentials.views.teaching import framework

#: What asks for the learner's hand first.
URGENCY = (Stage.RETURNED, Stage.REVOKED, Stage.DRAFT, Stage.IN_REVIEW, Stage.OPEN)


@dataclass(frozen=True, kw_only=True)
class Next:
    """The one thing to do now; `post` means that it changes something."""

    title: str
    sentence: str
    action: str
    url: str
    post: bool = False
    due_at: datetime | None = None
    due_word: str = ""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One line of the timeline of attempts."""

    number: int
    state: str
    word: str
    at: datetime
    sentence: str
    url: str
    now: bool


@dataclass(frozen=True, kw_only=True)
class BadgeRow:
    """A badge with where it can be seen, fetched and checked."""

    badge: BadgeView
    number: str
    title: str
    page: str
    png: str
    document: str
    verify: str
    switch: str
    scores: str  #: where the levels can be released; empty where there are none
    ready: bool
    revoked: bool


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The learner's standing in figures."""

    earned: int
    underway: int
    all: int


def comb(cells: Iterable[CellView], links: Links) -> SafeString:
    """The honeycomb with its lists: every competency, its state and where it leads."""
    known = framework()
    drawn = {
        cell.competency: Cell(
            code=cell.competency,
            state=cell.stage,
            title=known.competency(cell.competency).title,
            next_step=cell.next_step if cell.available else "",
            url=_cell_url(cell, links),
            available=cell.available,
        )
        for cell in cells
    }
    return honeycomb(known, drawn, label="Where I stand with each competency")


def counts(cells: Iterable[CellView]) -> Counts:
    """How many are earned, how many under way."""
    stages = [cell.stage for cell in cells]
    underway = {Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED}
    return Counts(
        earned=stages.count(Stage.EARNED),
        underway=sum(stage in underway for stage in stages),
        all=len(stages),
    )


def next_step(cells: Iterable[CellView], links: Links) -> Next | None:
    """The one thing to do now over all competencies; None where there is nothing to begin."""
    able = [cell for cell in cells if cell.available and cell.stage in URGENCY]
    if not able:
        return None
    cell = min(able, key=lambda cell: URGENCY.index(cell.stage))
    title = f"{cell.competency} {framework().competency(cell.competency).title}"
    if cell.stage is Stage.OPEN:
        return Next(
            title=f"Begin with {title}",
            sentence="Read what it is and what it takes before you decide; nothing starts yet.",
            action="Look at the module",
            url=links.to("module", code=cell.competency),
        )
    step = _step(cell.stage, cell.competency, cell.submission, cell.due_at, links)
    return Next(
        title=title,
        sentence=step.sentence,
        action=step.action,
        url=step.url,
        post=step.post,
        due_at=step.due_at,
        due_word=step.due_word,
    )


def of_module(view: ProgressView, code: str, links: Links) -> Next:
    """The one thing to do now with this module."""
    return _step(view.stage, code, view.submission, view.due_at, links)


def attempts(views: Iterable[AttemptView], links: Links) -> tuple[Attempt, ...]:
    """The attempts at one competency, the first one first."""
    rows = list(views)
    return tuple(_attempt(view, links, last=view is rows[-1]) for view in rows)


def badges(views: Iterable[BadgeView], links: Links) -> tuple[BadgeRow, ...]:
    """The learner's badges, newest first."""
    return tuple(_badge(view, links) for view in views)


def _step(
    stage: Stage, code: str, submission: UUID | None, due_at: datetime | None, links: Links
) -> Next:
    here = links.to("submission", submission=submission) if submission else ""
    match stage:
        case Stage.DRAFT:
            return Next(
                title="Your draft is open",
                sentence="Everything you typed is saved. Go on where you stopped.",
                action="Go on with the draft",
                url=here,
            )
        case Stage.IN_REVIEW:
            return Next(
                title="It is being reviewed",
                sentence="You need do nothing. You get a mail and a notice here.",
                action="See where it is",
                url=here,
                due_at=due_at,
                due_word="Decision by",
            )
        case Stage.RETURNED:
            return Next(
                title="It came back to you",
                sentence="The feedback says which indicators are open and what would suffice.",
                action="Read the feedback",
                url=here,
                due_at=due_at,
                due_word="Revise by",
            )
        case Stage.EARNED:
            return Next(
                title="You earned this badge",
                sentence="Show it to whom you like; it says what you can do and who decided.",
                action="See my badges",
                url=links.to("my-badges"),
            )
        case Stage.REVOKED:
            return Next(
                title="This badge was taken back",
                sentence="The reason stands with the badge. Ask your program if you do not "
                "understand it; you may begin again.",
                action="See why",
                url=links.to("my-badges"),
            )
        case _:
            return Next(
                title="Begin when you are ready",
                sentence="Starting opens a draft that only you see. You can leave and come back, "
                "and withdraw at any time before the decision.",
                action="Start collecting evidence",
                url=links.to("start-submission", code=code),
                post=True,
            )


def _cell_url(cell: CellView, links: Links) -> str:
    if not cell.available:
        return ""
    if cell.submission and cell.stage in {Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED}:
        return links.to("submission", submission=cell.submission)
    return links.to("module", code=cell.competency)


def _attempt(view: AttemptView, links: Links, *, last: bool) -> Attempt:
    at = view.decided_at or view.submitted_at or view.created_at
    state, word = {
        "draft": ("draft", "Draft"),
        "submitted": ("in-review", "In review"),
        "returned": ("returned", "Returned"),
        "passed": ("earned", "Passed"),
        "withdrawn": ("withdrawn", "Withdrawn"),
    }[view.state]
    return Attempt(
        number=view.attempt,
        state=state,
        word=word,
        at=at,
        sentence=_attempt_sentence(view),
        url=links.to("submission", submission=view.uuid),
        now=last,
    )


def _attempt_sentence(view: AttemptView) -> str:
    if view.open_indicators:
        many = len(view.open_indicators)
        return f"{many} indicator{'s' if many > 1 else ''} open: {', '.join(view.open_indicators)}."
    if view.decided_at:
        return "Every indicator was shown."
    if view.state == "submitted":
        return "Handed in."
    return "Begun." if view.state == "draft" else "Taken back by you."


def _badge(view: BadgeView, links: Links) -> BadgeRow:
    address = links.to("badge", uuid=view.uuid)
    return BadgeRow(
        badge=view,
        number=view.competency,
        title=view.title,
        page=address,
        png=links.to("badge-png", uuid=view.uuid),
        document=links.to("badge-json", uuid=view.uuid),
        verify=f"{links.to('verify')}?badge={view.uuid}",
        switch=links.to("badge-show-name", award=view.award),
        scores=links.to("scores", award=view.award) if view.scored else "",
        ready=view.document is not None,
        revoked=view.revoked_at is not None,
    )
