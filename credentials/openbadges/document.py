"""What a badge of ours says, as frozen values, and the OpenBadgeCredential made of them.

Source: Open Badges 3.0, sections "AchievementCredential", "Achievement", "Alignment",
"ResultDescription", "Result", "Evidence"; CASE alignment after 1EdTech's own example.

How a result is written: each indicator that was met has a ResultDescription of resultType
"Status", aligned to the indicator, and a Result with status "Completed". "Status" is the one
resultType whose Result carries no value at all (the specification asks for `status` instead), and
"Completed" is the one of its seven states that says "met"; so the badge tells that the indicator
was demonstrated and nothing about levels or scores, which stay with learner and program. An
indicator that was not met does not appear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.contexts import OB_303, OB_EXTENSIONS, VC_V2
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.jsonld import ABSOLUTE_IRI
from credentials.openbadges.proof import instant
from credentials.openbadges.status import REVOCATION
from credentials.openbadges.strictjson import check_value

CONTEXTS: Final = (VC_V2, OB_303, OB_EXTENSIONS)

NOT_A_LICENCE: Final = "This is not a licence or certification to practise."
PRIVATE_EVIDENCE: Final = (
    "Described only: this evidence is private to the learner and the program and has no public "
    "address."
)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class IssuerProfile:
    """Who issues: `id` is the did:web identifier, `url` a page about the program."""

    id: str
    name: str
    url: str | None = None
    description: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class AchievementText:
    """What is awarded, the same for everybody who is awarded it in this version."""

    id: str
    name: str
    description: str
    criteria: str  #: Markdown: what had to be done
    version: str
    tags: tuple[str, ...] = ()
    language: str = "en"
    creator: IssuerProfile | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorAlignment:
    """A statement of a CASE framework; `target_url` is the item's `uri`, byte for byte."""

    target_url: str
    target_code: str  #: the item's identifier (GUID): the same in every installation
    target_name: str  #: the official statement
    target_framework: str


@dataclass(frozen=True, kw_only=True)
class IndicatorResult:
    """The judgement on one indicator; the alignment says which statement was judged."""

    indicator_code: str
    indicator_title: str
    result_description_id: str
    met: bool = True
    alignment: IndicatorAlignment | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceNote:
    """One piece of evidence in words; there is no address, because it is private."""

    name: str
    narrative: str
    genre: str


@dataclass(frozen=True, kw_only=True)
class StatusEntry:
    """The badge's place in its issuer's revocation list."""

    list_url: str
    index: int


@dataclass(frozen=True, kw_only=True)
class CredentialContent:
    """Everything one badge says.

    `subject_id` is an opaque "urn:uuid:..." that names nobody. `review_statement` says how many
    reviewers of what kind decided.
    """

    id: str
    issuer: IssuerProfile
    subject_id: str
    achievement: AchievementText
    alignments: tuple[IndicatorAlignment, ...]
    results: tuple[IndicatorResult, ...]
    evidence: tuple[EvidenceNote, ...]
    review_statement: str
    valid_from: datetime
    awarded: datetime
    status: StatusEntry
    valid_until: datetime | None = None
    image_url: str | None = None


def credential_document(content: CredentialContent) -> dict[str, Any]:
    """The unsigned OpenBadgeCredential, ready for `proof.sign`.

    Raises NotSafe, naming the place, for an address that is not absolute or has a space in it, an
    empty text where the standard asks for one, a control character, a date without a time zone or
    an end before the beginning. The same content gives the same document.
    """
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": _iri("id", content.id),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _text("achievement.name", content.achievement.name),
        "issuer": _profile("issuer", content.issuer),
        "validFrom": _moment("valid_from", content.valid_from),
        "awardedDate": _moment("awarded", content.awarded),
    }
    if content.valid_until is not None:
        if content.valid_until <= content.valid_from:
            raise NotSafe("valid_until: the badge would end before it begins.")
        document["validUntil"] = _moment("valid_until", content.valid_until)
    document["credentialSubject"] = _subject(content)
    if content.evidence:
        document["evidence"] = [_evidence(note) for note in content.evidence]
    document["credentialStatus"] = _status(content.status)
    check_value(document)
    return document


def _subject(content: CredentialContent) -> dict[str, Any]:
    statement = _text("review_statement", content.review_statement)
    if NOT_A_LICENCE not in statement:
        statement = f"{statement} {NOT_A_LICENCE}"
    subject: dict[str, Any] = {
        "id": _iri("subject_id", content.subject_id),
        "type": ["AchievementSubject"],
        "narrative": statement,
        "achievement": _achievement(content),
    }
    met = _met(content.results)
    if met:
        subject["result"] = [
            {
                "type": ["Result"],
                "resultDescription": result.result_description_id,
                "status": "Completed",
            }
            for result in met
        ]
    return subject


def _achievement(content: CredentialContent) -> dict[str, Any]:
    text = content.achievement
    achievement: dict[str, Any] = {
        "id": _iri("achievement.id", text.id),
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": _text("achievement.name", text.name),
        "description": _text("achievement.description", text.description),
        "criteria": {"narrative": _text("achievement.criteria", text.criteria)},
        "version": _text("achievement.version", text.version),
        "inLanguage": _text("achievement.language", text.language),
    }
    if text.creator is not None:
        achievement["creator"] = _profile("achievement.creator", text.creator)
    if content.image_url is not None:
        achievement["image"] = {"id": _iri("image_url", content.image_url), "type": "Image"}
    if text.tags:
        achievement["tag"] = [_text("achievement.tags", tag) for tag in text.tags]
    if content.alignments:
        achievement["alignment"] = [_alignment(alignment) for alignment in content.alignments]
    met = _met(content.results)
    if met:
        achievement["resultDescription"] = [_result_description(result) for result in met]
    return achievement


def _met(results: Iterable[IndicatorResult]) -> list[IndicatorResult]:
    return [result for result in results if result.met]


def _result_description(result: IndicatorResult) -> dict[str, Any]:
    place = f"result {result.indicator_code}"
    code, title = _text(place, result.indicator_code), _text(place, result.indicator_title)
    description: dict[str, Any] = {
        "id": _iri(place, result.result_description_id),
        "type": ["ResultDescription"],
        "name": f"{code} {title}",
        "resultType": "Status",
    }
    if result.alignment is not None:
        description["alignment"] = [_alignment(result.alignment)]
    return description


def _alignment(alignment: IndicatorAlignment) -> dict[str, Any]:
    place = f"alignment {alignment.target_code}"
    return {
        "type": ["Alignment"],
        "targetCode": _text(place, alignment.target_code),
        "targetFramework": _text(place, alignment.target_framework),
        "targetName": _text(place, alignment.target_name),
        "targetType": "CFItem",
        "targetUrl": _iri(place, alignment.target_url),
    }


def _evidence(note: EvidenceNote) -> dict[str, Any]:
    return {
        "type": ["Evidence"],
        "name": _text("evidence", note.name),
        "description": PRIVATE_EVIDENCE,
        "narrative": _text("evidence", note.narrative),
        "genre": _text("evidence", note.genre),
    }


def _profile(place: str, profile: IssuerProfile) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": _iri(f"{place}.id", profile.id),
        "type": ["Profile"],
        "name": _text(f"{place}.name", profile.name),
    }
    if profile.url is not None:
        written["url"] = _iri(f"{place}.url", profile.url)
    if profile.description is not None:
        written["description"] = _text(f"{place}.description", profile.description)
    if profile.email is not None:
        written["email"] = _text(f"{place}.email", profile.email)
    return written


def _status(entry: StatusEntry) -> dict[str, Any]:
    if entry.index < 0:
        raise NotSafe("status.index: an index is not negative.")
    url = _iri("status.list_url", entry.list_url)
    return {
        "id": f"{url}#{entry.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(entry.index),
        "statusListCredential": url,
    }


def _iri(place: str, value: str) -> str:
    if not ABSOLUTE_IRI.fullmatch(value):
        raise NotSafe(f"{place}: {value[:80]!r} is not a complete address.")
    return value


def _text(place: str, value: str) -> str:
    if not value.strip():
        raise NotSafe(f"{place}: the text is empty.")
    if _CONTROL.search(value):
        raise NotSafe(f"{place}: the text contains a control character.")
    return value


def _moment(place: str, value: datetime) -> str:
    if value.tzinfo is None:
        raise NotSafe(f"{place}: the date has no time zone.")
    return instant(value)
