"""Embedded proofs: sign a document (eddsa-rdfc-2022), check a signed one (all of `suites`).

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2; W3C Data Integrity ECDSA
Cryptosuites 1.0, section 3.2; W3C Data Integrity 1.0, section 4.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import new as new_hash
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
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.secondopinion import CheckedShapes
from credentials.openbadges.strictjson import parse_credential
from credentials.openbadges.suites import Scheme, schemes

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
    scheme: Scheme
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


def document_digest(
    document: Mapping[str, Any], *, engine: Engine = ENGINE, hash_name: str = "sha256"
) -> bytes:
    """The hash over the canonical form of the document without its proof; raises NotSafe."""
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    return _form_digest(unsigned, engine, hash_name)


def _form_digest(document: Mapping[str, Any], engine: Engine, hash_name: str) -> bytes:
    return new_hash(hash_name, engine.canonical_form(document, hash_name).encode()).digest()


def digest_or_refusal(document: Mapping[str, Any], *, engine: Engine = ENGINE) -> bytes | NotSafe:
    """The digest, or why there is none, as a value: several questions hang on the same answer."""
    try:
        return document_digest(document, engine=engine)
    except NotSafe as error:
        return error


def hash_data(
    digest: bytes,
    options: Mapping[str, Any],
    context: Any,
    *,
    engine: Engine = ENGINE,
    hash_name: str = "sha256",
) -> bytes:
    """The bytes that are signed: digest of the proof's options, then the document's `digest`.

    `options` is the proof without proofValue; its words are read with the document's `context`.
    Raises NotSafe.
    """
    return _form_digest({**options, "@context": context}, engine, hash_name) + digest


def signed_data(
    document: Mapping[str, Any], proof: Proof, digest: bytes, *, engine: Engine = ENGINE
) -> bytes:
    """What the proof's signature must be over; `digest` is the document's with SHA-256.

    Raises NotSafe.
    """
    name = proof.scheme.hash_name
    if name != "sha256":
        digest = document_digest(document, engine=engine, hash_name=name)
    context = document.get("@context")
    return hash_data(digest, proof.options, context, engine=engine, hash_name=name)


def is_signed_by(key: PublicKey, proof: Proof, data: bytes) -> bool:
    """Whether `data` (of `signed_data`) carries the key's signature, of the kind it claims."""
    return key.kind is proof.scheme.kind and key.has_signed(data, proof.signature)


def sign(
    document: Mapping[str, Any],
    key: SigningKey,
    *,
    verification_method: str,
    created: datetime,
    engine: Engine = ENGINE,
    shapes: CheckedShapes | None = None,
) -> bytes:
    """The signed document as the exact JSON bytes to be stored and never written anew.

    Adds one proof (assertionMethod). Before it returns, the bytes are read back and checked with
    PyLD alone, a second road from the JSON to what was signed: SelfCheckFailed when the two
    disagree. With `shapes`, kept for a whole cohort, PyLD reads only the first document of every
    shape and the others are compared with what it made of that one. Raises NotSafe for a document
    that no signature could wholly cover, BadProof for one that already has a proof. The same
    arguments give the same bytes.
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
    configured = {**options, "@context": document.get("@context")}
    # The document first: what is wrong with it is to be told, not with what is read like it.
    forms = engine.canonical_form(document), engine.canonical_form(configured)
    signature = key.sign(b"".join(sha256(form.encode()).digest() for form in reversed(forms)))
    unsigned = _written(document)
    proof = _written({**options, "proofValue": "z" + base58_encode(signature)})
    signed = f'{unsigned[:-1]},"proof":{proof}}}'.encode()
    if shapes is None:
        _self_check(signed, key.public_multibase, engine)
    else:
        _compare((unsigned, _written(configured)), forms, shapes)
    return signed


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _written(value: Mapping[str, Any]) -> str:
    return _ENCODER.encode(dict(value))


def _compare(texts: tuple[str, str], forms: tuple[str, str], shapes: CheckedShapes) -> None:
    """Whether the texts say to PyLD what was signed, `forms` being that."""
    try:
        second = tuple(shapes.form(text) for text in texts)
    except Exception as error:
        # Whatever the second engine stumbles over, the badge must not be released.
        raise SelfCheckFailed(f"The second engine could not read the badge: {error}") from error
    if second != forms:
        raise SelfCheckFailed("The badge just signed is another one to the second engine.")


def _self_check(data: bytes, public_multibase: str, engine: Engine) -> None:
    document = parse_credential(data)
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
    """The proofs of a document that can be checked here, complete as to their form.

    Raises NotSigned without any proof, ProofNotSupported when there are only proofs of other
    kinds, BadProof for one that lacks what it must have. Proofs of other kinds beside one that
    can be checked are passed over: proofs of a set stand each for itself.
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
    readable = [(proof, kind) for proof in members if (kind := schemes(proof)) is not None]
    if not readable:
        kinds = ", ".join(sorted({str(_kind(proof))[:60] for proof in members}))
        raise ProofNotSupported(f"Its signature is of a kind that is not checked here ({kinds}).")
    return [_read_proof(proof, kind, document) for proof, kind in readable]


def _kind(proof: Mapping[str, Any]) -> Any:
    return proof.get("cryptosuite") or proof.get("type")


def _read_proof(
    proof: Mapping[str, Any], by_length: Mapping[int, Scheme], document: Mapping[str, Any]
) -> Proof:
    method = proof.get("verificationMethod")
    if proof.get("proofPurpose") != "assertionMethod":
        raise BadProof("Its signature was not made for the purpose of asserting something.")
    if not isinstance(method, str):
        raise BadProof("Its signature is not written as the standard asks.")
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise BadProof("Its signature was made with other vocabularies than it names.")
    signature = _signature(proof.get("proofValue"))
    if len(signature) not in by_length:
        raise BadProof("Its signature does not have the length of a signature of its kind.")
    created, expires = read_instant(proof.get("created")), read_instant(proof.get("expires"))
    if ("created" in proof and created is None) or ("expires" in proof and expires is None):
        raise BadProof("A date of its signature cannot be read.")
    options = {
        name: member for name, member in proof.items() if name not in {"proofValue", "@context"}
    }
    return Proof(
        verification_method=method,
        signature=signature,
        scheme=by_length[len(signature)],
        created=created,
        expires=expires,
        options=options,
    )


def _signature(value: Any) -> bytes:
    if not isinstance(value, str) or not value.startswith("z"):
        raise BadProof("Its signature is not written as the standard asks.")
    try:
        return base58_decode(value[1:])
    except OpenBadgesError as error:
        raise BadProof(error.message) from None


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
    key = PublicKey.from_multibase(public_multibase)
    digest = document_digest(document, engine=engine)
    proofs = read_proofs(document) if proof is None else [proof]
    return all(
        is_signed_by(key, each, signed_data(document, each, digest, engine=engine))
        for each in proofs
    )
