"""A badge from its row to signed bytes to a baked picture, each step safe to repeat."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction

from course_content.art import badge_png, badge_svg
from credentials import signals
from credentials.domain import audit, content, endorsement, issuer_key, notice, work
from credentials.models import Award, Badge, Issuer, IssuerKey, RubricProof, StatusList
from credentials.openbadges.baking import bake_png
from credentials.openbadges.documents import credential_document
from credentials.openbadges.keys import did_document as did_document_of
from credentials.openbadges.keys import verification_method
from credentials.openbadges.proof import sign as sign_document
from credentials.openbadges.revocation_list import ENTRY_TYPE as REVOCATION_LIST
from credentials.openbadges.revocation_list import revocation_list_document
from credentials.openbadges.status import ENTRIES, status_list_document
from credentials.openbadges.status import StatusList as Bits

PICTURE = 800  # pixels: what a badge is baked into
#: What a did:web document calls the place of the issuer's revocation lists.
STATUS_SERVICE = "RevocationLists"
#: Under which kinds of service an issuer's document may name lists.
LIST_SERVICES = (STATUS_SERVICE, REVOCATION_LIST)
_FULL_AT = ENTRIES // 2  # a random free index is found quickly below this


def prepare(*, award: Award, now: datetime) -> Badge:
    """The badge's row, in the awarding transaction: everything that it will say is fixed here."""
    issuer = Issuer.objects.select_related("program").get(program=award.program)
    status_list = _status_list(issuer)
    snapshot = content.snapshot(award=award, issuer=issuer)
    snapshot["endorsements"] = endorsement.carried(award.achievement, now=now)
    for _ in range(64):
        try:
            with transaction.atomic():
                return Badge.objects.create(
                    award=award,
                    issuer=issuer,
                    content=snapshot,
                    status_list=status_list,
                    status_index=secrets.randbelow(ENTRIES),
                    created_at=now,
                )
        except IntegrityError:  # the index is taken (or the award has its badge already)
            existing = Badge.objects.filter(award=award).first()
            if existing:
                return existing
    raise RuntimeError("no free place in the status list was found")


def sign(*, badge: Badge, now: datetime) -> Badge:
    """Store the signed bytes, once: a badge that has them keeps them. Queues the baking.

    Opens its own transaction. The proof is made and checked outside of it; the row is written
    only if nobody was faster and the award still stands.
    """
    badge = _fresh(badge)
    if badge.document is None and badge.award.active:
        key_row = issuer_key.active(badge.issuer)
        document = sign_document(
            credential_document(content.credential(badge)),
            issuer_key.open_key(key_row),
            verification_method=verification_method(badge.issuer.did, key_row.public_multibase),
            created=badge.award.awarded_at,
        )
        _keep(badge, document, key_row, now)
    return _fresh(badge)


def keep(*, badge: Badge, document: bytes, key: IssuerKey, now: datetime) -> bool:
    """Store bytes that were signed elsewhere, baked, and tell the learner; in the caller's
    transaction.

    False, and nothing is stored, where another signature was faster or the award fell meanwhile.
    """
    if not _store(badge, document, key, now):
        return False
    picture = bake_png(_picture(artwork(badge)), document)
    Badge.objects.filter(pk=badge.pk).update(png=picture, baked_at=now)
    _tell(badge, now)
    return True


def bake(*, badge: Badge, now: datetime) -> Badge:
    """Store the picture with the signed bytes in it, once; tells the learner. Repeatable."""
    badge = _fresh(badge)
    if badge.document is None:
        return badge
    if badge.png is None:
        picture = bake_png(_picture(artwork(badge)), bytes(badge.document))
        Badge.objects.filter(pk=badge.pk, png__isnull=True).update(png=picture, baked_at=now)
    with transaction.atomic():
        _tell(badge, now)
    return _fresh(badge)


def _tell(badge: Badge, now: datetime) -> None:
    notice.tell(
        user_id=badge.award.learner_id,
        program_id=badge.award.program_id,
        kind="awarded",
        subject=badge.award.uuid,
        competency=badge.award.achievement.code,
        now=now,
    )


@lru_cache(maxsize=32)  # a cohort's badges of one competency share their picture
def _picture(svg: str) -> bytes:
    return badge_png(svg, PICTURE)


def artwork(badge: Badge) -> str:
    """The badge's picture as SVG."""
    said: dict[str, Any] = badge.content
    return badge_svg(
        str(said["competency"]),
        title=str(said["title"]),
        domain=content.domain_letter(str(said["competency"])),
        program=badge.issuer.program.name,
        year=badge.award.awarded_at.year,
    )


def revoke(*, badge: Badge, now: datetime) -> None:
    """Set its bit: the list is out of date from this moment and is signed anew before it is shown.

    In the caller's transaction. A badge not signed yet is never signed.
    """
    work.cancel(kind="sign", key=str(badge.uuid), now=now)
    outdate(status_list_id=badge.status_list_id, now=now)


def outdate(*, status_list_id: int, now: datetime) -> None:
    """From this moment the list is signed anew before it is shown; in the caller's transaction."""
    row = StatusList.objects.select_for_update().get(pk=status_list_id)
    row.version += 1
    row.save(update_fields=["version"])
    work.renew(kind="status", key=str(row.uuid), payload={"status_list": str(row.uuid)}, now=now)


def status_list_bytes(*, status_list: StatusList, now: datetime) -> bytes:
    """The signed list as it is now: signed anew when a revocation came since the last time.

    Opens its own transaction.
    """
    with transaction.atomic():
        row = StatusList.objects.select_for_update().select_related("issuer").get(pk=status_list.pk)
        if row.document is not None and row.signed_version == row.version:
            return bytes(row.document)
        bits = Bits.empty().with_revoked(_withdrawn(row))
        key_row = issuer_key.active(row.issuer)
        document = sign_document(
            status_list_document(content.status_list_url(row), row.issuer.did, bits, now),
            issuer_key.open_key(key_row),
            verification_method=verification_method(row.issuer.did, key_row.public_multibase),
            created=now,
        )
        row.document, row.signed_version, row.signed_at = document, row.version, now
        row.save()
        return document


def _withdrawn(row: StatusList) -> list[int]:
    """The places in the list of all that does not stand any more."""
    badges = Badge.objects.filter(status_list=row).exclude(award__revoked_at=None)
    proofs = RubricProof.objects.filter(status_list=row).exclude(withdrawn_at=None)
    return [
        *badges.values_list("status_index", flat=True),
        *proofs.values_list("status_index", flat=True),
    ]


def revocations(issuer: Issuer) -> dict[str, Any]:
    """The ids of all withdrawn badges, for readers that know no signed list; reasons stay here."""
    revoked = Badge.objects.filter(issuer=issuer, document__isnull=False).exclude(
        award__revoked_at=None
    )
    ids = [content.badge_url(row) for row in revoked.select_related("issuer").order_by("pk")]
    return revocation_list_document(content.revocations_url(issuer), issuer.did, dict.fromkeys(ids))


def did_document(issuer: Issuer) -> dict[str, Any]:
    """The issuer's did:web document; with the next key and the retired ones."""
    keys = IssuerKey.objects.filter(issuer=issuer).order_by("-created_at", "-pk")
    return did_document_of(
        issuer.did,
        [key.public_multibase for key in keys.filter(kind=IssuerKey.Kind.PROOF)],
        [issuer_key.public_jwk(key) for key in keys.filter(kind=IssuerKey.Kind.TOKEN)],
    )


def published_did_document(issuer: Issuer) -> dict[str, Any]:
    """The document as others fetch it: it also says where the issuer's revocation lists are.

    So an offline bundle can be made of an issuer whose badges one has not seen yet.
    """
    lists = StatusList.objects.filter(issuer=issuer).order_by("pk").select_related("issuer")
    service = {
        "id": f"{issuer.did}#revocation-lists",
        "type": STATUS_SERVICE,
        "serviceEndpoint": [content.status_list_url(row) for row in lists],
    }
    withdrawn = {
        "id": f"{issuer.did}#withdrawn",
        "type": REVOCATION_LIST,
        "serviceEndpoint": content.revocations_url(issuer),
    }
    return {**did_document(issuer), "service": [service, withdrawn]}


def issuer_profile(issuer: Issuer) -> dict[str, Any]:
    """The issuer as an Open Badges 3.0 Profile, the same values as in its badges."""
    profile = content.profile(issuer)
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": profile.id,
        "type": ["Profile"],
        "name": profile.name,
        **({"url": profile.url} if profile.url else {}),
    }


def _keep(badge: Badge, document: bytes, key_row: IssuerKey, now: datetime) -> None:
    with transaction.atomic():
        if _store(badge, document, key_row, now):
            name = str(badge.uuid)
            work.enqueue(kind="bake", key=name, payload={"badge": name}, now=now)


def _store(badge: Badge, document: bytes, key_row: IssuerKey, now: datetime) -> bool:
    """The signed bytes, once and only for an award that stands; the rest follows from them."""
    audit.line_up()
    award = Award.objects.select_for_update().get(pk=badge.award_id)
    if not award.active:
        return False
    written = Badge.objects.filter(pk=badge.pk, document__isnull=True).update(
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
        key=key_row,
        signed_at=now,
    )
    if not written:
        return False
    audit.record(
        actor=None,
        verb="badge.signed",
        subject_kind="badge",
        subject=badge.uuid,
        program=award.program.uuid,
        details={"award": str(award.uuid), "key": key_row.public_multibase},
        now=now,
    )
    signals.badge_issued.send(
        None,
        badge=badge.uuid,
        award=award.uuid,
        program_id=award.program_id,
        learner_id=award.learner_id,
        competency=award.achievement.code,
        at=now,
    )
    return True


def _status_list(issuer: Issuer) -> StatusList:
    lists = StatusList.objects.filter(issuer=issuer, holds=StatusList.Holds.BADGES)
    row = lists.order_by("-pk").first()
    if row is None or Badge.objects.filter(status_list=row).count() >= _FULL_AT:
        row = StatusList.objects.create(issuer=issuer)
    return row


def _fresh(badge: Badge) -> Badge:
    return Badge.objects.select_related(
        "award__program", "award__achievement", "issuer__program", "status_list"
    ).get(pk=badge.pk)
