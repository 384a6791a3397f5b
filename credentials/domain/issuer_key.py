"""An issuer's signing keys: the next is published, the active one signs, retired ones verify."""

from __future__ import annotations

import base64
import binascii
import os
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from credentials import vault
from credentials.errors import Invalid, Problem
from credentials.models import Issuer, IssuerKey
from credentials.openbadges.keys import SigningKey

State = IssuerKey.State


def rotate(*, issuer: Issuer, now: datetime) -> IssuerKey:
    """The next key becomes the active one, the active one retires, and a new next is published.

    A verifier that keeps the issuer's document for a while meets no key that it does not list
    already. The first call makes both keys. Opens its own transaction; each call is one rotation.
    """
    with transaction.atomic():
        keys = _locked(issuer)
        _retire(keys, now)
        waiting = next((key for key in keys if key.state == State.NEXT), None)
        active = waiting or _make(issuer, now)
        _activate(active)
        _make(issuer, now)
        return active


def adopt(*, issuer: Issuer, variable: str, now: datetime) -> IssuerKey:
    """The key in that environment variable signs from now on; nothing secret is stored.

    The variable holds the 32 secret bytes of an Ed25519 key in URL-safe base64, in every process
    that signs. The key's own public half is published at once. A second call with the same key
    changes nothing. Raises Invalid for a variable that holds no such key.
    """
    try:
        public = from_environment(variable).public_multibase
    except ImproperlyConfigured as fault:
        problem = Problem(field="variable", code="no-key", message=str(fault))
        raise Invalid(problem.message, (problem,)) from None
    with transaction.atomic():
        keys = _locked(issuer)
        known = next((key for key in keys if key.public_multibase == public), None)
        if known is None:
            known = IssuerKey(issuer=issuer, public_multibase=public, active=None, created_at=now)
        if not known.active:
            _retire(keys, now)
        known.variable, known.sealed_private = variable, b""
        _activate(known)
        return known


def active(issuer: Issuer) -> IssuerKey:
    """The key that signs now."""
    return IssuerKey.objects.get(issuer=issuer, active=True)


def open_key(row: IssuerKey) -> SigningKey:
    """The private key of that row, to sign with; never stored, never logged.

    Raises ImproperlyConfigured, saying what to set, where it cannot be had or is another key.
    """
    if not row.variable:
        secret = vault.unseal(bytes(row.sealed_private), purpose=row.public_multibase)
        return SigningKey.from_bytes(secret)
    key = from_environment(row.variable)
    if key.public_multibase != row.public_multibase:
        raise ImproperlyConfigured(
            f"{row.variable} holds another key than {row.public_multibase}, which it was adopted "
            "as. Set the variable back, or adopt the new key with `lc key adopt`."
        )
    return key


def from_environment(variable: str) -> SigningKey:
    """The key that an environment variable holds; raises ImproperlyConfigured without one."""
    text = os.environ.get(variable, "")
    try:
        secret = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != 32:
        raise ImproperlyConfigured(
            f"{variable} must hold the 32 bytes of an Ed25519 key in URL-safe base64: `lc key new` "
            "prints 32 fresh ones."
        )
    return SigningKey.from_bytes(secret)


def _locked(issuer: Issuer) -> list[IssuerKey]:
    """The issuer's keys, held until the commit, so that two rotations come one after the other."""
    Issuer.objects.select_for_update().get(pk=issuer.pk)
    return list(IssuerKey.objects.filter(issuer=issuer).order_by("created_at", "pk"))


def _retire(keys: list[IssuerKey], now: datetime) -> None:
    for key in keys:
        if key.active:
            key.active, key.state, key.retired_at = None, State.RETIRED, now
            key.save()


def _activate(key: IssuerKey) -> None:
    key.active, key.state, key.retired_at = True, State.ACTIVE, None
    key.save()


def _make(issuer: Issuer, now: datetime) -> IssuerKey:
    key = SigningKey.generate()
    return IssuerKey.objects.create(
        issuer=issuer,
        public_multibase=key.public_multibase,
        sealed_private=vault.seal(key.to_bytes(), purpose=key.public_multibase),
        state=State.NEXT,
        active=None,
        created_at=now,
    )
