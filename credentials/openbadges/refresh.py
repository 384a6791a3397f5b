"""Whether a badge's issuer has a newer one of it, asked once and only of a genuine badge.

Sources: 1EdTech Credential Refresh Service 1.0 (vccr/v1p0); Open Badges 3.0, "Verification".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.answers import day, finding
from credentials.openbadges.asked import Asked
from credentials.openbadges.errors import NotSafe, OpenBadgesError
from credentials.openbadges.issuers import check_signature
from credentials.openbadges.ports import Unreachable
from credentials.openbadges.proof import digest_or_refusal, read_instant
from credentials.openbadges.reading import read
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.shape import is_iri
from credentials.openbadges.validity import begins

SERVICE: Final = "1EdTechCredentialRefresh"
NOT_LOOKED_FOR: Final = "so the one on hand was judged."


@dataclass(frozen=True)
class Newer:
    """The newer badge, found genuine."""

    document: dict[str, Any]
    digest: bytes | NotSafe


class _NotRefreshed(OpenBadgesError):
    code = "not-refreshed"


class _NothingNewer(OpenBadgesError):
    code = "up-to-date"


def refresh(asked: Asked, signature: Answer) -> tuple[Newer | None, Finding | None]:
    """The newer badge that the issuer has of this one, and what to say about having looked.

    (None, None) where there is nothing to look for: no refresh service, or a badge that is not
    found genuine, which no newer one may make good. Something counts as newer only if it has the
    same id, issuer and holder, a later beginning that `as_of` has reached, and a good signature
    of the issuer; its own refresh service is not asked. Whatever else comes back leaves the badge
    on hand in place, and the finding says so.
    """
    url = _service(asked.document)
    if url is None or signature is not Answer.YES:
        return None, None
    try:
        newer = _newer(asked, url)
    except OpenBadgesError as error:
        return None, _told(error.code, error.message)
    since = _since(newer.document)
    dated = f" of {day(since)}" if since else ""
    return newer, _told(
        "refreshed",
        f"Its issuer has a newer one of it{dated}, which was fetched: all that follows is about "
        "the newer one.",
    )


def _newer(asked: Asked, url: str) -> Newer:
    try:
        body = asked.ports.fetch(url).body
    except Unreachable as error:
        raise _NotRefreshed(
            f"Its issuer may have a newer one of it, which could not be looked for, "
            f"{NOT_LOOKED_FOR} {error.message}"
        ) from None
    reading = read(body)
    found = reading.document
    if found is None:
        raise _unusable(reading.finding.reason)
    if _same(found) != _same(asked.document):
        raise _unusable("It is another badge.")
    _refuse_unless_newer(found, asked.document, asked.as_of)
    digest = digest_or_refusal(found, engine=asked.issuers.engine)
    signature = check_signature(
        found, digest, asked.issuer_id, asked.issuers, asked.as_of, reading.token
    )
    if signature.answer is not Answer.YES:
        raise _unusable(signature.reason)
    return Newer(found, digest)


def _unusable(why: str) -> _NotRefreshed:
    return _NotRefreshed(
        "What its issuer's address for newer ones of it answers cannot be relied on, "
        f"{NOT_LOOKED_FOR} {why}"
    )


def _refuse_unless_newer(found: dict[str, Any], document: dict[str, Any], as_of: datetime) -> None:
    old, new = _since(document), _since(found)
    if old is None or new is None or new <= old:
        raise _NothingNewer("Its issuer was asked and has no newer one of it.")
    if new > as_of:
        raise _NothingNewer(
            f"Its issuer has a newer one of it, valid from {day(new)}; asked about {day(as_of)}, "
            f"{NOT_LOOKED_FOR}"
        )


def _same(document: dict[str, Any]) -> tuple[Any, Any, Any]:
    """What a badge and a newer one of it have in common: id, issuer, holder."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    return (
        document.get("id"),
        issuer.get("id") if isinstance(issuer, dict) else issuer,
        subject.get("id") if isinstance(subject, dict) else None,
    )


def _since(document: dict[str, Any]) -> datetime | None:
    return read_instant(begins(document))


def _service(document: dict[str, Any]) -> str | None:
    """The address of the first refresh service of the kind that is known."""
    named = document.get("refreshService")
    for service in named if isinstance(named, list) else [named]:
        if isinstance(service, dict) and service.get("type") in (SERVICE, [SERVICE]):
            url = service.get("id")
            return str(url) if is_iri(url) else None
    return None


def _told(code: str, reason: str) -> Finding:
    return finding(Question.READABLE, Answer.YES, code, f"A badge could be read from it. {reason}")
