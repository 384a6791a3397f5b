"""Saving what somebody types, field by field, so that two devices never overwrite each other."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from credentials.data import Text
from credentials.errors import Conflict, Invalid, Problem
from credentials.models import SavedText

LONGEST = 60_000  # characters; about 10,000 words, well above any prompt
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Row = TypeVar("Row", bound=SavedText)


def storable(text: str) -> str:
    """The text as every database takes it: without NUL, half characters replaced by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\0", ""))


def save(
    *,
    rows: QuerySet[Row],
    owner: dict[str, object],
    key: str,
    text: str,
    revision: int,
    device: str,
    now: datetime,
) -> Text:
    """Store `text` under `key` if the client had seen the newest revision; answers the new one.

    The same text twice gives the same revision. A client that was behind gets Conflict with the
    stored version in `theirs`; the caller keeps the incoming text.
    """  # fmt: skip
    text, device = storable(text), storable(device)
    if len(text) > LONGEST:
        message = f"This text has {len(text):,} characters; at most {LONGEST:,} can be kept here."
        raise Invalid(message, (Problem(field=key, code="too-long", message=message),))
    found = rows.filter(**owner, key=key).first()
    if found is None:
        try:
            with transaction.atomic():
                row = rows.create(**owner, key=key, text=text, device=device, saved_at=now)
            return view(row)
        except IntegrityError:  # another device was the first to save this field
            found = rows.get(**owner, key=key)
    if found.text == text:
        return view(found)
    changed = (
        rows.filter(pk=found.pk, revision=revision).update(
            text=text, revision=revision + 1, device=device, saved_at=now
        )
        if revision == found.revision
        else 0
    )
    if not changed:
        raise Conflict(
            "This field was changed on another device; both versions are kept.",
            view(rows.get(pk=found.pk)),
        )
    return Text(key=key, text=text, revision=revision + 1, saved_at=now, device=device)


def view(row: SavedText) -> Text:
    """The row as a value."""
    return Text(
        key=row.key, text=row.text, revision=row.revision, saved_at=row.saved_at, device=row.device
    )
