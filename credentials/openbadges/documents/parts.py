"""The parts that documents are put together from: profiles, alignments, evidence, status."""

from __future__ import annotations

import base64
import re
from typing import Any, Final

from credentials.openbadges.documents.content import (
    ConsentedEmail,
    EvidenceNote,
    IndicatorAlignment,
    IssuerProfile,
    StatusEntry,
)
from credentials.openbadges.documents.writing import iri, text
from credentials.openbadges.errors import NotSafe, OpenBadgesError
from credentials.openbadges.shape import is_endorsement
from credentials.openbadges.status import REVOCATION
from credentials.openbadges.strictjson import parse

NOT_A_LICENCE: Final = "This is not a licence or certification to practise."
PRIVATE_EVIDENCE: Final = (
    "Described only: this evidence is private to the learner and the program and has no public "
    "address."
)

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_IDENTITY: Final = re.compile(r"sha256\$[0-9a-f]{64}")


def profile(place: str, said: IssuerProfile) -> dict[str, Any]:
    """Open Badges 3.0, Profile."""
    written: dict[str, Any] = {
        "id": iri(f"{place}.id", said.id),
        "type": ["Profile"],
        "name": text(f"{place}.name", said.name),
    }
    if said.url is not None:
        written["url"] = iri(f"{place}.url", said.url)
    if said.description is not None:
        written["description"] = text(f"{place}.description", said.description)
    if said.email is not None:
        written["email"] = text(f"{place}.email", said.email)
    return written


def alignment(said: IndicatorAlignment) -> dict[str, Any]:
    """Open Badges 3.0, Alignment."""
    place = f"alignment {said.target_code}"
    return {
        "type": ["Alignment"],
        "targetCode": text(place, said.target_code),
        "targetFramework": text(place, said.target_framework),
        "targetName": text(place, said.target_name),
        "targetType": text(place, said.target_type),
        "targetUrl": iri(place, said.target_url),
    }


def evidence(note: EvidenceNote) -> dict[str, Any]:
    """Open Badges 3.0, Evidence; the digest is a member of the W3C data model (5.3)."""
    public: dict[str, Any] = {} if note.url is None else {"id": iri("evidence", note.url)}
    described = {"description": PRIVATE_EVIDENCE} if note.url is None else {}
    return {
        **public,
        "type": ["Evidence"],
        "name": text("evidence", note.name),
        **described,
        "narrative": text("evidence", note.narrative),
        "genre": text("evidence", note.genre),
        **_digest(note.digest),
    }


def _digest(digest: str) -> dict[str, str]:
    if not digest:
        return {}
    if not _DIGEST.fullmatch(digest):
        raise NotSafe("evidence: the digest is not a SHA-256 in hexadecimal digits.")
    packed = base64.b64encode(bytes.fromhex(digest)).decode("ascii")
    return {"digestSRI": f"sha256-{packed}"}


def identity(holder: ConsentedEmail) -> dict[str, Any]:
    """Open Badges 3.0, IdentityObject."""
    if not _IDENTITY.fullmatch(holder.identity_hash):
        raise NotSafe("holder: the address is not hashed.")
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": holder.identity_hash,
        "identityType": "emailAddress",
        "salt": text("holder.salt", holder.salt),
    }


def status(entry: StatusEntry) -> dict[str, Any]:
    """W3C Bitstring Status List 1.0, BitstringStatusListEntry."""
    if entry.index < 0:
        raise NotSafe("status.index: an index is not negative.")
    url = iri("status.list_url", entry.list_url)
    return {
        "id": f"{url}#{entry.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(entry.index),
        "statusListCredential": url,
    }


def endorsements(place: str, signed: tuple[bytes, ...]) -> list[dict[str, Any]]:
    """EndorsementCredentials as their endorsers signed them; raises NotSafe for anything else."""
    try:
        found = [parse(data) for data in signed]
    except OpenBadgesError as error:
        raise NotSafe(f"{place}: {error.message}") from None
    for one in found:
        if not isinstance(one, dict) or not is_endorsement(one) or "proof" not in one:
            raise NotSafe(f"{place}: it is not a signed endorsement.")
    return found


def schema(url: str) -> list[dict[str, Any]]:
    """Where the JSON Schema is; the type's name is defined in extensions.json alone."""
    return [{"id": iri("schema_url", url), "type": "1EdTechJsonSchemaValidator2019"}]
