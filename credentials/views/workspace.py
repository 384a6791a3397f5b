"""A learner's attempt laid out for its pages: answers, indicators and pins, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from course_content.catalog import Indicator, Module, Prompt, RubricRow
from course_content.prose import Words
from credentials.data import (
    DecisionView,
    EvidenceView,
    IndicatorResultView,
    OtherText,
    PinView,
    SubmissionView,
    Text,
)
from credentials.errors import Problem
from credentials.views import teaching


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A prompt with what has been written so far, and a second device's version of it."""

    prompt: Prompt
    text: Text
    problems: tuple[Problem, ...]
    others: tuple[OtherText, ...]


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """A pin and the evidence it stands in."""

    item: EvidenceView
    pin: PinView


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator: what it asks, what has been shown for it, how it was judged before."""

    indicator: Indicator
    scale: RubricRow
    pinned: tuple[Pinned, ...]
    own: int | None  #: the learner's own level
    own_name: str
    carried: int | None  #: the level met in an earlier attempt; it is not scored again
    feedback: IndicatorResultView | None  #: from the attempt before, or of this decision
    problems: tuple[Problem, ...]

    @property
    def level_name(self) -> str:
        """The decided level in words, where there is a decision."""
        level = self.feedback.level if self.feedback else None
        return next((s.name for s in self.scale.levels if s.number == level), "")

    @property
    def required_name(self) -> str:
        """The name of the required level."""
        return next(s.name for s in self.scale.levels if s.number == self.scale.required)


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """Everything that an attempt's pages show."""

    submission: SubmissionView
    module: Module
    domain: str
    domain_name: str
    overview: tuple[Answer, ...]
    reflection: tuple[Answer, ...]
    rows: tuple[Row, ...]
    missing: tuple[Problem, ...]
    concerns: tuple[Problem, ...]
    words: Words

    @property
    def scope(self) -> tuple[Row, ...]:
        """The indicators that this attempt is scored on."""
        return tuple(row for row in self.rows if row.carried is None)

    @property
    def carried(self) -> tuple[Row, ...]:
        """The indicators met before."""
        return tuple(row for row in self.rows if row.carried is not None)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What evidence can still be pinned to."""
        return tuple(row.indicator for row in self.scope)

    @property
    def has_links(self) -> bool:
        """Whether a reviewer will have to open another site."""
        return any(item.kind == "link" for item in self.submission.evidence)

    def where(self, problem: Problem) -> str:
        """The part of the page in which a problem stands, as the beginning of a sentence."""
        for part, answers in ((1, self.overview), (3, self.reflection)):
            for number, answer in enumerate(answers, start=1):
                if answer.prompt.key == problem.field:
                    return f"Part {part}, question {number}: "
        if problem.code == "personal-data":
            for item in self.submission.evidence:
                if str(item.uuid) in problem.field or any(
                    str(pin.uuid) in problem.field for pin in item.pins
                ):
                    return f"Evidence {item.number}: "
        return ""


def workspace(
    submission: SubmissionView,
    module: Module,
    *,
    missing: tuple[Problem, ...] = (),
    concerns: tuple[Problem, ...] = (),
    decision: DecisionView | None = None,
) -> Workspace:
    """The attempt's pages; `decision` is the one to show beside each indicator, if any."""
    framework = teaching.framework()
    domain = framework.domain_of(module.competency.code)
    results = {r.indicator: r for r in decision.results} if decision else {}
    return Workspace(
        submission=submission,
        module=module,
        domain=domain.letter,
        domain_name=domain.short_name,
        overview=_answers(submission, module, 1, missing),
        reflection=_answers(submission, module, 3, missing),
        rows=tuple(
            _row(submission, module, scale, results.get(scale.indicator), missing)
            for scale in module.rubric.rows
        ),
        missing=missing,
        concerns=concerns,
        words=Words(framework=framework),
    )


def fields(module: Module, submission: SubmissionView) -> frozenset[str]:
    """Every text field of the attempt: what a form without the script may send."""
    keys = {prompt.key for prompt in module.prompts}
    for item in submission.evidence:
        keys |= {item.title.key, item.body.key, item.my_part.key}
        keys |= {pin.why.key for pin in item.pins}
    return frozenset(keys)


def feedback_in_brief(rows: Iterable[Row], budget: int = 50) -> tuple[tuple[Row, str, bool], ...]:
    """The open indicators with the beginning of what the reviewers wrote, within `budget` words.

    Each gets an equal share, so that the first 80 words of the page name every open indicator and
    what would suffice (users' requirements, "Learner"). The last value says whether words were
    left out.
    """
    waiting = [row for row in rows if row.feedback and row.feedback.open]
    share = max(6, budget // max(1, len(waiting)))
    return tuple((row, *_beginning(_suffices(row), share)) for row in waiting)


def _suffices(row: Row) -> str:
    result = row.feedback
    if result and result.comments:
        return result.comments[0]
    if result and result.unscorable:
        return result.unscorable
    needed = next(s for s in row.scale.levels if s.number == row.scale.required)
    return needed.descriptor


def _beginning(text: str, count: int) -> tuple[str, bool]:
    words = text.split()
    if len(words) <= count:
        return " ".join(words), False
    return " ".join(words[:count]).rstrip(",;:.") + " …", True


def _answers(
    submission: SubmissionView, module: Module, part: int, missing: tuple[Problem, ...]
) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            prompt=prompt,
            text=submission.text(prompt.key),
            problems=tuple(p for p in missing if p.field == prompt.key),
            others=tuple(o for o in submission.other_versions if o.key == prompt.key),
        )
        for prompt in module.prompts
        if prompt.part == part
    )


def _row(
    submission: SubmissionView,
    module: Module,
    scale: RubricRow,
    result: IndicatorResultView | None,
    missing: tuple[Problem, ...],
) -> Row:
    code = scale.indicator
    own = submission.self_levels.get(code)
    return Row(
        indicator=module.competency.indicator(code),
        scale=scale,
        pinned=tuple(
            Pinned(item=item, pin=pin)
            for item in submission.evidence
            for pin in item.pins
            if pin.indicator == code
        ),
        own=own,
        own_name=next((s.name for s in scale.levels if s.number == own), ""),
        carried=submission.carried.get(code),
        feedback=result,
        problems=tuple(p for p in missing if p.field in {code, f"{code}.self"}),
    )
