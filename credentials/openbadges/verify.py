"""Verify anybody's badge: every question answered yes, no or could not check, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from credentials.openbadges import answers
from credentials.openbadges.answers import finding
from credentials.openbadges.asked import Asked
from credentials.openbadges.baking import MAX_PNG_BYTES
from credentials.openbadges.endorsements import check_endorsements
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.issuers import Issuers, check_signature
from credentials.openbadges.jwt import Token
from credentials.openbadges.older.handed import WITHDRAWN, fetched_reading
from credentials.openbadges.older.shape import is_older, is_oldest
from credentials.openbadges.older.verify import verify_older
from credentials.openbadges.ports import Ports, asked_once
from credentials.openbadges.proof import digest_or_refusal
from credentials.openbadges.reading import Reading, read
from credentials.openbadges.recipient import check_recipient
from credentials.openbadges.record import Budget, badges_in, open_badge
from credentials.openbadges.refresh import refresh
from credentials.openbadges.report import Answer, Finding, Question, Report, in_order
from credentials.openbadges.revocation import check_revocation
from credentials.openbadges.shape import faults, is_endorsement, is_iri, is_record
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
    """The report on a baked picture, the JSON or token of a badge or record, or its address.

    Never raises for a bad one.

    `as_of` (with time zone) is the moment that validity is judged at. `recipient` is whom the
    asker takes for the holder: the badge's own subject identifier, or an e-mail address or other
    identity that the badge may carry hashed. At most one newer badge is fetched, and for a badge
    and for each of up to five endorsements one issuer document and four revocation lists; and
    `ports.MAX_ADDRESSES` addresses in all, through `ports` only; what `ports` raises other than
    Unreachable is not caught.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    once = asked_once(ports)
    case = _Case(as_of=as_of, ports=once, issuers=Issuers(once), budget=Budget())
    reading = read(data, max_bytes=max_bytes)
    if reading.address:
        reading = fetched_reading(reading.address, once, max_bytes=max_bytes)
    return _report(reading, recipient, case)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What the badge and those inside of it have in common."""

    as_of: datetime
    ports: Ports
    issuers: Issuers
    budget: Budget


def _report(reading: Reading, recipient: str | None, case: _Case, depth: int = 0) -> Report:
    as_of, ports, issuers = case.as_of, case.ports, case.issuers
    if reading.document is None:
        return Report(findings=_unread(reading.finding, recipient), as_of=as_of)
    if is_older(reading.document):
        return verify_older(reading, as_of=as_of, ports=ports, recipient=recipient)
    document = reading.document
    issuer_id = _issuer_id(document)
    digest = digest_or_refusal(document, engine=issuers.engine)
    signature = _signature(document, digest, issuer_id, issuers, as_of, reading.token)
    asked = Asked(document=document, issuer_id=issuer_id, ports=ports, issuers=issuers, as_of=as_of)
    newer, refreshed = refresh(asked, signature.answer)
    if newer is not None:
        document, digest = newer.document, newer.digest
        asked = replace(asked, document=document)
    if isinstance(digest, NotSafe):
        case.budget.in_doubt()
    findings = [
        refreshed or reading.finding,
        _well_formed(document, digest),
        signature,
        answers.issuer_known(issuer_id, signature, ports, as_of),
        answers.not_expired(begins(document), ends(document), as_of),
        check_revocation(asked),
        check_recipient(document, recipient),
        _alignment(document, ports),
        check_endorsements(asked, digest),
    ]
    return Report(
        findings=in_order(findings),
        as_of=as_of,
        summary=summarize(document),
        parts=tuple(_parts(document, issuer_id, recipient, case, depth + 1)),
    )


def _parts(
    document: dict[str, Any], issuer_id: str, recipient: str | None, case: _Case, depth: int
) -> Iterator[Report]:
    """The report on each badge inside a record.

    The record's issuer vouches that its own badges are the record's holder's. A badge of another
    issuer is itself asked whose it is: anybody could have put it in.
    """
    for badge in badges_in(document):
        reading = open_badge(badge, depth=depth, budget=case.budget)
        own = reading.document is not None and _issuer_id(reading.document) == issuer_id
        yield _report(reading, None if own else recipient, case, depth)
        if reading.finding.code == "too-many-badges":
            return


def _unread(readable: Finding, recipient: str | None) -> tuple[Finding, ...]:
    others = [
        finding(question, Answer.UNCHECKED, "not-reached", "No badge could be read.")
        for question in Question
        if question not in {Question.READABLE, Question.RECIPIENT}
    ]
    if readable is WITHDRAWN:
        others.append(finding(Question.NOT_REVOKED, Answer.NO, "revoked", readable.reason))
    asked = finding(Question.RECIPIENT, Answer.UNCHECKED, "not-reached", "No badge could be read.")
    nobody = recipient is None or not recipient.strip()
    return in_order([readable, *others, answers.not_asked() if nobody else asked])


def _issuer_id(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _well_formed(document: dict[str, Any], digest: bytes | NotSafe) -> Finding:
    question = Question.WELL_FORMED
    if is_oldest(document):
        return finding(
            question,
            Answer.UNCHECKED,
            "open-badges-1",
            "It is a badge from before Open Badges 2.0 (2017), which is not read here.",
        )
    if document.get("@context") is None:
        return finding(
            question, Answer.NO, "not-a-badge", "It is JSON without the vocabulary of a badge."
        )
    if isinstance(digest, NotSafe):
        return finding(question, Answer.NO, digest.code, digest.message)
    found = faults(document)
    if found:
        more = f" ({len(found) - 1} more like it.)" if len(found) > 1 else ""
        return finding(question, Answer.NO, found[0].code, f"{found[0].message}{more}")
    if is_endorsement(document):
        return finding(
            question,
            Answer.YES,
            "endorsement",
            "It is an endorsement, not a badge, and has every part that Open Badges 3.0 asks for.",
        )
    standard = "the standard for learner records 2.0" if is_record(document) else "Open Badges 3.0"
    return finding(
        question, Answer.YES, "well-formed", f"It has every part that {standard} asks for."
    )


def _signature(
    document: dict[str, Any],
    digest: bytes | NotSafe,
    issuer_id: str,
    issuers: Issuers,
    as_of: datetime,
    token: Token | None,
) -> Finding:
    question = Question.SIGNATURE
    if is_oldest(document):
        return finding(
            question, Answer.UNCHECKED, "not-reached", "This older kind is not checked here."
        )
    if not is_iri(issuer_id):
        return finding(question, Answer.NO, "no-issuer", "It does not name who issued it.")
    found = check_signature(document, digest, issuer_id, issuers, as_of, token)
    return finding(question, found.answer, found.code, found.reason)


def _alignment(document: dict[str, Any], ports: Ports) -> Finding:
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    found = achievement.get("alignment") if isinstance(achievement, dict) else None
    return answers.alignment(found, ports)
