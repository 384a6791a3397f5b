"""What this installation puts into an offline bundle of its own: issuers, lists, the framework."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from course_content.exports.case import item_uri
from course_content.loading import load
from course_content.loading.identifiers import items
from credentials.domain import badge, content, trust
from credentials.domain.verification import current_status_list, own_base_urls
from credentials.models import Issuer, StatusList, TrustList
from credentials.openbadges import did_web_url
from credentials.openbadges.bundle import Kind, Member
from credentials.openbadges.bundle_records import Framework, OwnIssuer, write_framework, write_own
from credentials.openbadges.trust_file import write_edition


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
    for row in lists(names):
        name = f"{row.name} ({row.dated.isoformat()})"
        body = write_edition(trust.edition(row))
        yield Member(kind=Kind.TRUST_LIST, name=name, as_of=now, body=body)


def lists(names: Collection[str]) -> Iterator[TrustList]:
    """The editions of these lists, or of all lists."""
    for row in TrustList.objects.order_by("name", "dated"):
        if not names or row.name in names:
            yield row


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
