"""What an offline bundle holds of others: issuers on trust lists, and whatever a badge names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from credentials.domain import badge
from credentials.domain.bundle import lists
from credentials.domain.verification import ports
from credentials.models import Issuer
from credentials.openbadges import Fetched, OpenBadgesError, Unreachable, did_web_url, verify
from credentials.openbadges.bundle import Kind, Member, Missing
from credentials.openbadges.status_credential import MAX_LIST_BYTES
from credentials.openbadges.strictjson import check_value, parse

#: More lists than this are not looked for at one issuer: one list is for 131,072 badges.
MAX_LISTS = 64


def listed_issuers(*, names: Collection[str]) -> dict[str, str]:
    """Every other issuer on these lists, or on all of them, with the name the list has for it."""
    own = set(Issuer.objects.values_list("did", flat=True))
    return {
        entry["issuer"]: entry["legal_name"]
        for row in lists(names)
        for entry in row.entries
        if entry["issuer"] not in own
    }


def looked_up(
    issuer_id: str, legal_name: str, *, fetch: Callable[[str], Fetched], now: datetime
) -> tuple[list[Member], list[Missing]]:
    """What could be had of another issuer, and what could not; asks the network, not the database.

    A did:key is its own document: only where its revocation lists are cannot be known.
    """
    who = f"{legal_name} ({issuer_id})"
    members: list[Member] = []
    missing: list[Missing] = []
    document: dict[str, Any] = {}
    if not issuer_id.startswith("did:key:"):
        try:
            url = _address(issuer_id)
            body = fetch(url).body
            document = _document(body, issuer_id)
        except OpenBadgesError as error:
            told = f"The keys of {who} could not be had. {error.message}"
            return [], [_missing(issuer_id, told, Kind.ISSUER)]
        members.append(Member(kind=Kind.ISSUER, name=url, as_of=now, body=body))
    named = _status_lists(document)
    if not named:
        told = f"{who} does not say where its revocation lists are."
        missing.append(_missing(issuer_id, told, Kind.STATUS_LIST))
    for url in named:
        try:
            body = fetch(url).body
            parse(body, max_bytes=MAX_LIST_BYTES)
            members.append(Member(kind=Kind.STATUS_LIST, name=url, as_of=now, body=body))
        except OpenBadgesError as error:
            told = f"A revocation list of {who} could not be had. {error.message}"
            missing.append(_missing(url, told, Kind.STATUS_LIST))
    return members, missing


def named_by(
    handed_in: Iterable[bytes], *, fetch: Callable[[str], Fetched], now: datetime
) -> tuple[list[Member], list[Missing]]:
    """What verifying these badges has to fetch: so their reports can be made again offline.

    Each is verified once; what that asked of the network is kept, also where it is not good.
    """
    members: dict[str, Member] = {}
    missing: dict[str, Missing] = {}

    def keeping(url: str) -> Fetched:
        try:
            found = fetch(url)
        except Unreachable as error:
            missing[url] = _missing(url, error.message)
            raise
        if _is_text(found.body):
            members[url] = Member(kind=Kind.DOCUMENT, name=url, as_of=now, body=found.body)
        else:
            missing[url] = _missing(url, "It is not text, which is all that a bundle can keep.")
        return found

    for data in handed_in:
        verify(data, as_of=now, ports=ports(fetch=keeping, now=now))
    return list(members.values()), list(missing.values())


def _address(issuer_id: str) -> str:
    return issuer_id if issuer_id.startswith("https://") else did_web_url(issuer_id)


def _missing(name: str, reason: str, kind: Kind = Kind.DOCUMENT) -> Missing:
    return Missing(kind=kind, name=name[:2000], reason=reason[:2000])


def _is_text(body: bytes) -> bool:
    try:
        check_value(body.decode())
    except (OpenBadgesError, UnicodeDecodeError):
        return False
    return True


def _document(body: bytes, issuer_id: str) -> dict[str, Any]:
    document = parse(body)
    if not isinstance(document, dict) or document.get("id") != issuer_id:
        raise Unreachable("The issuer's address does not answer with the issuer's document.")
    return document


def _status_lists(document: dict[str, Any]) -> list[str]:
    """Where the issuer says that its lists are (DID Core 1.0, section 5.4, services)."""
    services = document.get("service")
    found: list[str] = []
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and service.get("type") in badge.LIST_SERVICES:
            place = service.get("serviceEndpoint")
            urls = place if isinstance(place, list) else [place]
            found += [url for url in urls if isinstance(url, str)]
    return list(dict.fromkeys(found))[:MAX_LISTS]
