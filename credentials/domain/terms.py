"""What a program promises and asks: read by everybody, set by its administrators."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from credentials.data import Actor
from credentials.desk import TermsView
from credentials.domain import audit, decision
from credentials.errors import Invalid, Problem
from credentials.models import Program, Review, Submission

#: term -> smallest and largest value
BOUNDS = {
    "turnaround_days": (1, 90),
    "revision_days": (1, 365),
    "claim_hours": (1, 720),
    "reviews_required": (1, 2),
    "hold_minutes": (0, 10_080),
}


def view(program: Program) -> TermsView:
    """All terms as a value."""
    return TermsView(
        id=program.pk,
        uuid=program.uuid,
        name=program.name,
        legal_name=program.legal_name,
        contact_email=program.contact_email,
        turnaround_days=program.turnaround_days,
        revision_days=program.revision_days,
        reviews_required=program.reviews_required,
        claim_hours=program.claim_hours,
        time_zone=program.time_zone,
        website=program.website,
        hold_minutes=program.hold_minutes,
        holidays=tuple(program.holidays),
    )


def change(
    *,
    actor: Actor,
    figures: dict[str, int],
    holidays: str,
    time_zone: str,
    contact_email: str,
    now: datetime,
) -> Program:
    """The program's terms from now on; dates that were promised already stay as they are.

    `figures` holds every name of BOUNDS; `holidays` is ISO dates between spaces, commas or line
    breaks. The same terms again change nothing. Raises Invalid with every field that is wrong.
    """
    days, problems = read_holidays(holidays)
    problems += _figure_problems(figures) + _word_problems(time_zone, contact_email)
    if problems:
        raise Invalid("The terms were not changed.", tuple(problems))
    audit.line_up()
    program = Program.objects.select_for_update().get(pk=actor.program_id)
    new = {
        **figures,
        "holidays": days,
        "time_zone": time_zone,
        "contact_email": contact_email.strip(),
    }
    changed = sorted(name for name, value in new.items() if getattr(program, name) != value)
    if not changed:
        return program
    for name, value in new.items():
        setattr(program, name, value)
    program.save()
    _decide_what_is_ready(program, actor, now)
    audit.record(
        actor=actor,
        verb="program.terms-changed",
        subject_kind="program",
        subject=program.uuid,
        program=program.uuid,
        details={
            "changed": changed,
            **{name: figures[name] for name in changed if name in figures},
        },
        now=now,
    )
    return program


def read_holidays(text: str) -> tuple[list[str], list[Problem]]:
    """The dates in order, each once; a word that is no date is named."""
    days, problems = set(), []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        try:
            days.add(date.fromisoformat(word).isoformat())
        except ValueError:
            message = f"“{word}” is not a date. Write it as 2031-11-27."
            problems.append(Problem(field="holidays", code="invalid", message=message))
    return sorted(days), problems


def _figure_problems(figures: dict[str, int]) -> list[Problem]:
    return [
        Problem(field=name, code="out-of-range", message=f"Give a number from {low} to {high:,}.")
        for name, (low, high) in BOUNDS.items()
        if not low <= figures[name] <= high
    ]


def _word_problems(time_zone: str, contact_email: str) -> list[Problem]:
    problems = []
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = "Choose a time zone, such as America/Chicago."
        problems.append(Problem(field="time_zone", code="invalid", message=message))
    if contact_email.strip():
        try:
            validate_email(contact_email.strip())
        except ValidationError:
            message = "Give one e-mail address, such as office@program.example."
            problems.append(Problem(field="contact_email", code="invalid", message=message))
    return problems


def _decide_what_is_ready(program: Program, actor: Actor, now: datetime) -> None:
    # fewer reviews asked for may make the one that is complete enough
    for row in Submission.objects.filter(
        program=program,
        state=Submission.State.SUBMITTED,
        reviews__state=Review.State.COMPLETED,
        reviews__live=True,
    ).distinct():
        decision.decide_if_ready(submission=row, actor=actor, now=now)
