"""What a learner's device asks while a file is on its way."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from credentials.conf import conf
from credentials.data import Actor, UploadView
from credentials.domain import submission as submissions
from credentials.domain import upload as rows
from credentials.domain.evidence import invalid
from credentials.domain.upload import Readable
from credentials.errors import NotFound
from credentials.files import Refused
from credentials.files.size import size_in_words
from credentials.models import Submission, Upload

LARGEST_CHUNK = rows.LARGEST_CHUNK


def largest_file() -> str:
    """The largest file that is taken, in words ("100 MB")."""
    return size_in_words(conf().max_file_bytes)


@transaction.atomic
def begin_upload(actor: Actor, *, submission: UUID, name: str, size: int) -> UploadView:
    """A place for a file of `size` bytes. Raises Invalid (empty, too large, too many), Closed."""
    row = (
        Submission.objects.select_for_update()
        .filter(uuid=submission, program_id=actor.program_id, learner_id=actor.user_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such submission.")
    begun = rows.begin(
        submission=row, owner_id=actor.user_id, name=name, size=size, now=timezone.now()
    )
    return rows.view(begun)


def upload_offset(actor: Actor, *, upload: UUID) -> UploadView:
    """Where the next chunk begins. Raises NotFound, Closed once the attempt is handed in."""
    row = _own(actor, upload)
    if row.evidence is None:
        submissions.demand(row.submission, Submission.State.DRAFT)
    return rows.view(row)


def unfinished_uploads(actor: Actor, *, submission: UUID) -> tuple[UploadView, ...]:
    """Files of the learner's own submission that have not arrived whole, oldest first."""
    found = Upload.objects.select_related("submission", "evidence").filter(
        submission__uuid=submission,
        submission__program_id=actor.program_id,
        owner_id=actor.user_id,
        evidence=None,
    )
    return tuple(rows.view(row) for row in found.order_by("started_at", "pk"))


def receive(actor: Actor, *, upload: UUID, offset: int, chunk: bytes) -> UploadView:
    """Take a chunk; the last one turns the file into evidence. Opens its own transactions.

    Raises Conflict with an UploadView in `theirs` when `offset` is not where the file ends,
    Invalid with the reason when the file is refused (the upload is gone then), Closed, NotFound,
    and files.Busy when the file should be asked for again a little later. An empty chunk at the
    end repeats the last answer.
    """
    with transaction.atomic():
        row = _own(actor, upload, lock=True)
        if row.evidence is not None:
            return rows.view(row)
        submissions.demand(row.submission, Submission.State.DRAFT)
        rows.append(row=row, offset=offset, chunk=chunk, now=timezone.now())
    return rows.view(row) if row.received < row.size else _take_in(row, "")


def receive_stream(actor: Actor, *, upload: UUID, stream: Readable, artifact: str) -> UploadView:
    """Take the whole file from a stream, never holding more than a chunk. Raises as `receive`."""
    row = rows.fill(row=_own(actor, upload), stream=stream, now=timezone.now())
    return rows.view(row) if row.received < row.size else _take_in(row, artifact)


def cancel_upload(actor: Actor, *, upload: UUID) -> None:
    """Forget an unfinished upload; one that is finished or gone stays as it is."""
    row = Upload.objects.filter(uuid=upload, owner_id=actor.user_id).first()
    if row is not None and row.submission.program_id == actor.program_id:
        rows.cancel(row=row)


def _take_in(row: Upload, artifact: str) -> UploadView:
    try:
        _, notes = rows.take_in(row=row, artifact=artifact, now=timezone.now())
    except Refused as refused:
        raise invalid("file", refused.code, refused.message) from None
    return rows.view(row, notes)


def _own(actor: Actor, uuid: UUID, *, lock: bool = False) -> Upload:
    mine = Upload.objects.filter(
        uuid=uuid, owner_id=actor.user_id, submission__program_id=actor.program_id
    )
    if lock:
        mine = mine.select_for_update()
    row = mine.first()
    if row is None:
        raise NotFound("This upload is not known (any more). Choose the file again.")
    return row
