"""The members that every credential has, and from its type which others it is asked for.

Source: Open Badges 3.0, section "AchievementCredential"; the checks of 1EdTech's public validator
(contexts by position, a Profile as issuer).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from credentials.openbadges.contexts import CLR_201, OPEN_BADGES, VC_V1, VC_V2
from credentials.openbadges.proof import read_instant
from credentials.openbadges.shape.achievement import subject_faults
from credentials.openbadges.shape.endorsement import endorsement_faults
from credentials.openbadges.shape.record import record_faults
from credentials.openbadges.shape.values import Fault, is_iri, is_named, is_typed, members, texts

BADGE_TYPES: Final = frozenset({"OpenBadgeCredential", "AchievementCredential"})
RECORD_TYPE: Final = "ClrCredential"
ENDORSEMENT_TYPE: Final = "EndorsementCredential"

OB_2: Final = "https://w3id.org/openbadges/v2"

_DATES: Final = {
    "validFrom": "from which it is valid",
    "validUntil": "until which it is valid",
    "expirationDate": "until which it is valid",
    "awardedDate": "on which it was awarded",
}


def is_record(document: dict[str, Any]) -> bool:
    """Whether it calls itself a record of badges (CLR 2.0)."""
    return RECORD_TYPE in members(document.get("type"))


def is_endorsement(document: dict[str, Any]) -> bool:
    """Whether it calls itself an endorsement, and neither a badge nor a record."""
    types = texts(members(document.get("type")))
    return ENDORSEMENT_TYPE in types and types.isdisjoint({*BADGE_TYPES, RECORD_TYPE})


def faults(document: dict[str, Any]) -> list[Fault]:
    """Everything that is not as the standards ask, most basic first; empty if well formed.

    What calls itself a ClrCredential is asked for the parts of a record, an EndorsementCredential
    for those of an endorsement, anything else for those of a badge. The badges inside a record and
    the endorsements inside a badge are not looked into.
    """
    return list(_faults(document))


def _faults(document: dict[str, Any]) -> Iterator[Fault]:
    record = is_record(document)
    contexts = members(document.get("@context"))
    yield from _contexts(contexts, record)
    yield from _types(texts(members(document.get("type"))))
    if not is_iri(document.get("id")):
        yield Fault("id", "It has no identifier of its own.")
    if record:
        yield from record_faults(document)
    elif is_endorsement(document):
        yield from endorsement_faults(document)
    else:
        yield from subject_faults(document.get("credentialSubject"))
    for evidence in members(document.get("evidence")):
        if not is_typed(evidence, "Evidence"):
            yield Fault("evidence", "A piece of evidence is not described as the standard asks.")
    if not is_named(document.get("issuer"), "Profile"):
        yield Fault("issuer", "It does not describe its issuer with an identifier.")
    begins = "issuanceDate" if contexts[:1] == [VC_V1] else "validFrom"
    if read_instant(document.get(begins)) is None:
        yield Fault("valid-from", "It does not say from when it is valid.")
    for name, which in _DATES.items():
        if document.get(name) is not None and read_instant(document[name]) is None:
            yield Fault("date", f"The date {which} cannot be read.")
    for entry in members(document.get("credentialStatus")):
        if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
            yield Fault("status", "Its entry in a revocation list is not written as it must be.")


def _contexts(contexts: list[Any], record: bool) -> Iterator[Fault]:
    if not contexts or contexts[0] not in (VC_V2, VC_V1):
        yield Fault("context", f"Its first vocabulary is neither {VC_V2} nor {VC_V1}.")
    if record and contexts[1:2] != [CLR_201]:
        yield Fault("context", "Its second vocabulary is not that of learner records 2.0.")
    place, which = (2, "third") if record else (1, "second")
    if OPEN_BADGES.isdisjoint(texts(contexts[place : place + 1])):
        yield Fault("context", f"Its {which} vocabulary is not that of Open Badges 3.0.")


def _types(types: set[str]) -> Iterator[Fault]:
    known = {*BADGE_TYPES, RECORD_TYPE, ENDORSEMENT_TYPE}
    if "VerifiableCredential" not in types or known.isdisjoint(types):
        yield Fault("type", "It does not call itself an Open Badges credential.")
    if RECORD_TYPE in types and not BADGE_TYPES.isdisjoint(types):
        yield Fault("type", "It calls itself a badge and a record of badges at once.")
