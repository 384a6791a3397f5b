"""Submissions at every stage, made through the api as a person would."""

from __future__ import annotations

from credentials import api
from credentials.data import Actor, ReviewView, SubmissionView
from credentials.models import Evidence, Pin, Submission

CODE = "I.1"
SENTENCE = "We asked families students and teachers what a graduate should be able to do"


def words(count: int) -> str:
    """That many words of a plausible answer."""
    stem = SENTENCE.split()
    return " ".join(stem[i % len(stem)] for i in range(count))


def draft(learner: Actor, code: str = CODE) -> SubmissionView:
    """A draft with nothing in it."""
    return api.start_submission(learner, competency=code)


def filled(learner: Actor, code: str = CODE) -> SubmissionView:
    """A draft that lacks nothing: answers, one text pinned to every indicator, own levels."""
    made = draft(learner, code)
    module = api.module_of(learner, submission=made.uuid)
    for prompt in module.prompts:
        write(learner, made, prompt.key, words(prompt.min_words + 5))
    row = Submission.objects.get(uuid=made.uuid)
    item = Evidence.objects.create(submission=row, kind="text", artifact="vision")
    write(learner, made, f"evidence.{item.uuid}.title", "Profile of a graduate, third draft")
    write(learner, made, f"evidence.{item.uuid}.body", "Notes of two dialogues. " + words(80))
    for rubric_row in module.rubric.rows:
        if rubric_row.indicator not in made.carried:
            pin = Pin.objects.create(
                evidence=item, indicator=rubric_row.indicator, locator="quote", quote="dialogues"
            )
            write(learner, made, f"pin.{pin.uuid}.why", "It shows who changed which line.")
        api.set_self_level(
            learner, submission=made.uuid, indicator=rubric_row.indicator, level=rubric_row.required
        )
    return api.submission(learner, submission=made.uuid)


def write(learner: Actor, made: SubmissionView, key: str, text: str) -> None:
    """Save one field as its newest revision."""
    stored = api.submission(learner, submission=made.uuid).text(key)
    api.save_text(
        learner,
        submission=made.uuid,
        key=key,
        text=text,
        revision=stored.revision,
        device="laptop",
    )


def submitted(learner: Actor, code: str = CODE) -> SubmissionView:
    """A complete attempt, handed in."""
    return api.submit(learner, submission=filled(learner, code).uuid)


def scored(
    reviewer: Actor, submission: SubmissionView, *, below: tuple[str, ...] = ()
) -> ReviewView:
    """A claimed review with a level for every indicator, below the required one where asked."""
    claimed = api.claim(reviewer, submission=submission.uuid)
    module = api.module_of_review(reviewer, review=claimed.uuid)
    for code in claimed.submission.scope:
        low = code in below
        level = module.rubric.row(code).required - low
        note(reviewer, claimed, f"{code}.level", str(level))
        if low:
            note(reviewer, claimed, f"{code}.comment", "Show who changed the draft, by date.")
    return api.review(reviewer, review=claimed.uuid)


def note(reviewer: Actor, review: ReviewView, key: str, text: str) -> None:
    """Save one field of a review as its newest revision."""
    stored = api.review(reviewer, review=review.uuid).note(key)
    api.save_note(
        reviewer,
        review=review.uuid,
        key=key,
        text=text,
        revision=stored.revision,
        device="laptop",
    )


def reviewed(
    reviewer: Actor, submission: SubmissionView, *, below: tuple[str, ...] = ()
) -> ReviewView:
    """A completed review."""
    return api.complete_review(reviewer, review=scored(reviewer, submission, below=below).uuid)


def returned(learner: Actor, reviewer: Actor, *, below: tuple[str, ...]) -> SubmissionView:
    """An attempt that came back with those indicators open."""
    made = submitted(learner)
    reviewed(reviewer, made, below=below)
    return api.submission(learner, submission=made.uuid)


def passed(learner: Actor, reviewer: Actor, code: str = CODE) -> SubmissionView:
    """An attempt that passed; its badge is not signed yet."""
    made = submitted(learner, code)
    reviewed(reviewer, made)
    return api.submission(learner, submission=made.uuid)
