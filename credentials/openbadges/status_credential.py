"""A signed revocation list: had under the address a badge names, believed only from its issuer.

Sources: W3C Bitstring Status List 1.0, section 3.2; W3C Status List 2021 (2023-04-27), section 3.2.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from credentials.openbadges.asked import Asked
from credentials.openbadges.checked_lists import CheckedList, Key
from credentials.openbadges.errors import BadStatusList, ListNotReliable, OpenBadgesError
from credentials.openbadges.issuers import check_signature
from credentials.openbadges.jwt import Token, is_token, read_token
from credentials.openbadges.ports import Fetched, Unreachable
from credentials.openbadges.proof import digest_or_refusal, read_instant
from credentials.openbadges.report import Answer
from credentials.openbadges.status import StatusList
from credentials.openbadges.strictjson import MAX_NODES, parse
from credentials.openbadges.validity import begins, ends

#: The longest list that `StatusList.decode` unpacks, packed as badly as can be.
MAX_LIST_BYTES: Final = 4 * 1024 * 1024
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Kind:
    """How one kind of list calls itself."""

    entry: str
    credential: str
    subject: str


BITSTRING: Final = Kind(
    "BitstringStatusListEntry", "BitstringStatusListCredential", "BitstringStatusList"
)
LIST_2021: Final = Kind("StatusList2021Entry", "StatusList2021Credential", "StatusList2021")


def signed_list(asked: Asked, url: str, kind: Kind) -> CheckedList:
    """The list under `url`, signed by the badge's issuer and in force at `asked.as_of`.

    Raises ListNotReliable or BadStatusList for everything else. With `Ports.lists` a list that
    was found good is remembered for the hour around `as_of`: it was then judged at both ends of
    that hour too, and since each of its conditions (a key's end, the list's own dates) holds for
    one stretch of time without gaps, it holds for every moment between.
    """
    body = fetched_list(asked, url).body
    lists = asked.ports.lists
    # The key of a token may stand at an address of its own, which the hour's answer does not know.
    key = None if lists is None or is_token(body) else _key(asked, url, kind, body)
    if lists is None or key is None:
        return _checked(asked, url, kind, body)
    kept = lists.get(key)
    if kept is None:
        kept = _checked(asked, url, kind, body)
        if _holds_for_the_hour(asked, url, kind, body):
            lists.keep(key, kept)
    return kept


def fetched_list(asked: Asked, url: str) -> Fetched:
    """What the address answers; this installation's own list comes with an empty `url`.

    Raises ListNotReliable.
    """
    try:
        own = asked.ports.status_list(url)
        if own is not None:
            return Fetched(body=own, content_type="", url="")
        return asked.ports.fetch(url)
    except Unreachable as error:
        raise ListNotReliable(
            "status-list-unreachable",
            f"Its issuer's revocation list could not be fetched, so it may have been withdrawn. "
            f"{error.message}",
        ) from None


def issuer_of(listed: dict[str, Any]) -> Any:
    """Whose list it says it is."""
    issuer = listed.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def _token(body: bytes) -> Token:
    try:
        return read_token(body)
    except OpenBadgesError as error:
        raise _unreadable(error) from None


def _unreadable(error: OpenBadgesError) -> ListNotReliable:
    return ListNotReliable(
        "status-list-unreadable", f"Its revocation list cannot be read. {error.message}"
    )


def parsed_list(body: bytes, *, max_bytes: int, max_nodes: int = MAX_NODES) -> dict[str, Any]:
    """The list as JSON, empty for JSON that is no object; raises ListNotReliable."""
    try:
        listed = parse(body, max_bytes=max_bytes, max_nodes=max_nodes)
    except OpenBadgesError as error:
        raise _unreadable(error) from None
    return listed if isinstance(listed, dict) else {}


def _checked(asked: Asked, url: str, kind: Kind, body: bytes) -> CheckedList:
    token = _token(body) if is_token(body) else None
    listed = token.document if token else parsed_list(body, max_bytes=MAX_LIST_BYTES)
    if listed.get("id") != url:
        raise ListNotReliable(
            "status-list-other", "The address of its revocation list answers with something else."
        )
    if issuer_of(listed) != asked.issuer_id:
        raise ListNotReliable("status-list-other", "Its revocation list is not its issuer's.")
    digest = digest_or_refusal(listed, engine=asked.issuers.engine)
    signature = check_signature(listed, digest, asked.issuer_id, asked.issuers, asked.as_of, token)
    if signature.answer is not Answer.YES:
        raise ListNotReliable(
            "status-list-not-signed",
            f"Its revocation list cannot be relied on. {signature.reason}",
        )
    until = read_instant(ends(listed))
    if ends(listed) is not None and (until is None or until < asked.as_of):
        raise ListNotReliable("status-list-expired", "Its revocation list is out of date.")
    return _unpacked(listed, kind)


def _unpacked(listed: dict[str, Any], kind: Kind) -> CheckedList:
    subject, types = listed.get("credentialSubject"), listed.get("type")
    if (
        not isinstance(subject, dict)
        or not isinstance(types, list)
        or kind.credential not in types
        or subject.get("type") not in (kind.subject, [kind.subject])
    ):
        raise BadStatusList("What it names as revocation list is not one.")
    purposes = subject.get("statusPurpose")
    members = purposes if isinstance(purposes, list) else [purposes]
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise BadStatusList("Its revocation list is empty.")
    decode = StatusList.decode if kind is BITSTRING else StatusList.decode_2021
    return CheckedList(
        purposes=frozenset(purpose for purpose in members if isinstance(purpose, str)),
        dated=read_instant(begins(listed)),
        bits=decode(encoded),
    )


def _key(asked: Asked, url: str, kind: Kind, body: bytes) -> Key | None:
    """All that the answer depends on; None where the issuer's document cannot be had."""
    try:
        document = asked.issuers.document(asked.issuer_id)
    except Unreachable:
        return None
    issuer = sha256(json.dumps(document).encode()).digest()
    return sha256(body).digest(), f"{kind.entry} {url}", asked.issuer_id, issuer, _hour(asked)


def _hour(asked: Asked) -> datetime:
    return asked.as_of.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _holds_for_the_hour(asked: Asked, url: str, kind: Kind, body: bytes) -> bool:
    begins = _hour(asked)
    try:
        for moment in (begins, begins + HOUR):
            _checked(replace(asked, as_of=moment), url, kind, body)
    except BadStatusList:
        return False
    return True
