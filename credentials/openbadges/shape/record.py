"""What a record of badges holds, without looking into the badges.

Source: Comprehensive Learner Record 2.0, sections "ClrCredential" to "Association".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from credentials.openbadges.shape.achievement import achievement_faults, holder_faults
from credentials.openbadges.shape.values import (
    Fault,
    each,
    is_iri,
    is_named,
    is_typed,
    is_wording,
    members,
)

#: How the achievements of a record may belong together.
ASSOCIATIONS: Final = (
    "exactMatchOf",
    "isChildOf",
    "isParentOf",
    "isPartOf",
    "isPeerOf",
    "isRelatedTo",
    "precedes",
    "replacedBy",
)


def record_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """What a ClrCredential has beyond the members of every credential."""
    if not is_wording(document.get("name")):
        yield Fault("name", "It has no name.")
    if not isinstance(document.get("partial", False), bool):
        yield Fault("partial", "It does not say with yes or no whether it is complete.")
    yield from _subject(document.get("credentialSubject"))


def _subject(subject: Any) -> Iterator[Fault]:
    if not is_typed(subject, "ClrSubject"):
        yield Fault("subject", "It does not say whose record it is.")
        return
    yield from holder_faults(subject)
    badges = members(subject.get("verifiableCredential"))
    if not badges:
        yield Fault("badges", "It has no badges in it.")
    for badge in badges:
        if not _is_credential(badge):
            yield Fault("badges", "A badge in it is not written as the standard asks.")
    for achievement in members(subject.get("achievement")):
        yield from achievement_faults(achievement)
    yield from each(subject.get("association"), _is_association, "association")


def _is_credential(value: Any) -> bool:
    return is_typed(value, "VerifiableCredential") or is_named(
        value, "EnvelopedVerifiableCredential"
    )


def _is_association(value: Any) -> bool:
    return (
        is_typed(value, "Association")
        and value.get("associationType") in ASSOCIATIONS
        and is_iri(value.get("sourceId"))
        and is_iri(value.get("targetId"))
    )
