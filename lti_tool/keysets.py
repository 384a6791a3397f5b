"""A platform's keys: cached, fetched anew for a key we do not know, the last good ones kept.

A launch must not fail because a platform has rotated its keys, answers an error for a while or
hangs; and nobody may make us fetch without end by inventing key ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from credentials.api import outside
from lti_tool.digest import digest
from lti_tool.models import KeySetCache
from lti_tool.refusal import Refused

SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(hours=24)
MINUTE: Final = timedelta(minutes=1)
#: Fetches for unknown key ids of one address in one minute; each id only once.
REFETCHES_A_MINUTE: Final = 6
MOST_KEYS: Final = 200
LONGEST_KID: Final = 500  # characters
_MAX_AGE: Final = re.compile(r"(?:^|,)\s*max-age=(\d{1,9})\s*(?:,|$)", re.IGNORECASE)

Key = Mapping[str, Any]


def key_for(*, url: str, kid: str, now: datetime) -> RSAPublicKey:
    """The platform's public key of that id; raises Refused LTI-303, LTI-304 or LTI-305.

    A set that is not old is asked first; an unknown id makes one bounded fetch; while fetching
    fails the last good set counts.
    """
    row, _ = KeySetCache.objects.get_or_create(digest=digest(url), defaults={"url": url})
    stale = row.expires_at is None or row.expires_at <= now
    if stale and (row.tried_at is None or row.fetched_at is None or _rested(row, now)):
        _fetch(row, now=now)
    found = _find(row, kid)
    if found is None and row.tried_at != now and _may_look_again(row, kid, now=now):
        _fetch(row, now=now)
        found = _find(row, kid)
    if found is not None:
        return _rsa(found, kid)
    if row.fetched_at is None:
        raise Refused("LTI-305", f"the key set at {url} cannot be read: {row.last_error}")
    raise Refused("LTI-303", f"the key set at {url} has no key {kid[:80]!r}")


def _rested(row: KeySetCache, now: datetime) -> bool:
    """While a platform is down each launch would wait for it: ask it once a minute."""
    return row.failures == 0 or row.tried_at is None or row.tried_at <= now - MINUTE


def _may_look_again(row: KeySetCache, kid: str, *, now: datetime) -> bool:
    """Notes the miss; whether it earns a fetch: a spent budget delays one by a minute at most."""
    recent = [
        miss
        for miss in row.misses
        if now - MINUTE < datetime.fromisoformat(miss[1]) <= now + MINUTE
    ]
    known = digest(kid)
    spent = len(recent) >= REFETCHES_A_MINUTE or any(miss[0] == known for miss in recent)
    if spent and row.tried_at is not None and row.tried_at > now - MINUTE:
        return False
    row.misses = [*recent, [known, now.isoformat()]]
    row.save(update_fields=["misses"])
    return True


def _fetch(row: KeySetCache, *, now: datetime) -> None:
    """Replace the set by what the platform says now; a bad answer changes no key."""
    row.tried_at = now
    try:
        fetched = outside.fetch(row.url)
        keys = _keys(fetched.body)
    except (outside.FetchError, ValueError, RecursionError) as fault:
        row.failures += 1
        row.last_error = str(fault)[:300]
        row.save(update_fields=["tried_at", "failures", "last_error"])
        return
    row.keys, row.fetched_at, row.failures, row.last_error = keys, now, 0, ""
    row.expires_at = now + _lifetime(fetched.headers.get("cache-control", ""))
    row.save()


def _keys(body: bytes) -> list[dict[str, Any]]:
    """The RSA keys with an id; raises ValueError for anything that is no key set."""
    document = json.loads(body)
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise ValueError("the answer is no key set")
    usable = [
        {name: key[name] for name in ("kty", "kid", "alg", "n", "e") if name in key}
        for key in keys[:MOST_KEYS]
        if isinstance(key, dict) and key.get("kty") == "RSA" and _is_name(key.get("kid"))
    ]
    if not usable:
        raise ValueError("the answer holds no RSA key with an id")
    return usable


def _is_name(kid: object) -> bool:
    return isinstance(kid, str) and 0 < len(kid) <= LONGEST_KID and kid.isprintable()


def _lifetime(cache_control: str) -> timedelta:
    given = _MAX_AGE.search(cache_control)
    seconds = timedelta(seconds=int(given.group(1))) if given else SHORTEST
    return min(max(seconds, SHORTEST), LONGEST)


def _find(row: KeySetCache, kid: str) -> Key | None:
    return next((key for key in row.keys if key.get("kid") == kid), None)


def _rsa(key: Key, kid: str) -> RSAPublicKey:
    try:
        found = RSAAlgorithm.from_jwk(json.dumps(key))
    except (InvalidKeyError, ValueError, TypeError) as fault:
        raise Refused("LTI-304", f"the platform's key {kid[:80]!r} is damaged: {fault}") from None
    if not isinstance(found, RSAPublicKey) or found.key_size < 2048:
        raise Refused("LTI-304", f"the platform's key {kid[:80]!r} is too short")
    return found
