"""Stored files: who may open one, what was found in it, and when its bytes go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from credentials import storage
from credentials.data import Actor
from credentials.errors import Closed, NotFound
from credentials.files import Busy, FileFacts, Refused, Shown, apart, file_type
from credentials.models import Evidence, Review, StoredFile, Submission

_TEXTS, _PREVIEW = "texts.json", "preview"


def put(path: Path, facts: FileFacts) -> str:
    """Copy the bytes and what was made from them into the storage; answers the name there.

    No row is made: whoever calls this discards the name again if the transaction fails.
    """
    name = storage.put(path)
    _keep(name, facts)
    return name


def record(
    *, stored: str, path: Path, name: str, facts: FileFacts, submission: Submission, now: datetime
) -> StoredFile:
    """The row of a file that `put` has stored; caller's transaction."""
    return StoredFile.objects.create(
        program_id=submission.program_id,
        owner_id=submission.learner_id,
        storage_name=stored,
        name=name,
        media_type=facts.media_type,
        size=path.stat().st_size,
        digest=digest(path),
        pages=facts.pages,
        seconds=facts.seconds,
        stored_at=now,
    )


def digest(path: Path) -> str:
    """SHA-256 of the file (hex), read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def opened(*, actor: Actor, file: UUID, now: datetime) -> tuple[StoredFile, int | None]:
    """THE predicate: the file if this person may read it, else NotFound.

    Its owner may, and a reviewer with a live review (claimed and in time, or completed) of a
    submission that holds it, unless that was withdrawn. Nobody else: administrators see no
    evidence. The number is None for the owner; for a reviewer the evidence's number, which is all
    they get instead of a name. Raises Closed for a file in which a scanner found something.
    """
    row = StoredFile.objects.filter(uuid=file, program_id=actor.program_id).first()
    if row is None:
        raise _not_there()
    number = None
    if row.owner_id != actor.user_id:
        number = _number_for_reviewer(actor, row, now)
    if row.scan == StoredFile.Scan.INFECTED:
        raise Closed("A scanner found something harmful in this file; it cannot be opened.")
    return row, number


def neutral_name(row: StoredFile, number: int) -> str:
    """What a reviewer's copy is called ("evidence-2.docx"): it tells nothing about the learner."""
    return f"evidence-{number}.{file_type(row.media_type).extension}"


def texts(row: StoredFile) -> tuple[str, ...]:
    """The text of each page of a PDF; empty for other kinds, and where it cannot be read now."""
    try:
        found = _made(row, _TEXTS, Shown.PAGES)
    except (Busy, Refused):
        return ()
    return tuple(json.loads(found)) if found else ()


def preview(row: StoredFile) -> tuple[bytes, str]:
    """The copy of a picture without metadata, and its media type; raises NotFound, files.Busy."""
    try:
        found = _made(row, _PREVIEW, Shown.PICTURE)
    except Refused:
        found = None
    if found is None:
        raise _not_there()
    return found, "image/png" if found.startswith(b"\x89PNG") else "image/jpeg"


def page_image(row: StoredFile, page: int) -> bytes:
    """A page of a PDF as PNG, drawn once and kept; raises NotFound, files.Refused, files.Busy."""
    if file_type(row.media_type).shown != Shown.PAGES or not 1 <= page <= (row.pages or 0):
        raise _not_there()
    kept = storage.beside(row.storage_name, f"page-{page}.png")
    if kept is not None:
        return kept
    with storage.local(row.storage_name) as path:
        drawn = apart.page(path, page)
    storage.keep_beside(row.storage_name, f"page-{page}.png", drawn)
    return drawn


def drop_unused(files: Sequence[StoredFile]) -> None:
    """Forget files that no evidence uses any more; the bytes go after the commit."""
    for row in files:
        if not Evidence.objects.filter(file=row).exists():
            name = row.storage_name
            row.delete()
            transaction.on_commit(partial(storage.discard, name))


def _keep(name: str, facts: FileFacts) -> None:
    if facts.texts:
        storage.keep_beside(name, _TEXTS, json.dumps(facts.texts).encode())
    if facts.preview:
        storage.keep_beside(name, _PREVIEW, facts.preview)


def _made(row: StoredFile, what: str, shown: Shown) -> bytes | None:
    """What was made from the file; made again where it is missing, as after a restore."""
    found = storage.beside(row.storage_name, what)
    if found is None and file_type(row.media_type).shown == shown:
        with storage.local(row.storage_name) as path:
            _keep(row.storage_name, apart.inspect(path))
        found = storage.beside(row.storage_name, what)
    return found


def _number_for_reviewer(actor: Actor, row: StoredFile, now: datetime) -> int:
    if not actor.has("reviewer"):
        raise _not_there()
    in_time = Q(state=Review.State.COMPLETED) | Q(
        state=Review.State.CLAIMED, expires_at__gt=now, submission__state=Submission.State.SUBMITTED
    )
    review = (
        Review.objects.filter(
            in_time,
            reviewer_id=actor.user_id,
            live=True,
            submission__program_id=actor.program_id,
            submission__evidence__file=row,
        )
        .exclude(submission__state=Submission.State.WITHDRAWN)
        .order_by("-claimed_at")
        .first()
    )
    if review is None:
        raise _not_there()
    order = list(
        Evidence.objects.filter(submission_id=review.submission_id).values_list("file", flat=True)
    )
    return order.index(row.pk) + 1


def _not_there() -> NotFound:
    return NotFound("There is no such file for you.")
