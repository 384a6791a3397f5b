"""Everything an installation holds, in one file, and back into an empty one on any database.

A backup is a tar with `manifest.json`, `rows.jsonl` (every row of our apps and of the people),
`evidence/<storage name>` and the master key that seals the signing keys. Whoever has the file
has the installation: it is written readable by its owner only.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction

from credentials import signals, vault
from credentials.conf import conf
from credentials.errors import Invalid
from credentials.models import IssuerKey, Program, StoredFile, Upload

FORMAT = 1
#: Whose rows are kept, where they are installed: the people's, the house's, the doors'.
_APPS = ("account", "mfa", "lc_credentials", "lc_lti", "lc_xblock")
_CHUNK = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Contents:
    """How much was written or read."""

    rows: int
    files: int


def backup(path: Path) -> Contents:
    """Write the archive of one moment, while people go on working; readable by its owner only.

    It is written beside `path` and takes its name when it is whole. Raises Invalid when the file
    exists or a stored file cannot be read.
    """
    if path.exists():
        raise Invalid(f"{path} exists already; a backup never replaces a file.")
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        with os.fdopen(handle, "w+b") as out, tarfile.open(fileobj=out, mode="w") as tar:
            contents = _write(tar)
        os.rename(unfinished, path)
    except OSError as fault:
        raise Invalid(f"The backup was not written: {fault}.") from fault
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def _write(tar: tarfile.TarFile) -> Contents:
    with _one_moment(), tempfile.TemporaryFile() as rows:
        count = _write_rows(rows)
        names = list(StoredFile.objects.values_list("storage_name", "digest", "size"))
        _add(tar, "rows.jsonl", rows)
        for name, _, _ in names:
            with _storage().open(name) as file:
                _add(tar, f"evidence/{name}", file)
    manifest = {
        "format": FORMAT,
        "base_url": conf().base_url,
        "rows": count,
        "files": {name: {"sha256": digest, "size": size} for name, digest, size in names},
    }
    _add(tar, "master_key", io.BytesIO(conf().master_key.encode()))
    _add(tar, "manifest.json", io.BytesIO(json.dumps(manifest, indent=1).encode()))
    return Contents(rows=count, files=len(names))


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which every table is read as it was at one moment."""
    level = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    outermost = not connection.in_atomic_block
    if outermost and connection.vendor == "mysql":  # for the transaction that begins next
        _execute(level)
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":  # the first word of this one
            _execute(level)
        yield


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def restore(path: Path) -> Contents:
    """Read an archive into an empty, migrated installation; all of it or nothing.

    Signing keys are sealed anew under this installation's master key. Raises Invalid, saying
    why, for a file that is not a whole backup and for an installation that is not empty.
    """
    if Program.objects.exists() or get_user_model()._default_manager.exists():
        raise Invalid("This installation is not empty: a backup is restored into an empty one.")
    try:
        with tarfile.open(path) as tar:
            manifest = json.load(_member(tar, "manifest.json"))
            if manifest.get("format") != FORMAT:
                raise Invalid(f"This backup has format {manifest.get('format')!r}; read is 1.")
            old_key = _member(tar, "master_key").read().decode()
            for name, facts in manifest["files"].items():
                _restore_file(tar, name, facts["sha256"])
            with transaction.atomic():
                count = _read_rows(_member(tar, "rows.jsonl"))
                if count != manifest["rows"]:
                    raise Invalid(f"{count} of {manifest['rows']} rows were found: not restored.")
                _reseal(old_key)
    except (tarfile.TarError, json.JSONDecodeError, KeyError, OSError, IntegrityError) as fault:
        raise Invalid(f"{path} is not a whole backup ({type(fault).__name__}).") from None
    return Contents(rows=count, files=len(manifest["files"]))


class WholeMoments(DjangoJSONEncoder):
    """Keeps microseconds, which Django's encoder cuts: the audit chain covers them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _models() -> list[type[models.Model]]:
    kept: list[type[models.Model]] = [get_user_model()]
    for label in _APPS:
        if _has(label):
            kept += [m for m in apps.get_app_config(label).get_models() if m not in kept]
    return [m for m in kept if m is not Upload]  # its bytes are not in the backup


def _has(label: str) -> bool:
    return any(app.label == label for app in apps.get_app_configs())


def _write_rows(out: IO[bytes]) -> int:
    count = 0
    for model in _models():
        rows = model._default_manager.order_by("pk").iterator(chunk_size=500)
        for row in rows:
            out.write(serializers.serialize("jsonl", [row], cls=WholeMoments).encode())
            count += 1
    return count


def _read_rows(file: IO[bytes]) -> int:
    count = 0
    with connection.constraint_checks_disabled():
        for line in io.TextIOWrapper(file, encoding="utf-8"):
            for item in serializers.deserialize("jsonl", line):
                item.save()
                count += 1
    connection.check_constraints()
    statements = connection.ops.sequence_reset_sql(no_style(), _models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return count


def _restore_file(tar: tarfile.TarFile, name: str, digest: str) -> None:
    storage = _storage()
    with tempfile.TemporaryFile() as copy:
        seen = hashlib.sha256()
        for chunk in _chunks(_member(tar, f"evidence/{name}")):
            seen.update(chunk)
            copy.write(chunk)
        if seen.hexdigest() != digest:
            raise Invalid(f"A file in the backup is damaged: {name}.")
        copy.seek(0)
        if storage.exists(name):  # a restore that was broken off before
            storage.delete(name)
        stored = storage.save(name, File(copy))
    if stored != name:
        raise Invalid(f"The evidence storage could not keep a file under its name: {name}.")


def _reseal(old_key: str) -> None:
    for row in IssuerKey.objects.filter(variable=""):
        secret = vault.unseal(
            bytes(row.sealed_private), purpose=row.public_multibase, master_key=old_key
        )
        row.sealed_private = vault.seal(secret, purpose=row.public_multibase)
        row.save(update_fields=["sealed_private"])
    signals.master_key_changed.send(None, old_key=old_key)


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _add(tar: tarfile.TarFile, name: str, file: IO[Any] | File[Any]) -> None:
    file.seek(0, os.SEEK_END)
    info = tarfile.TarInfo(name)
    info.size, info.mode = file.tell(), 0o600
    file.seek(0)
    tar.addfile(info, cast(IO[bytes], file))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _storage() -> Storage:
    return storages[conf().evidence_storage]
