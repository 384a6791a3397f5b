"""The forms of the accounts that differ from django-allauth's: names, words, who may sign up."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context
from django import forms
from django.db import transaction

from credentials import api
from credentials.views.shell import SiteLinks
from lti_tool.accounts import INVITATION
from lti_tool.models import User

NAME_HELP = "As your program knows you. Reviewers do not see it."


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""


class InvitedSignupForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    """A new account for the address that was invited; making it accepts the invitation.

    The address cannot be changed: having the link shows that its mail was read, and only this
    address counts as verified by it. If it has an account already, that one gets a mail.
    """

    display_name = forms.CharField(label="Your name", max_length=150, help_text=NAME_HELP)
    field_order = ("email", "display_name", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invitation = api.open_invitation(token=context.request.session.get(INVITATION, ""))
        self.fields["email"].initial = invitation.email.lower() if invitation else ""
        self.fields["email"].label = "Your address"
        # a disabled field takes its value from here, whatever is sent
        self.fields["email"].disabled = True
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
        self.fields["password1"].help_text = "At least 10 characters; a few words make a good one."
        self.fields["password2"].label = "The password once more"

    def save(self, request: Any) -> User:
        """The user, their verified address and their membership, in one transaction."""
        with transaction.atomic():
            user: User = super().save(request)
            user.display_name = self.cleaned_data["display_name"]
            user.save(update_fields=["display_name"])
            api.accept_invitation(
                user=user, token=request.session.pop(INVITATION), links=SiteLinks()
            )
        return user


class NameForm(forms.ModelForm):  # type: ignore[type-arg]  # the stubs' parameter is no runtime API
    """What a person is called here."""

    class Meta:
        model = User
        fields = ("display_name",)
        labels = {"display_name": "Your name"}
        help_texts = {"display_name": NAME_HELP}
