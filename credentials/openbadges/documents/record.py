"""The ClrCredential: a record of several badges of one learner, each as it was signed.

Source: Comprehensive Learner Record 2.0, sections "ClrCredential", "ClrSubject", "Association".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.contexts import CLR_201, OB_303, OB_EXTENSIONS, VC_V2
from credentials.openbadges.documents import parts
from credentials.openbadges.documents.content import IssuerProfile, StatusEntry
from credentials.openbadges.documents.writing import iri, moment, text
from credentials.openbadges.errors import NotSafe, OpenBadgesError
from credentials.openbadges.record import MAX_BADGES
from credentials.openbadges.shape import ASSOCIATIONS, faults, is_record
from credentials.openbadges.strictjson import MAX_RECORD_NODES, check_value, parse

CONTEXTS: Final = (VC_V2, CLR_201, OB_303, OB_EXTENSIONS)


@dataclass(frozen=True, kw_only=True)
class Association:
    """How two achievements of a record belong together: `source` isPartOf `target`, and so on."""

    kind: str  #: one of CLR 2.0's eight
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class RecordContent:
    """Everything one record says.

    `badges` are exact signed bytes, each of a badge of its own. `partial` is False only where
    everything that is known of the learner is in it. `subject_id` is opaque, as in a badge.
    """

    id: str
    name: str
    issuer: IssuerProfile
    subject_id: str
    badges: tuple[bytes, ...]
    partial: bool
    valid_from: datetime
    associations: tuple[Association, ...] = ()
    description: str | None = None
    status: StatusEntry | None = None
    schema_url: str | None = None


def clr_document(content: RecordContent) -> dict[str, Any]:
    """The unsigned ClrCredential, ready for `proof.sign`.

    Each badge is put in as its bytes say it, so that its own signature still fits. Raises NotSafe
    as `credential_document` does, and for a record without badges or with more than anybody
    would verify, for bytes that are not a signed badge, for the same badge twice, and for an
    association between achievements that are not in the record.
    """
    badges = [_badge(data) for data in content.badges]
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": iri("id", content.id),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": text("name", content.name),
        "issuer": parts.profile("issuer", content.issuer),
        "validFrom": moment("valid_from", content.valid_from),
        "partial": content.partial,
    }
    if content.description is not None:
        document["description"] = text("description", content.description)
    document["credentialSubject"] = _subject(content, badges)
    if content.status is not None:
        document["credentialStatus"] = parts.status(content.status)
    if content.schema_url is not None:
        document["credentialSchema"] = parts.schema(content.schema_url)
    check_value(document, max_nodes=MAX_RECORD_NODES)
    return document


def _subject(content: RecordContent, badges: list[dict[str, Any]]) -> dict[str, Any]:
    names = {badge["id"] for badge in badges}
    if not 0 < len(badges) == len(names) <= MAX_BADGES:
        raise NotSafe(f"badges: a record has from 1 to {MAX_BADGES} badges, each of them once.")
    subject: dict[str, Any] = {
        "id": iri("subject_id", content.subject_id),
        "type": ["ClrSubject"],
        "verifiableCredential": badges,
    }
    achieved = {badge["credentialSubject"]["achievement"]["id"] for badge in badges}
    if content.associations:
        subject["association"] = [_association(each, achieved) for each in content.associations]
    return subject


def _badge(data: bytes) -> dict[str, Any]:
    try:
        badge = parse(data)
    except OpenBadgesError:
        badge = None
    if not isinstance(badge, dict) or "proof" not in badge or is_record(badge) or faults(badge):
        raise NotSafe("badges: one of them is not a signed badge.")
    return badge


def _association(said: Association, achieved: set[str]) -> dict[str, Any]:
    if said.kind not in ASSOCIATIONS:
        raise NotSafe(f"associations: {said.kind[:80]!r} is not a way to belong together.")
    if said.source == said.target or not {said.source, said.target} <= achieved:
        raise NotSafe("associations: one names an achievement that is not in the record.")
    return {
        "type": "Association",
        "associationType": said.kind,
        "sourceId": iri("associations", said.source),
        "targetId": iri("associations", said.target),
    }
