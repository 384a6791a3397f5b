"""What goes into an offline bundle: our own records, and what other issuers publish."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from course_content.exports.case import item_uri
from course_content.loading import load
from course_content.loading.identifiers import items
from credentials.domain import badge, content, trust
from credentials.domain.verification import current_status_list, own_base_urls
from credentials.models import Issuer, StatusList, TrustList
from credentials.openbadges import Fetched, OpenBadgesError, Unreachable, did_web_url
from credentials.openbadges.bundle import Kind, Member, Missing
from credentials.openbadges.bundle_records import Framework, OwnIssuer, write_framework, write_own
from credentials.openbadges.status_credential import MAX_LIST_BYTES
from credentials.openbadges.strictjson import parse
from credentials.openbadges.trust_file import write_edition

#: More lists than this are not looked for at one issuer: one list is for 131,072 badges.
MAX_LISTS = 64


def own_members(*, host: str, now: datetime) -> Iterator[Member]:
    """This installation's issuers, their keys, their revocation lists and the framework's items.

    A list is signed anew where a revocation came since it was signed last.
    """
    rows = list(Issuer.objects.select_related("program").order_by("pk"))
    records = [
        OwnIssuer(
            issuer=row.did,
            legal_name=row.program.legal_name,
            host=trust.host_of(row),
            since=row.created_at.date(),
        )
        for row in rows
    ]
    yield Member(kind=Kind.OWN_ISSUERS, name=host, as_of=now, body=write_own(records))
    for row in rows:
        body = _json(badge.published_did_document(row))
        yield Member(kind=Kind.ISSUER, name=did_web_url(row.did), as_of=now, body=body)
        url, body = content.revocations_url(row), _json(badge.revocations(row))
        yield Member(kind=Kind.STATUS_LIST, name=url, as_of=now, body=body)
    for list_row in StatusList.objects.select_related("issuer").order_by("pk"):
        url, body = content.status_list_url(list_row), current_status_list(list_row, now=now)
        yield Member(kind=Kind.STATUS_LIST, name=url, as_of=now, body=body)
    yield Member(kind=Kind.FRAMEWORK, name=host, as_of=now, body=write_framework(_framework()))


def trust_members(*, names: Collection[str], now: datetime) -> Iterator[Member]:
    """Every edition of these lists, or of all lists: an earlier day is judged by an earlier one."""
    for row in _lists(names):
        name = f"{row.name} ({row.dated.isoformat()})"
        body = write_edition(trust.edition(row))
        yield Member(kind=Kind.TRUST_LIST, name=name, as_of=now, body=body)


def listed_issuers(*, names: Collection[str]) -> dict[str, str]:
    """Every other issuer on these lists, or on all of them, with the name the list has for it."""
    own = set(Issuer.objects.values_list("did", flat=True))
    return {
        entry["issuer"]: entry["legal_name"]
        for row in _lists(names)
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
        url = issuer_id
        try:
            url = issuer_id if issuer_id.startswith("https://") else did_web_url(issuer_id)
            body = fetch(url).body
            document = _document(body, issuer_id)
        except OpenBadgesError as error:
            reason = f"The keys of {who} could not be had. {error.message}"
            return [], [Missing(kind=Kind.ISSUER, name=url[:2000], reason=reason[:2000])]
        members.append(Member(kind=Kind.ISSUER, name=url, as_of=now, body=body))
    lists = _status_lists(document)
    if not lists:
        reason = f"{who} does not say where its revocation lists are."
        missing.append(Missing(kind=Kind.STATUS_LIST, name=issuer_id[:2000], reason=reason[:2000]))
    for url in lists:
        try:
            body = fetch(url).body
            parse(body, max_bytes=MAX_LIST_BYTES)
            members.append(Member(kind=Kind.STATUS_LIST, name=url, as_of=now, body=body))
        except OpenBadgesError as error:
            reason = f"A revocation list of {who} could not be had. {error.message}"
            missing.append(Missing(kind=Kind.STATUS_LIST, name=url[:2000], reason=reason[:2000]))
    return members, missing


def _lists(names: Collection[str]) -> Iterator[TrustList]:
    for row in TrustList.objects.order_by("name", "dated"):
        if not names or row.name in names:
            yield row


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
            named = service.get("serviceEndpoint")
            urls = named if isinstance(named, list) else [named]
            found += [url for url in urls if isinstance(url, str)]
    return list(dict.fromkeys(found))[:MAX_LISTS]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _framework() -> Framework:
    bases = own_base_urls()
    return Framework(
        codes={
            item_uri(base, item.uuid): str(item.uuid)
            for base in bases
            for item in items(load().framework)
        },
        within=tuple(bases),
    )
