"""The checks behind `lc doctor` and /healthz: each says what it found and how to mend it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from course_content.loading import check as content_faults
from credentials.conf import conf
from credentials.domain import audit, issuer_key, program, work
from credentials.models import Badge, Issuer, IssuerKey, WorkItem

LATE = timedelta(minutes=2)  # work that waits longer than this has no worker


@dataclass(frozen=True, kw_only=True)
class Check:
    """One answer; `says` tells what to do when it is not ok."""

    name: str
    ok: bool
    says: str


def examine() -> list[Check]:
    """Every check in an order in which the first wrong one is most likely the cause."""
    found = [_database()]
    if not found[0].ok:
        return found
    found.append(_migrations())
    if found[-1].ok:
        found += [check() for check in _CHECKS]
    return found


def alive() -> list[Check]:
    """The few checks that are cheap enough for every probe of a load balancer."""
    found = [_database()]
    if found[0].ok:
        found.append(_migrations())
    if all(check.ok for check in found):
        found += [_addresses(), _keys(), _worker(), _storage()]
    return found


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        return _wrong("database", f"cannot be reached ({type(fault).__name__}): see DATABASE_URL")
    return _fine("database", connection.vendor)


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return _wrong("schema", f"{len(waiting)} migrations are waiting: run `lc migrate`")
    return _fine("schema", "every migration is applied")


def _addresses() -> Check:
    faults = program.base_url_faults(conf().base_url)
    return _wrong("addresses", " ".join(faults)) if faults else _fine("addresses", conf().base_url)


def _keys() -> Check:
    try:
        for row in IssuerKey.objects.filter(active=True):
            issuer_key.open_any(row)
    except ImproperlyConfigured as fault:
        return _wrong("signing keys", str(fault))
    keyless = Issuer.objects.exclude(keys__active=True).count()
    if keyless:
        return _wrong("signing keys", f"{keyless} issuers have none: `lc key rotate PROGRAM`")
    return _fine("signing keys", f"{Issuer.objects.count()} issuers can sign")


def _key_files() -> Check:
    folder = Path(settings.KEY_DIR) if hasattr(settings, "KEY_DIR") else None
    files = list(folder.iterdir()) if folder and folder.is_dir() else []
    loose = [f.name for f in files if stat.S_IMODE(f.stat().st_mode) & 0o077]
    if loose:
        return _wrong("key files", f"others can read {', '.join(loose)}: chmod 600")
    return _fine("key files", "only their owner can read them" if files else "none on disk")


def _worker() -> Check:
    now = timezone.now()
    late = WorkItem.objects.filter(
        done_at=None, cancelled_at=None, not_before__lt=now - LATE, last_error=""
    ).exclude(leased_until__gt=now)
    if late.exists():
        return _wrong("worker", f"{late.count()} items wait: is `lc work` running?")
    return _fine("worker", "nothing waits")


def _troubles() -> Check:
    items = work.troubles()
    if items:
        first = items[0]
        says = f"{len(items)} items fail and are retried; the first is {first.kind} {first.key}: "
        return _wrong("work", says + first.last_error)
    return _fine("work", "nothing fails")


def _unsigned() -> Check:
    late = Badge.objects.filter(
        signed_at=None, award__active=True, created_at__lt=timezone.now() - timedelta(days=1)
    ).count()
    if late:
        return _wrong("badges", f"{late} awarded more than a day ago are not signed: see `work`")
    return _fine("badges", f"{Badge.objects.exclude(signed_at=None).count()} signed")


def _storage() -> Check:
    storage = storages[conf().evidence_storage]
    try:
        name = storage.save(f"doctor/{uuid4().hex}", ContentFile(b"lc"))
        storage.delete(name)
    except Exception as fault:  # a storage back end raises whatever its service does
        return _wrong("evidence storage", f"cannot be written ({type(fault).__name__})")
    return _fine("evidence storage", "can be written")


def _audit() -> Check:
    fault = next(audit.faults(), None)
    return _wrong("audit log", fault) if fault else _fine("audit log", "whole")


def _content() -> Check:
    faults = content_faults()
    if faults:
        return _wrong("content", f"{len(faults)} faults: run `python -m course_content`")
    return _fine("content", "complete")


_CHECKS: tuple[Callable[[], Check], ...] = (
    _addresses,
    _keys,
    _key_files,
    _storage,
    _worker,
    _troubles,
    _unsigned,
    _audit,
    _content,
)


def _fine(name: str, says: str) -> Check:
    return Check(name=name, ok=True, says=says)


def _wrong(name: str, says: str) -> Check:
    return Check(name=name, ok=False, says=says)
