"""Whose signature it is: the issuer's published keys, and whether a proof is by one of them.

Sources: W3C Controlled Identifiers 1.0 (retrieving verification methods), did:web, did:key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.errors import (
    BadDid,
    BadKey,
    KeyNotListed,
    NotSafe,
    OpenBadgesError,
    ProofNotSupported,
    TooMuchWork,
    UnknownContext,
)
from credentials.openbadges.keys import did_key_document, did_web_url
from credentials.openbadges.methods import listed_key, named_key
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.proof import Proof, is_signed_by, read_proofs, signed_data
from credentials.openbadges.report import Answer
from credentials.openbadges.strictjson import parse


@dataclass(frozen=True)
class SignatureAnswer:
    """Whether a document is as its issuer signed it, and why."""

    answer: Answer
    code: str
    reason: str


class Issuers:
    """Issuer documents of one verification; each is looked up at most once."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._found: dict[str, dict[str, Any] | Unreachable] = {}

    def document(self, issuer_id: str) -> dict[str, Any]:
        """The issuer's document: our own record, a did:key, or fetched; raises Unreachable."""
        if issuer_id not in self._found:
            try:
                self._found[issuer_id] = self._look_up(issuer_id)
            except Unreachable as error:
                self._found[issuer_id] = error
        found = self._found[issuer_id]
        if isinstance(found, Unreachable):
            raise found
        return found

    def _look_up(self, issuer_id: str) -> dict[str, Any]:
        own = self._ports.resolve_issuer(issuer_id)
        if own is not None:
            return own
        try:
            if issuer_id.startswith("did:key:"):
                return did_key_document(issuer_id)
            url = issuer_id if issuer_id.startswith("https://") else did_web_url(issuer_id)
        except BadDid:
            raise Unreachable("Its issuer is named in a way that cannot be looked up.") from None
        fetched = self._ports.fetch(url)
        try:
            document = parse(fetched.body)
        except OpenBadgesError as error:
            raise Unreachable(f"The issuer's document cannot be read: {error.message}") from None
        if not isinstance(document, dict) or document.get("id") != issuer_id:
            raise Unreachable("The issuer's address does not answer with the issuer's document.")
        return document


def check_signature(
    document: Mapping[str, Any],
    digest: bytes | NotSafe,
    issuer_id: str,
    issuers: Issuers,
    as_of: datetime,
) -> SignatureAnswer:
    """Is `document` as the holder of one of the issuer's listed keys signed it?

    `digest` is what `proof.digest_or_refusal` gave for it. The answer is
    "no" for anything altered, unsigned, signed by somebody else or not wholly covered by its
    signature; "unchecked" where the kind of proof, a vocabulary or the issuer's document is out
    of reach. What can be told without the network is told without it: a signature that does not
    fit is "no" even if the issuer cannot be reached.
    """
    try:
        proofs = read_proofs(document)
        by_issuer = [proof for proof in proofs if proof.controller == issuer_id]
        if not by_issuer:
            signer = proofs[0].controller[:200]
            return SignatureAnswer(
                Answer.NO, "other-signer", f"It was signed as {signer}, not as its issuer."
            )
        if isinstance(digest, NotSafe):
            raise digest
    except (ProofNotSupported, UnknownContext, TooMuchWork) as error:
        return SignatureAnswer(Answer.UNCHECKED, error.code, error.message)
    except NotSafe as error:
        return SignatureAnswer(
            Answer.NO, error.code, f"The signature does not cover all of it. {error.message}"
        )
    except OpenBadgesError as error:
        return SignatureAnswer(Answer.NO, error.code, error.message)
    answers = [
        _check_proof(document, digest, proof, issuer_id, issuers, as_of) for proof in by_issuer
    ]
    worst = [Answer.NO, Answer.UNCHECKED, Answer.YES]
    return min(answers, key=lambda answer: worst.index(answer.answer))


_ALTERED = SignatureAnswer(
    Answer.NO,
    "altered",
    "It is not as it was signed: at least one character was changed afterwards, or the signature "
    "belongs to another badge.",
)


def _check_proof(
    document: Mapping[str, Any],
    digest: bytes,
    proof: Proof,
    issuer_id: str,
    issuers: Issuers,
    as_of: datetime,
) -> SignatureAnswer:
    try:
        data = signed_data(document, proof, digest)
        named = named_key(proof.verification_method)
        if named is not None and not is_signed_by(named, proof, data):
            return _ALTERED
        issuer = issuers.document(issuer_id)
        key = listed_key(issuer, proof.verification_method, as_of, proof.created)
        if not is_signed_by(key, proof, data):
            return _ALTERED
    except Unreachable as error:
        return SignatureAnswer(
            Answer.UNCHECKED,
            "issuer-unreachable",
            f"Whether the key is its issuer's could not be checked. {error.message}",
        )
    except NotSafe as error:
        return SignatureAnswer(
            Answer.NO, error.code, f"The signature does not cover all of it. {error.message}"
        )
    except KeyNotListed as error:
        return SignatureAnswer(
            Answer.NO, error.code, f"Its signature does not count: {error.message}."
        )
    except BadKey as error:
        return SignatureAnswer(Answer.UNCHECKED, error.code, error.message)
    if proof.expires is not None and proof.expires < as_of:
        return SignatureAnswer(Answer.NO, "proof-expired", "The signature itself has run out.")
    return SignatureAnswer(
        Answer.YES, "signed", "It is word for word as its issuer signed it with a key it lists."
    )
