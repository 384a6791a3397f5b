"""Badges as other issuers sign them: other keys, other kinds of proof, the older data model."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from credentials.openbadges.contexts import OB_300, OB_303, VC_V1, VC_V2
from credentials.openbadges.multibase import base58_encode
from credentials.openbadges.ports import Ports
from credentials.openbadges.proof import document_digest, hash_data, instant
from credentials.openbadges.publickey import KeyKind, PublicKey
from tests.credentials.openbadges.issued import AWARDED, HOME, ISSUER, KEY, SUBJECT, own_did

ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

P256 = ec.derive_private_key(7, ec.SECP256R1())
P384 = ec.derive_private_key(11, ec.SECP384R1())

#: A badge as small as the standard allows, with one of everything that a signature must cover.
SMALL: dict[str, Any] = {
    "@context": [VC_V2, OB_303],
    "id": "urn:uuid:1b2c",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Shared Vision",
    "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Ridgeline"},
    "validFrom": instant(AWARDED),
    "credentialSubject": {
        "id": SUBJECT,
        "type": ["AchievementSubject"],
        "activityEndDate": "2026-03-01T00:00:00Z",
        "creditsEarned": 2.5,
        "achievement": {
            "id": "urn:uuid:3d4e",
            "type": ["Achievement"],
            "name": "Shared Vision",
            "description": "Builds a vision.",
            "criteria": {"narrative": "Scored by two reviewers."},
        },
    },
    "evidence": [{"type": ["Evidence"], "name": "Plan"}, {"type": ["Evidence"], "name": "Talk"}],
}

_WORDS_OF_2 = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}


def in_data_model_1(document: dict[str, Any], *more: str) -> dict[str, Any]:
    """The same badge as the data model of 2022 writes it, with `more` vocabularies."""
    renamed = {_WORDS_OF_2.get(name, name): member for name, member in document.items()}
    return {**renamed, "@context": [VC_V1, OB_300, *more]}


def with_proof(
    document: dict[str, Any], public: PublicKey, make: Callable[[bytes], bytes], **options: Any
) -> dict[str, Any]:
    """The document with a proof that `make` signs; `options` replace or add to the usual ones."""
    name = "sha384" if public.kind is KeyKind.P384 else "sha256"
    proof = {
        "type": "DataIntegrityProof",
        "created": instant(AWARDED),
        "verificationMethod": f"{ISSUER}#{public.multibase}",
        "proofPurpose": "assertionMethod",
        **options,
    }
    digest = document_digest(document, hash_name=name)
    data = hash_data(digest, proof, document["@context"], hash_name=name)
    return {**document, "proof": {**proof, "proofValue": "z" + base58_encode(make(data))}}


def with_ed25519(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Signed with the issuer's Ed25519 key."""
    return with_proof(document, PublicKey.from_multibase(KEY.public_multibase), KEY.sign, **options)


def with_ecdsa(
    document: dict[str, Any], key: ec.EllipticCurvePrivateKey, issuer: str = ISSUER
) -> dict[str, Any]:
    """Signed with an elliptic-curve key; r and s in fixed length, as ECDSA Cryptosuites has it."""
    length, algorithm = (32, SHA256()) if key is P256 else (48, SHA384())

    def make(data: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(algorithm)))
        return r.to_bytes(length, "big") + s.to_bytes(length, "big")

    public = PublicKey.of(key.public_key())
    method = f"{issuer}#{public.multibase}"
    return with_proof(
        document, public, make, cryptosuite="ecdsa-rdfc-2019", verificationMethod=method
    )


def other_did() -> dict[str, Any]:
    """The issuer's document with all of these keys."""
    did = own_did()
    names = [f"{ISSUER}#{PublicKey.of(key.public_key()).multibase}" for key in (P256, P384)]
    return {**did, "assertionMethod": [*did["assertionMethod"], *names]}


#: The installation of an issuer with all of these keys.
OTHER_HOME: Ports = replace(HOME, resolve_issuer=lambda issuer: other_did())

#: A name for each kind of proof -> a badge that carries it.
PROOFS: dict[str, dict[str, Any]] = {
    "eddsa-rdfc-2022": with_ed25519(SMALL, cryptosuite="eddsa-rdfc-2022"),
    "eddsa-2022": with_ed25519(SMALL, cryptosuite="eddsa-2022"),
    "ecdsa-rdfc-2019 P-256": with_ecdsa(SMALL, P256),
    "ecdsa-rdfc-2019 P-384": with_ecdsa(SMALL, P384),
    "Ed25519Signature2020": with_ed25519(
        {**SMALL, "@context": [*SMALL["@context"], ED25519_2020]}, type="Ed25519Signature2020"
    ),
    "Ed25519Signature2020 in data model 1.1": with_ed25519(
        in_data_model_1(SMALL, ED25519_2020), type="Ed25519Signature2020"
    ),
}


def as_bytes(document: dict[str, Any]) -> bytes:
    """The document as it would be handed in."""
    return json.dumps(document).encode()
