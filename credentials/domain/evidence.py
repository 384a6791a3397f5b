"""Evidence of a draft: add, describe, order and remove it.

Every function belongs into the caller's transaction, with the submission's row locked.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.db.models import Max, Q

from course_content.catalog import ArtifactKind
from credentials.domain import stored_file
from credentials.domain import submission as submissions
from credentials.errors import Closed, Invalid, Problem
from credentials.models import (
    DraftText,
    Evidence,
    OtherVersion,
    Pin,
    StoredFile,
    Submission,
    Upload,
)

MOST_ITEMS = 40
LONGEST_ADDRESS = 2_000
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)


def add(
    *,
    submission: Submission,
    kind: str,
    artifact: str,
    now: datetime,
    file: StoredFile | None = None,
    url: str = "",
    texts: dict[str, str] | None = None,
) -> Evidence:
    """A new piece at the end, with its first texts by field ("title", "body").

    Raises Closed unless the submission is a draft, Invalid when it holds MOST_ITEMS already or
    the artifact kind is unknown.
    """
    demand_room(submission)
    item = Evidence.objects.create(
        uuid=uuid4(),
        submission=submission,
        kind=kind,
        artifact=known_artifact(artifact),
        file=file,
        url=url,
        position=_last_position(submission) + 1,
        added_at=now,
    )
    for field, text in (texts or {}).items():
        if text.strip():
            DraftText.objects.create(
                submission=submission, key=f"evidence.{item.uuid}.{field}", text=text, saved_at=now
            )
    submissions.touch(submission, now)
    return item


def describe(*, item: Evidence, artifact: str, group_work: bool, now: datetime) -> None:
    """Set what kind of artifact it is and whether others made it too. A second call is harmless."""
    submissions.demand(item.submission, Submission.State.DRAFT)
    demand_changeable(item=item)
    item.artifact, item.group_work = known_artifact(artifact), group_work
    item.save(update_fields=["artifact", "group_work"])
    submissions.touch(item.submission, now)


def demand_changeable(*, item: Evidence) -> None:
    """Raises Closed for evidence on which a met indicator rests: nobody scores it again."""
    pinned = {pin.indicator for pin in item.pins.all()}
    met = sorted(pinned & set(item.submission.carried))
    if met:
        raise Closed(f"This evidence has shown {', '.join(met)} already, so it stays as it is.")


def move(*, item: Evidence, by: int, now: datetime) -> None:
    """Move it up (by -1) or down (by 1) among its neighbours; at an end nothing happens."""
    submissions.demand(item.submission, Submission.State.DRAFT)
    order = list(Evidence.objects.filter(submission=item.submission))
    here = [row.pk for row in order].index(item.pk)
    order.insert(max(0, min(len(order) - 1, here + by)), order.pop(here))
    for position, row in enumerate(order, start=1):
        row.position = position
    Evidence.objects.bulk_update(order, ["position"])
    submissions.touch(item.submission, now)


def remove(*, item: Evidence, now: datetime) -> None:
    """Take it away with its pins and texts; its file goes unless another attempt uses it.

    Raises Closed when it is pinned to an indicator that an earlier attempt has already met.
    """
    submissions.demand(item.submission, Submission.State.DRAFT)
    demand_changeable(item=item)
    pins = list(item.pins.all())
    forget_texts(item.submission, f"evidence.{item.uuid}.", *(f"pin.{p.uuid}." for p in pins))
    file, submission = item.file, item.submission
    Upload.objects.filter(evidence=item).delete()
    item.delete()
    if file is not None:
        stored_file.drop_unused([file])
    submissions.touch(submission, now)


def forget_texts(submission: Submission, *heads: str) -> None:
    """Remove every saved text, and every kept other version, whose key begins with a head."""
    matching = Q(pk=None)
    for head in heads:
        matching |= Q(key__startswith=head)
    DraftText.objects.filter(matching, submission=submission).delete()
    OtherVersion.objects.filter(matching, submission=submission).delete()


def demand_room(submission: Submission) -> None:
    """Raises Closed unless it is a draft, Invalid unless another piece fits in."""
    submissions.demand(submission, Submission.State.DRAFT)
    if Evidence.objects.filter(submission=submission).count() >= MOST_ITEMS:
        raise invalid(
            "evidence",
            "too-many",
            f"A submission holds at most {MOST_ITEMS} pieces of evidence. Choose the strongest, "
            "or join several files into one PDF.",
        )


def known_artifact(artifact: str) -> str:
    """The kind as given, or nothing; raises Invalid for one that is not in the catalog."""
    if artifact and artifact not in set(ArtifactKind):
        raise invalid("artifact", "no-such-kind", "Choose one of the kinds in the list.")
    return artifact


def address(url: str) -> str:
    """The link as it is stored; raises Invalid. It is never opened by us.

    Only http and https, a public-looking host, and no name and password in it.
    """
    text = url.strip()
    if not text:
        raise invalid("url", "no-address", "Paste the address of the page or document.")
    if len(text) > LONGEST_ADDRESS:
        raise invalid(
            "url", "too-long", f"This address is longer than {LONGEST_ADDRESS:,} characters."
        )
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise invalid("url", "scheme", "Only addresses that begin with https:// or http:// work.")
    text = text if scheme else f"https://{text}"
    if any(c.isspace() or ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or c in '<>"\\' for c in text):
        raise invalid("url", "characters", "This address has a space or a sign that does not fit.")
    try:
        parts = urlsplit(text)
        host, secret = parts.hostname or "", parts.username is not None
        _ = parts.port
    except ValueError:
        raise invalid("url", "unreadable", "This is not a complete address.") from None
    if secret:
        raise invalid(
            "url",
            "credentials",
            "This address contains a name and password. Share the document by a link without them.",
        )
    if "." not in host.strip("."):
        raise invalid(
            "url",
            "host",
            "A reviewer outside your district cannot open this address. Upload a copy.",
        )
    return text


def invalid(field: str, code: str, message: str) -> Invalid:
    """The refusal of one field."""
    return Invalid(message, (Problem(field=field, code=code, message=message),))


def pins_of(submission: Submission) -> int:
    """How many pins the submission has."""
    return Pin.objects.filter(evidence__submission=submission).count()


def _last_position(submission: Submission) -> int:
    rows = Evidence.objects.filter(submission=submission)
    return rows.aggregate(last=Max("position"))["last"] or 0
