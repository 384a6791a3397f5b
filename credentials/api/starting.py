"""What must hold before a process answers its first request."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from credentials.conf import conf
from credentials.domain import program


def demand_sound_start() -> None:
    """Raises ImproperlyConfigured when LC_BASE_URL is not the one the issuers were made under.

    A database that cannot be asked yet does not stop the process: /healthz tells.
    """
    try:
        faults = program.base_url_faults(conf().base_url)
    except DatabaseError:
        return
    if faults:
        raise ImproperlyConfigured(" ".join(faults))
