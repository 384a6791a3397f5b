"""Badges that are word for word as somebody signed them: but not their issuer, or not any more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from credentials.openbadges import Ports, TrustAnswer, did_document, sign, verification_method
from credentials.openbadges.documents import credential_document
from tests.credentials.openbadges.corpus.entry import OPEN, Entry, entry
from tests.credentials.openbadges.corpus.material import ada, as_bytes
from tests.credentials.openbadges.issued import (
    AWARDED,
    AWAY,
    CONTENT,
    HOME,
    ISSUER,
    KEY,
    METHOD,
    OTHER_KEY,
    fetching,
    own_did,
    signed,
    signed_list,
)
from tests.credentials.openbadges.other_proofs import with_ed25519

STRANGER: Final = f"did:key:{OTHER_KEY.public_multibase}"
STRANGER_METHOD: Final = f"{STRANGER}#{OTHER_KEY.public_multibase}"
_UNPROVEN: Final = {"issuer_known": "unchecked not-proven"}


def _by_stranger(issuer: str = STRANGER, method: str = STRANGER_METHOD) -> bytes:
    """A badge under the issuer's name for people, signed with a stranger's key."""
    return signed(replace(CONTENT, issuer=replace(CONTENT.issuer, id=issuer)), OTHER_KEY, method)


def _listing(**members: Any) -> Ports:
    """An installation whose document of the issuer says something else."""
    return replace(HOME, resolve_issuer=lambda issuer: {**own_did(), **members})


def _method(**members: Any) -> list[dict[str, Any]]:
    usual = {
        "id": METHOD,
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": KEY.public_multibase,
    }
    return [{**usual, **members}]


def _fetched(did: bytes) -> Ports:
    """Dora's district: issuer and list are fetched."""
    return replace(AWAY, fetch=fetching(did=did, status=signed_list()))


def _two_proofs() -> bytes:
    """Signed by the issuer and, in the issuer's name, by a stranger."""
    document = credential_document(CONTENT)
    method = verification_method(ISSUER, OTHER_KEY.public_multibase)
    by_stranger = sign(document, OTHER_KEY, verification_method=method, created=AWARDED)
    proofs = [_proof(ada()), _proof(by_stranger)]
    return as_bytes({**document, "proof": proofs})


def _proof(data: bytes) -> Any:
    import json

    return json.loads(data)["proof"]


def _not_listed(name: str, ports: Ports) -> Entry:
    return entry(
        name, ada, ports=ports, signature="no key-not-listed", not_revoked=_OPEN_LIST, **_UNPROVEN
    )


def _withdrawn(name: str, ports: Ports) -> Entry:
    return entry(
        name, ada, ports=ports, signature="no key-withdrawn", not_revoked=_OPEN_LIST, **_UNPROVEN
    )


def _unreachable(name: str, ports: Ports) -> Entry:
    return entry(
        name,
        ada,
        ports=ports,
        verdict=OPEN,
        signature="unchecked issuer-unreachable",
        not_revoked=_OPEN_LIST,
        alignment="unchecked elsewhere",
        **_UNPROVEN,
    )


#: The list is signed with the same key.
_OPEN_LIST: Final = "unchecked status-list-not-signed"

SIGNERS: Final[list[Entry]] = [
    entry(
        "signed-with-a-key-that-is-not-listed",
        lambda: signed(
            key=OTHER_KEY, method=verification_method(ISSUER, OTHER_KEY.public_multibase)
        ),
        signature="no key-not-listed",
        **_UNPROVEN,
    ),
    entry(
        "signed-with-another-key-under-the-listed-name",
        lambda: signed(key=OTHER_KEY),
        signature="no altered",
        **_UNPROVEN,
    ),
    entry(
        "key-of-another-issuer",
        lambda: signed(key=OTHER_KEY, method=STRANGER_METHOD),
        signature="no other-signer",
        **_UNPROVEN,
    ),
    entry(
        "name-of-a-known-issuer-on-a-strangers-badge",
        _by_stranger,
        issuer_known="no not-on-list",
        not_revoked="unchecked status-list-other",
    ),
    entry(
        "second-signature-by-a-stranger", _two_proofs, signature="no key-not-listed", **_UNPROVEN
    ),
    _not_listed("key-listed-for-signing-in-only", _listing(assertionMethod=[])),
    _not_listed(
        "key-listed-as-somebody-elses",
        _listing(verificationMethod=_method(controller="did:web:other.example")),
    ),
    _not_listed(
        "another-key-under-the-name-of-the-key",
        _listing(verificationMethod=_method(publicKeyMultibase=OTHER_KEY.public_multibase)),
    ),
    _withdrawn(
        "key-withdrawn", _listing(verificationMethod=_method(revoked="2026-05-01T00:00:00Z"))
    ),
    _withdrawn(
        "key-run-out-before-it-was-used",
        _listing(verificationMethod=_method(expires="2026-01-01T00:00:00Z")),
    ),
    _withdrawn(
        "key-with-an-end-that-cannot-be-read",
        _listing(verificationMethod=_method(revoked="last year")),
    ),
    entry(
        "issuer-unreachable",
        ada,
        ports=replace(AWAY, fetch=fetching(status=signed_list())),
        verdict=OPEN,
        signature="unchecked issuer-unreachable",
        not_revoked=_OPEN_LIST,
        alignment="unchecked elsewhere",
        **_UNPROVEN,
    ),
    _unreachable("issuer-answers-with-a-web-page", _fetched(b"<!DOCTYPE html><html></html>")),
    _unreachable(
        "issuer-answers-with-another-issuer",
        _fetched(as_bytes(did_document(STRANGER, [KEY.public_multibase]))),
    ),
    _unreachable("issuer-answers-with-nothing", _fetched(b"")),
    _unreachable("issuer-answers-with-a-list", _fetched(b"[]")),
    _unreachable("issuer-answers-twice", _fetched(b'{"id": "a", "id": "b"}')),
    entry(
        "issuer-on-no-trust-list",
        ada,
        ports=replace(HOME, trust=lambda issuer, as_of: TrustAnswer(known=False)),
        issuer_known="no not-on-list",
    ),
    entry(
        "no-trust-list-at-hand",
        ada,
        ports=replace(HOME, trust=lambda issuer, as_of: TrustAnswer(known=None)),
        verdict=OPEN,
        issuer_known="unchecked no-list",
    ),
    entry(
        "issuer-that-cannot-be-looked-up",
        lambda: _by_stranger("urn:uuid:5f0c", "urn:uuid:5f0c#key"),
        signature="unchecked issuer-unreachable",
        issuer_known="no not-on-list",
        not_revoked="unchecked status-list-other",
    ),
    entry(
        "signature-that-ran-out",
        lambda: as_bytes(
            with_ed25519(
                credential_document(CONTENT),
                cryptosuite="eddsa-rdfc-2022",
                expires="2026-04-01T00:00:00Z",
            )
        ),
        signature="no proof-expired",
        **_UNPROVEN,
    ),
]
