"""Standing behind an achievement: signing that for another program, and taking in what others sign.

An endorsement names an achievement by its identifier and has no place in a status list: a badge
that carries a revoked one would stop verifying, and its holder could do nothing about it. It may
have an end, and the program can leave it out of later badges.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from credentials.domain import audit, content, issuer_key, trust
from credentials.errors import Closed
from credentials.models import Achievement, Endorsement, Issuer
from credentials.openbadges import (
    AchievementText,
    CredentialContent,
    EndorsementContent,
    IssuerProfile,
    SigningKey,
    StatusEntry,
    credential_document,
    endorsement_document,
    sign,
    verification_method,
)
from credentials.openbadges.endorsements import MAX_ENDORSEMENTS
from credentials.openbadges.strictjson import parse
from credentials.openbadges.summary import summarize


@dataclass(frozen=True, kw_only=True)
class Endorser:
    """Who signed an endorsement, and what for.

    `name` is the one on a trust list or in our own record; empty where they have none, because
    anybody may give themselves any name.
    """

    id: str
    name: str
    comment: str


def write(
    *,
    issuer: Issuer,
    endorsed_id: str,
    name: str,
    comment: str,
    ends_at: datetime | None,
    now: datetime,
) -> bytes:
    """The issuer's signed endorsement of what has that identifier; nothing of it is stored.

    In the caller's transaction, with an audit entry. Raises NotSafe for words or an identifier
    that cannot be signed. A second call signs another endorsement.
    """
    audit.line_up()
    uuid, key = uuid4(), issuer_key.active(issuer)
    said = EndorsementContent(
        id=f"urn:uuid:{uuid}",
        name=f"Endorsement of {name}",
        issuer=content.profile(issuer),
        endorsed_id=endorsed_id,
        comment=comment,
        valid_from=now,
        valid_until=ends_at,
    )
    document = sign(
        endorsement_document(said),
        issuer_key.open_key(key),
        verification_method=verification_method(issuer.did, key.public_multibase),
        created=now,
    )
    audit.record(
        actor=None,
        verb="endorsement.written",
        subject_kind="endorsement",
        subject=uuid,
        program=issuer.program.uuid,
        details={"endorsed": endorsed_id, "digest": _digest(document)},
        now=now,
    )
    return document


def add(
    *, achievement: Achievement, document: bytes, ends_at: datetime | None, now: datetime
) -> tuple[Endorsement, bool]:
    """Later badges of the achievement carry the document; the flag says whether that is new.

    The caller has verified it and opens the transaction. A second call changes nothing; one that
    was withdrawn is taken up again. Raises Closed where the achievement has as many as a badge
    may carry, NotSafe where a badge could not be signed around it.
    """
    audit.line_up()
    digest = _digest(document)
    row = Endorsement.objects.filter(achievement=achievement, digest=digest).first()
    if row is not None and row.withdrawn_at is None:
        return row, False
    others = carried(achievement, now=now)
    if len(others) >= MAX_ENDORSEMENTS:
        raise Closed(
            f"{achievement.code} has {len(others)} endorsements, which is all that a badge carries."
            " Withdraw one first."
        )
    _sign_around([*others, document.decode()])
    if row is None:
        row = Endorsement(
            program_id=achievement.program_id,
            achievement=achievement,
            document=document,
            digest=digest,
            ends_at=ends_at,
        )
    row.added_at, row.withdrawn_at = now, None
    row.save()
    _log("endorsement.added", row, now)
    return row, True


def withdraw(*, row: Endorsement, now: datetime) -> None:
    """Later badges do not carry it; those that do keep it. In the caller's transaction.

    A second call changes nothing.
    """
    audit.line_up()
    row.refresh_from_db()
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _log("endorsement.withdrawn", row, now)


def carried(achievement: Achievement, *, now: datetime) -> list[str]:
    """What a badge awarded now carries, as text, the first that was added first."""
    rows = Endorsement.objects.filter(achievement=achievement, withdrawn_at=None)
    active = rows.exclude(ends_at__lte=now).order_by("added_at", "pk")
    return [bytes(row.document).decode() for row in active[:MAX_ENDORSEMENTS]]


def endorser(document: bytes, *, now: datetime) -> Endorser:
    """Who signed it, by the name that is relied on at that moment."""
    said = summarize(parse(document))
    found = trust.trusted(issuer_id=said.issuer_id, as_of=now)
    name = found.legal_name if found.known else ""
    return Endorser(id=said.issuer_id, name=name, comment=said.description)


def _sign_around(endorsements: list[str]) -> None:
    """Raises NotSafe where no badge can be signed around these, before a real one has to be."""
    key, then = SigningKey.generate(), datetime(2026, 1, 1, tzinfo=UTC)
    place = f"did:key:{key.public_multibase}"
    trial = CredentialContent(
        id="urn:uuid:11111111-2222-4333-8444-555555555555",
        issuer=IssuerProfile(id=place, name="Trial"),
        subject_id="urn:uuid:11111111-2222-4333-8444-555555555556",
        achievement=AchievementText(
            id="urn:uuid:11111111-2222-4333-8444-555555555557",
            name="Trial",
            description="Trial",
            criteria="Trial",
            version="1.0",
            endorsements=tuple(one.encode() for one in endorsements),
        ),
        alignments=(),
        results=(),
        evidence=(),
        review_statement="Trial",
        valid_from=then,
        awarded=then,
        status=StatusEntry(list_url="https://trial.example/list", index=0),
    )
    sign(
        credential_document(trial),
        key,
        verification_method=verification_method(place, key.public_multibase),
        created=then,
    )


def _digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def _log(verb: str, row: Endorsement, now: datetime) -> None:
    audit.record(
        actor=None,
        verb=verb,
        subject_kind="endorsement",
        subject=row.uuid,
        program=row.achievement.program.uuid,
        details={"achievement": row.achievement.code, "digest": row.digest},
        now=now,
    )
