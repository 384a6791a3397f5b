"""Whether a badge was withdrawn: the issuer's own list is read, or nothing is claimed.

Sources: W3C Bitstring Status List 1.0, section 3.2; W3C Status List 2021; 1EdTech Revocation List
Status Method 1.0.
"""

from __future__ import annotations

import re
from typing import Any, Final

from credentials.openbadges import revocation_list
from credentials.openbadges.answers import day
from credentials.openbadges.asked import Asked
from credentials.openbadges.errors import BadStatusList, ListNotReliable
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_iri
from credentials.openbadges.status_credential import BITSTRING, LIST_2021, Kind, signed_list

#: Purposes whose set bit takes a badge out of force.
PURPOSES: Final = {"revocation": "revoked", "suspension": "suspended"}
#: Purposes that say nothing about whether a badge is in force.
SILENT: Final = ("refresh", "message")
MAX_ENTRIES_READ: Final = 4
#: Of which moment a list speaks; an offline bundle has another one.
AS_IT_STANDS: Final = "as it stands now"
NO_HISTORY: Final = "a list of this kind has no history."

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_KINDS: Final = {kind.entry: kind for kind in (BITSTRING, LIST_2021)}
_WORST: Final = (Answer.NO, Answer.UNCHECKED, Answer.YES)


def check_revocation(asked: Asked) -> Finding:
    """Answer `Question.NOT_REVOKED` from the lists as they stand now, whatever `as_of` is.

    `as_of` only judges whether a list itself and its key were still valid; a list has no history,
    and the finding says so where `as_of` is before the list's date. A badge that names no list
    cannot be withdrawn and is answered "yes", saying so.
    """
    status = asked.document.get("credentialStatus")
    entries = status if isinstance(status, list) else [] if status is None else [status]
    if not entries:
        return _finding(
            Answer.YES,
            "no-list",
            "It names no revocation list: its issuer gave itself no means to withdraw it.",
        )
    if len(entries) > MAX_ENTRIES_READ:
        return _finding(Answer.UNCHECKED, "too-many-lists", "It names too many revocation lists.")
    telling = [entry for entry in entries if not _is_silent(entry)] or entries
    findings = [_check_entry(asked, entry) for entry in telling]
    return min(findings, key=lambda found: _WORST.index(found.answer))


def _is_silent(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.get("statusPurpose") in SILENT


def _check_entry(asked: Asked, entry: Any) -> Finding:
    kind = _type(entry)
    try:
        if kind == revocation_list.ENTRY_TYPE:
            return _check_listing(asked, entry)
        if kind in _KINDS:
            return _check_bit(asked, entry, _KINDS[kind])
    except BadStatusList as error:
        return _finding(Answer.UNCHECKED, error.code, error.message)
    return _finding(
        Answer.UNCHECKED,
        "status-not-supported",
        f"It uses a kind of revocation list that is not read here ({kind[:80]}).",
    )


def _type(entry: Any) -> str:
    kind = entry.get("type") if isinstance(entry, dict) else entry
    return str(kind[0] if isinstance(kind, list) and len(kind) == 1 else kind)


def _check_bit(asked: Asked, entry: dict[str, Any], kind: Kind) -> Finding:
    url, index, purpose = _read_entry(entry)
    listed = signed_list(asked, url, kind)
    if purpose not in listed.purposes:
        raise BadStatusList("Its revocation list is kept for another purpose.")
    now = AS_IT_STANDS + (f" (dated {day(listed.dated)})" if listed.dated else "")
    past = listed.dated is not None and asked.as_of < listed.dated
    if listed.bits.is_revoked(index):
        word = PURPOSES[purpose]
        told = f"Its issuer has {word} it, by the issuer's list {now}."
        then = f" Whether it was still in force on {day(asked.as_of)} cannot be told: {NO_HISTORY}"
        return _finding(Answer.NO, word, told + then if past else told)
    told = f"The issuer's list, {now}, leaves it in force."
    then = " What is revoked stays revoked, so it was not revoked earlier either."
    if purpose == "suspension":
        then = f" Whether it was suspended on {day(asked.as_of)} cannot be told: {NO_HISTORY}"
    return _finding(Answer.YES, "not-revoked", told + then if past else told)


def _check_listing(asked: Asked, entry: dict[str, Any]) -> Finding:
    url = entry.get("id")
    if not isinstance(url, str) or not is_iri(url) or not is_iri(asked.document.get("id")):
        raise ListNotReliable("status-entry", "Its place in the revocation list cannot be read.")
    if revocation_list.is_listed(asked, url):
        return _finding(
            Answer.NO,
            "revoked",
            f"Its issuer has revoked it, by the list that it names, {AS_IT_STANDS}. A list of this "
            "kind has neither date nor history.",
        )
    return _finding(
        Answer.YES,
        "not-listed",
        f"Its issuer's list of withdrawn badges, {AS_IT_STANDS}, does not name it. A list of this "
        "kind is not signed: it is as reliable as its issuer's web server.",
    )


def _read_entry(entry: dict[str, Any]) -> tuple[str, int, str]:
    purpose, index, url = (
        entry.get(name) for name in ("statusPurpose", "statusListIndex", "statusListCredential")
    )
    if not isinstance(purpose, str) or purpose not in PURPOSES:
        raise ListNotReliable(
            "status-not-supported", f"Its list is for {str(purpose)[:80]!r}, not for revocation."
        )
    if not isinstance(index, str) or not _INDEX.fullmatch(index) or not is_iri(url):
        raise ListNotReliable("status-entry", "Its place in the revocation list cannot be read.")
    if entry.get("statusSize", 1) != 1:
        raise ListNotReliable("status-not-supported", "Its list says more than yes or no.")
    return str(url), int(index), purpose


def _finding(answer: Answer, code: str, reason: str) -> Finding:
    return Finding(question=Question.NOT_REVOKED, answer=answer, code=code, reason=reason)
