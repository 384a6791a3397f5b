"""Who may do what: members, invitations and ties, for administrators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from credentials import api
from credentials.data import Actor
from credentials.errors import Closed, Invalid
from credentials.views import belonging, notices
from credentials.views.desk_forms import InviteForm, RoleForm, TieForm, tell_faults
from credentials.views.shell import actor_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Members with their roles, open invitations, ties."""
    return _page(request, actor_of(request))


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Mail a link to an address."""
    actor, form = actor_of(request), InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, invite_form=form, status=422)
    try:
        made = api.invite(actor, **form.cleaned_data)
    except Invalid as error:
        tell_faults(form, error)
        return _page(request, actor, invite_form=form, status=422)
    messages.success(request, f"Invited {made.email}. The mail is on its way.")
    return _back(actor)


@require_POST
def invitation_again(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Mail the same link once more."""
    actor = actor_of(request)
    api.send_invitation_again(actor, invitation=invitation)
    messages.success(request, "The mail is on its way again; its link works for 14 days.")
    return _back(actor)


@require_POST
def invitation_withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Its link opens nothing from now on."""
    actor = actor_of(request)
    api.withdraw_invitation(actor, invitation=invitation)
    messages.success(request, "Withdrawn: the link opens nothing any more.")
    return _back(actor)


@require_POST
def member_change(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say what qualifies a reviewer, or give one more role; whichever the form sent."""
    actor = actor_of(request)
    try:
        if "qualification" in request.POST:
            api.set_qualification(
                actor, user_id=user_id, qualification=request.POST["qualification"]
            )
        if "role" in request.POST:
            api.give_role(actor, user_id=user_id, role=request.POST["role"])
    except Invalid as error:
        messages.error(request, " ".join([error.message, *(p.message for p in error.problems)]))
        return _back(actor)
    messages.success(request, "Saved.")
    return _back(actor)


@require_POST
def member_end(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person loses a role at once."""
    actor = actor_of(request)
    try:
        api.end_membership(actor, user_id=user_id, role=request.POST.get("role", ""))
    except Closed as error:
        messages.error(request, error.message)
        return _back(actor)
    messages.success(request, "Ended. Claims of this reviewer, if any, are back in the queue.")
    return redirect(actor.links.to("home")) if user_id == actor.user_id else _back(actor)


@require_POST
def tie_add(request: HttpRequest) -> HttpResponse:
    """Keep a reviewer away from a learner's work."""
    actor = actor_of(request)
    form = TieForm(request.POST, members=api.members(actor))
    if not form.is_valid():
        return _page(request, actor, tie_form=form, status=422)
    chosen = form.cleaned_data
    try:
        api.set_tie(
            actor,
            reviewer_id=chosen["reviewer"],
            learner_id=chosen["learner"],
            kind=chosen["kind"],
        )
    except Invalid as error:
        tell_faults(form, error)
        return _page(request, actor, tie_form=form, status=422)
    messages.success(request, "Kept apart from now on.")
    return _back(actor)


@require_POST
def tie_end(request: HttpRequest, tie: int) -> HttpResponse:
    """That tie no longer stands."""
    actor = actor_of(request)
    api.end_tie(actor, tie=tie)
    messages.success(request, "The tie has ended.")
    return _back(actor)


def _page(
    request: HttpRequest,
    actor: Actor,
    *,
    invite_form: InviteForm | None = None,
    tie_form: TieForm | None = None,
    status: int = 200,
) -> HttpResponse:
    members = api.members(actor)
    context = {
        "members": members,
        "invitations": api.invitations(actor),
        "ties": api.ties(actor),
        "invite_form": invite_form or InviteForm(),
        "tie_form": tie_form or TieForm(members=members),
        "role_form": RoleForm(),
    }
    return render(request, "lc_credentials/people/people.html", context, status=status)


def _back(actor: Actor) -> HttpResponse:
    return redirect(actor.links.to("people"))


urlpatterns = [
    path("lc/program/people", people, name="people"),
    path("lc/program/people/invite", invite, name="invite"),
    path(
        "lc/program/invitations/<uuid:invitation>/again", invitation_again, name="invitation-again"
    ),
    path(
        "lc/program/invitations/<uuid:invitation>/withdraw",
        invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("lc/program/people/<int:user_id>", member_change, name="member-change"),
    path("lc/program/people/<int:user_id>/end", member_end, name="member-end"),
    path("lc/program/ties", tie_add, name="tie-add"),
    path("lc/program/ties/<int:tie>/end", tie_end, name="tie-end"),
    *belonging.urlpatterns,
    *notices.urlpatterns,
]
