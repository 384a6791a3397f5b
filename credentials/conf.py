"""Settings of the house, read once, in one place, into a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, kw_only=True)
class Conf:
    """What an installation decides.

    base_url: scheme and host under which this installation is reached, no trailing slash; new
    issuers are made under it and keep it for ever (decision record 0001).
    evidence_storage: alias in settings.STORAGES of the private storage for evidence.
    evidence_origin: scheme and host that serve evidence and nothing else; empty: our own.
    lease_seconds: after this long, work in the hands of a worker is taken for abandoned.
    fetch_allow: exact host:port pairs exempt from the fetch policy (practice and tests only).
    verify_per_minute: so many badges one address may have verified in a minute.
    trusted_proxies: how many proxies in front of us are ours; 0: the connection tells the address.
    """

    base_url: str
    master_key: str
    evidence_storage: str
    max_file_bytes: int
    upload_dir: Path
    fetch_allow: frozenset[str]
    practice: bool
    evidence_origin: str
    lease_seconds: float
    verify_per_minute: int
    trusted_proxies: int


@cache
def conf() -> Conf:
    """The settings of this process; raises ImproperlyConfigured saying what to write."""
    base_url = str(_required("LC_BASE_URL", "https://badges.example.edu"))
    if base_url.endswith("/"):
        raise ImproperlyConfigured(
            f"LC_BASE_URL is {base_url!r}: write it without the slash at the end."
        )
    return Conf(
        base_url=base_url,
        master_key=str(_required("LC_MASTER_KEY", "the output of `lc key new`")),
        evidence_storage=getattr(settings, "LC_EVIDENCE_STORAGE", "lc_evidence"),
        max_file_bytes=int(getattr(settings, "LC_MAX_FILE_BYTES", 100 * 1024 * 1024)),
        upload_dir=Path(_required("LC_UPLOAD_DIR", "a private folder for unfinished uploads")),
        fetch_allow=frozenset(getattr(settings, "LC_FETCH_ALLOW", ())),
        practice=bool(getattr(settings, "LC_PRACTICE", False)),
        evidence_origin=str(getattr(settings, "LC_EVIDENCE_ORIGIN", "")).rstrip("/"),
        lease_seconds=float(getattr(settings, "LC_LEASE_SECONDS", 120)),
        verify_per_minute=int(getattr(settings, "LC_VERIFY_PER_MINUTE", 60)),
        trusted_proxies=int(getattr(settings, "LC_TRUSTED_PROXIES", 0)),
    )


def _required(name: str, example: str) -> str | Path:
    value = getattr(settings, name, None)
    if not value:
        raise ImproperlyConfigured(f"Set {name} (for example: {example}).")
    return value  # type: ignore[no-any-return]  # settings are untyped until here
