"""Verify anybody's badge: every question answered yes, no or could not check, and why."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from credentials.openbadges.baking import MAX_PNG_BYTES
from credentials.openbadges.errors import NotSafe, UnknownContext
from credentials.openbadges.issuers import Issuers, check_signature
from credentials.openbadges.ports import Ports
from credentials.openbadges.proof import digest_or_refusal, read_instant
from credentials.openbadges.reading import read
from credentials.openbadges.report import Answer, Finding, Question, Report, in_order
from credentials.openbadges.revocation import check_revocation
from credentials.openbadges.shape import faults, is_iri, older_kind
from credentials.openbadges.summary import summarize

MAX_ALIGNMENTS: Final = 200


def verify(
    data: bytes,
    *,
    as_of: datetime,
    ports: Ports,
    recipient: str | None = None,
    max_bytes: int = MAX_PNG_BYTES,
) -> Report:
    """The report on a baked PNG or the JSON of a badge; never raises for a bad badge.

    `as_of` (with time zone) is the moment that validity is judged at. `recipient` is whom the
    asker takes for the holder: the badge's own subject identifier, or an e-mail address or other
    identity that the badge may carry hashed. At most one issuer document and four status lists
    are fetched, through `ports` only; what `ports` raises other than Unreachable is not caught.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    reading = read(data, max_bytes=max_bytes)
    if reading.document is None:
        return Report(findings=_unread(reading.finding, recipient), as_of=as_of)
    document = reading.document
    issuers = Issuers(ports)
    issuer_id = _issuer_id(document)
    digest = digest_or_refusal(document)
    signature = _signature(document, digest, issuer_id, issuers, as_of)
    findings = [
        reading.finding,
        _well_formed(document, digest),
        signature,
        _issuer_known(issuer_id, signature, ports, as_of),
        _not_expired(document, as_of),
        check_revocation(document, issuer_id, ports, issuers, as_of),
        _recipient(document, recipient),
        _alignment(document, ports),
    ]
    return Report(findings=in_order(findings), as_of=as_of, summary=summarize(document))


def _unread(readable: Finding, recipient: str | None) -> tuple[Finding, ...]:
    others = [
        _finding(question, Answer.UNCHECKED, "not-reached", "No badge could be read.")
        for question in Question
        if question not in {Question.READABLE, Question.RECIPIENT}
    ]
    asked = _finding(Question.RECIPIENT, Answer.UNCHECKED, "not-reached", "No badge could be read.")
    nobody = recipient is None or not recipient.strip()
    return in_order([readable, *others, _not_asked() if nobody else asked])


def _issuer_id(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _well_formed(document: dict[str, Any], digest: bytes | NotSafe) -> Finding:
    question = Question.WELL_FORMED
    older = older_kind(document)
    if older is not None:
        return _finding(question, Answer.UNCHECKED, older.code, older.message)
    if document.get("@context") is None:
        return _finding(
            question, Answer.NO, "not-a-badge", "It is JSON without the vocabulary of a badge."
        )
    if isinstance(digest, UnknownContext):
        return _finding(question, Answer.NO, digest.code, f"{digest.message}.")
    if isinstance(digest, NotSafe):
        return _finding(question, Answer.NO, digest.code, digest.message)
    found = faults(document)
    if found:
        more = f" ({len(found) - 1} more like it.)" if len(found) > 1 else ""
        return _finding(question, Answer.NO, found[0].code, f"{found[0].message}{more}")
    return _finding(
        question, Answer.YES, "well-formed", "It has every part that Open Badges 3.0 asks for."
    )


def _signature(
    document: dict[str, Any],
    digest: bytes | NotSafe,
    issuer_id: str,
    issuers: Issuers,
    as_of: datetime,
) -> Finding:
    question = Question.SIGNATURE
    if older_kind(document) is not None:
        return _finding(
            question, Answer.UNCHECKED, "not-reached", "This older kind is not checked here yet."
        )
    if not is_iri(issuer_id):
        return _finding(question, Answer.NO, "no-issuer", "It does not name who issued it.")
    found = check_signature(document, digest, issuer_id, issuers, as_of)
    return _finding(question, found.answer, found.code, found.reason)


def _issuer_known(issuer_id: str, signature: Finding, ports: Ports, as_of: datetime) -> Finding:
    question = Question.ISSUER_KNOWN
    if not is_iri(issuer_id):
        return _finding(question, Answer.NO, "no-issuer", "It does not name who issued it.")
    trust = ports.trust(issuer_id, as_of)
    dated = f" of {trust.list_date.day} {trust.list_date:%B %Y}" if trust.list_date else ""
    source = f'the list "{trust.list_name}"{dated}' if trust.list_name else "a trust list"
    name = trust.legal_name or issuer_id
    if trust.known is None:
        reason = trust.reason or "No trust list could be consulted about its issuer."
        return _finding(question, Answer.UNCHECKED, "no-list", reason)
    if not trust.known:
        reason = trust.reason or f"{issuer_id} is on none of the trust lists in use here."
        return _finding(question, Answer.NO, "not-on-list", reason)
    if signature.answer is not Answer.YES:
        return _finding(
            question,
            Answer.UNCHECKED,
            "not-proven",
            f"It names {name}, which is on {source}; but without a good signature anybody could "
            "have written that name into it.",
        )
    return _finding(question, Answer.YES, "known", trust.reason or f"{name} is on {source}.")


def _not_expired(document: dict[str, Any], as_of: datetime) -> Finding:
    question = Question.NOT_EXPIRED
    begins, ends = document.get("validFrom"), document.get("validUntil")
    start, end = read_instant(begins), read_instant(ends)
    day = _day(as_of)
    if end is not None and as_of > end:
        return _finding(
            question, Answer.NO, "expired", f"It was valid until {_day(end)}; asked about {day}."
        )
    if start is not None and as_of < start:
        return _finding(
            question, Answer.NO, "not-yet", f"It is valid from {_day(start)}; asked about {day}."
        )
    if start is None or (ends is not None and end is None):
        return _finding(
            question, Answer.UNCHECKED, "no-date", "Its dates of validity cannot be read."
        )
    until = f"until {_day(end)}" if end else "without an end"
    return _finding(
        question,
        Answer.YES,
        "valid",
        f"It is valid from {_day(start)} {until}; asked about {day}.",
    )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _recipient(document: dict[str, Any], recipient: str | None) -> Finding:
    if recipient is None or not recipient.strip():
        return _not_asked()
    question, asked = Question.RECIPIENT, recipient.strip()
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    if subject.get("id") == asked:
        return _finding(
            question, Answer.YES, "same-id", "It names exactly this identifier as its holder."
        )
    identifiers = _identifiers(subject)
    if any(_is_identity(entry, asked) for entry in identifiers):
        return _finding(
            question, Answer.YES, "same-identity", "It names this identity as its holder."
        )
    if identifiers or re.match(r"(?:did|urn):", asked):
        return _finding(
            question, Answer.NO, "someone-else", "It names somebody else as its holder."
        )
    return _finding(
        question,
        Answer.UNCHECKED,
        "opaque",
        "It names its holder only by a number that says nothing about the person. Ask the holder "
        "to show that the badge is theirs.",
    )


def _not_asked() -> Finding:
    return _finding(
        Question.RECIPIENT, Answer.UNCHECKED, "not-asked", "Nobody asked whose badge this is."
    )


def _identifiers(subject: dict[str, Any]) -> list[dict[str, Any]]:
    found = subject.get("identifier")
    entries = found if isinstance(found, list) else [found]
    return [
        entry
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("identityHash"), str)
    ]


def _is_identity(entry: dict[str, Any], asked: str) -> bool:
    """Open Badges 3.0, "Verify the Recipient Using an Identifier"."""
    given = entry["identityHash"]
    if entry.get("hashed") is not True:
        return bool(given == asked)
    salt = entry.get("salt")
    salted = salt if isinstance(salt, str) else ""
    spellings = {asked, asked.casefold()} if "@" in asked else {asked}
    return any(
        given == "sha256$" + sha256((spelling + salted).encode("utf-8", "replace")).hexdigest()
        for spelling in spellings
    )


def _alignment(document: dict[str, Any], ports: Ports) -> Finding:
    question = Question.ALIGNMENT
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    found = achievement.get("alignment") if isinstance(achievement, dict) else None
    targets = _targets(found if isinstance(found, list) else [found])
    if not targets:
        return _finding(
            question, Answer.UNCHECKED, "none-named", "It names no statement that it demonstrates."
        )
    if len(targets) > MAX_ALIGNMENTS:
        return _finding(question, Answer.UNCHECKED, "too-many", "It names too many statements.")
    answers = [(url, ports.resolve_alignment(url, code)) for url, code in targets]
    missing = [url for url, known in answers if known is False]
    if missing:
        return _finding(
            question,
            Answer.NO,
            "not-there",
            f"It names a statement that the framework does not have: {missing[0][:200]}",
        )
    if any(known is None for _, known in answers):
        return _finding(
            question,
            Answer.UNCHECKED,
            "elsewhere",
            "It names statements of a framework that is published elsewhere and was not looked up.",
        )
    return _finding(
        question,
        Answer.YES,
        "there",
        f"The framework has all of the statements it names ({len(answers)}).",
    )


def _targets(entries: list[Any]) -> list[tuple[str, str]]:
    """Each (address, code) once; an entry without an address counts as one that is nowhere."""
    found: dict[tuple[str, str], None] = {}
    for entry in entries:
        if isinstance(entry, dict):
            url, code = entry.get("targetUrl"), entry.get("targetCode")
            found[(url if isinstance(url, str) else "", code if isinstance(code, str) else "")] = (
                None
            )
    return list(found)


def _finding(question: Question, answer: Answer, code: str, reason: str) -> Finding:
    return Finding(question=question, answer=answer, code=code, reason=reason)
