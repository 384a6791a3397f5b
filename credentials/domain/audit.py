"""Append to the audit chain, and prove that nobody has altered it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

from credentials.data import Actor
from credentials.models import AuditEntry, AuditHead

SYSTEM = "system"


def line_up() -> AuditHead:
    """Wait for the turn of this transaction to write, and hold it until the commit.

    Whatever ends in an audit entry calls this before it locks anything else: with one order for
    all there is no deadlock, and what one decided on, the next one sees.
    """
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)


def record(
    *,
    actor: Actor | None,
    verb: str,
    subject_kind: str,
    subject: UUID,
    program: UUID | None,
    details: Mapping[str, object],
    now: datetime,
) -> AuditEntry:
    """Append one entry inside the caller's transaction; the head row makes writers wait in line.

    `details` holds identifiers and facts: no names, no evidence, no text that a person wrote
    about another. Without an actor the entry says "system".
    """
    head = line_up()
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=_whole(now),
        actor=f"user:{actor.user_id}" if actor else SYSTEM,
        verb=verb,
        subject_kind=subject_kind,
        subject=subject,
        program=program,
        details=dict(details),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def faults() -> Iterator[str]:
    """What is wrong with the chain, in order, as sentences; nothing when it is whole."""
    previous, sequence = "0" * 64, 0
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if entry.sequence != sequence + 1:
            yield f"entries {sequence + 1} to {entry.sequence - 1} are missing"
        if entry.previous_hash != previous:
            yield f"entry {entry.sequence} does not continue the one before it"
        if entry.hash != entry_hash(entry):
            yield f"entry {entry.sequence} was altered after it was written"
        previous, sequence = entry.hash, entry.sequence
    head = AuditHead.objects.filter(pk=1).first()
    if head and (head.sequence, head.hash) != (sequence, previous):
        yield f"the chain ends at entry {sequence}, but {head.sequence} entries were written"


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 (hex) over the entry's facts and its predecessor's hash."""
    facts = {
        "sequence": entry.sequence,
        "at": _whole(entry.at).isoformat(),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject_kind": entry.subject_kind,
        "subject": str(entry.subject),
        "program": str(entry.program) if entry.program else None,
        "details": entry.details,
        "previous_hash": entry.previous_hash,
    }
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _whole(moment: datetime) -> datetime:
    # databases differ in what they keep below the microsecond and in which zone they answer
    return moment.astimezone(UTC)
