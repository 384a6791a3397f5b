"""What the administrator's pages ask; the rules are in `domain`, the words are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from credentials.data import MemberView
from credentials.desk import TermsView
from credentials.errors import Invalid

ROLES = (
    ("learner", "Learner"),
    ("reviewer", "Reviewer"),
    ("administrator", "Administrator"),
    ("coach", "Coach"),
)
TIES = (
    ("instructor", "Taught or teaches the learner"),
    ("supervisor", "Supervises the learner"),
    ("same-school", "Works at the same school"),
    ("declared", "Knows the learner in another way"),
)


class InviteForm(forms.Form):
    """An address and a role."""

    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        help_text="A link goes there; it works for 14 days and once.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Role",
        choices=ROLES,
        help_text="Reviewers see evidence they have claimed; administrators see none.",
    )


class RoleForm(forms.Form):
    """One more role for a member."""

    role = forms.ChoiceField(label="One more role", choices=ROLES)


class TieForm(forms.Form):
    """Who is too close to whom."""

    reviewer = forms.TypedChoiceField(label="Reviewer", coerce=int)
    learner = forms.TypedChoiceField(label="Learner", coerce=int)
    kind = forms.ChoiceField(label="How they are tied", choices=TIES)

    def __init__(self, *args: Any, members: Sequence[MemberView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ("reviewer", "learner"):
            choices = [(m.user_id, m.name) for m in members if role in m.roles]
            self.fields[role].choices = choices  # type: ignore[attr-defined]  # a choice field


class AssignForm(forms.Form):
    """Who takes the case."""

    reviewer = forms.TypedChoiceField(
        label="Reviewer",
        coerce=int,
        help_text="Only reviewers who are not tied to the learner and have not scored this.",
    )

    def __init__(self, *args: Any, members: Sequence[MemberView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.user_id, m.name) for m in members]
        self.fields["reviewer"].choices = choices  # type: ignore[attr-defined]  # a choice field


class UnstickForm(forms.Form):
    """Why the case is freed, and by when it is due now."""

    reason = forms.CharField(
        label="Why it is freed",
        max_length=500,
        help_text="For the administrators of the program. Name no learner.",
    )
    days = forms.IntegerField(
        label="New due date, in days from today",
        min_value=0,
        max_value=90,
        initial=0,
        help_text="0 leaves the date as it is.",
    )


class CorrectForm(forms.Form):
    """The right outcome and why."""

    outcome = forms.ChoiceField(
        label="The right outcome", choices=(("passed", "Passed"), ("returned", "Returned"))
    )
    reason = forms.CharField(
        label="Why it is corrected",
        max_length=2000,
        help_text="The learner reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RevokeForm(forms.Form):
    """Why a badge is taken back."""

    reason = forms.CharField(
        label="Why the badge is revoked",
        max_length=2000,
        help_text="The learner reads this. The public sees only that it was revoked, and when.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TermsForm(forms.Form):
    """What the program promises and asks."""

    turnaround_days = forms.IntegerField(
        label="Decision within, in business days", help_text="Counted from the hand-in."
    )
    revision_days = forms.IntegerField(
        label="Time to revise, in days", help_text="Counted from the decision."
    )
    reviews_required = forms.TypedChoiceField(
        label="Reviews of each submission",
        coerce=int,
        choices=((1, "One reviewer"), (2, "Two, independent of each other")),
        help_text="With two, a third decides where they differ.",
    )
    claim_hours = forms.IntegerField(
        label="A claim lasts, in hours", help_text="Then the piece goes back to the queue."
    )
    hold_minutes = forms.IntegerField(
        label="Minutes between decision and signature",
        help_text="Until the badge is signed, a decision can be corrected.",
    )
    holidays = forms.CharField(
        label="Days on which nobody reviews",
        required=False,
        help_text="As 2031-11-27, one on each line.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    time_zone = forms.ChoiceField(
        label="Time zone", choices=[(name, name) for name in sorted(available_timezones())]
    )
    contact_email = forms.CharField(
        label="Address for questions", required=False, max_length=254, widget=forms.EmailInput()
    )

    FIGURES = (
        "turnaround_days",
        "revision_days",
        "reviews_required",
        "claim_hours",
        "hold_minutes",
    )

    @classmethod
    def of(cls, terms: TermsView) -> TermsForm:
        """The form with the terms as they are."""
        names = [*cls.FIGURES, "time_zone", "contact_email"]
        initial = {name: getattr(terms, name) for name in names}
        return cls(initial={**initial, "holidays": "\n".join(terms.holidays)})


class PlanForm(forms.Form):
    """The figures of a cohort."""

    cohort = forms.IntegerField(label="Learners in the cohort", initial=25)
    modules = forms.IntegerField(label="Modules each", initial=21)
    attempts = forms.FloatField(
        label="Attempts at a module, on average", initial=1.4, widget=forms.NumberInput()
    )
    reviews = forms.IntegerField(label="Reviews of each attempt", initial=2)
    minutes = forms.IntegerField(label="Minutes for a review", initial=50)
    reviewers = forms.IntegerField(label="Reviewers", initial=14)
    hours = forms.IntegerField(label="Hours that each reviewer has", initial=60)


def tell_faults(form: forms.Form, error: Invalid) -> None:
    """Put what the house refused at the fields of the form; the rest on top of it."""
    for problem in error.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    if not error.problems:
        form.add_error(None, error.message)
