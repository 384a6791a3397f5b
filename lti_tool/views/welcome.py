"""From an invitation's page to a new account: remembers the invitation for the sign-up."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_safe

from credentials import api
from credentials.views.shell import SiteLinks
from lti_tool.accounts import INVITATION


@require_safe
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """On to the sign-up form, or to the sign-in where the invited address has an account.

    Saying so gives nothing away: whoever has the link can read that address's mail.
    """
    page = SiteLinks().to("invitation", token=token)
    invitation = api.open_invitation(token=token)
    if invitation is None or request.user.is_authenticated:
        return redirect(page)
    if EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).exists():
        messages.info(request, "There is an account for this address: sign in, then accept.")
        return redirect(f"{resolve_url('account_login')}?{urlencode({'next': page})}")
    request.session[INVITATION] = token
    get_adapter(request).stash_verified_email(request, invitation.email)
    return redirect("account_signup")
