"""What the review page shows: a review and its module, laid side by side, without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import quote

from django.utils.html import strip_tags

from course_content.catalog import (
    Competency,
    DomainLetter,
    Indicator,
    IndicatorGuide,
    Module,
    Prompt,
    RubricRow,
)
from course_content.loading import load
from course_content.prose import Words
from credentials.data import EvidenceView, PinView, QueueItem, ReviewView, Text

UNSCORABLE = "unscorable"
#: Offered besides the reasons that the module names.
OTHER_REASON = "Something else: see the comment."


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A submission on the review desk, with its competency's title."""

    item: QueueItem
    competency: Competency
    domain: DomainLetter
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A prompt and what was answered."""

    prompt: Prompt
    text: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a pin leads in the evidence shown beside the rubric."""

    pin: PinView
    number: int  #: of the evidence
    url: str  #: within the page
    seek: float | None  #: seconds, for a recording
    why: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One radio card."""

    value: str
    name: str
    text: str
    required: bool
    checked: bool


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One indicator to score: what it asks, where to look, what has been noted so far."""

    indicator: Indicator
    scale: RubricRow
    guide: IndicatorGuide
    falls_short: str
    places: tuple[Place, ...]
    choices: tuple[Choice, ...]
    reasons: tuple[str, ...]
    level: Text
    comment: Text
    unscorable: Text

    @property
    def level_name(self) -> str:
        """The chosen level in words ("3 · Demonstrates"), or nothing."""
        return next((choice.name for choice in self.choices if choice.checked), "")

    @property
    def cannot(self) -> bool:
        """Whether it was found unscorable."""
        return self.level.text == UNSCORABLE

    @property
    def met(self) -> bool:
        """Whether the level chosen is the required one or above."""
        return self.level.text.isdecimal() and int(self.level.text) >= self.scale.required

    @property
    def top(self) -> int:
        """How many levels the scale has."""
        return len(self.scale.levels)


@dataclass(frozen=True, kw_only=True)
class ScoringPage:
    """Everything on the review page."""

    review: ReviewView
    module: Module
    domain: DomainLetter
    overview: tuple[Answer, ...]
    evidence: tuple[EvidenceView, ...]
    reflection: tuple[Answer, ...]
    rows: tuple[ScoreRow, ...]
    settled: tuple[Indicator, ...]  #: shown in an earlier attempt, not scored again
    words: Words  #: glossary terms that the page links to

    @property
    def scored(self) -> int:
        """How many rows have a level."""
        return sum(bool(row.level.text) for row in self.rows)

    @property
    def noted(self) -> bool:
        """Whether anything has been noted at all."""
        return any(note.text for note in self.review.notes.values())

    @property
    def summary(self) -> Text:
        """The note about the whole."""
        return self.review.note("summary")


def piece(item: QueueItem, now: datetime) -> Piece:
    """A queue item with what the framework says about its competency."""
    framework = load().framework
    return Piece(
        item=item,
        competency=framework.competency(item.competency),
        domain=framework.domain_of(item.competency).letter,
        overdue=item.due_at is not None and item.due_at < now,
    )


def scoring_page(review: ReviewView, module: Module) -> ScoringPage:
    """The page of a claimed or completed review; `module` is the version the attempt pins."""
    submission = review.submission
    code = module.competency.code
    return ScoringPage(
        review=review,
        module=module,
        domain=load().framework.domain_of(code).letter,
        overview=_answers(review, module, 1),
        evidence=submission.evidence,
        reflection=_answers(review, module, 3),
        rows=tuple(
            _row(review, module, scale)
            for scale in module.rubric.rows
            if scale.indicator in submission.scope
        ),
        settled=tuple(
            indicator
            for indicator in module.competency.indicators
            if indicator.code not in submission.scope
        ),
        words=Words(framework=load().framework),
    )


def choice_key(key: str) -> bool:
    """Whether the note under this key is a choice, not words."""
    return key.endswith((".level", ".unscorable"))


def note_keys(scope: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of all notes of a review, in the order of the page."""
    kinds = ("level", "unscorable", "comment")
    return (*(f"{code}.{kind}" for code in scope for kind in kinds), "summary")


def _answers(review: ReviewView, module: Module, part: int) -> tuple[Answer, ...]:
    texts = [
        (prompt, review.submission.text(prompt.key).text)
        for prompt in module.prompts
        if prompt.part == part
    ]
    return tuple(
        Answer(prompt=prompt, text=text, words=len(text.split())) for prompt, text in texts
    )


def _row(review: ReviewView, module: Module, scale: RubricRow) -> ScoreRow:
    code = scale.indicator
    level, unscorable = review.note(f"{code}.level"), review.note(f"{code}.unscorable")
    falls_short = dict(module.reviewer_guide.falls_short)
    return ScoreRow(
        indicator=module.competency.indicator(code),
        scale=scale,
        guide=module.guide(code),
        falls_short=falls_short.get(code, ""),
        places=tuple(
            _place(item, pin)
            for item in review.submission.evidence
            for pin in item.pins
            if pin.indicator == code
        ),
        choices=_choices(scale, level.text),
        reasons=_reasons(scale, unscorable.text),
        level=level,
        comment=review.note(f"{code}.comment"),
        unscorable=unscorable,
    )


def _choices(scale: RubricRow, chosen: str) -> tuple[Choice, ...]:
    return (
        *(
            Choice(
                value=str(level.number),
                name=f"{level.number} · {level.name}",
                text=_plain(level.descriptor),
                required=level.number == scale.required,
                checked=chosen == str(level.number),
            )
            for level in scale.levels
        ),
        Choice(
            value=UNSCORABLE,
            name="Unscorable",
            text="Nothing here can be judged. Say why below.",
            required=False,
            checked=chosen == UNSCORABLE,
        ),
    )


def _reasons(scale: RubricRow, chosen: str) -> tuple[str, ...]:
    offered = (*(_plain(reason) for reason in scale.unscorable), OTHER_REASON)
    return offered if not chosen or chosen in offered else (*offered, chosen)


def _plain(text: str) -> str:
    # a radio card and an option hold words only: a link inside a label is two controls in one
    return unescape(strip_tags(Words(framework=load().framework).render_inline(text)))


def _place(item: EvidenceView, pin: PinView) -> Place:
    media_type = item.file.media_type if item.file else ""
    url, seek = f"#evidence-{item.number}", None
    if media_type == "application/pdf" and pin.page:
        url = f"#viewer-{item.number}-page-{pin.page}"
    elif media_type.startswith(("video/", "audio/")) and pin.start_seconds is not None:
        url, seek = f"#media-{item.number}", pin.start_seconds
    elif pin.locator == "quote" and item.kind == "text":
        url = f"#viewer-{item.number}{_text_fragment(item.body.text, pin.quote)}"
    return Place(pin=pin, number=item.number, url=url, seek=seek, why=pin.why.text)


def _text_fragment(body: str, words: str) -> str:
    """What makes a browser mark the words where they stand, by their neighbours.

    https://wicg.github.io/scroll-to-text-fragment/#syntax; a browser that does not know it, or
    does not find them, shows the text from its beginning.
    """
    before, found, after = body.partition(words.strip())
    if not found:
        return ""
    prefix = f"{_spelled(' '.join(before.split()[-4:]))}-," if before.split() else ""
    suffix = f",-{_spelled(' '.join(after.split()[:4]))}" if after.split() else ""
    return f":~:text={prefix}{_spelled(found)}{suffix}"


def _spelled(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
