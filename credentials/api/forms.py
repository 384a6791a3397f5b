"""A signed badge in its other forms, for anyone, as `public` gives the badge itself.

Each function reads, but for the token, which the first call signs and stores in a transaction of
its own. Each raises NotFound for a badge that is not signed yet or a form that it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from credentials.api.public import Document, document, find_badge, find_issuer
from credentials.domain import content, form
from credentials.errors import NotFound

Json = Mapping[str, Any]


def badge_token(*, badge: UUID) -> Document:
    """The badge as VC-JWT: the same bytes at every call."""
    return document(form.token(badge=find_badge(badge), now=timezone.now()))


def badge_svg(*, badge: UUID) -> Document:
    """The SVG picture that carries the signed bytes."""
    return document(form.svg_picture(find_badge(badge)))


def older_assertion(*, badge: UUID) -> tuple[Json, bool]:
    """The hosted assertion of Open Badges 2.0, and whether it still stands."""
    row = find_badge(badge)
    _demand_older(content.has_older_form(row.issuer))
    return form.older_assertion(row), row.award.revoked_at is None


def older_class(*, badge: UUID) -> Json:
    """The BadgeClass of that assertion."""
    row = find_badge(badge)
    _demand_older(content.has_older_form(row.issuer))
    return form.older_class(row)


def older_png(*, badge: UUID) -> Document:
    """The picture for readers of Open Badges 2.0."""
    return document(form.older_png(find_badge(badge)))


def older_issuer(*, issuer: UUID) -> Json:
    """The issuer's Profile of Open Badges 2.0."""
    row = find_issuer(issuer)
    _demand_older(content.has_older_form(row))
    return form.older_issuer(row)


def _demand_older(possible: bool) -> None:
    if not possible:
        raise NotFound(
            "There is no Open Badges 2.0 form of it: that standard asks for the issuer's e-mail "
            "address, and this issuer has published none."
        )
