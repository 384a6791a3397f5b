"""Whose signature it is: the issuer's published keys, and whether a proof is by one of them.

Sources: W3C Controlled Identifiers 1.0 (retrieving verification methods), did:web, did:key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges import jwt
from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import (
    BadDid,
    BadKey,
    BadProof,
    KeyNotListed,
    NotSafe,
    NotSigned,
    OpenBadgesError,
    ProofNotSupported,
    TooMuchWork,
    UnknownContext,
)
from credentials.openbadges.jsonld import ENGINE
from credentials.openbadges.jwt import Token
from credentials.openbadges.keyplace import is_issuers, only_key
from credentials.openbadges.keys import did_key_document, did_web_url
from credentials.openbadges.methods import listed_key, named_key, same_listed_key
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.proof import Proof, is_signed_by, read_proofs, signed_data
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.report import Answer
from credentials.openbadges.strictjson import parse


@dataclass(frozen=True)
class SignatureAnswer:
    """Whether a document is as its issuer signed it, and why."""

    answer: Answer
    code: str
    reason: str


class Issuers:
    """Issuer documents of one verification; each is looked up at most once.

    `engine` is what all its documents are read with: they share one bound on work, since a badge
    may hold others, and what is cheap to read as a whole need not be so in parts.
    """

    def __init__(self, ports: Ports) -> None:
        self.engine = ENGINE.limited(Effort())
        self._ports = ports
        self._found: dict[str, dict[str, Any] | Unreachable] = {}
        self._keys: dict[str, Any] = {}

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

    def key_at(self, kid: str, issuer_id: str) -> PublicKey:
        """The key that the issuer publishes at the https address `kid`, asked for at most once.

        Raises Unreachable, KeyNotListed (also for an address that is not the issuer's), BadKey.
        """
        if not is_issuers(kid, issuer_id):
            raise KeyNotListed("the key it was signed with is not published by its issuer")
        url = kid.partition("#")[0]
        if url not in self._keys:
            self._keys[url] = self._fetched_key(url, issuer_id)
        return only_key(self._keys[url], kid)

    def _fetched_key(self, url: str, issuer_id: str) -> Any:
        fetched = self._ports.fetch(url)
        if not is_issuers(fetched.url, issuer_id):
            raise Unreachable("The address of its key leads away from its issuer.")
        try:
            return parse(fetched.body)
        except OpenBadgesError as error:
            raise Unreachable(f"The issuer's key cannot be read: {error.message}") from None

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
    token: Token | None = None,
) -> SignatureAnswer:
    """Is `document` as the holder of one of the issuer's listed keys signed it?

    `digest` is what `proof.digest_or_refusal` gave for it; `token` is what it was found in, if it
    came as one: then the token's signature counts and no proof inside it does. The answer is
    "no" for anything altered, unsigned, signed by somebody else or not wholly covered by its
    signature; "unchecked" where the kind of proof, a vocabulary or the issuer's document is out
    of reach. What can be told without the network is told without it: a signature that does not
    fit is "no" even if the issuer cannot be reached.
    """
    if token is not None:
        return _check_token(token, issuer_id, issuers, as_of)
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
        data = signed_data(document, proof, digest, engine=issuers.engine)
        named = named_key(proof.verification_method)
        if named is not None and not is_signed_by(named, proof, data):
            return _ALTERED
        issuer = issuers.document(issuer_id)
        key = listed_key(issuer, proof.verification_method, as_of, proof.created)
        if key != named and not is_signed_by(key, proof, data):
            return _ALTERED
    except NotSafe as error:
        return SignatureAnswer(
            Answer.NO, error.code, f"The signature does not cover all of it. {error.message}"
        )
    except (Unreachable, KeyNotListed, BadKey) as error:
        return _without_key(error)
    if proof.expires is not None and proof.expires < as_of:
        return SignatureAnswer(Answer.NO, "proof-expired", "The signature itself has run out.")
    return _SIGNED


def _check_token(
    token: Token, issuer_id: str, issuers: Issuers, as_of: datetime
) -> SignatureAnswer:
    try:
        jwt.check_form(token)
        carried = _carried_key(token)
        if carried is not None and not jwt.is_signed_by(token, carried):
            return _ALTERED
        key = _token_key(token, carried, issuer_id, issuers, as_of)
        if not jwt.is_signed_by(token, key):
            return _ALTERED
    except ProofNotSupported as error:
        return SignatureAnswer(Answer.UNCHECKED, error.code, error.message)
    except (NotSigned, BadProof) as error:
        return SignatureAnswer(Answer.NO, error.code, error.message)
    except (Unreachable, KeyNotListed, BadKey) as error:
        return _without_key(error)
    differs = jwt.contradiction(token)
    if differs is not None:
        return SignatureAnswer(
            Answer.NO,
            "claims-differ",
            f"The token around it and the badge inside it disagree about {differs}.",
        )
    return _SIGNED


def _carried_key(token: Token) -> PublicKey | None:
    """The key that the token shows or names itself: enough to tell a forgery, not to believe it."""
    jwk, kid = token.header.get("jwk"), token.header.get("kid")
    if jwk is not None:
        return PublicKey.from_jwk(jwk if isinstance(jwk, dict) else {})
    return named_key(kid) if isinstance(kid, str) else None


def _token_key(
    token: Token, carried: PublicKey | None, issuer_id: str, issuers: Issuers, as_of: datetime
) -> PublicKey:
    """The one key of the issuer's that the token's header means; raises what finding it raises."""
    kid = token.header.get("kid")
    if kid is None and carried is not None:
        return same_listed_key(issuers.document(issuer_id), carried, as_of)
    if not isinstance(kid, str):
        raise BadProof("It does not say with which key it was signed.")
    name = kid if ":" in kid else f"{issuer_id}#{kid.removeprefix('#')}"
    if name.partition("#")[0] == issuer_id:
        key = listed_key(issuers.document(issuer_id), name, as_of)
    else:
        key = issuers.key_at(name, issuer_id)
    if carried is not None and carried.thumbprint != key.thumbprint:
        raise KeyNotListed("it carries another key than the one it names")
    return key


def _without_key(error: Unreachable | KeyNotListed | BadKey) -> SignatureAnswer:
    if isinstance(error, Unreachable):
        return SignatureAnswer(
            Answer.UNCHECKED,
            "issuer-unreachable",
            f"Whether the key is its issuer's could not be checked. {error.message}",
        )
    if isinstance(error, KeyNotListed):
        return SignatureAnswer(
            Answer.NO, error.code, f"Its signature does not count: {error.message}."
        )
    return SignatureAnswer(Answer.UNCHECKED, error.code, error.message)


_SIGNED = SignatureAnswer(
    Answer.YES, "signed", "It is word for word as its issuer signed it with a key it lists."
)
