"""Answers that every kind of badge is given in the same words, whatever its standard."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from credentials.openbadges.ports import Ports
from credentials.openbadges.proof import read_instant
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_iri

MAX_ALIGNMENTS: Final = 200


def finding(question: Question, answer: Answer, code: str, reason: str) -> Finding:
    """One answer; `reason` is a sentence of an HR office."""
    return Finding(question=question, answer=answer, code=code, reason=reason)


def day(moment: date | datetime) -> str:
    """The day as a person writes it: 2 March 2026."""
    return f"{moment.day} {moment:%B %Y}"


def not_asked() -> Finding:
    """The answer about the recipient where the asker named nobody."""
    return finding(
        Question.RECIPIENT, Answer.UNCHECKED, "not-asked", "Nobody asked whose badge this is."
    )


def issuer_known(issuer_id: str, signature: Finding, ports: Ports, as_of: datetime) -> Finding:
    """Whether a trust list has the issuer, believed only under a good signature of the issuer's."""
    question = Question.ISSUER_KNOWN
    if not is_iri(issuer_id):
        return finding(question, Answer.NO, "no-issuer", "It does not name who issued it.")
    trust = ports.trust(issuer_id, as_of)
    dated = f" of {day(trust.list_date)}" if trust.list_date else ""
    source = f'the list "{trust.list_name}"{dated}' if trust.list_name else "a trust list"
    name = trust.legal_name or issuer_id
    if trust.known is None:
        reason = trust.reason or "No trust list could be consulted about its issuer."
        return finding(question, Answer.UNCHECKED, "no-list", reason)
    if not trust.known:
        reason = trust.reason or f"{issuer_id} is on none of the trust lists in use here."
        return finding(question, Answer.NO, "not-on-list", reason)
    if signature.answer is not Answer.YES:
        return finding(
            question,
            Answer.UNCHECKED,
            "not-proven",
            f"It names {name}, which is on {source}; but without a good signature anybody could "
            "have written that name into it.",
        )
    return finding(question, Answer.YES, "known", trust.reason or f"{name} is on {source}.")


def not_expired(begins: Any, ends: Any, as_of: datetime) -> Finding:
    """Whether `as_of` lies within the dates as the badge writes them; `ends` None is no end."""
    question = Question.NOT_EXPIRED
    start, end = read_instant(begins), read_instant(ends)
    asked = day(as_of)
    if end is not None and as_of > end:
        return finding(
            question, Answer.NO, "expired", f"It was valid until {day(end)}; asked about {asked}."
        )
    if start is not None and as_of < start:
        return finding(
            question, Answer.NO, "not-yet", f"It is valid from {day(start)}; asked about {asked}."
        )
    if start is None or (ends is not None and end is None):
        return finding(
            question, Answer.UNCHECKED, "no-date", "Its dates of validity cannot be read."
        )
    until = f"until {day(end)}" if end else "without an end"
    return finding(
        question,
        Answer.YES,
        "valid",
        f"It is valid from {day(start)} {until}; asked about {asked}.",
    )


def alignment(found: Any, ports: Ports) -> Finding:
    """Whether the framework has what the alignments name; `found` is one of them or a list."""
    question = Question.ALIGNMENT
    targets = _targets(found if isinstance(found, list) else [found])
    if not targets:
        return finding(
            question, Answer.UNCHECKED, "none-named", "It names no statement that it demonstrates."
        )
    if len(targets) > MAX_ALIGNMENTS:
        return finding(question, Answer.UNCHECKED, "too-many", "It names too many statements.")
    answers = [(url, ports.resolve_alignment(url, code)) for url, code in targets]
    missing = [url or "one without an address" for url, known in answers if known is False]
    if missing:
        return finding(
            question,
            Answer.NO,
            "not-there",
            f"It names a statement that the framework does not have ({missing[0][:200]}).",
        )
    if any(known is None for _, known in answers):
        return finding(
            question,
            Answer.UNCHECKED,
            "elsewhere",
            "It names statements of a framework that is published elsewhere and was not looked up.",
        )
    return finding(
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
