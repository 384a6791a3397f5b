"""What a draft still lacks before it can be handed in, and what should not be in it."""

from __future__ import annotations

import re

from course_content.catalog import Prompt
from credentials.domain import module
from credentials.errors import Problem
from credentials.models import DraftText, Evidence, OtherVersion, Pin, SelfLevel, Submission, Upload

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b")
_PHONE = re.compile(r"(?<![\d-])(?:\+?\d{1,2}[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\d-])")
_SSN = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_STUDENT_ID = re.compile(
    r"\b(?:student|pupil|learner)\s*(?:id|number|no\.?|#)\s*[:#]?\s*\d{4,}", re.IGNORECASE
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+[A-Z][\w’'-]+")
_GUARDED = (
    (_EMAIL, "an e-mail address"),
    (_PHONE, "a telephone number"),
    (_SSN, "a social security number"),
    (_STUDENT_ID, "a student number"),
    (_TITLED, "what looks like a person's name"),
)


def words(text: str) -> int:
    """How many words a reader would count: the same rule as in the page and its script."""
    return len(text.split())


def missing(submission: Submission) -> tuple[Problem, ...]:
    """Everything that stops a hand-in, each named at its place; empty when it is complete."""
    texts = dict(DraftText.objects.filter(submission=submission).values_list("key", "text"))
    definition = module.of(submission)
    return (
        *_unfinished(submission),
        *(p for prompt in definition.prompts for p in _prompt(prompt, texts.get(prompt.key, ""))),
        *_evidence(submission, texts),
        *_indicators(submission, texts),
        *_self_levels(submission),
    )


def concerns(submission: Submission) -> tuple[Problem, ...]:
    """Names and numbers of people that seem to stand in the texts: named, never blocking."""
    found = []
    for row in DraftText.objects.filter(submission=submission).order_by("key"):
        for pattern, what in _GUARDED:
            match = pattern.search(row.text)
            if match:
                found.append(
                    Problem(
                        field=row.key,
                        code="personal-data",
                        message=f"Here stands {what}: “{match.group(0)}”. Remove it, or make "
                        "sure the person has agreed.",
                    )
                )
    return tuple(found)


def _unfinished(submission: Submission) -> list[Problem]:
    problems = []
    if Upload.objects.filter(submission=submission, evidence=None).exists():
        problems.append(
            Problem(
                field="uploads",
                code="upload-unfinished",
                message="A file is still on its way: wait for it, or cancel it.",
            )
        )
    for row in OtherVersion.objects.filter(submission=submission, resolved_at=None):
        problems.append(
            Problem(
                field=row.key,
                code="two-versions",
                message="Two devices wrote different texts here: choose the one to keep.",
            )
        )
    return problems


def _prompt(prompt: Prompt, text: str) -> list[Problem]:
    count = words(text)
    if not count:
        message = "This question is not answered yet."
        return [Problem(field=prompt.key, code="unanswered", message=f"{message} {_range(prompt)}")]
    if count < prompt.min_words:
        message = f"{count} words so far; at least {prompt.min_words} are needed."
        return [Problem(field=prompt.key, code="too-short", message=message)]
    if count > prompt.max_words:
        message = f"{count} words; at most {prompt.max_words} are read."
        return [Problem(field=prompt.key, code="too-long", message=message)]
    return []


def _range(prompt: Prompt) -> str:
    return f"It asks for {prompt.min_words} to {prompt.max_words} words."


def _evidence(submission: Submission, texts: dict[str, str]) -> list[Problem]:
    problems = []
    for number, item in enumerate(Evidence.objects.filter(submission=submission), start=1):
        head = f"evidence.{item.uuid}"
        if not texts.get(f"{head}.title", "").strip():
            message = f"Evidence {number} has no title."
            problems.append(Problem(field=f"{head}.title", code="no-title", message=message))
        if item.kind == Evidence.Kind.TEXT and not texts.get(f"{head}.body", "").strip():
            message = f"Evidence {number} is an empty text."
            problems.append(Problem(field=f"{head}.body", code="empty-text", message=message))
        if item.group_work and not texts.get(f"{head}.my_part", "").strip():
            message = f"Evidence {number} is group work: say what your own part was."
            problems.append(Problem(field=f"{head}.my_part", code="no-part", message=message))
    return problems


def _indicators(submission: Submission, texts: dict[str, str]) -> list[Problem]:
    problems = []
    pins = list(Pin.objects.filter(evidence__submission=submission))
    shown = {pin.indicator for pin in pins}
    for row in module.of(submission).rubric.rows:
        if row.indicator not in shown and row.indicator not in submission.carried:
            message = f"No evidence is pinned to {row.indicator} yet."
            problems.append(Problem(field=row.indicator, code="no-evidence", message=message))
    for pin in pins:
        if pin.indicator in submission.carried:
            continue
        if not texts.get(f"pin.{pin.uuid}.why", "").strip():
            message = f"Say in a sentence why this evidence shows {pin.indicator}."
            problems.append(Problem(field=f"pin.{pin.uuid}.why", code="no-why", message=message))
    return problems


def _self_levels(submission: Submission) -> list[Problem]:
    given = set(SelfLevel.objects.filter(submission=submission).values_list("indicator", flat=True))
    return [
        Problem(
            field=f"{row.indicator}.self",
            code="no-self-level",
            message=f"Give yourself a level for {row.indicator}.",
        )
        for row in module.of(submission).rubric.rows
        if row.indicator not in given and row.indicator not in submission.carried
    ]
