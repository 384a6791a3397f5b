"""The program desk: who is stuck, what needs me, and the means to help. No evidence is here."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credentials import api
from credentials.data import Actor
from credentials.errors import Closed, Invalid, NotAllowed
from credentials.views.desk_forms import (
    AssignForm,
    CorrectForm,
    PlanForm,
    RevokeForm,
    TermsForm,
    UnstickForm,
    tell_faults,
)
from credentials.views.shell import actor_of

FILTER_WORDS = {
    "attention": "Needs you",
    "overdue": "Overdue",
    "waiting": "Nobody has it",
    "in-review": "In review",
    "signing": "Being signed",
    "returned": "Returned",
    "draft": "Drafts",
    "passed": "Passed",
    "all": "All",
}
NEXT_PAGE = 50  # cases or log entries on a page: what the api gives at once


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Cases by what they need, and work that keeps failing."""
    actor = actor_of(request)
    chosen = request.GET.get("show", "attention")
    chosen = chosen if chosen in FILTER_WORDS else "attention"
    page = _number(request.GET.get("page", "1"), otherwise=1)
    counts = api.case_counts(actor)
    context = {
        "filters": [(name, FILTER_WORDS[name], counts[name]) for name in api.FILTERS],
        "chosen": chosen,
        "chosen_word": FILTER_WORDS[chosen],
        "cases": api.cases(actor, filter=chosen, page=page),
        "page": page,
        "pages": max(1, -(-counts[chosen] // NEXT_PAGE)),
        "troubles": api.troubles(actor),
    }
    return render(request, "lc_credentials/program/desk.html", context)


@require_safe
def case(request: HttpRequest, submission: UUID) -> HttpResponse:
    """One case: where it is, who has it, what was decided, what I can do."""
    return _case(request, actor_of(request), submission)


@require_POST
def assign(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Give the case to a reviewer."""
    actor = actor_of(request)
    candidates = api.case_detail(actor, submission=submission).candidates
    form = AssignForm(request.POST, members=candidates)

    def act() -> None:
        api.assign_reviewer(actor, submission=submission, reviewer_id=form.cleaned_data["reviewer"])

    return _do(request, actor, submission, "assign_form", form, act, "Assigned. They are told.")


@require_POST
def unstick(request: HttpRequest, submission: UUID) -> HttpResponse:
    """End open claims, move the due date."""
    actor, form = actor_of(request), UnstickForm(request.POST)

    def act() -> None:
        api.unstick(actor, submission=submission, **form.cleaned_data)

    return _do(request, actor, submission, "unstick_form", form, act, "The case is free again.")


@require_POST
def correct(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Put a decision right before its badge is signed."""
    actor, form = actor_of(request), CorrectForm(request.POST)

    def act() -> None:
        api.correct_decision(actor, submission=submission, **form.cleaned_data)

    done = "The decision is corrected. The learner is told."
    return _do(request, actor, submission, "correct_form", form, act, done)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, award: UUID) -> HttpResponse:
    """Take a badge back for good, after asking once more."""
    actor = actor_of(request)
    context: dict[str, object] = {"award": api.award_case(actor, award=award)}
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submission = api.revoke_award(actor, award=award, **form.cleaned_data)
        except Invalid as error:
            tell_faults(form, error)
        else:
            messages.success(request, "Revoked. Whoever checks the badge now is told so.")
            return redirect(actor.links.to("program-case", submission=submission))
    context["form"] = form
    status = 422 if form.errors else 200
    return render(request, "lc_credentials/program/revoke.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """What the program promises and asks."""
    actor = actor_of(request)
    form = TermsForm.of(api.terms(actor))
    if request.method == "POST":
        form = TermsForm(request.POST)
        if form.is_valid() and _set_terms(actor, form):
            messages.success(request, "The terms are saved. Dates already promised stay.")
            return redirect(actor.links.to("program-terms"))
    status = 422 if form.errors else 200
    return render(request, "lc_credentials/program/terms.html", {"form": form}, status=status)


@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """How many hours of reviewing a cohort asks for, and whether we have them."""
    actor = actor_of(request)
    start = {"reviews": api.terms(actor).reviews_required}
    form = PlanForm(request.GET) if request.GET else PlanForm(initial=start)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            load = api.workload(actor, plan=api.Plan(**form.cleaned_data))
            context["more_reviewers"] = load.more_reviewers
            context["total"] = _hours(load.total)
            context["per_reviewer"] = _hours(load.per_reviewer)
            context["shortfall"] = _hours(load.shortfall)
        except Invalid as error:
            tell_faults(form, error)
    status = 422 if form.errors else 200
    return render(request, "lc_credentials/program/hours.html", context, status=status)


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    actor = actor_of(request)
    before = _number(request.GET.get("before", ""), otherwise=0)
    entries = api.audit_log(actor, before=before or None)
    older = entries[-1].sequence if len(entries) == NEXT_PAGE else None
    context = {"entries": entries, "older": older, "paged": bool(before)}
    return render(request, "lc_credentials/program/audit.html", context)


def _do(
    request: HttpRequest,
    actor: Actor,
    submission: UUID,
    name: str,
    form: forms.Form,
    act: Callable[[], None],
    done: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except Invalid as error:
            tell_faults(form, error)
        except (Closed, NotAllowed) as error:
            if not actor.has("administrator"):
                raise
            form.add_error(None, error.message)
        else:
            messages.success(request, done)
            return redirect(actor.links.to("program-case", submission=submission))
    return _case(request, actor, submission, {name: form}, status=422)


def _case(
    request: HttpRequest,
    actor: Actor,
    submission: UUID,
    bound: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    detail = api.case_detail(actor, submission=submission)
    context = {
        "detail": detail,
        "case": detail.case,
        "assign_form": AssignForm(members=detail.candidates),
        "unstick_form": UnstickForm(),
        "correct_form": CorrectForm(),
        **(bound or {}),
    }
    return render(request, "lc_credentials/program/case.html", context, status=status)


def _set_terms(actor: Actor, form: TermsForm) -> bool:
    given = form.cleaned_data
    try:
        api.set_terms(
            actor,
            figures={name: given[name] for name in form.FIGURES},
            holidays=given["holidays"],
            time_zone=given["time_zone"],
            contact_email=given["contact_email"],
        )
    except Invalid as error:
        tell_faults(form, error)
        return False
    return True


def _hours(figure: float) -> str:
    return f"{figure:,.1f}".removesuffix(".0")


def _number(text: str, *, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


urlpatterns = [
    path("lc/program", desk, name="program-desk"),
    path("lc/program/submissions/<uuid:submission>", case, name="program-case"),
    path("lc/program/submissions/<uuid:submission>/assign", assign, name="case-assign"),
    path("lc/program/submissions/<uuid:submission>/unstick", unstick, name="case-unstick"),
    path("lc/program/submissions/<uuid:submission>/correct", correct, name="case-correct"),
    path("lc/program/awards/<uuid:award>/revoke", revoke, name="award-revoke"),
    path("lc/program/terms", terms, name="program-terms"),
    path("lc/program/hours", hours, name="program-hours"),
    path("lc/program/audit", audit, name="program-audit"),
]
