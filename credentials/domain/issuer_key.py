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
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.tokenkeys import TokenKey, token_jwk

State, Kind = IssuerKey.State, IssuerKey.Kind


def rotate(*, issuer: Issuer, now: datetime, kind: str = Kind.PROOF) -> IssuerKey:
    """The next key becomes the active one, the active one retires, and a new next is published.

    A verifier that keeps the issuer's document for a while meets no key that it does not list
    already. The first call makes both keys. Opens its own transaction; each call is one rotation.
    """
    with transaction.atomic():
        keys = _locked(issuer, kind)
        _retire(keys, now)
        waiting = next((key for key in keys if key.state == State.NEXT), None)
        active = waiting or _make(issuer, kind, now)
        _activate(active)
        _make(issuer, kind, now)
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
        keys = _locked(issuer, Kind.PROOF)
        known = next((key for key in keys if key.public_multibase == public), None)
        if known is None:
            known = IssuerKey(issuer=issuer, public_multibase=public, active=None, created_at=now)
        if not known.active:
            _retire(keys, now)
        known.variable, known.sealed_private = variable, b""
        _activate(known)
        return known


def active(issuer: Issuer) -> IssuerKey:
    """The key that signs proofs now."""
    return IssuerKey.objects.get(issuer=issuer, active=True, kind=Kind.PROOF)


def active_for_tokens(issuer: Issuer, *, now: datetime) -> IssuerKey:
    """The key that signs tokens now; the first call makes it. Opens its own transaction."""
    with transaction.atomic():
        for key in _locked(issuer, Kind.TOKEN):
            if key.active:
                return key
        return rotate(issuer=issuer, now=now, kind=Kind.TOKEN)


def open_token_key(row: IssuerKey) -> TokenKey:
    """The private key of that row, to sign tokens with; as `open_key`."""
    return TokenKey.from_bytes(
        vault.unseal(bytes(row.sealed_private), purpose=row.public_multibase)
    )


def open_any(row: IssuerKey) -> SigningKey | TokenKey:
    """The private key of that row, whatever it signs; raises as the two above."""
    return open_token_key(row) if row.kind == Kind.TOKEN else open_key(row)


def public_jwk(row: IssuerKey) -> dict[str, str]:
    """A token key as the issuer publishes it; its public half is in its name."""
    return token_jwk(PublicKey.from_multibase(row.public_multibase))


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


def _locked(issuer: Issuer, kind: str) -> list[IssuerKey]:
    """The issuer's keys, held until the commit, so that two rotations come one after the other."""
    Issuer.objects.select_for_update().get(pk=issuer.pk)
    return list(IssuerKey.objects.filter(issuer=issuer, kind=kind).order_by("created_at", "pk"))


def _retire(keys: list[IssuerKey], now: datetime) -> None:
    for key in keys:
        if key.active:
            key.active, key.state, key.retired_at = None, State.RETIRED, now
            key.save()


def _activate(key: IssuerKey) -> None:
    key.active, key.state, key.retired_at = True, State.ACTIVE, None
    key.save()


def _make(issuer: Issuer, kind: str, now: datetime) -> IssuerKey:
    key = TokenKey.generate() if kind == Kind.TOKEN else SigningKey.generate()
    name = key.public.multibase if isinstance(key, TokenKey) else key.public_multibase
    return IssuerKey.objects.create(
        issuer=issuer,
        kind=kind,
        public_multibase=name,
        sealed_private=vault.seal(key.to_bytes(), purpose=name),
        state=State.NEXT,
        active=None,
        created_at=now,
    )
