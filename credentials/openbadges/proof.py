"""Data Integrity proofs of the kind eddsa-rdfc-2022: sign a document, check a signed one.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2; W3C Data Integrity 1.0, section 4.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from credentials.openbadges.errors import (
    BadProof,
    NotSafe,
    NotSigned,
    OpenBadgesError,
    ProofNotSupported,
    SelfCheckFailed,
)
from credentials.openbadges.jsonld import ENGINE, Engine
from credentials.openbadges.keys import SigningKey, signature_is_good
from credentials.openbadges.multibase import base58_decode, base58_encode
from credentials.openbadges.strictjson import parse

CRYPTOSUITE: Final = "eddsa-rdfc-2022"
MAX_PROOFS: Final = 4

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})"
)


def instant(moment: datetime) -> str:
    """`moment` as XML Schema writes it in UTC, to the second; refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: Any) -> datetime | None:
    """The moment that an XML Schema dateTimeStamp names, or None for anything else."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof of a document, taken apart and found complete."""

    verification_method: str
    signature: bytes
    created: datetime | None
    expires: datetime | None
    options: Mapping[str, Any]  #: the proof as it stands, without its value

    @property
    def controller(self) -> str:
        """Whose key it claims to be made with: the method's name up to "#"."""
        return self.verification_method.partition("#")[0]

    @property
    def key_name(self) -> str:
        """The method's name after "#"; for Multikey names the key itself ("z6Mk...")."""
        return self.verification_method.partition("#")[2]


def document_digest(document: Mapping[str, Any], *, engine: Engine = ENGINE) -> bytes:
    """SHA-256 over the canonical form of the document without its proof; raises NotSafe."""
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    return sha256(engine.canonical_form(unsigned).encode()).digest()


def digest_or_refusal(document: Mapping[str, Any], *, engine: Engine = ENGINE) -> bytes | NotSafe:
    """The digest, or why there is none, as a value: several questions hang on the same answer."""
    try:
        return document_digest(document, engine=engine)
    except NotSafe as error:
        return error


def hash_data(
    digest: bytes, options: Mapping[str, Any], context: Any, *, engine: Engine = ENGINE
) -> bytes:
    """The 64 bytes that are signed: digest of the proof's options, then the document's `digest`.

    `options` is the proof without proofValue; its words are read with the document's `context`.
    Raises NotSafe.
    """
    configured = {**options, "@context": context}
    return sha256(engine.canonical_form(configured).encode()).digest() + digest


def sign(
    document: Mapping[str, Any],
    key: SigningKey,
    *,
    verification_method: str,
    created: datetime,
    engine: Engine = ENGINE,
) -> bytes:
    """The signed document as the exact JSON bytes to be stored and never written anew.

    Adds one proof (assertionMethod). Before it returns, the bytes are read back and checked with
    PyLD alone, a second road from the JSON to what was signed: SelfCheckFailed when the two
    disagree. Raises NotSafe for a document that no signature could wholly cover, BadProof for one
    that already has a proof. The same arguments give the same bytes.
    """
    if "proof" in document:
        raise BadProof("The document already carries a proof.")
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": instant(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    digest = document_digest(document, engine=engine)
    signature = key.sign(hash_data(digest, options, document.get("@context"), engine=engine))
    signed = {**document, "proof": {**options, "proofValue": "z" + base58_encode(signature)}}
    data = json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()
    _self_check(data, key.public_multibase, engine)
    return data


def _self_check(data: bytes, public_multibase: str, engine: Engine) -> None:
    document = parse(data)
    (proof,) = read_proofs(document)
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    configured = {**proof.options, "@context": document["@context"]}
    try:
        second = b"".join(
            sha256(engine.general_form(part).encode()).digest() for part in (configured, unsigned)
        )
    except Exception as error:
        # Whatever the second engine stumbles over, the badge must not be released.
        raise SelfCheckFailed(f"The second engine could not read the badge: {error}") from error
    if not signature_is_good(public_multibase, proof.signature, second):
        raise SelfCheckFailed("The badge just signed does not verify with the second engine.")


def read_proofs(document: Mapping[str, Any]) -> list[Proof]:
    """The eddsa-rdfc-2022 proofs of a document, complete as to their form.

    Raises NotSigned without any proof, ProofNotSupported when there are only proofs of other
    kinds, BadProof for one of this kind that lacks what it must have. Proofs of other kinds
    beside one of this kind are passed over: proofs of a set stand each for itself.
    """
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found]
    if found is None or not proofs:
        raise NotSigned("It carries no signature.")
    if len(proofs) > MAX_PROOFS:
        raise ProofNotSupported(
            f"It carries {len(proofs)} signatures; at most {MAX_PROOFS} are read."
        )
    members = [proof for proof in proofs if isinstance(proof, dict)]
    if len(members) != len(proofs):
        raise BadProof("Its signature is not written as the standard asks.")
    ours = [proof for proof in members if _is_supported(proof)]
    if not ours:
        kinds = ", ".join(sorted({str(_kind(proof))[:60] for proof in members}))
        raise ProofNotSupported(f"Its signature is of a kind that is not checked here ({kinds}).")
    return [_read_proof(proof) for proof in ours]


def _kind(proof: Mapping[str, Any]) -> Any:
    return proof.get("cryptosuite") or proof.get("type")


def _is_supported(proof: Mapping[str, Any]) -> bool:
    return (
        proof.get("type") == "DataIntegrityProof"
        and proof.get("cryptosuite") == CRYPTOSUITE
        and "previousProof" not in proof
    )


def _read_proof(proof: Mapping[str, Any]) -> Proof:
    method, value = proof.get("verificationMethod"), proof.get("proofValue")
    if proof.get("proofPurpose") != "assertionMethod":
        raise BadProof("Its signature was not made for the purpose of asserting something.")
    if not isinstance(method, str) or not isinstance(value, str) or not value.startswith("z"):
        raise BadProof("Its signature is not written as the standard asks.")
    try:
        signature = base58_decode(value[1:])
    except OpenBadgesError as error:
        raise BadProof(error.message) from None
    if len(signature) != 64:
        raise BadProof("Its signature does not have the length of an Ed25519 signature.")
    created, expires = read_instant(proof.get("created")), read_instant(proof.get("expires"))
    if ("created" in proof and created is None) or ("expires" in proof and expires is None):
        raise BadProof("A date of its signature cannot be read.")
    options = {
        name: member for name, member in proof.items() if name not in {"proofValue", "@context"}
    }
    return Proof(
        verification_method=method,
        signature=signature,
        created=created,
        expires=expires,
        options=options,
    )


def verify_proof(
    document: Mapping[str, Any],
    public_multibase: str,
    *,
    proof: Proof | None = None,
    engine: Engine = ENGINE,
) -> bool:
    """Whether the document is as that key signed it.

    Checks `proof`, or else every supported proof that the document carries (all must be good).
    Whose key it is and whether it may sign is the caller's question. Raises NotSigned,
    ProofNotSupported, BadProof, BadKey, NotSafe.
    """
    digest = document_digest(document, engine=engine)
    proofs = read_proofs(document) if proof is None else [proof]
    return all(
        signature_is_good(
            public_multibase,
            each.signature,
            hash_data(digest, each.options, document.get("@context"), engine=engine),
        )
        for each in proofs
    )
