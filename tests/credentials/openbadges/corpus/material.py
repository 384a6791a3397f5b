"""Ada's good badge in the forms that the corpus is made of, each made once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from credentials.openbadges import credential_document
from tests.credentials.openbadges.alterations import with_value, without
from tests.credentials.openbadges.issued import AWARDED, CONTENT, signed, signed_document

LATER = AWARDED + timedelta(days=30)


@cache
def ada() -> bytes:
    """Her badge, as it was signed."""
    return signed()


def ada_document() -> dict[str, Any]:
    """Her badge taken apart."""
    found: dict[str, Any] = json.loads(ada())
    return found


@cache
def other() -> bytes:
    """Another badge of hers by the same issuer."""
    return signed(replace(CONTENT, id=f"{CONTENT.id}4", name="Learner Agency"))


def path(place: str) -> tuple[str | int, ...]:
    """ "credentialSubject.achievement.alignment.0" as steps into a document."""
    return tuple(int(step) if step.isdigit() else step for step in place.split("."))


def as_bytes(document: dict[str, Any]) -> bytes:
    """A document as it would be handed in."""
    return json.dumps(document, ensure_ascii=False).encode()


def saying(place: str, value: Any) -> bytes:
    """Her badge after it was signed, with something else in that place."""
    return as_bytes(with_value(ada_document(), path(place), value))


def lacking(place: str) -> bytes:
    """Her badge after it was signed, with that place taken out."""
    return as_bytes(without(ada_document(), path(place)))


def signed_saying(place: str, value: Any) -> bytes:
    """A badge that its issuer signed with that in it."""
    return signed_document(with_value(credential_document(CONTENT), path(place), value))


def signed_lacking(place: str) -> bytes:
    """A badge that its issuer signed without that place."""
    return signed_document(without(credential_document(CONTENT), path(place)))
