"""The parts that the standards ask of a badge and of a record, in the official validator's order.

Source: Open Badges 3.0, sections "AchievementCredential" to "Result"; Comprehensive Learner Record
2.0, sections "ClrCredential" to "Association"; the checks of 1EdTech's public validator (contexts
by position, a Profile as issuer, a subject that can be told apart).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from credentials.openbadges.contexts import CLR_201, OPEN_BADGES, VC_V1, VC_V2
from credentials.openbadges.jsonld import ABSOLUTE_IRI
from credentials.openbadges.proof import read_instant

BADGE_TYPES: Final = frozenset({"OpenBadgeCredential", "AchievementCredential"})
RECORD_TYPE: Final = "ClrCredential"
ENDORSEMENT_TYPE: Final = "EndorsementCredential"
#: How the achievements of a record may belong together.
ASSOCIATIONS: Final = frozenset(
    {
        "exactMatchOf",
        "isChildOf",
        "isParentOf",
        "isPartOf",
        "isPeerOf",
        "isRelatedTo",
        "precedes",
        "replacedBy",
    }
)
RESULT_TYPES: Final = frozenset(
    {
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "PredictedScore",
        "RawScore",
        "Result",
        "RubricCriterion",
        "RubricCriterionLevel",
        "RubricScore",
        "ScaledScore",
        "Status",
    }
)

OB_2: Final = "https://w3id.org/openbadges/v2"


@dataclass(frozen=True)
class Fault:
    """One thing that is missing or not as the standard asks."""

    code: str
    message: str


def older_kind(document: dict[str, Any]) -> Fault | None:
    """Which older kind of badge this is, if it says so: not wrong, only not read here yet."""
    contexts = _members(document.get("@context"))
    if OB_2 in contexts:
        return Fault("open-badges-2", "It is an Open Badges 2.0 badge, which is not read here yet.")
    return None


def is_record(document: dict[str, Any]) -> bool:
    """Whether it calls itself a record of badges (CLR 2.0)."""
    return RECORD_TYPE in _members(document.get("type"))


def is_endorsement(document: dict[str, Any]) -> bool:
    """Whether it calls itself an endorsement, and neither a badge nor a record."""
    types = _texts(_members(document.get("type")))
    return ENDORSEMENT_TYPE in types and types.isdisjoint({*BADGE_TYPES, RECORD_TYPE})


def faults(document: dict[str, Any]) -> list[Fault]:
    """Everything that is not as the standards ask, most basic first; empty if well formed.

    What calls itself a ClrCredential is asked for the parts of a record, anything else for those
    of a badge. The badges inside a record are not looked into.
    """
    return list(_faults(document))


def _faults(document: dict[str, Any]) -> Iterator[Fault]:
    record = is_record(document)
    contexts = _members(document.get("@context"))
    yield from _contexts(contexts, record)
    types = _members(document.get("type"))
    endorsement = is_endorsement(document)
    wanted = _wanted(record, endorsement)
    if "VerifiableCredential" not in types or wanted.isdisjoint(_texts(types)):
        yield Fault("type", "It does not call itself an Open Badges credential.")
    if record and not BADGE_TYPES.isdisjoint(_texts(types)):
        yield Fault("type", "It calls itself a badge and a record of badges at once.")
    if not is_iri(document.get("id")):
        yield Fault("id", "It has no identifier of its own.")
    if record:
        yield from _record(document)
    elif endorsement:
        yield from _endorsement(document)
    else:
        yield from _subject(document.get("credentialSubject"))
    for evidence in _members(document.get("evidence")):
        if not _is_typed(evidence, "Evidence"):
            yield Fault("evidence", "A piece of evidence is not described as the standard asks.")
    issuer = document.get("issuer")
    if not (isinstance(issuer, dict) and _is_typed(issuer, "Profile") and is_iri(issuer.get("id"))):
        yield Fault("issuer", "It does not describe its issuer with an identifier.")
    begins = "issuanceDate" if contexts[:1] == [VC_V1] else "validFrom"
    if read_instant(document.get(begins)) is None:
        yield Fault("valid-from", "It does not say from when it is valid.")
    for name in ("validFrom", "validUntil", "expirationDate", "awardedDate"):
        if document.get(name) is not None and read_instant(document[name]) is None:
            yield Fault("date", f"Its date {name} cannot be read.")
    for entry in _members(document.get("credentialStatus")):
        if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
            yield Fault("status", "Its entry in a revocation list is not written as it must be.")


def _wanted(record: bool, endorsement: bool) -> frozenset[str]:
    if endorsement:
        return frozenset({ENDORSEMENT_TYPE})
    return frozenset({RECORD_TYPE}) if record else BADGE_TYPES


def _contexts(contexts: list[Any], record: bool) -> Iterator[Fault]:
    if not contexts or contexts[0] not in (VC_V2, VC_V1):
        yield Fault("context", f"Its first vocabulary is neither {VC_V2} nor {VC_V1}.")
    if record and contexts[1:2] != [CLR_201]:
        yield Fault("context", "Its second vocabulary is not that of learner records 2.0.")
    place, which = (2, "third") if record else (1, "second")
    if OPEN_BADGES.isdisjoint(_texts(contexts[place : place + 1])):
        yield Fault("context", f"Its {which} vocabulary is not that of Open Badges 3.0.")


def _record(document: dict[str, Any]) -> Iterator[Fault]:
    if not _is_wording(document.get("name")):
        yield Fault("name", "It has no name.")
    if not isinstance(document.get("partial", False), bool):
        yield Fault("partial", "It does not say with yes or no whether it is complete.")
    yield from _record_subject(document.get("credentialSubject"))


def _record_subject(subject: Any) -> Iterator[Fault]:
    if not _is_typed(subject, "ClrSubject"):
        yield Fault("subject", "It does not say whose record it is.")
        return
    yield from _holder(subject)
    badges = _members(subject.get("verifiableCredential"))
    if not badges:
        yield Fault("badges", "It has no badges in it.")
    for badge in badges:
        if not _is_typed(badge, "VerifiableCredential"):
            yield Fault("badges", "A badge in it is not written as the standard asks.")
    for achievement in _members(subject.get("achievement")):
        yield from _achievement(achievement)
    yield from _each(subject.get("association"), _is_association, "association")


def _is_association(value: Any) -> bool:
    return (
        _is_typed(value, "Association")
        and value.get("associationType") in tuple(ASSOCIATIONS)
        and is_iri(value.get("sourceId"))
        and is_iri(value.get("targetId"))
    )


def _endorsement(document: dict[str, Any]) -> Iterator[Fault]:
    subject = document.get("credentialSubject")
    named = isinstance(subject, dict) and is_iri(subject.get("id"))
    if not named or not _is_typed(subject, "EndorsementSubject"):
        yield Fault("subject", "It does not say what it endorses.")
    if not _is_wording(document.get("name")):
        yield Fault("name", "It has no name.")


def _subject(subject: Any) -> Iterator[Fault]:
    if not _is_typed(subject, "AchievementSubject"):
        yield Fault("subject", "It does not say to whom something was awarded.")
        return
    yield from _holder(subject)
    for result in _members(subject.get("result")):
        if not _is_typed(result, "Result"):
            yield Fault("result", "A result is not written as the standard asks.")
    yield from _achievement(subject.get("achievement"))


def _holder(subject: dict[str, Any]) -> Iterator[Fault]:
    identifiers = _members(subject.get("identifier"))
    if not is_iri(subject.get("id")) and not identifiers:
        yield Fault("subject", "It names its holder by nothing at all.")
    for identifier in identifiers:
        if not _is_typed(identifier, "IdentityObject") or not _has_texts(
            identifier, "identityHash", "identityType"
        ):
            yield Fault("identifier", "An identifier of its holder is not written as it must be.")


def _achievement(achievement: Any) -> Iterator[Fault]:
    if not _is_typed(achievement, "Achievement"):
        yield Fault("achievement", "It does not say what was achieved.")
        return
    if not is_iri(achievement.get("id")):
        yield Fault("achievement", "What was achieved has no identifier.")
    for name in ("name", "description"):
        if not _is_wording(achievement.get(name)):
            yield Fault("achievement", f"What was achieved has no {name}.")
    criteria = achievement.get("criteria")
    if not isinstance(criteria, dict) or not (
        is_iri(criteria.get("id")) or _is_wording(criteria.get("narrative"))
    ):
        yield Fault("criteria", "It does not say what had to be done for it.")
    yield from _each(achievement.get("alignment"), _is_alignment, "alignment")
    yield from _each(achievement.get("resultDescription"), _is_result_description, "result")


def _each(values: Any, is_good: Callable[[Any], bool], code: str) -> Iterator[Fault]:
    for value in _members(values):
        if not is_good(value):
            yield Fault(code, f"One {code} of what was achieved is not written as it must be.")


def _is_alignment(value: Any) -> bool:
    return (
        _is_typed(value, "Alignment")
        and is_iri(value.get("targetUrl"))
        and _is_wording(value.get("targetName"))
    )


def _is_result_description(value: Any) -> bool:
    if not _is_typed(value, "ResultDescription") or not is_iri(value.get("id")):
        return False
    kind = value.get("resultType")
    known = isinstance(kind, str) and (kind in RESULT_TYPES or kind.startswith("ext:"))
    return known and _is_wording(value.get("name"))


def is_iri(value: Any) -> bool:
    """Whether `value` is an absolute address without spaces."""
    return isinstance(value, str) and ABSOLUTE_IRI.fullmatch(value) is not None


def _is_typed(value: Any, kind: str) -> bool:
    return isinstance(value, dict) and kind in _members(value.get("type"))


def _has_texts(value: dict[str, Any], *names: str) -> bool:
    return all(isinstance(value.get(name), str) and value[name] for name in names)


def _is_wording(value: Any) -> bool:
    """Text, or text with its language."""
    if isinstance(value, dict):
        value = value.get("@value")
    return isinstance(value, str) and bool(value.strip())


def _members(value: Any) -> list[Any]:
    """JSON-LD lets one member stand without its array, and null for none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _texts(values: list[Any]) -> set[str]:
    return {value for value in values if isinstance(value, str)}
