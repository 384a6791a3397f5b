"""What a badge says, taken out of a stranger's JSON as plain text of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.jwt import read_token
from credentials.openbadges.proof import read_instant
from credentials.openbadges.report import (
    Summary,
    SummaryAlignment,
    SummaryEndorsement,
    SummaryEvidence,
    SummaryResult,
)
from credentials.openbadges.shape import is_endorsement, is_record
from credentials.openbadges.validity import begins, ends

MAX_TEXT: Final = 10_000
MAX_LINE: Final = 2_000
MAX_ITEMS: Final = 200
MAX_TOKENS: Final = 5

#: Control characters, and those that reorder or hide what stands around them.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def summarize(document: dict[str, Any]) -> Summary:
    """The summary of any JSON object; what is missing or odd is empty, nothing is raised."""
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    issuer = document.get("issuer")
    described = _object(issuer)
    return Summary(
        id=_line(document.get("id")),
        name=_line(document.get("name")) or _line(achievement.get("name")),
        description=_text(document.get("description"))
        or _text(achievement.get("description"))
        or _text(subject.get("endorsementComment")),
        issuer_id=_line(described.get("id")) or _line(issuer),
        issuer_name=_line(described.get("name")),
        subject_id=_line(subject.get("id")),
        valid_from=read_instant(begins(document)),
        valid_until=read_instant(ends(document)),
        awarded=read_instant(document.get("awardedDate")),
        achievement_id=_line(achievement.get("id")),
        achievement_name=_line(achievement.get("name")),
        criteria=_text(_object(achievement.get("criteria")).get("narrative")),
        alignments=tuple(_alignment(item) for item in _objects(achievement.get("alignment"))),
        results=_results(subject, achievement),
        evidence=tuple(_evidence(item) for item in _objects(document.get("evidence"))),
        review_statement=_text(subject.get("narrative")),
        image=_image(achievement, subject, document),
        kind=_kind(document),
        endorsements=tuple(
            _endorsement(item)
            for carrier in (document, described, achievement)
            for item in (*_objects(carrier.get("endorsement")), *_tokens(carrier))
        ),
    )


def _kind(document: dict[str, Any]) -> str:
    if is_endorsement(document):
        return "endorsement"
    return "record" if is_record(document) else "badge"


def _tokens(carrier: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The endorsements that come as tokens; what is none says nothing."""
    found = carrier.get("endorsementJwt")
    for text in (found if isinstance(found, list) else [found])[:MAX_TOKENS]:
        if isinstance(text, str):
            with suppress(OpenBadgesError, UnicodeEncodeError):
                yield read_token(text.encode()).document


def _endorsement(item: dict[str, Any]) -> SummaryEndorsement:
    issuer = item.get("issuer")
    described = _object(issuer)
    return SummaryEndorsement(
        issuer_id=_line(described.get("id")) or _line(issuer),
        issuer_name=_line(described.get("name")),
        comment=_text(_object(item.get("credentialSubject")).get("endorsementComment")),
    )


def _alignment(item: dict[str, Any]) -> SummaryAlignment:
    return SummaryAlignment(
        name=_text(item.get("targetName")),
        url=_line(item.get("targetUrl")),
        code=_line(item.get("targetCode")),
        framework=_line(item.get("targetFramework")),
    )


def _results(subject: dict[str, Any], achievement: dict[str, Any]) -> tuple[SummaryResult, ...]:
    described = _objects(achievement.get("resultDescription"))
    names = {_line(item.get("id")): _line(item.get("name")) for item in described}
    levels = {
        _line(level.get("id")): _line(level.get("name"))
        for item in described
        for level in _objects(item.get("rubricCriterionLevel"))
    }
    return tuple(
        SummaryResult(
            name=names.get(_line(item.get("resultDescription")), ""),
            status=_line(item.get("status")),
            value=_line(item.get("value")) or levels.get(_line(item.get("achievedLevel")), ""),
        )
        for item in _objects(subject.get("result"))
    )


def _evidence(item: dict[str, Any]) -> SummaryEvidence:
    return SummaryEvidence(
        name=_line(item.get("name")),
        narrative=_text(item.get("narrative")),
        genre=_line(item.get("genre")),
        url=_line(item.get("id")),
    )


def _image(*places: dict[str, Any]) -> str:
    for place in places:
        image = place.get("image")
        found = _line(_object(image).get("id")) or _line(image)
        if found:
            return found
    return ""


def _object(value: Any) -> dict[str, Any]:
    """The object itself, or the only one of an array however often; else an empty one."""
    if isinstance(value, list):
        said = [item for item in value if item is not None]
        return _object(said[0]) if said and said.count(said[0]) == len(said) else {}
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)][:MAX_ITEMS]


def _words(value: Any) -> str:
    """Text in any of the ways that are signed alike: so that none of them can hide what it says."""
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(filter(None, map(_words, value[:MAX_ITEMS]))))
    if isinstance(value, dict):
        return _words(value.get("@value", value.get("@set")))
    if not isinstance(value, str):
        return ""
    return value if value.isprintable() else _UNPRINTABLE.sub("", value)


def _text(value: Any) -> str:
    return _words(value)[:MAX_TEXT].strip()


def _line(value: Any) -> str:
    return " ".join(_words(value)[:MAX_LINE].split())
