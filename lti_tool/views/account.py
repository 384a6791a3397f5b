"""My account: what the site knows about the person who is signed in, and where to change it."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from credentials import api
from lti_tool.forms import NameForm


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, password, second step, programs."""
    return _page(request, NameForm(instance=request.user))


@require_POST
@login_required
def rename(request: HttpRequest) -> HttpResponse:
    """Change what one is called."""
    form = NameForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    messages.success(request, "Your name is saved.")
    return redirect("account_home")


def _page(request: HttpRequest, form: NameForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "second_step": get_adapter().is_mfa_enabled(request.user),
        "programs": api.programs_of(user=request.user),
    }
    return render(request, "lti_tool/account.html", context, status=status)
