"""Sign-in as this site wants it: by invitation only, one base URL in mails, secrets sealed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from credentials import api
from lti_tool.models import User
from lti_tool.qr import qr_svg

#: Where the session keeps the token of the invitation that a sign-up will accept.
INVITATION = "lc_invitation"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What django-allauth asks its host to decide."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This address and this password do not belong together.",
        "enter_current_password": "This is not your password.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "same_as_current": "This is your address already.",
        "duplicate_email": "This is your address already.",
        "rate_limited": "Too many requests. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only for somebody who came by an invitation that still stands."""
        token = str(request.session.get(INVITATION, ""))
        return api.open_invitation(token=token) is not None

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """An opaque name: nobody signs in with it, and it must not carry the e-mail address."""
        user.username = user.username or uuid4().hex

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is; the sender's name says who writes."""
        return str(subject)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return str(settings.LC_ACCOUNT_URL)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the configured address: a forged Host header must not get into a mail."""
        return under_base_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """As for the reset link."""
        return under_base_url(super().get_email_confirmation_url(request, emailconfirmation))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second step: its secrets are sealed at rest, its picture needs no inline style."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right, or it has been used. Wait for the next one.",
        "add_email_blocked": "Switch the second step off before you change your address.",
    }

    def encrypt(self, text: str) -> str:
        """Sealed under a key made from LC_MASTER_KEY, so that a copied database opens nothing."""
        return _box(settings.LC_MASTER_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; raises InvalidToken under another master key."""
        return _box(settings.LC_MASTER_KEY).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The code as an SVG element that stands in the page itself."""
        return qr_svg(url)


def under_base_url(address: str) -> str:
    """The same path and query under LC_BASE_URL."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.LC_BASE_URL}{parts.path}{query}"


def reseal(old_key: str, **_: object) -> None:
    """Receiver of `master_key_changed`: second steps keep working after a restore elsewhere."""
    new, old = _box(settings.LC_MASTER_KEY), _box(old_key)
    for row in Authenticator.objects.all():
        for name in ("secret", "seed"):  # of an app, of recovery codes
            if name in row.data:
                row.data[name] = new.encrypt(old.decrypt(row.data[name].encode())).decode()
        row.save(update_fields=["data"])


def _box(master_key: str) -> Fernet:
    # a key of its own: what signs badges is never used for anything else
    key = hmac.digest(master_key.encode(), b"lc second step", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))
