"""What a verification may know: this installation's own records first, the network last.

Issuers, keys, revocation lists, badges and framework items that were published here are answered
from the database and never fetched (decision record 0001): http on localhost is no did:web, and a
badge must verify where its host no longer answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from course_content.catalog import UnknownItem
from course_content.exports.case import item_uri
from course_content.loading import load
from course_content.loading.identifiers import find
from credentials.conf import conf
from credentials.domain import badge as badges
from credentials.domain import content, form
from credentials.domain.trust import older_issuer_at, own_issuer, trusted
from credentials.models import Achievement, Badge, Issuer, RubricProof, StatusList
from credentials.openbadges import CheckedLists, Fetched, Ports, Unreachable

_UUID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_STATUS = re.compile(rf"/lc/status/{_UUID}")
_REVOCATIONS = re.compile(rf"/lc/issuers/{_UUID}/revocations")
_BADGE = re.compile(rf"/lc/badges/{_UUID}(?:\.json|\.png)?")
_OLDER = re.compile(rf"/lc/badges/{_UUID}/2\.0")
_OLDER_CLASS = re.compile(rf"/lc/badges/{_UUID}/2\.0/class")
_SCORES = re.compile(rf"/lc/rubric-proofs/{_UUID}")
_ACHIEVEMENT = re.compile(rf"/lc/achievements/{_UUID}")
_ITEM = re.compile(rf"/lc/uri/{_UUID}")

#: Revocation lists that this process found good, so that not every badge pays for its list.
_CHECKED = CheckedLists()


def ports(*, fetch: Callable[[str], Fetched], now: datetime) -> Ports:
    """The outside world of one verification in this installation."""
    own = OwnRecords(base_urls=own_base_urls(), now=now)
    return Ports(
        fetch=lambda url: own.older(url) or fetch(url),
        resolve_issuer=own.did_document,
        trust=lambda issuer_id, as_of: trusted(issuer_id=issuer_id, as_of=as_of),
        status_list=own.status_list,
        resolve_alignment=own.item,
        lists=_CHECKED,
    )


@dataclass(frozen=True, kw_only=True)
class OwnRecords:
    """What was published under this installation's addresses, old addresses included."""

    base_urls: frozenset[str]
    now: datetime

    def did_document(self, issuer_id: str) -> dict[str, Any] | None:
        """The DID document of an issuer of this installation; None for anybody else."""
        issuer = own_issuer(issuer_id)
        return None if issuer is None else badges.did_document(issuer)

    def status_list(self, url: str) -> bytes | None:
        """The list served under that address, as it is now; None for other addresses."""
        found = self._split(url, _STATUS)
        if found is None:
            return self._revocations(url)
        base_url, uuid = found
        row = StatusList.objects.filter(uuid=uuid, issuer__base_url=base_url).first()
        return None if row is None else current_status_list(row, now=self.now)

    def _revocations(self, url: str) -> bytes | None:
        found = self._split(url, _REVOCATIONS)
        if found is None:
            return None
        base_url, uuid = found
        issuer = Issuer.objects.filter(uuid=uuid, base_url=base_url).first()
        return None if issuer is None else json.dumps(badges.revocations(issuer)).encode()

    def item(self, url: str, code: str) -> bool | None:
        """Whether the framework has the item that an alignment names by our address and its code.

        None for an address of another installation. False for one of ours that no item answers,
        or that another item answers than the one named by `code`.
        """
        found = self._split(url, _ITEM)
        if found is None:
            return False if any(url.startswith(f"{base}/") for base in self.base_urls) else None
        base_url, uuid = found
        try:
            item = find(load().framework, uuid)
        except UnknownItem:
            return False
        return item_uri(base_url, item.uuid) == url and code in {"", str(item.uuid)}

    def achievement(self, url: str) -> Achievement | None:
        """The achievement of this installation with exactly that identifier."""
        found = self._split(url, _ACHIEVEMENT)
        if found is None:
            return None
        base_url, uuid = found
        rows = Achievement.objects.filter(uuid=uuid, program__issuer__base_url=base_url)
        return rows.first()

    def badge(self, url: str) -> Badge | None:
        """The signed badge published under that address; None for anything else."""
        found = self._split(url, _BADGE)
        if found is None:
            return None
        return _signed(*found)

    def older(self, url: str) -> Fetched | None:
        """The document of Open Badges 2.0 published under that address; None for anything else.

        Raises Unreachable with the status 410 for the assertion of a badge that was taken back.
        """
        document = self._older_document(url)
        if document is None:
            return None
        if document.get("revoked") is True:
            raise Unreachable(form.WITHDRAWN, status=410)
        body = json.dumps(document, ensure_ascii=False).encode()
        return Fetched(body=body, content_type="application/ld+json", url=url)

    def _older_document(self, url: str) -> dict[str, Any] | None:
        if (issuer := older_issuer_at(url)) is not None:
            return form.older_issuer(issuer)
        for pattern, written in ((_OLDER, form.older_assertion), (_OLDER_CLASS, form.older_class)):
            found = self._split(url, pattern)
            row = None if found is None else _signed(*found)
            if row is not None and content.has_older_form(row.issuer):
                return written(row)
        return None

    def scores(self, url: str) -> bytes | None:
        """The scores that a learner released under that address; None for anything else."""
        found = self._split(url, _SCORES)
        if found is None:
            return None
        base_url, uuid = found
        rows = RubricProof.objects.filter(uuid=uuid, active=True)
        row = rows.filter(status_list__issuer__base_url=base_url).first()
        return None if row is None else bytes(row.document)

    def _split(self, url: str, pattern: re.Pattern[str]) -> tuple[str, UUID] | None:
        """(base URL, identifier) of an address published here; None for any other."""
        for base_url in self.base_urls:
            rest = url.removeprefix(base_url)
            if rest != url and (match := pattern.fullmatch(rest)):
                return base_url, UUID(match[1])
        return None


def _signed(base_url: str, uuid: UUID) -> Badge | None:
    rows = Badge.objects.filter(uuid=uuid, issuer__base_url=base_url, document__isnull=False)
    return rows.select_related(
        "award__learner", "award__achievement", "issuer__program", "status_list__issuer"
    ).first()


def own_base_urls() -> frozenset[str]:
    """Every address under which this installation published something, today's included."""
    stored = Issuer.objects.values_list("base_url", flat=True).distinct()
    return frozenset({conf().base_url, *stored})


def current_status_list(row: StatusList, *, now: datetime) -> bytes:
    """The signed bytes of a list; a lock is taken only where it has to be signed anew."""
    if row.document is not None and row.signed_version == row.version:
        return bytes(row.document)
    return badges.status_list_bytes(status_list=row, now=now)


def refuse_to_fetch(url: str) -> Fetched:
    """A `fetch` for verifications that must not touch the network; always raises Unreachable."""
    raise Unreachable(f"Nothing was fetched from the network, so {url} was not asked.")
