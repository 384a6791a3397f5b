"""What a learner does with evidence: add, describe, order, remove, and pin it to indicators."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from credentials.api import uploads
from credentials.data import Actor, EvidenceView, Pinned, PinView
from credentials.domain import evidence as items
from credentials.domain import pin as pins
from credentials.domain import place as places
from credentials.domain import showing
from credentials.domain import text as texts
from credentials.domain.place import seconds as seconds_of
from credentials.domain.text import storable
from credentials.domain.upload import Readable
from credentials.errors import Invalid, NotFound
from credentials.models import Evidence, Pin, Submission

__all__ = [
    "add_file",
    "add_link",
    "add_pin",
    "add_text",
    "change_pin",
    "evidence_of",
    "move_evidence",
    "one_evidence",
    "remove_evidence",
    "remove_pin",
    "seconds_of",
    "set_evidence",
    "storable",
    "submission_of",
]


@transaction.atomic
def add_link(
    actor: Actor, *, submission: UUID, url: str, artifact: str = "", title: str = ""
) -> EvidenceView:
    """A link as evidence; http and https only, never opened by us. Raises Invalid, Closed."""
    row = _draft(actor, submission)
    made = items.add(
        submission=row,
        kind=Evidence.Kind.LINK,
        artifact=artifact,
        url=items.address(url),
        texts={"title": storable(title)},
        now=timezone.now(),
    )
    return _view(made)


@transaction.atomic
def add_text(
    actor: Actor, *, submission: UUID, artifact: str = "", title: str = "", body: str = ""
) -> EvidenceView:
    """A text as evidence, to be written here. Raises Invalid, Closed."""
    row = _draft(actor, submission)
    made = items.add(
        submission=row,
        kind=Evidence.Kind.TEXT,
        artifact=artifact,
        texts={"title": storable(title), "body": storable(body)},
        now=timezone.now(),
    )
    return _view(made)


def add_file(
    actor: Actor, *, submission: UUID, name: str, size: int, stream: Readable, artifact: str = ""
) -> tuple[EvidenceView, tuple[str, ...]]:
    """A file in one piece (a form without the script), and what its owner should know about it.

    Opens its own transactions. Raises Invalid with the reason it is refused, Closed, files.Busy.
    """
    items.known_artifact(artifact)
    begun = uploads.begin_upload(actor, submission=submission, name=name, size=size)
    try:
        done = uploads.receive_stream(actor, upload=begun.uuid, stream=stream, artifact=artifact)
    except BaseException:
        uploads.cancel_upload(actor, upload=begun.uuid)
        raise
    if done.evidence is None:
        uploads.cancel_upload(actor, upload=begun.uuid)
        raise Invalid("The file arrived incomplete. Choose it again.")
    return one_evidence(actor, evidence=done.evidence), done.notes


@transaction.atomic
def set_evidence(actor: Actor, *, evidence: UUID, artifact: str, group_work: bool) -> EvidenceView:
    """What kind of artifact it is, and whether others made it too. Raises Invalid, Closed."""
    row = _item(actor, evidence)
    items.describe(item=row, artifact=artifact, group_work=group_work, now=timezone.now())
    return _view(row)


@transaction.atomic
def move_evidence(actor: Actor, *, evidence: UUID, by: int) -> UUID:
    """Up (-1) or down (1) among its neighbours; answers the submission. Raises Closed."""
    row = _item(actor, evidence)
    items.move(item=row, by=1 if by > 0 else -1, now=timezone.now())
    answer: UUID = row.submission.uuid
    return answer


@transaction.atomic
def remove_evidence(actor: Actor, *, evidence: UUID) -> UUID:
    """Take it away with pins and texts; answers the submission. Raises Closed, NotFound."""
    row = _item(actor, evidence)
    items.remove(item=row, now=timezone.now())
    answer: UUID = row.submission.uuid
    return answer


@transaction.atomic
def add_pin(
    actor: Actor,
    *,
    evidence: UUID,
    indicator: str,
    locator: str,
    page: int | None = None,
    start_seconds: float | None = None,
    end_seconds: float | None = None,
    quote: str = "",
    why: str = "",
) -> Pinned:
    """Pin the evidence to an indicator; the same pin twice is one pin.

    Raises Invalid where the evidence has no such place, Closed for an indicator met before.
    """
    item = _item(actor, evidence)
    place = places.checked(
        item=item,
        locator=locator,
        page=page,
        start_seconds=start_seconds,
        end_seconds=end_seconds,
        quote=storable(quote),
    )
    why = storable(why)
    made = pins.add(item=item, indicator=indicator, place=place, why=why, now=timezone.now())
    return Pinned(pin=_pin_view(made), note=place.note)


@transaction.atomic
def change_pin(
    actor: Actor,
    *,
    pin: UUID,
    indicator: str,
    locator: str,
    page: int | None = None,
    start_seconds: float | None = None,
    end_seconds: float | None = None,
    quote: str = "",
) -> Pinned:
    """Point a pin elsewhere; its sentence is saved with `save_text`. Raises as `add_pin`."""
    row = _pin(actor, pin)
    place = places.checked(
        item=row.evidence,
        locator=locator,
        page=page,
        start_seconds=start_seconds,
        end_seconds=end_seconds,
        quote=storable(quote),
    )
    changed = pins.change(pin=row, indicator=indicator, place=place, now=timezone.now())
    return Pinned(pin=_pin_view(changed), note=place.note)


@transaction.atomic
def remove_pin(actor: Actor, *, pin: UUID) -> UUID:
    """Take a pin away with its sentence; answers its evidence. Raises Closed, NotFound."""
    row = _pin(actor, pin)
    pins.remove(pin=row, now=timezone.now())
    answer: UUID = row.evidence.uuid
    return answer


def one_evidence(actor: Actor, *, evidence: UUID) -> EvidenceView:
    """One piece of the learner's own evidence; raises NotFound."""
    return _view(_item(actor, evidence, lock=False))


def submission_of(actor: Actor, *, evidence: UUID) -> UUID:
    """The learner's own submission that holds the evidence; raises NotFound."""
    answer: UUID = _item(actor, evidence, lock=False).submission.uuid
    return answer


def evidence_of(actor: Actor, *, pin: UUID) -> UUID:
    """The learner's own evidence that the pin stands at; raises NotFound."""
    answer: UUID = _pin(actor, pin, lock=False).evidence.uuid
    return answer


def _draft(actor: Actor, uuid: UUID) -> Submission:
    mine = {"uuid": uuid, "program_id": actor.program_id, "learner_id": actor.user_id}
    row = Submission.objects.select_for_update().filter(**mine).first()
    if row is None:
        raise NotFound("There is no such submission.")
    return row


def _item(actor: Actor, uuid: UUID, *, lock: bool = True) -> Evidence:
    row = (
        Evidence.objects.select_related("submission__module_version", "file")
        .filter(
            uuid=uuid,
            submission__program_id=actor.program_id,
            submission__learner_id=actor.user_id,
        )
        .first()
    )
    if row is None:
        raise NotFound("There is no such evidence.")
    if lock:
        row.submission = _draft(actor, row.submission.uuid)
    return row


def _pin(actor: Actor, uuid: UUID, *, lock: bool = True) -> Pin:
    row = Pin.objects.filter(
        uuid=uuid,
        evidence__submission__program_id=actor.program_id,
        evidence__submission__learner_id=actor.user_id,
    ).first()
    if row is None:
        raise NotFound("There is no such pin.")
    row.evidence = _item(actor, row.evidence.uuid, lock=lock)
    return row


def _view(row: Evidence) -> EvidenceView:
    whole = showing.submission(Submission.objects.get(pk=row.submission_id))
    return next(item for item in whole.evidence if item.uuid == row.uuid)


def _pin_view(row: Pin) -> PinView:
    key = f"pin.{row.uuid}.why"
    saved = {t.key: texts.view(t) for t in row.evidence.submission.texts.filter(key=key)}
    return showing.pin(row, row.evidence, saved)
