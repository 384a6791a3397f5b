"""Whether a badge was withdrawn: the issuer's own signed list is read, or nothing is claimed.

Source: W3C Bitstring Status List 1.0, section 3.2.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.errors import BadStatusList, OpenBadgesError
from credentials.openbadges.issuers import Issuers, check_signature
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.proof import digest_or_refusal, read_instant
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_iri
from credentials.openbadges.status import StatusList
from credentials.openbadges.strictjson import parse

ENTRY_TYPE: Final = "BitstringStatusListEntry"
#: Purposes whose set bit takes a badge out of force.
PURPOSES: Final = {"revocation": "revoked", "suspension": "suspended"}
MAX_ENTRIES_READ: Final = 4
#: The longest list that `StatusList.decode` unpacks, packed as badly as can be.
MAX_LIST_BYTES: Final = 4 * 1024 * 1024

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


class _CouldNotCheck(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def check_revocation(
    document: dict[str, Any], issuer_id: str, ports: Ports, issuers: Issuers, as_of: datetime
) -> Finding:
    """Answer `Question.NOT_REVOKED` from the list as it stands now, whatever `as_of` is.

    `as_of` only judges whether the list itself and its key were still valid. A badge that names
    no list cannot be withdrawn and is answered "yes", saying so.
    """
    status = document.get("credentialStatus")
    entries = status if isinstance(status, list) else [] if status is None else [status]
    if not entries:
        return _finding(
            Answer.YES,
            "no-list",
            "It names no revocation list: its issuer gave itself no means to withdraw it.",
        )
    if len(entries) > MAX_ENTRIES_READ:
        return _finding(Answer.UNCHECKED, "too-many-lists", "It names too many revocation lists.")
    findings = [_check_entry(entry, issuer_id, ports, issuers, as_of) for entry in entries]
    worst = [Answer.NO, Answer.UNCHECKED, Answer.YES]
    return min(findings, key=lambda found: worst.index(found.answer))


def _check_entry(
    entry: Any, issuer_id: str, ports: Ports, issuers: Issuers, as_of: datetime
) -> Finding:
    try:
        url, index, purpose = _read_entry(entry)
        listed = _signed_list(url, issuer_id, ports, issuers, as_of)
        bits = _bits(listed, purpose)
        revoked = bits.is_revoked(index)
    except BadStatusList as error:
        return _finding(Answer.UNCHECKED, error.code, error.message)
    except _CouldNotCheck as error:
        return _finding(Answer.UNCHECKED, error.code, error.reason)
    dated = read_instant(listed.get("validFrom"))
    as_it_stands = "as it stands now" + (f" (dated {dated.day} {dated:%B %Y})" if dated else "")
    if revoked:
        word = PURPOSES[purpose]
        return _finding(
            Answer.NO, word, f"Its issuer has {word} it, by the issuer's list {as_it_stands}."
        )
    return _finding(
        Answer.YES, "not-revoked", f"The issuer's list, {as_it_stands}, leaves it in force."
    )


def _read_entry(entry: Any) -> tuple[str, int, str]:
    if not isinstance(entry, dict) or entry.get("type") not in (ENTRY_TYPE, [ENTRY_TYPE]):
        kind = entry.get("type") if isinstance(entry, dict) else entry
        raise _CouldNotCheck(
            "status-not-supported",
            f"It uses a kind of revocation list that is not read here ({str(kind)[:80]}).",
        )
    purpose, index, url = (
        entry.get(name) for name in ("statusPurpose", "statusListIndex", "statusListCredential")
    )
    if not isinstance(purpose, str) or purpose not in PURPOSES:
        raise _CouldNotCheck(
            "status-not-supported", f"Its list is for {str(purpose)[:80]!r}, not for revocation."
        )
    if not isinstance(index, str) or not _INDEX.fullmatch(index) or not is_iri(url):
        raise _CouldNotCheck("status-entry", "Its place in the revocation list cannot be read.")
    if entry.get("statusSize", 1) != 1:
        raise _CouldNotCheck("status-not-supported", "Its list says more than yes or no.")
    return str(url), int(index), purpose


def _signed_list(
    url: str, issuer_id: str, ports: Ports, issuers: Issuers, as_of: datetime
) -> dict[str, Any]:
    """The list as a credential of the same issuer, under the address the badge names."""
    try:
        body = ports.status_list(url)
        if body is None:
            body = ports.fetch(url).body
        listed = parse(body, max_bytes=MAX_LIST_BYTES)
    except Unreachable as error:
        raise _CouldNotCheck(
            "status-list-unreachable",
            f"Its issuer's revocation list could not be fetched, so it may have been withdrawn. "
            f"{error.message}",
        ) from None
    except OpenBadgesError as error:
        raise _CouldNotCheck(
            "status-list-unreadable", f"Its revocation list cannot be read. {error.message}"
        ) from None
    if not isinstance(listed, dict) or listed.get("id") != url:
        raise _CouldNotCheck(
            "status-list-other", "The address of its revocation list answers with something else."
        )
    issuer = listed.get("issuer")
    signer = issuer.get("id") if isinstance(issuer, dict) else issuer
    if signer != issuer_id:
        raise _CouldNotCheck("status-list-other", "Its revocation list is not its issuer's.")
    signature = check_signature(listed, digest_or_refusal(listed), issuer_id, issuers, as_of)
    if signature.answer is not Answer.YES:
        raise _CouldNotCheck(
            "status-list-not-signed",
            f"Its revocation list cannot be relied on. {signature.reason}",
        )
    until = read_instant(listed.get("validUntil"))
    if listed.get("validUntil") is not None and (until is None or until < as_of):
        raise _CouldNotCheck("status-list-expired", "Its revocation list is out of date.")
    return listed


def _bits(listed: dict[str, Any], purpose: str) -> StatusList:
    subject = listed.get("credentialSubject")
    types = listed.get("type")
    if (
        not isinstance(subject, dict)
        or not isinstance(types, list)
        or "BitstringStatusListCredential" not in types
        or subject.get("type") not in ("BitstringStatusList", ["BitstringStatusList"])
    ):
        raise BadStatusList("What it names as revocation list is not one.")
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise BadStatusList("Its revocation list is kept for another purpose.")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise BadStatusList("Its revocation list is empty.")
    return StatusList.decode(encoded)


def _finding(answer: Answer, code: str, reason: str) -> Finding:
    return Finding(question=Question.NOT_REVOKED, answer=answer, code=code, reason=reason)
