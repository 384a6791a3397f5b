"""Who looks at evidence: its owner, and a reviewer with a live review of it. Nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.utils import timezone

from credentials import storage
from credentials.data import Actor, OpenedFile
from credentials.domain import stored_file
from credentials.errors import Invalid, NotFound
from credentials.files import Busy, Refused, Shown, file_type
from credentials.models import StoredFile

__all__ = ["Busy", "demand_may_open", "open_file", "page_image", "page_text", "page_texts", "photo"]


def demand_may_open(actor: Actor, *, file: UUID) -> None:
    """Nothing for somebody who may read the file; raises NotFound, Closed for everybody else."""
    stored_file.opened(actor=actor, file=file, now=timezone.now())


def open_file(actor: Actor, *, file: UUID) -> OpenedFile:
    """The file for its owner; for a reviewer under a neutral name. Raises NotFound, Closed.

    A reviewer gets the copy of a picture, without the place, device and owner that are written
    into the original; all other kinds they get as they are.
    """
    row, number = stored_file.opened(actor=actor, file=file, now=timezone.now())
    kind = file_type(row.media_type)
    if number is not None and kind.shown == Shown.PICTURE:
        return _copy(row, f"evidence-{number}")
    return OpenedFile(
        media_type=row.media_type,
        size=row.size,
        filename=row.name if number is None else stored_file.neutral_name(row, number),
        inline=kind.inline,
        tag=row.digest,
        read=partial(storage.stream, row.storage_name),
    )


def photo(actor: Actor, *, file: UUID) -> OpenedFile:
    """The copy of a picture, upright and without metadata. Raises NotFound, Closed."""
    row, number = stored_file.opened(actor=actor, file=file, now=timezone.now())
    return _copy(row, "preview" if number is None else f"evidence-{number}")


def page_image(actor: Actor, *, file: UUID, page: int) -> bytes:
    """A page of a PDF as PNG. Raises NotFound, Closed, Invalid where it cannot be drawn, Busy."""
    row, _ = stored_file.opened(actor=actor, file=file, now=timezone.now())
    try:
        return stored_file.page_image(row, page)
    except Refused as refused:
        raise Invalid(refused.message) from None


def page_text(actor: Actor, *, file: UUID, page: int) -> str:
    """What a page of a PDF says. Raises NotFound, Closed."""
    texts = page_texts(actor, file=file)
    if not 1 <= page <= len(texts):
        raise NotFound("There is no such page.")
    return texts[page - 1]


def page_texts(actor: Actor, *, file: UUID) -> tuple[str, ...]:
    """What every page of a PDF says, in order; empty for other kinds. Raises NotFound, Closed."""
    row, _ = stored_file.opened(actor=actor, file=file, now=timezone.now())
    return stored_file.texts(row)


def _copy(row: StoredFile, name: str) -> OpenedFile:
    content, media_type = stored_file.preview(row)
    return OpenedFile(
        media_type=media_type,
        size=len(content),
        filename=f"{name}.{file_type(media_type).extension}",
        inline=True,
        tag=f"{row.digest}-copy",
        read=partial(_slice, content),
    )


def _slice(content: bytes, start: int, length: int) -> Iterator[bytes]:
    yield content[start : start + length]
