"""Making an account without an invitation: for the operator's commands only."""

from __future__ import annotations

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction

from lti_tool.models import User


@transaction.atomic
def make_account(*, email: str, name: str, password: str | None) -> User:
    """The account with that verified address, made if there is none; an existing one is kept.

    Without a password the person chooses one by “Forgot your password?”.
    """
    email = email.strip().lower()
    address = EmailAddress.objects.select_related("user").filter(email=email, verified=True).first()
    if address is not None:
        return address.user  # type: ignore[no-any-return]  # allauth has no types
    user = User(username=uuid4().hex, email=email, display_name=name)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
