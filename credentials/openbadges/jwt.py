"""Badges as JSON Web Tokens (VC-JWT): issue one, take one apart, check it against a key.

A token is signed as text, so nothing of it can change unnoticed; what remains to be checked is who
signed it, and that its claims say the same as the badge inside it.

Sources: Open Badges 3.0, section "JSON Web Token Proof Format"; W3C Verifiable Credentials Data
Model 1.1, section 6.3.1 (the `vc` claim); RFC 7515, 7518, 7519, 8725.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from credentials.openbadges.contexts import VC_V2
from credentials.openbadges.errors import (
    BadProof,
    BadToken,
    NotJson,
    NotSafe,
    NotSigned,
    OpenBadgesError,
    ProofNotSupported,
    SelfCheckFailed,
)
from credentials.openbadges.multibase import base64url_decode, base64url_encode
from credentials.openbadges.proof import document_digest, instant, read_instant
from credentials.openbadges.publickey import KeyKind, PublicKey
from credentials.openbadges.strictjson import MAX_RECORD_BYTES, parse, parse_credential
from credentials.openbadges.tokenkeys import TokenKey
from credentials.openbadges.validity import begins, ends

MAX_HEADER_BYTES: Final = 8 * 1024
MAX_TOKEN_BYTES: Final = (MAX_RECORD_BYTES + MAX_HEADER_BYTES + 1024) * 4 // 3 + 16

#: How a token may be signed -> the kind of key that goes with it.
ALGORITHMS: Final[Mapping[str, KeyKind]] = {
    "ES256": KeyKind.P256,
    "RS256": KeyKind.RSA,
    "EdDSA": KeyKind.ED25519,
    "Ed25519": KeyKind.ED25519,
}
_TYPES: Final = frozenset({"jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"})
_FORM: Final = re.compile(rb"\s*[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*\s*")
#: Members of the payload that belong to the token and not to the badge (RFC 7519, RFC 7800).
CLAIMS: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"})


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token taken apart; nothing about its signature is known yet."""

    text: bytes
    header: Mapping[str, Any]
    payload: Mapping[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """The badge in it, in the words of its data model."""
        inner = self.payload.get("vc")
        if isinstance(inner, dict):
            return _filled(inner, self.payload)
        return {name: member for name, member in self.payload.items() if name not in CLAIMS}


def is_token(data: bytes) -> bool:
    """Whether this looks like a token; the answer of `read_token` is the one that counts."""
    return _FORM.fullmatch(data) is not None


def read_token(data: bytes) -> Token:
    """The token in `data`; raises BadToken, and what `strictjson` raises for its parts."""
    text = data.strip()
    if len(text) > MAX_TOKEN_BYTES:
        raise BadToken("It is a token with more in it than a badge can need.")
    parts = text.split(b".")
    if len(parts) != 3:
        raise BadToken("It is a token of a kind that badges do not come in.")
    header = parse(_decoded(parts[0]), max_bytes=MAX_HEADER_BYTES)
    payload = parse_credential(_decoded(parts[1]))
    _decoded(parts[2])
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise NotJson("It is a token, but there is no badge in it.")
    if "vc" in payload and ("@context" in payload or not isinstance(payload["vc"], dict)):
        raise BadToken("It is a token that says in two places what the badge is.")
    return Token(text=text, header=header, payload=payload)


def _decoded(part: bytes) -> bytes:
    """The bytes of a part, for which there must be no other way to write them."""
    text = part.decode("ascii", "replace")
    try:
        found = base64url_decode(text)
    except OpenBadgesError:
        found = b""
    if base64url_encode(found)[1:] != text:
        raise BadToken("It is a token that was damaged on its way.")
    return found


def _filled(inner: dict[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The credential of a `vc` claim; what it leaves out the claims of the token say for it."""
    document = dict(inner)
    subject = document.get("credentialSubject")
    if "sub" in payload and isinstance(subject, dict):
        document["credentialSubject"] = {"id": payload["sub"], **subject}
    if "jti" in payload:
        document.setdefault("id", payload["jti"])
    if "iss" in payload:
        issuer = document.setdefault("issuer", payload["iss"])
        if isinstance(issuer, dict):
            document["issuer"] = {"id": payload["iss"], **issuer}
    for claim, read, name in (("nbf", begins, "issuanceDate"), ("exp", ends, "expirationDate")):
        moment = _moment(payload.get(claim))
        if moment is not None and read(document) is None:
            document[name] = instant(moment)
    return document


def check_form(token: Token) -> None:
    """Raise unless the token is signed in a way that only the holder of a key can sign it.

    Raises NotSigned, BadProof, or ProofNotSupported for a sound way that is not checked here.
    """
    header, alg = token.header, token.header.get("alg")
    if any(name in header for name in ("crit", "b64", "zip", "enc")) or "aud" in token.payload:
        raise BadProof("It is a token of a kind that badges do not come in.")
    kind = str(header.get("typ", "JWT")).lower().removeprefix("application/")
    if kind not in _TYPES or str(header.get("cty", "")).lower() in {"jwt", "application/jwt"}:
        raise BadProof("It is a token of a kind that badges do not come in.")
    if not isinstance(alg, str) or alg.lower() == "none":
        raise NotSigned("It carries no signature.")
    if alg.upper().startswith("HS"):
        raise BadProof("It is sealed with a shared secret, so not only its issuer can make it.")
    if alg not in ALGORITHMS:
        raise ProofNotSupported(
            f"Its signature is of a kind that is not checked here ({alg[:40]})."
        )


def is_signed_by(token: Token, key: PublicKey) -> bool:
    """Whether the token of a form that `check_form` passed carries that key's signature."""
    if ALGORITHMS[token.header["alg"]] is not key.kind:
        return False
    try:
        jws.deserialize_compact(token.text, _jose(key), registry=_REGISTRY)
    except JoseError:
        return False
    return True


def contradiction(token: Token) -> str | None:
    """The first claim of the token that says other than the badge in it; None if all agree."""
    document, payload = token.document, token.payload
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    texts = {
        "iss": ("who issued it", issuer.get("id") if isinstance(issuer, dict) else issuer),
        "jti": ("which badge it is", document.get("id")),
        "sub": ("who holds it", subject.get("id") if isinstance(subject, dict) else None),
    }
    for claim, (what, value) in texts.items():
        if claim in payload and payload[claim] != value:
            return what
    dates = {
        "nbf": ("from when it is valid", begins(document)),
        "exp": ("until when it is valid", ends(document)),
    }
    for claim, (what, value) in dates.items():
        if claim in payload and not _same_second(payload[claim], read_instant(value)):
            return what
    return None


def _same_second(claim: Any, date: datetime | None) -> bool:
    moment = _moment(claim)
    return moment is not None and date is not None and abs((moment - date).total_seconds()) < 1


def _moment(claim: Any) -> datetime | None:
    """A NumericDate (RFC 7519, section 2) within the years that dates can be written for."""
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def issue_jwt(document: Mapping[str, Any], key: TokenKey, *, kid: str) -> bytes:
    """The badge as a token: the same members, with the claims that tokens must have beside them.

    `kid` is where the issuer publishes the key: the name of a method in its document, or an
    address of its own that answers with the key as JWK. Before it returns, the token is read back
    and checked by a second implementation: SelfCheckFailed when they disagree. Raises NotSafe for
    a document without id, issuer, holder or beginning, or with words no vocabulary defines, and
    BadProof for one that carries a proof. Tokens of the same badge differ in their signatures.
    """
    if "proof" in document:
        raise BadProof("The document already carries a proof.")
    document_digest(document)
    payload = {**document, **_claims(document)}
    header = {"alg": key.alg, "kid": kid, "typ": "JWT"}
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    text = jws.serialize_compact(header, body, key.jose(), registry=_REGISTRY).encode()
    _self_check(text, document, key)
    return text


def _claims(document: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    start, end = read_instant(document.get("validFrom")), read_instant(document.get("validUntil"))
    claims = {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
    }
    if not all(isinstance(value, str) for value in claims.values()) or start is None:
        raise NotSafe("A token needs id, issuer, holder and beginning of the badge.")
    if VC_V2 not in document["@context"] or CLAIMS & document.keys():
        raise NotSafe("A token is made of a badge in data model 2.0 with none of its claims.")
    dates = {"nbf": start, "exp": end}
    seconds = {name: int(date.timestamp()) for name, date in dates.items() if date is not None}
    return {**claims, **seconds}


def _self_check(text: bytes, document: Mapping[str, Any], key: TokenKey) -> None:
    token = read_token(text)
    signed, _, signature = text.rpartition(b".")
    good = key.public.has_signed(signed, base64url_decode(signature.decode()))
    if not good or token.document != document or contradiction(token) is not None:
        raise SelfCheckFailed("The token just signed does not verify.")


def _jose(key: PublicKey) -> ECKey | OKPKey | RSAKey:
    classes = {KeyKind.RSA: RSAKey, KeyKind.ED25519: OKPKey}
    made: ECKey | OKPKey | RSAKey = classes.get(key.kind, ECKey)(key.key, None)
    return made


class _Registry(jws.JWSRegistry):
    """Our bounds, and our few algorithms whatever joserfc offers or warns about."""

    max_header_length = MAX_HEADER_BYTES * 4 // 3 + 4
    max_payload_length = MAX_RECORD_BYTES * 4 // 3 + 4

    def get_alg(self, name: str) -> Any:
        """The algorithm of that name; "EdDSA" is Ed25519, the one curve of it that is read."""
        return self.algorithms["Ed25519" if name == "EdDSA" else name]


_REGISTRY: Final = _Registry(algorithms=list(ALGORITHMS), strict_check_header=False)
