"""The tool's public keys, and the one way in which a message of the tool is believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jwt
import requests

Fetch = Callable[[], dict[str, Any]]

LEEWAY = 5
LONGEST_LIFE = 3600
KEEP_SECONDS = 300


class Unbelievable(Exception):
    """The message is not the tool's, or not of now; the text says why."""


def fetch_from(url: str) -> Fetch:
    """Fetches the JWK Set at that address, without a proxy, within five seconds."""

    def fetch() -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(url, timeout=5)
            answer.raise_for_status()
            document = answer.json()
        if not isinstance(document, dict):
            raise ValueError("not a JWK Set")
        return document

    return fetch


class ToolKeys:
    """The tool's key set, kept for a while and fetched again for a key it does not hold."""

    def __init__(self, fetch: Fetch, now: Callable[[], float]) -> None:
        self._fetch = fetch
        self._now = now
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    def claims(self, token: str, *, audience: tuple[str, ...], issuer: str) -> dict[str, Any]:
        """The claims of a JWT that the tool signed for that audience; raises Unbelievable.

        exp and iat are required and read by our own clock (security 1.0, 4.1.1 and 5.2.1).
        """
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=audience,
                issuer=issuer,
                options={
                    "require": ["iss", "aud", "exp", "iat"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.PyJWTError as error:
            raise Unbelievable(f"{type(error).__name__}: {error}") from None
        self._demand_now(claims)
        return claims

    def _demand_now(self, claims: dict[str, Any]) -> None:
        issued, expires, now = claims["iat"], claims["exp"], self._now()
        for name, value in (("iat", issued), ("exp", expires)):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise Unbelievable(f"{name} is not a number")
        if expires <= now - LEEWAY:
            raise Unbelievable("it has expired")
        if issued > now + LEEWAY:
            raise Unbelievable("it was issued in the future")
        if issued < now - LONGEST_LIFE:
            raise Unbelievable("it was issued more than an hour ago")

    def _key(self, kid: object) -> jwt.PyJWK:
        if not isinstance(kid, str) or not kid:
            raise Unbelievable("its header names no key (kid)")
        if kid not in self._keys or self._fetched < self._now() - KEEP_SECONDS:
            self._refresh()
        if kid not in self._keys:
            raise Unbelievable(f"the tool's key set holds no key {kid}")
        return self._keys[kid]

    def _refresh(self) -> None:
        try:
            keys = jwt.PyJWKSet.from_dict(self._fetch()).keys
        except (requests.RequestException, ValueError, jwt.PyJWTError) as error:
            raise Unbelievable(f"the tool's key set cannot be had: {error}") from None
        self._keys = {key.key_id: key for key in keys if key.key_id}
        self._fetched = self._now()
