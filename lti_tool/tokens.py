"""Bearer tokens for a platform's services, each of one deployment and one set of scopes.

A token never serves another tenant: many institutions share one issuer, so issuer and scopes
alone do not tell whose it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from cryptography.fernet import InvalidToken

from credentials.api import outside
from lti_tool import toolkeys
from lti_tool.digest import digest
from lti_tool.launch import DEPLOYMENT_ID_CLAIM
from lti_tool.models import AccessToken, Deployment
from lti_tool.sealing import box
from lti_tool.service_faults import Declined, Unavailable, wait_asked, words

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE: Final = timedelta(minutes=5)
#: Clocks differ by seconds: an assertion is dated back, a token is given up early.
MARGIN: Final = timedelta(seconds=10)
LONGEST_LIFE: Final = timedelta(hours=24)
_PURPOSE: Final = "access token"


def bearer(deployment: Deployment, scopes: Iterable[str], *, now: datetime) -> str:
    """A token that is good now, asked for only when the kept one has run out.

    Call it outside a transaction: it may ask the platform (security framework 1.0, section 4.1).
    Raises Unavailable when the platform gives none, Declined when it has no token address.
    """
    wanted = sorted(set(scopes))
    key = _key(deployment, wanted)
    row = AccessToken.objects.filter(digest=key, expires_at__gt=now).first()
    if row is not None and (kept := _opened(row)):
        return kept
    token, life = _ask(deployment, wanted, now=now)
    AccessToken.objects.update_or_create(
        digest=key,
        defaults={
            "registration": deployment.registration,
            "deployment": deployment,
            "sealed": box(_PURPOSE).encrypt(token.encode()),
            "expires_at": now + life - MARGIN,
        },
    )
    return token


def forget(deployment: Deployment, scopes: Iterable[str]) -> None:
    """The kept token was refused: the next one is asked for anew."""
    AccessToken.objects.filter(digest=_key(deployment, sorted(set(scopes)))).delete()


def _key(deployment: Deployment, scopes: list[str]) -> str:
    registration = deployment.registration
    return digest(registration.issuer, registration.client_id, deployment.deployment_id, *scopes)


def _opened(row: AccessToken) -> str:
    """Nothing where another master key sealed it, as after a restore."""
    try:
        return box(_PURPOSE).decrypt(bytes(row.sealed)).decode()
    except InvalidToken:
        return ""


def _ask(deployment: Deployment, scopes: list[str], *, now: datetime) -> tuple[str, timedelta]:
    registration = deployment.registration
    if not registration.token_url:
        raise Declined("The registration of this platform has no token address.")
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": _assertion(deployment, now=now),
        "scope": " ".join(scopes),
    }
    try:
        answered = outside.send(
            "POST",
            registration.token_url,
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
            body=urlencode(form).encode(),
        )
    except outside.FetchRefused as fault:
        raise Declined(f"The token address may not be used: {fault.reason}") from None
    except outside.FetchFailed as fault:
        raise Unavailable(f"No token: {fault.reason}") from None
    if answered.status != 200:
        raise Unavailable(
            f"The platform gives us no token: {answered.status} {words(answered)}".strip(),
            status=answered.status,
            after=wait_asked(answered, now=now),
        )
    return _read(answered.body)


def _assertion(deployment: Deployment, *, now: datetime) -> str:
    """Who we are (security framework 1.0, 4.1.1), and which deployment asks (core, 6.1)."""
    registration = deployment.registration
    return toolkeys.sign(
        {
            "iss": registration.client_id,
            "sub": registration.client_id,
            "aud": registration.token_audience or registration.token_url,
            "iat": int((now - MARGIN).timestamp()),
            "exp": int((now + ASSERTION_LIFE).timestamp()),
            "jti": str(uuid4()),
            DEPLOYMENT_ID_CLAIM: deployment.deployment_id,
        }
    )


def _read(body: bytes) -> tuple[str, timedelta]:
    """The token and how long it is good (RFC 6749, section 5.1)."""
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    token = document.get("access_token") if isinstance(document, dict) else None
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
        raise Unavailable("The platform's token answer holds no token.")
    try:
        seconds = int(document.get("expires_in", 0))
        life = timedelta(seconds=min(max(seconds, 0), LONGEST_LIFE.total_seconds()))
    except (TypeError, ValueError, OverflowError):
        life = timedelta(0)  # told nothing usable: it serves this once
    return token, life
