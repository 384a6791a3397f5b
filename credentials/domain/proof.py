"""A learner's scores as a signed document of its own: released by the learner, withdrawn at will.

The badge says "met" and no more; this says the levels. Nobody but the learner makes it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from credentials.data import Actor
from credentials.domain import audit, badge, content, issuer_key
from credentials.domain.scores import proof_content
from credentials.errors import Closed
from credentials.models import Award, Badge, Issuer, IssuerKey, RubricProof, StatusList
from credentials.openbadges import CredentialContent, StatusEntry, credential_document, sign
from credentials.openbadges.keys import verification_method
from credentials.openbadges.status import ENTRIES

_FULL_AT = ENTRIES // 2  # a random free index is found quickly below this


def may_release(award: Award) -> bool:
    """Whether there are scores to release: a signed badge in force, awarded on its own rubric."""
    own = award.achievement.code == award.decision.submission.competency
    return bool(own and award.active and award.badge.document is not None)


def current(award: Award) -> RubricProof | None:
    """The proof that is released now."""
    return RubricProof.objects.filter(award=award, active=True).first()


def released_awards(learner_id: int) -> frozenset[int]:
    """The learner's awards whose scores are released now, in one question for all of them."""
    rows = RubricProof.objects.filter(award__learner_id=learner_id, active=True)
    return frozenset(rows.values_list("award_id", flat=True))


def release(*, award: Award, actor: Actor, now: datetime) -> RubricProof:
    """Sign the scores and store the bytes, once; a second call gives what is released already.

    In the caller's transaction. Raises Closed where there is nothing to release, or no longer.
    """
    audit.line_up()
    award = Award.objects.select_for_update().get(pk=award.pk)
    existing = current(award)
    if existing is not None:
        return existing
    if not may_release(award):
        raise Closed("There are no scores to release for this badge.")
    row = _sign(award, now)
    _log(actor, "proof.released", row, now)
    return row


def withdraw(*, award: Award, actor: Actor, now: datetime) -> None:
    """Its address answers nobody any more, and copies of it read as withdrawn.

    In the caller's transaction; a second call changes nothing.
    """
    audit.line_up()
    row = RubricProof.objects.select_for_update().filter(award=award, active=True).first()
    if row is not None:
        _end(row, now)
        _log(actor, "proof.withdrawn", row, now)


def fall(*, award: Award, now: datetime) -> None:
    """The award was revoked and its scores go with it; in the caller's transaction."""
    for row in RubricProof.objects.select_for_update().filter(award=award, active=True):
        _end(row, now)


def _end(row: RubricProof, now: datetime) -> None:
    row.active, row.withdrawn_at = None, now
    row.save(update_fields=["active", "withdrawn_at"])
    badge.outdate(status_list_id=row.status_list_id, now=now)


def _sign(award: Award, now: datetime) -> RubricProof:
    of = Badge.objects.select_related(
        "award__achievement",
        "award__decision__submission",
        "issuer__program",
        "status_list__issuer",
    ).get(award=award)
    listed, key = _status_list(of.issuer), issuer_key.active(of.issuer)
    for _ in range(64):
        uuid, index = uuid4(), secrets.randbelow(ENTRIES)
        entry = StatusEntry(list_url=content.status_list_url(listed), index=index)
        document = _signed(proof_content(of, uuid=uuid, entry=entry, now=now), of.issuer, key, now)
        try:
            with transaction.atomic():
                return RubricProof.objects.create(
                    uuid=uuid,
                    award=award,
                    key=key,
                    status_list=listed,
                    status_index=index,
                    document=document,
                    digest=hashlib.sha256(document).hexdigest(),
                    released_at=now,
                )
        except IntegrityError:  # the index is taken
            continue
    raise RuntimeError("no free place in the status list was found")


def _signed(said: CredentialContent, issuer: Issuer, key: IssuerKey, now: datetime) -> bytes:
    return sign(
        credential_document(said),
        issuer_key.open_key(key),
        verification_method=verification_method(issuer.did, key.public_multibase),
        created=now,
    )


def _status_list(issuer: Issuer) -> StatusList:
    """A list of its own: withdrawing scores says nothing about the badge."""
    kind = StatusList.Holds.PROOFS
    row = StatusList.objects.filter(issuer=issuer, holds=kind).order_by("-pk").first()
    if row is None or RubricProof.objects.filter(status_list=row).count() >= _FULL_AT:
        row = StatusList.objects.create(issuer=issuer, holds=kind)
    return row


def _log(actor: Actor, verb: str, row: RubricProof, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject_kind="proof",
        subject=row.uuid,
        program=row.award.program.uuid,
        details={"award": str(row.award.uuid)},
        now=now,
    )
