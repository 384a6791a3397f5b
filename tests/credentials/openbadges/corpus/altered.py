"""Ada's badge after somebody changed something in it: the signature no longer fits."""

from __future__ import annotations

import json
from typing import Any, Final

from tests.credentials.openbadges.corpus.entry import ALTERED, OPEN, Entry, entry
from tests.credentials.openbadges.corpus.material import (
    ada,
    ada_document,
    as_bytes,
    lacking,
    other,
    saying,
)
from tests.credentials.openbadges.issued import BASE, LIST, OTHER_KEY

_EXTRA: Final = "https://vocabulary.example/v1"


def _proof(**changes: Any) -> bytes:
    return as_bytes({**ada_document(), "proof": {**ada_document()["proof"], **changes}})


def _proofs(*proofs: Any) -> bytes:
    return as_bytes({**ada_document(), "proof": list(proofs)})


def _of(document: bytes) -> Any:
    return json.loads(document)["proof"]


def _value(text: str) -> str:
    return str(ada_document()["proof"]["proofValue"]).replace("z", text, 1)


#: What a signature would not cover: refused before it is looked at.
_UNSAFE: Final = {
    "well_formed": "no not-safe",
    "signature": "no not-safe",
    "issuer_known": "unchecked not-proven",
}
_UNKNOWN: Final = {**_UNSAFE, "well_formed": "no unknown-term", "signature": "no unknown-term"}
_BAD_PROOF: Final = {**ALTERED, "signature": "no bad-proof"}


def _poisoned() -> list[dict[str, Any]]:
    """Eight nameless things that all point at each other."""
    names = [f"_:b{number}" for number in range(8)]
    return [
        {"id": a, "type": ["Evidence"], "alignment": [{"id": b} for b in names if b != a]}
        for a in names
    ]


CHANGED: Final[list[Entry]] = [
    entry("name-altered-after-signing", lambda: saying("name", "Shared Power"), **ALTERED),
    entry("letter-that-looks-alike", lambda: saying("name", "Shared V\u0456sion"), **ALTERED),
    entry(
        "letters-put-together-otherwise",
        lambda: saying("credentialSubject.achievement.name", "Shared V\u0131\u0307sion"),
        **ALTERED,
    ),
    entry("blank-added-to-a-name", lambda: saying("name", "Shared Vision "), **ALTERED),
    entry(
        "holder-altered",
        lambda: saying("credentialSubject.id", "urn:uuid:00000000-0000-4000-8000-000000000001"),
        **ALTERED,
    ),
    entry(
        "achievement-altered",
        lambda: saying("credentialSubject.achievement.id", f"{BASE}/lc/achievements/23/1.0"),
        **ALTERED,
    ),
    entry(
        "criteria-altered",
        lambda: saying("credentialSubject.achievement.criteria.narrative", "Attended."),
        **ALTERED,
    ),
    entry(
        "result-altered", lambda: saying("credentialSubject.result.0.status", "Failed"), **ALTERED
    ),
    entry("evidence-taken-out", lambda: lacking("evidence"), **ALTERED),
    entry("date-altered", lambda: saying("validFrom", "2026-03-01T15:04:05Z"), **ALTERED),
    entry("end-added", lambda: saying("validUntil", "2099-01-01T00:00:00Z"), **ALTERED),
    entry("identifier-altered", lambda: saying("id", f"{BASE}/lc/badges/34"), **ALTERED),
    entry(
        "picture-altered",
        lambda: saying("credentialSubject.achievement.image.id", f"{BASE}/other.png"),
        **ALTERED,
    ),
    entry("issuer-name-altered", lambda: saying("issuer.name", "Harvard University"), **ALTERED),
    entry(
        "statement-altered",
        lambda: saying("credentialSubject.achievement.alignment.0.targetName", "Leads."),
        **ALTERED,
    ),
    entry(
        "statement-that-nobody-made-added",
        lambda: saying(
            "credentialSubject.achievement.alignment.0.targetUrl", f"{BASE}/lc/uri/none"
        ),
        alignment="no not-there",
        **ALTERED,
    ),
    entry(
        "revocation-list-taken-out",
        lambda: lacking("credentialStatus"),
        not_revoked="yes no-list",
        **ALTERED,
    ),
    entry(
        "another-place-in-the-revocation-list",
        lambda: saying("credentialStatus.statusListIndex", "7"),
        **ALTERED,
    ),
    entry(
        "another-revocation-list",
        lambda: saying("credentialStatus.statusListCredential", f"{LIST}/mine"),
        not_revoked="unchecked status-list-unreachable",
        **ALTERED,
    ),
    entry(
        "kind-altered",
        lambda: saying("type", ["VerifiableCredential", "EndorsementCredential"]),
        **{**ALTERED, "well_formed": "no subject"},
    ),
    entry(
        "text-made-a-number",
        lambda: saying("credentialSubject.achievement.version", 1.0),
        **ALTERED,
    ),
    # --- words that no vocabulary has ------------------------------------------------------------
    entry("undefined-word-added", lambda: saying("grade", "A"), **_UNKNOWN),
    entry(
        "undefined-word-added-inside",
        lambda: saying("credentialSubject.achievement.levelReached", "Extended"),
        **_UNKNOWN,
    ),
    entry(
        "undefined-kind-added",
        lambda: saying("type", [*ada_document()["type"], "DiplomaCredential"]),
        **_UNSAFE,
    ),
    entry("relative-identifier", lambda: saying("id", "badges/33"), **_UNSAFE),
    entry("identifier-with-a-blank", lambda: saying("id", f"{BASE}/lc/badges/3 3"), **_UNSAFE),
    entry(
        "context-appended",
        lambda: saying("@context", [*ada_document()["@context"], _EXTRA]),
        well_formed="no unknown-context",
        signature="unchecked unknown-context",
        issuer_known="unchecked not-proven",
    ),
    entry(
        "context-of-its-own-inside",
        lambda: saying("@context", [*ada_document()["@context"], {"name": "urn:x:other"}]),
        well_formed="no unknown-context",
        signature="unchecked unknown-context",
        issuer_known="unchecked not-proven",
    ),
    entry("context-taken-out", lambda: lacking("@context.1"), **_UNKNOWN),
    entry(
        "contexts-in-another-order",
        lambda: saying("@context", list(reversed(ada_document()["@context"]))),
        well_formed="no context",
    ),
    entry(
        "no-context", lambda: lacking("@context"), **{**_UNKNOWN, "well_formed": "no not-a-badge"}
    ),
    entry(
        "poison-blank-nodes",
        lambda: saying("evidence", _poisoned()),
        well_formed="no too-much-work",
        signature="unchecked too-much-work",
        issuer_known="unchecked not-proven",
    ),
    # --- the signature itself --------------------------------------------------------------------
    entry("proof-taken-out", lambda: lacking("proof"), **{**ALTERED, "signature": "no not-signed"}),
    entry("proof-empty", lambda: _proofs(), **{**ALTERED, "signature": "no not-signed"}),
    entry("proof-is-words", lambda: saying("proof", "signed by Ridgeline"), **_BAD_PROOF),
    entry("proof-of-another-badge", lambda: _proofs(_of(other())), **ALTERED),
    entry("good-proof-beside-a-bad-one", lambda: _proofs(_of(ada()), _of(other())), **ALTERED),
    entry("proof-without-value", lambda: lacking("proof.proofValue"), **_BAD_PROOF),
    entry("proof-value-not-encoded", lambda: _proof(proofValue=_value("")), **_BAD_PROOF),
    entry("proof-value-of-zeros", lambda: _proof(proofValue="z" + "1" * 64), **ALTERED),
    entry("proof-value-cut-off", lambda: _proof(proofValue="z2222"), **_BAD_PROOF),
    entry("proof-for-signing-in", lambda: _proof(proofPurpose="authentication"), **_BAD_PROOF),
    entry("proof-redated", lambda: _proof(created="2026-03-03T15:04:05Z"), **ALTERED),
    entry("proof-with-a-note", lambda: _proof(nonce="7"), **ALTERED),
    entry(
        "proof-of-an-unknown-kind",
        lambda: _proof(type="RsaSignature2018"),
        verdict=OPEN,
        **{**ALTERED, "signature": "unchecked proof-not-supported"},
    ),
    entry(
        "proof-by-an-unknown-method",
        lambda: _proof(cryptosuite="bbs-2023"),
        verdict=OPEN,
        **{**ALTERED, "signature": "unchecked proof-not-supported"},
    ),
    entry(
        "proof-called-otherwise",
        lambda: _proof(cryptosuite="ecdsa-rdfc-2019"),
        **{**ALTERED, "signature": "no altered"},
    ),
    entry(
        "proof-naming-another-key",
        lambda: _proof(
            verificationMethod=f"{ada_document()['issuer']['id']}#{OTHER_KEY.public_multibase}"
        ),
        **ALTERED,
    ),
]
