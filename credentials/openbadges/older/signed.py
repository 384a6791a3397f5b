"""A signed badge holds by a key that its issuer's profile lists, and unless its list names it.

Source: Open Badges 2.0, "Signed Badges", "CryptographicKey" and "RevocationList".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from credentials.openbadges.answers import finding
from credentials.openbadges.errors import BadKey
from credentials.openbadges.jwt import Token
from credentials.openbadges.multibase import base64url_decode
from credentials.openbadges.older.published import document_at, is_web, linked, named
from credentials.openbadges.older.standing import Chain, Standing
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.report import Answer, Finding, Question
from credentials.openbadges.revocation_list import MAX_LISTING_BYTES, MAX_LISTING_NODES

ALGORITHM: Final = "RS256"
#: Whoever checks knows the key of these, or there is none: anybody can make such a signature.
_NO_SIGNATURE: Final = ("none", "HS256", "HS384", "HS512")
#: Members of a header that change what is signed, or how.
_NOT_READ: Final = ("b64", "crit", "enc", "zip")
MAX_PEM: Final = 16 * 1024
MAX_KEYS: Final = 20
_BEST: Final = (Answer.YES, Answer.UNCHECKED, Answer.NO)


def check_signed(handed: dict[str, Any], token: Token | None, ports: Ports) -> Standing:
    """Checks the token with the issuer's listed key, and the issuer's revocation list."""
    chain = Chain.of(handed, ports)
    return Standing(
        assertion=handed,
        chain=chain,
        signature=_check_token(handed, token, chain, ports),
        revoked=_check_list(handed, chain, ports),
    )


def _check_token(
    handed: dict[str, Any], token: Token | None, chain: Chain, ports: Ports
) -> Finding:
    if token is None:
        return _signature(
            Answer.NO,
            "not-signed",
            "It says that it is signed, but was handed in without its signature. Hand in the "
            "picture or the token itself.",
        )
    algorithm = token.header.get("alg")
    if algorithm in _NO_SIGNATURE:
        return _signature(Answer.NO, "not-signed", "It carries a signature that anybody can make.")
    if algorithm != ALGORITHM or any(name in token.header for name in _NOT_READ):
        return _signature(
            Answer.UNCHECKED,
            "proof-not-supported",
            f"Its signature is of a kind that is not checked here ({str(algorithm)[:20]}).",
        )
    if isinstance(chain.issuer, Unreachable):
        return _signature(
            Answer.UNCHECKED,
            "issuer-unreachable",
            f"Whether the key is its issuer's could not be checked. {chain.issuer.message}",
        )
    return _check_keys(handed, token, chain.issuer, ports)


def _check_keys(
    handed: dict[str, Any], token: Token, issuer: dict[str, Any], ports: Ports
) -> Finding:
    """By the key that the assertion names, or any that the issuer lists where it names none."""
    verification = handed.get("verification")
    creator = named(verification.get("creator")) if isinstance(verification, dict) else None
    listed = [key for name, key in _listed(issuer)[:MAX_KEYS] if creator is None or name == creator]
    if not is_web(issuer.get("id")) or not listed:
        return _signature(
            Answer.NO,
            "key-not-listed",
            "It is not signed by its issuer: the issuer does not list the key it was signed with.",
        )
    answers = [_check_key(token, key, issuer["id"], ports) for key in listed]
    return min(answers, key=lambda found: _BEST.index(found.answer))


def _check_key(token: Token, listed: Any, issuer_id: str, ports: Ports) -> Finding:
    key = linked(listed, ports)
    if isinstance(key, Unreachable):
        return _signature(
            Answer.UNCHECKED,
            "key-unreachable",
            f"The key it was signed with could not be fetched. {key.message}",
        )
    if key.get("owner") != issuer_id:
        return _signature(
            Answer.NO,
            "key-not-listed",
            "It is not signed by its issuer: the key it was signed with is somebody else's.",
        )
    try:
        good = _is_signed_by(token, _public_key(key.get("publicKeyPem")))
    except BadKey as error:
        return _signature(Answer.UNCHECKED, error.code, error.message)
    if not good:
        return _signature(
            Answer.NO,
            "altered",
            "It is not as it was signed: at least one character was changed afterwards, or the "
            "signature belongs to another badge.",
        )
    return _signature(
        Answer.YES, "signed", "It is word for word as its issuer signed it with a key it lists."
    )


def _listed(issuer: dict[str, Any]) -> list[tuple[Any, Any]]:
    """(name, what stands there) of each key in the issuer's profile."""
    keys = issuer.get("publicKey")
    members = keys if isinstance(keys, list) else [keys]
    return [(named(key), key) for key in members if isinstance(named(key), str)]


def _is_signed_by(token: Token, key: PublicKey) -> bool:
    signed, _, signature = token.text.rpartition(b".")
    return key.has_signed(signed, base64url_decode(signature.decode("ascii")))


def _public_key(pem: Any) -> PublicKey:
    if not isinstance(pem, str) or len(pem) > MAX_PEM:
        raise BadKey("The key it was signed with is not published in a form that is a key.")
    return _loaded(pem)


@lru_cache(maxsize=64)
def _loaded(pem: str) -> PublicKey:
    """The same few issuers' keys are read again for every badge of a pile."""
    try:
        found = load_pem_public_key(pem.encode("utf-8", "replace"))
    except (ValueError, UnsupportedAlgorithm):
        raise BadKey(
            "The key it was signed with is not published in a form that is a key."
        ) from None
    if not isinstance(found, RSAPublicKey):
        raise BadKey("The key it was signed with is not of the kind that 2.0 signs with.")
    return PublicKey.of(found)


def _check_list(handed: dict[str, Any], chain: Chain, ports: Ports) -> Finding:
    if handed.get("revoked") is True:
        return _revoked(Answer.NO, "revoked", "It says of itself that it was withdrawn.")
    if isinstance(chain.issuer, Unreachable):
        return _revoked(
            Answer.UNCHECKED,
            "status-list-unreachable",
            f"Which revocation list its issuer keeps could not be looked up, so it may have been "
            f"withdrawn. {chain.issuer.message}",
        )
    address = named(chain.issuer.get("revocationList"))
    if address is None:
        return _revoked(
            Answer.YES,
            "no-list",
            "Its issuer names no revocation list: it gave itself no means to withdraw it.",
        )
    if not is_web(address):
        return _revoked(
            Answer.UNCHECKED, "status-entry", "Its issuer's revocation list cannot be looked up."
        )
    try:
        listing = document_at(
            address, ports, max_bytes=MAX_LISTING_BYTES, max_nodes=MAX_LISTING_NODES
        )
    except Unreachable as error:
        return _revoked(
            Answer.UNCHECKED,
            "status-list-unreachable",
            f"Its issuer's revocation list could not be fetched, so it may have been withdrawn. "
            f"{error.message}",
        )
    return _read_list(handed, address, chain.issuer_id, listing)


def _read_list(
    handed: dict[str, Any], address: str, issuer_id: str, listing: dict[str, Any]
) -> Finding:
    entries = listing.get("revokedAssertions")
    entries = [entries] if isinstance(entries, str | dict) else entries
    ours = listing.get("id") == address and named(listing.get("issuer", issuer_id)) == issuer_id
    if not ours or not isinstance(entries, list):
        return _revoked(
            Answer.UNCHECKED,
            "status-list-other",
            "The address of its revocation list answers with something else.",
        )
    if any(_names(entry) & _names(handed) for entry in entries):
        return _revoked(
            Answer.NO, "revoked", "Its issuer has revoked it, by its list as it stands now."
        )
    return _revoked(
        Answer.YES, "not-revoked", "Its issuer's list, as it stands now, leaves it in force."
    )


def _names(entry: Any) -> set[str]:
    found = (entry.get("id"), entry.get("uid")) if isinstance(entry, dict) else (entry,)
    return {name for name in found if isinstance(name, str)}


def _signature(answer: Answer, code: str, reason: str) -> Finding:
    return finding(Question.SIGNATURE, answer, code, reason)


def _revoked(answer: Answer, code: str, reason: str) -> Finding:
    return finding(Question.NOT_REVOKED, answer, code, reason)
