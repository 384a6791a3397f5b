"""Files on their way in, chunk by chunk, so that a broken connection costs one chunk.

The bytes grow in `<LC_UPLOAD_DIR>/<uuid>.part`; the row's `received` moves only after they are
safely on disk. A killed server therefore loses at most the chunk it had not yet acknowledged,
and what stands in the file behind `received` is written over. With several web machines the
folder must be one that all of them see.
"""

from __future__ import annotations

import os
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import transaction

from credentials import storage
from credentials.conf import conf
from credentials.data import UploadView
from credentials.domain import evidence, stored_file
from credentials.errors import Conflict
from credentials.files import FileFacts, Refused, apart
from credentials.files.inspection import refuse_size
from credentials.models import Evidence, Submission, Upload

CHUNK = 2 * 1024 * 1024  # bytes that we ask for at once
LARGEST_CHUNK = 8 * 1024 * 1024
MOST_AT_ONCE = 20  # unfinished uploads of one submission
KEPT = timedelta(days=3)  # an upload that nobody touched for so long is swept


class Readable(Protocol):
    """Anything that gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


def begin(*, submission: Submission, owner_id: int, name: str, size: int, now: datetime) -> Upload:
    """A place for a file of `size` bytes; caller's transaction.

    Raises Closed unless the submission is a draft, Invalid for an empty or too large file.
    """
    evidence.demand_room(submission)
    try:
        refuse_size(size, conf().max_file_bytes)
    except Refused as refused:
        raise evidence.invalid("file", refused.code, refused.message) from None
    if Upload.objects.filter(submission=submission, evidence=None).count() >= MOST_AT_ONCE:
        message = f"{MOST_AT_ONCE} files are on their way already. Wait for them, or cancel some."
        raise evidence.invalid("file", "too-many", message)
    return Upload.objects.create(
        submission=submission,
        owner_id=owner_id,
        name=clean_name(name),
        size=size,
        started_at=now,
        touched_at=now,
    )


def append(*, row: Upload, offset: int, chunk: bytes, now: datetime) -> Upload:
    """Write the chunk at `offset` and move `received` behind it; the row is locked by the caller.

    Raises Conflict with the right offset in `theirs` when `offset` is not where the file ends,
    which makes a repeated chunk harmless; Invalid for more bytes than were announced.
    """
    if (there := available(row)) != offset:
        row.received = there
        raise Conflict("Some bytes are there already, or are missing.", view(row))
    if offset + len(chunk) > row.size:
        raise evidence.invalid(
            "file", "too-many-bytes", "The file has grown since the upload began. Choose it again."
        )
    if chunk:
        _write(part(row), offset, chunk)
    row.received, row.touched_at = offset + len(chunk), now
    row.save(update_fields=["received", "touched_at"])
    return row


def available(row: Upload) -> int:
    """How many bytes can be relied on: acknowledged, and still on disk."""
    if row.evidence_id is not None:
        return row.size
    path = part(row)
    return min(row.received, path.stat().st_size if path.exists() else 0)


def take_in(*, row: Upload, artifact: str, now: datetime) -> tuple[Evidence, tuple[str, ...]]:
    """Turn the whole file into evidence; opens its own transactions; a second call gives the same.

    The bytes are inspected and copied first, then one transaction makes the rows. Raises
    files.Refused (the upload is gone then) and files.Busy (ask again).
    """
    if row.evidence is not None:
        return row.evidence, ()
    path = part(row)
    try:
        facts = apart.inspect(path)
        stored = stored_file.put(path, facts)
    except (Refused, FileNotFoundError):
        row.refresh_from_db()
        if row.evidence is not None:  # another request was faster and has tidied up
            return row.evidence, ()
        cancel(row=row)
        raise
    try:
        made = _record(row, stored, facts, artifact, now)
    except BaseException:
        storage.discard(stored)
        raise
    path.unlink(missing_ok=True)
    return made, facts.notes


def cancel(*, row: Upload) -> None:
    """Forget an unfinished upload and its bytes; a finished one stays."""
    if Upload.objects.filter(pk=row.pk, evidence=None).delete()[0]:
        part(row).unlink(missing_ok=True)


def sweep(*, now: datetime) -> int:
    """Forget unfinished uploads that nobody touched for KEPT, and parts without a row.

    Returns how many. Called by the worker and the doctor.
    """
    gone = 0
    for row in Upload.objects.filter(evidence=None, touched_at__lt=now - KEPT):
        cancel(row=row)
        gone += 1
    for path in _parts_before((now - KEPT).timestamp()):
        if not Upload.objects.filter(uuid=UUID(path.stem)).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def fill(*, row: Upload, stream: Readable, now: datetime) -> Upload:
    """Append everything that `stream` gives, in chunks; opens a transaction for each."""
    while chunk := stream.read(CHUNK):
        with transaction.atomic():
            append(row=row, offset=row.received, chunk=chunk, now=now)
    return row


def part(row: Upload) -> Path:
    """Where the bytes grow."""
    return conf().upload_dir / f"{row.uuid}.part"


def view(row: Upload, notes: tuple[str, ...] = ()) -> UploadView:
    """The row as a value."""
    return UploadView(
        uuid=row.uuid,
        submission=row.submission.uuid,
        name=row.name,
        size=row.size,
        offset=available(row),
        chunk=CHUNK,
        evidence=row.evidence.uuid if row.evidence else None,
        notes=notes,
    )


def clean_name(name: str) -> str:
    """A file name without folders, control and direction signs, at most 255 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())[:255] or "file"


def _record(row: Upload, stored: str, facts: FileFacts, artifact: str, now: datetime) -> Evidence:
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=row.submission_id)
        locked = Upload.objects.select_for_update().get(pk=row.pk)
        if locked.evidence is not None:  # another request was faster
            storage.discard(stored)
            return locked.evidence
        file = stored_file.record(
            stored=stored,
            path=part(row),
            name=row.name,
            facts=facts,
            submission=submission,
            now=now,
        )
        locked.evidence = evidence.add(
            submission=submission,
            kind=Evidence.Kind.FILE,
            artifact=artifact,
            file=file,
            now=now,
        )
        locked.save(update_fields=["evidence"])
        row.evidence = locked.evidence
    return locked.evidence


def _parts_before(moment: float) -> list[Path]:
    folder = conf().upload_dir
    found = folder.glob("????????-????-????-????-????????????.part") if folder.exists() else ()
    return [path for path in found if path.stat().st_mtime < moment]


def _write(path: Path, offset: int, chunk: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.seek(offset)
            file.write(chunk)
            file.flush()
        os.fsync(handle)
    finally:
        os.close(handle)
