"""The same award in other forms: as a token, in an SVG picture, as Open Badges 2.0.

A token is signed once and its bytes are kept, as those of the badge. Documents of 2.0 carry no
signature: they hold because the issuer's address answers with them, so they are written anew from
the snapshot each time and are the same each time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from credentials.domain import badge as badges
from credentials.domain import content, issuer_key
from credentials.models import Badge, Issuer
from credentials.openbadges.baking import bake_png
from credentials.openbadges.documents import IssuerProfile, credential_document
from credentials.openbadges.generation import Generation
from credentials.openbadges.jwt import issue_jwt
from credentials.openbadges.keys import verification_method
from credentials.openbadges.older.documents import (
    assertion_document,
    badge_class_document,
    issuer_document,
    withdrawn_document,
)
from credentials.openbadges.svg import bake_svg

#: What everybody may read about a badge that was taken back.
WITHDRAWN = "The issuer has taken this badge back."


def token(*, badge: Badge, now: datetime) -> bytes | None:
    """The badge as VC-JWT (ES256): signed at the first call, the same bytes ever after.

    None before the badge itself is signed, and for a badge that was taken back and never had one:
    nothing is signed for it any more. Opens its own transaction.
    """
    if badge.document is None or badge.token is not None or not badge.award.active:
        return None if badge.token is None else bytes(badge.token)
    key_row = issuer_key.active_for_tokens(badge.issuer, now=now)
    kid = issuer_key.public_jwk(key_row)["kid"]
    made = issue_jwt(
        credential_document(content.credential(badge)),
        issuer_key.open_token_key(key_row),
        kid=verification_method(badge.issuer.did, kid),
    )
    with transaction.atomic():
        Badge.objects.filter(pk=badge.pk, token__isnull=True).update(token=made)
        return bytes(Badge.objects.values_list("token", flat=True).get(pk=badge.pk) or b"")


def svg_picture(badge: Badge) -> bytes | None:
    """The badge's art as SVG with the signed bytes in it; None before it is signed."""
    if badge.document is None:
        return None
    return bake_svg(badges.artwork(badge).encode(), bytes(badge.document))


def older_png(badge: Badge) -> bytes | None:
    """The picture for readers of 2.0: the address of the hosted assertion is in it."""
    if badge.png is None or not content.has_older_form(badge.issuer):
        return None
    return bake_png(bytes(badge.png), content.older_url(badge).encode(), generation=Generation.TWO)


def older_assertion(badge: Badge) -> dict[str, Any]:
    """The hosted assertion of 2.0; of a badge that was taken back, what to say with 410 Gone."""
    url = content.older_url(badge)
    if badge.award.revoked_at:
        return withdrawn_document(assertion_id=url, reason=WITHDRAWN)
    return assertion_document(
        content.credential(badge),
        assertion_id=url,
        badge_class_id=f"{url}/class",
        image_url=f"{url}.png",
    )


def older_class(badge: Badge) -> dict[str, Any]:
    """What was awarded, in the words of this badge."""
    return badge_class_document(
        content.credential(badge),
        badge_class_id=f"{content.older_url(badge)}/class",
        issuer_id=content.older_issuer_url(badge.issuer),
    )


def older_issuer(issuer: Issuer) -> dict[str, Any]:
    """The issuer's Profile of 2.0, which asks for an address for questions."""
    profile = content.profile(issuer)
    return issuer_document(
        IssuerProfile(
            id=profile.id,
            name=profile.name,
            url=profile.url,
            email=issuer.program.contact_email,
        ),
        issuer_id=content.older_issuer_url(issuer),
    )
