"""Which keys an issuer's document lists for signing badges, and until when each may be relied on.

A key that was only retired stays listed as it is, so that what it signed keeps verifying; one that
came into other hands carries `revoked`, and from that moment on nothing it signed is relied on.

Source: W3C Controlled Identifiers 1.0, sections 2.2 (verification methods), 2.3.2 (assertion).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from credentials.openbadges.errors import BadKey, KeyNotListed, KeyWithdrawn
from credentials.openbadges.proof import read_instant
from credentials.openbadges.publickey import PublicKey

RELATION = "assertionMethod"


def listed_key(
    document: Mapping[str, Any], name: str, as_of: datetime, made: datetime | None = None
) -> PublicKey:
    """The key that the issuer's `document` lists under `name` for signing badges at `as_of`.

    `made` is when the signature says it was made. Raises KeyNotListed, KeyWithdrawn (at `as_of`,
    or already when it was used) and BadKey for a key in a form that cannot be read.
    """
    listed = _methods(document, RELATION)
    if name not in listed:
        raise KeyNotListed("the issuer does not list the key it was signed with")
    method = _method(document, name, listed[name])
    _refuse_withdrawn(method, as_of, made)
    return _only_key(method, name)


def same_listed_key(document: Mapping[str, Any], key: PublicKey, as_of: datetime) -> PublicKey:
    """`key` itself if the issuer's `document` lists it, under whatever name; raises as above."""
    for name, nested in _methods(document, RELATION).items():
        try:
            method = _method(document, name, nested)
            listed = _only_key(method, name)
        except (BadKey, KeyNotListed):
            continue
        if listed.thumbprint == key.thumbprint:
            _refuse_withdrawn(method, as_of, None)
            return listed
    raise KeyNotListed("the issuer does not list the key it was signed with")


def named_key(name: str) -> PublicKey | None:
    """The key that the name of a method is itself ("...#z6Mk..."), if it is one."""
    try:
        return PublicKey.from_multibase(name.partition("#")[2])
    except BadKey:
        return None


def _method(
    document: Mapping[str, Any], name: str, nested: dict[str, Any] | None
) -> Mapping[str, Any]:
    """What the document says about the key, in place or among its methods; the issuer's own."""
    method = nested or _methods(document, "verificationMethod").get(name) or {}
    if method.get("controller", document.get("id")) != document.get("id"):
        raise KeyNotListed("the issuer lists the key it was signed with as somebody else's")
    return method


def _refuse_withdrawn(method: Mapping[str, Any], as_of: datetime, made: datetime | None) -> None:
    for word in ("revoked", "expires"):
        if method.get(word) is None:
            continue
        ended = read_instant(method[word])
        if ended is None or ended <= as_of or (made is not None and ended <= made):
            raise KeyWithdrawn("the issuer has withdrawn the key it was signed with")


def _only_key(method: Mapping[str, Any], name: str) -> PublicKey:
    """The one key that all ways of writing it in a method and in its name agree on."""
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    keys = [PublicKey.from_multibase(multibase)] if isinstance(multibase, str) else []
    if isinstance(jwk, Mapping):
        keys.append(PublicKey.from_jwk(jwk))
    named = None if name.partition("#")[2] == multibase else named_key(name)
    if named is not None:
        keys.append(named)
    if len(keys) > 1 and len({key.thumbprint for key in keys}) > 1:
        raise KeyNotListed(
            "the issuer lists another key under the name of the one it was signed with"
        )
    if not keys:
        raise KeyNotListed("the issuer lists the key it was signed with without the key itself")
    return keys[0]


def _methods(document: Mapping[str, Any], relation: str) -> dict[str, dict[str, Any] | None]:
    """Identifier -> method object, or None where only the identifier is listed."""
    found: dict[str, dict[str, Any] | None] = {}
    members = document.get(relation)
    for member in members if isinstance(members, list) else [members]:
        if isinstance(member, str):
            found.setdefault(_absolute(document, member), None)
        elif isinstance(member, dict) and isinstance(member.get("id"), str):
            found[_absolute(document, member["id"])] = member
    return found


def _absolute(document: Mapping[str, Any], name: str) -> str:
    return f"{document.get('id')}{name}" if name.startswith("#") else name
