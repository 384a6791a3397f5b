"""An issuer's Ed25519 keys, and the document in which it publishes keys of every kind.

Sources: W3C Controlled Identifiers 1.0 (Multikey), did:web method specification, did:key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Self
from urllib.parse import quote, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.openbadges.errors import BadDid, BadKey
from credentials.openbadges.publickey import PublicKey

DID_CONTEXTS: Final = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
JWK_CONTEXT: Final = "https://w3id.org/security/jwk/v1"


class SigningKey:
    """An issuer's private key; its text form never shows the secret."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """The key whose 32 raw secret bytes these are; raises BadKey for another length."""
        if len(raw) != 32:
            raise BadKey("An Ed25519 secret has 32 bytes.")
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def to_bytes(self) -> bytes:
        """The 32 raw secret bytes: to be stored encrypted, never logged."""
        return self._private.private_bytes_raw()

    @property
    def public_multibase(self) -> str:
        """The public key in Multikey form ("z6Mk...")."""
        return PublicKey.of(self._private.public_key()).multibase

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature of `data` (RFC 8032)."""
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"SigningKey({self.public_multibase})"


def signature_is_good(public_multibase: str, signature: bytes, data: bytes) -> bool:
    """Whether `signature` over `data` is by that key; raises BadKey if it is not a key."""
    return PublicKey.from_multibase(public_multibase).has_signed(data, signature)


def verification_method(issuer_id: str, key: str) -> str:
    """The name under which a key is listed: the identifier, "#", its multibase or its `kid`."""
    return f"{issuer_id}#{key}"


def did_document(
    issuer_id: str,
    public_multibases: Sequence[str],
    public_jwks: Sequence[Mapping[str, str]] = (),
    revoked: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """The issuer's document with every key that may have signed badges still in force.

    `public_jwks` are keys for tokens, named by their `kid`. A key that was only retired stays
    listed as it is: what it signed keeps verifying. `revoked` names keys (multibase or `kid`) that
    came into other hands, with the moment (as `proof.instant` writes it) from which nothing they
    signed is to be relied on.
    `assertionMethod` lists plain strings, because the official validator does not look into
    nested objects there; the objects are under `verificationMethod`.
    """
    keys = [("Multikey", "publicKeyMultibase", key, key) for key in public_multibases]
    tokens = [("JsonWebKey", "publicKeyJwk", jwk["kid"], dict(jwk)) for jwk in public_jwks]
    methods = [
        {
            "id": verification_method(issuer_id, name),
            "type": kind,
            "controller": issuer_id,
            member: key,
            **({"revoked": revoked[name]} if name in revoked else {}),
        }
        for kind, member, name, key in (*keys, *tokens)
    ]
    return {
        "@context": [*DID_CONTEXTS, *([JWK_CONTEXT] if tokens else [])],
        "id": issuer_id,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def did_web(base_url: str, *segments: str) -> str:
    """The did:web identifier of `base_url` followed by path `segments`.

    `did_web("https://lead.example", "lc", "issuers", uuid)` is
    "did:web:lead.example:lc:issuers:<uuid>"; a port is written "%3A8443". The scheme is not part
    of the identifier, so a development server on http gets one too: its own documents are
    answered from its database, never over the network. Raises BadDid for an address without host
    or with credentials, query or fragment.
    """
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        raise BadDid(f"{base_url!r} is not a web address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or ":" in parts.hostname:
        raise BadDid(f"{base_url!r} is not a web address with a host name.")
    if parts.username is not None or parts.query or parts.fragment:
        raise BadDid(f"{base_url!r} carries more than a host and a path.")
    authority = parts.hostname if port is None else f"{parts.hostname}%3A{port}"
    path = [part for part in parts.path.split("/") if part]
    return ":".join(["did:web", authority, *path, *(quote(part, safe="") for part in segments)])


def did_web_url(did: str) -> str:
    """The https address of the document of a did:web identifier; raises BadDid."""
    prefix, _, rest = did.partition("did:web:")
    authority, *path = rest.split(":")
    host = unquote(authority)
    if prefix or not rest or not host or not all(path) or any(c in did for c in "/?#@\\ \t\r\n"):
        raise BadDid(f"{did!r} is not a did:web identifier.")
    if any(character in host for character in "/?#@\\ \t\r\n"):
        raise BadDid(f"{did!r} is not a did:web identifier.")
    if any(unquote(part) in {".", ".."} or "/" in unquote(part) for part in path):
        raise BadDid(f"{did!r} is not a did:web identifier.")
    location = "/".join(path) if path else ".well-known"
    return f"https://{host}/{location}/did.json"


def did_key_document(did: str) -> dict[str, Any]:
    """The document that a did:key identifier stands for; raises BadDid for an unknown kind."""
    multibase = did.removeprefix("did:key:")
    try:
        PublicKey.from_multibase(multibase)
    except BadKey:
        raise BadDid(f"{did!r} is not a did:key of a kind that is known here.") from None
    return did_document(did, [multibase])
