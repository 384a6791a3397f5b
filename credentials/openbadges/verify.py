"""Verify anybody's badge: every question answered yes, no or could not check, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from credentials.openbadges import answers
from credentials.openbadges.answers import finding
from credentials.openbadges.asked import Asked
from credentials.openbadges.baking import MAX_PNG_BYTES
from credentials.openbadges.errors import NotSafe, UnknownContext
from credentials.openbadges.issuers import Issuers, check_signature
from credentials.openbadges.ports import Ports
from credentials.openbadges.proof import digest_or_refusal
from credentials.openbadges.reading import read
from credentials.openbadges.recipient import check_recipient
from credentials.openbadges.refresh import refresh
from credentials.openbadges.report import Answer, Finding, Question, Report, in_order
from credentials.openbadges.revocation import check_revocation
from credentials.openbadges.shape import faults, is_iri, older_kind
from credentials.openbadges.summary import summarize
from credentials.openbadges.validity import begins, ends


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
    identity that the badge may carry hashed. At most one issuer document, one newer badge and four
    revocation lists are fetched, through `ports` only; what `ports` raises other than Unreachable
    is not caught.
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
    asked = Asked(document=document, issuer_id=issuer_id, ports=ports, issuers=issuers, as_of=as_of)
    newer, refreshed = refresh(asked, signature.answer)
    if newer is not None:
        document, digest = newer.document, newer.digest
        asked = replace(asked, document=document)
    findings = [
        refreshed or reading.finding,
        _well_formed(document, digest),
        signature,
        answers.issuer_known(issuer_id, signature, ports, as_of),
        answers.not_expired(begins(document), ends(document), as_of),
        check_revocation(asked),
        check_recipient(document, recipient),
        _alignment(document, ports),
    ]
    return Report(findings=in_order(findings), as_of=as_of, summary=summarize(document))


def _unread(readable: Finding, recipient: str | None) -> tuple[Finding, ...]:
    others = [
        finding(question, Answer.UNCHECKED, "not-reached", "No badge could be read.")
        for question in Question
        if question not in {Question.READABLE, Question.RECIPIENT}
    ]
    asked = finding(Question.RECIPIENT, Answer.UNCHECKED, "not-reached", "No badge could be read.")
    nobody = recipient is None or not recipient.strip()
    return in_order([readable, *others, answers.not_asked() if nobody else asked])


def _issuer_id(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _well_formed(document: dict[str, Any], digest: bytes | NotSafe) -> Finding:
    question = Question.WELL_FORMED
    older = older_kind(document)
    if older is not None:
        return finding(question, Answer.UNCHECKED, older.code, older.message)
    if document.get("@context") is None:
        return finding(
            question, Answer.NO, "not-a-badge", "It is JSON without the vocabulary of a badge."
        )
    if isinstance(digest, UnknownContext):
        return finding(question, Answer.NO, digest.code, f"{digest.message}.")
    if isinstance(digest, NotSafe):
        return finding(question, Answer.NO, digest.code, digest.message)
    found = faults(document)
    if found:
        more = f" ({len(found) - 1} more like it.)" if len(found) > 1 else ""
        return finding(question, Answer.NO, found[0].code, f"{found[0].message}{more}")
    return finding(
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
        return finding(
            question, Answer.UNCHECKED, "not-reached", "This older kind is not checked here yet."
        )
    if not is_iri(issuer_id):
        return finding(question, Answer.NO, "no-issuer", "It does not name who issued it.")
    found = check_signature(document, digest, issuer_id, issuers, as_of)
    return finding(question, found.answer, found.code, found.reason)


def _alignment(document: dict[str, Any], ports: Ports) -> Finding:
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    found = achievement.get("alignment") if isinstance(achievement, dict) else None
    return answers.alignment(found, ports)
