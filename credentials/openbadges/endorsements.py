"""Whether those whom a badge names as its supporters really support it.

Sources: Open Badges 3.0, sections "EndorsementCredential" and "Verification" (embedded
endorsements).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from credentials.openbadges.answers import day, finding, not_expired
from credentials.openbadges.asked import Asked
from credentials.openbadges.errors import NotSafe, OpenBadgesError, TooMuchWork
from credentials.openbadges.issuers import check_signature
from credentials.openbadges.jwt import Token, read_token
from credentials.openbadges.proof import digest_or_refusal
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.revocation import check_revocation
from credentials.openbadges.shape import ENDORSEMENT_TYPE, is_iri
from credentials.openbadges.validity import begins, ends

MAX_ENDORSEMENTS: Final = 5
MAX_NAME: Final = 200

_WORST: Final = (Answer.NO, Answer.UNCHECKED, Answer.YES)


@dataclass(frozen=True)
class Carried:
    """One endorsement, and the id of what carries it; `token` is what it came as, if it was one."""

    value: Any
    by: Any
    token: Token | None = None


def check_endorsements(asked: Asked, digest: bytes | NotSafe) -> Finding:
    """Answer `Question.ENDORSED` for every endorsement embedded anywhere in the document.

    `digest` is that of the document around them: where that was too much work they are too.
    "No" is for an endorsement that its endorser did not sign as it stands, that is about
    something else, or that its endorser has withdrawn: whoever signed a badge around it claims
    support that is not there. One that has merely run out, or that cannot be checked, leaves the
    question open. Whoever endorses is named by a trust list or else by identifier, never by the
    name it gives itself. Endorsements of endorsers are not asked about.
    """
    carried = list(islice(_carried(asked.document), MAX_ENDORSEMENTS + 1))
    if not carried:
        return _finding(Answer.UNCHECKED, "none-carried", "It carries no endorsement of others.")
    if isinstance(digest, TooMuchWork):
        return _finding(Answer.UNCHECKED, "not-reached", "It takes too much work to read it.")
    if len(carried) > MAX_ENDORSEMENTS:
        return _finding(
            Answer.UNCHECKED, "too-many-endorsements", "It carries more endorsements than are read."
        )
    known = set(_ids(asked.document))
    findings = [_check(asked, one, known) for one in carried]
    worst = min(findings, key=lambda found: _WORST.index(found.answer))
    if worst.answer is not Answer.YES:
        return worst
    by = "; ".join(dict.fromkeys(found.reason for found in findings))
    return _finding(
        Answer.YES,
        "endorsed",
        f"Every endorsement it carries ({len(findings)}) is word for word as its endorser signed "
        f"it. Endorsed by: {by}.",
    )


def _carried(document: dict[str, Any]) -> Iterator[Carried]:
    """Every endorsement but those inside of another, or of the badges in a record."""
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            for name, member in value.items():
                if name == "endorsement":
                    yield from (Carried(one, value.get("id")) for one in _members(member))
                elif name == "endorsementJwt":
                    yield from (_opened(one, value.get("id")) for one in _members(member))
                elif not isinstance(member, str) and name != "verifiableCredential":
                    waiting.append(member)


def _opened(text: Any, by: Any) -> Carried:
    """The endorsement in a token; what is no token is no endorsement either."""
    try:
        token = read_token(text.encode() if isinstance(text, str) else b"")
    except (OpenBadgesError, UnicodeEncodeError):
        return Carried({}, by)
    return Carried(token.document, by, token)


def _members(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _ids(document: dict[str, Any]) -> Iterator[str]:
    """The identifiers that an endorsement anywhere in this document may speak about."""
    subject = _object(document.get("credentialSubject"))
    achievements = [_object(one) for one in _members(subject.get("achievement"))]
    creators = [one.get("creator") for one in achievements]
    for thing in (
        document,
        document.get("issuer"),
        subject,
        subject.get("source"),
        *achievements,
        *creators,
    ):
        found = thing.get("id") if isinstance(thing, dict) else thing
        if isinstance(found, str):
            yield found


def _check(asked: Asked, carried: Carried, known: set[str]) -> Finding:
    value = carried.value
    if not isinstance(value, dict):
        return _finding(
            Answer.UNCHECKED,
            "endorsement-not-supported",
            "It carries an endorsement in a form that is not read here.",
        )
    around = asked.document.get("@context")
    endorsement = value if "@context" in value else {"@context": around, **value}
    endorser = _object(value.get("issuer")).get("id", value.get("issuer"))
    types = value.get("type")
    if ENDORSEMENT_TYPE not in (types if isinstance(types, list) else [types]) or not is_iri(
        endorser
    ):
        return _finding(
            Answer.NO, "not-an-endorsement", "What it carries as an endorsement is not one."
        )
    its = replace(asked, document=endorsement, issuer_id=str(endorser))
    known = known | {carried.by} if isinstance(carried.by, str) else known
    return _judge(its, asked, known, carried.token)


def _judge(asked: Asked, around: Asked, known: set[str], token: Token | None) -> Finding:
    """One endorsement, `asked`, in the document `around` it; a "yes" has its endorser as reason."""
    document, who = asked.document, _name(asked, around)
    digest = b"" if token else digest_or_refusal(document, engine=asked.issuers.engine)
    signature = check_signature(
        document, digest, asked.issuer_id, asked.issuers, asked.as_of, token
    )
    told = f"It carries an endorsement in the name of {who}"
    if signature.answer is Answer.NO:
        return _finding(
            Answer.NO, "endorsement-not-genuine", f"{told} that is not genuine. {signature.reason}"
        )
    about = _object(document.get("credentialSubject")).get("id")
    if not isinstance(about, str) or about not in known:
        return _finding(
            Answer.NO, "endorses-else", f"{told} that is about something else than this badge."
        )
    if signature.answer is Answer.UNCHECKED:
        return _finding(
            Answer.UNCHECKED,
            "endorsement-unchecked",
            f"{told} that could not be checked. {signature.reason}",
        )
    return _in_force(asked, told, who)


def _in_force(asked: Asked, told: str, who: str) -> Finding:
    revoked = check_revocation(asked)
    if revoked.answer is Answer.NO:
        return _finding(
            Answer.NO, "endorsement-withdrawn", f"{told} that was withdrawn. {revoked.reason}"
        )
    dates = not_expired(begins(asked.document), ends(asked.document), asked.as_of)
    if dates.answer is not Answer.YES:
        return _finding(
            Answer.UNCHECKED,
            "endorsement-lapsed",
            f"{told} that says nothing about {day(asked.as_of)}. {dates.reason}",
        )
    if revoked.answer is Answer.UNCHECKED:
        return _finding(
            Answer.UNCHECKED,
            "endorsement-unchecked",
            f"{told} that could not be checked. {revoked.reason}",
        )
    return _finding(Answer.YES, "endorsed", who)


def _name(asked: Asked, around: Asked) -> str:
    if asked.issuer_id == around.issuer_id:
        return "its own issuer"
    trust = asked.ports.trust(asked.issuer_id, asked.as_of)
    if trust.known and trust.legal_name:
        return trust.legal_name
    return f"{asked.issuer_id[:MAX_NAME]} (whose name is on no trust list here)"


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _finding(answer: Answer, code: str, reason: str) -> Finding:
    return finding(Question.ENDORSED, answer, code, reason)
