"""Anybody's badge of 2.0: the same questions as of a newer one, each answered and why."""

from __future__ import annotations

from datetime import datetime

from credentials.openbadges import answers
from credentials.openbadges.answers import finding
from credentials.openbadges.older.hosted import check_hosted
from credentials.openbadges.older.recipient import check_recipient
from credentials.openbadges.older.shape import (
    SIGNED,
    assertion_faults,
    badge_class_faults,
    issuer_faults,
    verification_type,
    zoned,
)
from credentials.openbadges.older.signed import check_signed
from credentials.openbadges.older.standing import Standing
from credentials.openbadges.older.summary import summarize_older
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.reading import Reading
from credentials.openbadges.report import Answer, Finding, Question, Report, in_order
from credentials.openbadges.shape.values import members


def verify_older(
    reading: Reading, *, as_of: datetime, ports: Ports, recipient: str | None
) -> Report:
    """The report on an assertion, read alone or as what a token signs; never raises.

    A hosted one is answered from what its issuer publishes today, whatever was handed in; a
    signed one from the token, its issuer's key and its issuer's list. `ports` bound how much is
    fetched (`ports.asked_once`).
    """
    assertion = reading.document or {}
    if verification_type(assertion) in SIGNED:
        standing = check_signed(assertion, reading.token, ports)
    else:
        standing = check_hosted(assertion, ports)
    believed, chain = standing.assertion, standing.chain
    issued, expires = zoned(believed.get("issuedOn")), zoned(believed.get("expires"))
    findings = [
        reading.finding,
        _well_formed(standing),
        standing.signature,
        _issuer_known(standing, ports, as_of),
        answers.not_expired(issued, expires, as_of),
        standing.revoked,
        check_recipient(believed, recipient),
        _alignment(standing, ports),
        _endorsed(standing),
    ]
    return Report(
        findings=in_order(findings), as_of=as_of, summary=summarize_older(believed, chain)
    )


def _well_formed(standing: Standing) -> Finding:
    question, chain = Question.WELL_FORMED, standing.chain
    faults = list(assertion_faults(standing.assertion))
    if isinstance(chain.badge_class, dict):
        faults += badge_class_faults(chain.badge_class)
    if isinstance(chain.issuer, dict):
        faults += issuer_faults(chain.issuer)
    if faults:
        more = f" ({len(faults) - 1} more like it.)" if len(faults) > 1 else ""
        return finding(question, Answer.NO, faults[0].code, f"{faults[0].message}{more}")
    for link, code, what in (
        (chain.badge_class, "badge-class-unreachable", "What was awarded"),
        (chain.issuer, "issuer-unreachable", "Who issued it"),
    ):
        if isinstance(link, Unreachable):
            reason = f"{what} could not be looked up. {link.message}"
            return finding(question, Answer.UNCHECKED, code, reason)
    return finding(
        question, Answer.YES, "well-formed", "It has every part that Open Badges 2.0 asks for."
    )


def _issuer_known(standing: Standing, ports: Ports, as_of: datetime) -> Finding:
    issuer = standing.chain.issuer
    if isinstance(issuer, Unreachable):
        reason = f"Who issued it could not be looked up. {issuer.message}"
        return finding(Question.ISSUER_KNOWN, Answer.UNCHECKED, "issuer-unreachable", reason)
    return answers.issuer_known(standing.chain.issuer_id, standing.signature, ports, as_of)


def _alignment(standing: Standing, ports: Ports) -> Finding:
    badge_class = standing.chain.badge_class
    if isinstance(badge_class, Unreachable):
        reason = f"What was awarded could not be looked up. {badge_class.message}"
        return finding(Question.ALIGNMENT, Answer.UNCHECKED, "badge-class-unreachable", reason)
    return answers.alignment(badge_class.get("alignment"), ports)


def _endorsed(standing: Standing) -> Finding:
    chain = standing.chain
    for document in (standing.assertion, chain.badge_class, chain.issuer):
        if isinstance(document, dict) and members(document.get("endorsement")):
            return finding(
                Question.ENDORSED,
                Answer.UNCHECKED,
                "endorsement-not-supported",
                "It names an endorsement in a form that is not read here.",
            )
    return finding(
        Question.ENDORSED, Answer.UNCHECKED, "none-carried", "It carries no endorsement of others."
    )
