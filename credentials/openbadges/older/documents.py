"""An award as documents of Open Badges 2.0: Assertion, BadgeClass, Issuer, key, revocations.

The two standards' words cannot stand in one document, so these are published under addresses of
their own and name the newer badge and achievement as `related`.
Source: Open Badges 2.0, sections "Assertion" to "RevocationList"; 1EdTech, "Migrating from 2.0".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from credentials.openbadges.documents.content import (
    CredentialContent,
    EvidenceNote,
    IndicatorAlignment,
    IssuerProfile,
)
from credentials.openbadges.documents.parts import NOT_A_LICENCE, PRIVATE_EVIDENCE
from credentials.openbadges.documents.writing import iri, moment, text
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.shape import OB_2
from credentials.openbadges.strictjson import check_value

_HOSTED: Final = {"type": "HostedBadge"}


def assertion_document(
    content: CredentialContent,
    *,
    assertion_id: str,
    badge_class_id: str,
    key_id: str | None = None,
    image_url: str | None = None,
) -> dict[str, Any]:
    """The Assertion of an award: hosted under `assertion_id`, or to be signed with `key_id`.

    `image_url` is the address of this assertion's baked picture, if there is one. The holder is
    named by the hash of an address only where the content has a holder's consent, else by the
    opaque number. Raises NotSafe, naming the place, as `credential_document` does.
    """
    document: dict[str, Any] = {
        "@context": OB_2,
        "type": "Assertion",
        "id": _web("assertion_id", assertion_id),
        "recipient": _recipient(content),
        "badge": _web("badge_class_id", badge_class_id),
        "verification": _verification(key_id),
        "issuedOn": moment("awarded", content.awarded),
        **_optional("image", image_url),
        "narrative": _statement(content.review_statement),
        "related": [iri("id", content.id)],
    }
    if content.valid_until is not None:
        if content.valid_until <= content.awarded:
            raise NotSafe("valid_until: the badge would end before it begins.")
        document["expires"] = moment("valid_until", content.valid_until)
    if content.evidence:
        document["evidence"] = [_evidence(note) for note in content.evidence]
    check_value(document)
    return document


def badge_class_document(
    content: CredentialContent, *, badge_class_id: str, issuer_id: str
) -> dict[str, Any]:
    """The BadgeClass of an award's achievement: the same for everybody who is awarded it.

    Raises NotSafe also without a picture, which 2.0 asks for.
    """
    said = content.achievement
    document: dict[str, Any] = {
        "@context": OB_2,
        "type": "BadgeClass",
        "id": _web("badge_class_id", badge_class_id),
        "@language": text("achievement.language", said.language),
        "name": text("achievement.name", said.name),
        "description": text("achievement.description", said.description),
        "image": _web("image_url", content.image_url or ""),
        "criteria": {"narrative": text("achievement.criteria", said.criteria)},
        "issuer": _web("issuer_id", issuer_id),
        "version": text("achievement.version", said.version),
        "related": [iri("achievement.id", said.id)],
    }
    if said.tags:
        document["tags"] = [text("achievement.tags", tag) for tag in said.tags]
    if content.alignments:
        document["alignment"] = [_alignment(each) for each in content.alignments]
    check_value(document)
    return document


def issuer_document(
    profile: IssuerProfile,
    *,
    issuer_id: str,
    key_ids: Iterable[str] = (),
    revocation_list_id: str | None = None,
) -> dict[str, Any]:
    """The issuer's Profile under an address of its own: 2.0 knows no did:web.

    One key is written without an array, because the public validator reads no other form. Raises
    NotSafe also without the web page and the e-mail address that 2.0 asks for.
    """
    keys = [_web("key_id", key_id) for key_id in key_ids]
    document: dict[str, Any] = {
        "@context": OB_2,
        "type": "Issuer",
        "id": _web("issuer_id", issuer_id),
        "name": text("issuer.name", profile.name),
        "url": _web("issuer.url", profile.url or ""),
        "email": text("issuer.email", profile.email or ""),
        **_optional("revocationList", revocation_list_id),
    }
    if profile.description is not None:
        document["description"] = text("issuer.description", profile.description)
    if keys:
        document["publicKey"] = keys[0] if len(keys) == 1 else keys
    check_value(document)
    return document


def key_document(*, key_id: str, issuer_id: str, public_pem: str) -> dict[str, Any]:
    """The CryptographicKey that checks what the issuer signed; `public_pem` is an RSA key."""
    return {
        "@context": OB_2,
        "type": "CryptographicKey",
        "id": _web("key_id", key_id),
        "owner": _web("issuer_id", issuer_id),
        "publicKeyPem": text("public_pem", public_pem),
    }


def revocation_list_document(
    *, list_id: str, issuer_id: str, revoked: Mapping[str, str]
) -> dict[str, Any]:
    """The issuer's RevocationList of signed assertions: identifier -> reason for everybody.

    A list of one names it twice: the public validator reads a list of one as a list of nothing.
    """
    entries = [
        {"id": iri("revoked", assertion_id), "revocationReason": text("reason", reason)}
        for assertion_id, reason in sorted(revoked.items())
    ]
    return {
        "@context": OB_2,
        "type": "RevocationList",
        "id": _web("list_id", list_id),
        "issuer": _web("issuer_id", issuer_id),
        "revokedAssertions": entries * 2 if len(entries) == 1 else entries,
    }


def withdrawn_document(*, assertion_id: str, reason: str) -> dict[str, Any]:
    """What a revoked hosted assertion's address answers, with the status 410 Gone."""
    return {
        "@context": OB_2,
        "type": "Assertion",
        "id": _web("assertion_id", assertion_id),
        "revoked": True,
        "revocationReason": text("reason", reason),
    }


def _recipient(content: CredentialContent) -> dict[str, Any]:
    holder = content.holder
    if holder is None:
        return {"type": "id", "hashed": False, "identity": iri("subject_id", content.subject_id)}
    return {
        "type": "email",
        "hashed": True,
        "identity": text("holder", holder.identity_hash),
        "salt": text("holder.salt", holder.salt),
    }


def _verification(key_id: str | None) -> dict[str, Any]:
    if key_id is None:
        return dict(_HOSTED)
    return {"type": "SignedBadge", "creator": _web("key_id", key_id)}


def _statement(said: str) -> str:
    statement = text("review_statement", said)
    return statement if NOT_A_LICENCE in statement else f"{statement} {NOT_A_LICENCE}"


def _evidence(note: EvidenceNote) -> dict[str, Any]:
    place = {} if note.url is None else {"id": iri("evidence", note.url)}
    described = {"description": PRIVATE_EVIDENCE} if note.url is None else {}
    return {
        **place,
        "type": "Evidence",
        "name": text("evidence", note.name),
        **described,
        "narrative": text("evidence", note.narrative),
        "genre": text("evidence", note.genre),
    }


def _alignment(said: IndicatorAlignment) -> dict[str, Any]:
    place = f"alignment {said.target_code}"
    return {
        "type": "AlignmentObject",
        "targetCode": text(place, said.target_code),
        "targetFramework": text(place, said.target_framework),
        "targetName": text(place, said.target_name),
        "targetUrl": iri(place, said.target_url),
    }


def _optional(name: str, url: str | None) -> dict[str, str]:
    return {} if url is None else {name: _web(name, url)}


def _web(place: str, url: str) -> str:
    """2.0 documents are fetched: an identifier that nobody can fetch is none."""
    if not url.startswith(("https://", "http://")):
        raise NotSafe(f"{place}: {url[:80]!r} is not a web address.")
    return iri(place, url)
