"""Secrets of the door at rest: each purpose has a key of its own, made from LC_MASTER_KEY."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def box(purpose: str, master_key: str | None = None) -> Fernet:
    """Seals and opens for that purpose; `master_key` stands in for this installation's own.

    What it opens raises InvalidToken where another purpose or master key sealed it.
    """
    given = settings.LC_MASTER_KEY if master_key is None else master_key
    key = hmac.digest(given.encode(), f"lc lti {purpose}".encode(), hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))
