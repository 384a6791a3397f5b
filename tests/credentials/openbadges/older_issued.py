"""Ada's badge in the form of Open Badges 2.0, hosted and signed, and where Dora fetches it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from credentials.openbadges import CredentialContent, Fetched, Ports, TrustAnswer, Unreachable
from credentials.openbadges.older.documents import (
    assertion_document,
    badge_class_document,
    issuer_document,
    key_document,
    revocation_list_document,
)
from credentials.openbadges.older.signing import public_pem
from credentials.openbadges.tokenkeys import TokenKey
from tests.credentials.openbadges.issued import AWAY, BASE, CONTENT, on_list

ASSERTION = f"{BASE}/lc/badges/33/2.0"
BADGE_CLASS = f"{BASE}/lc/achievements/22/1.0/2.0"
ISSUER_2 = f"{BASE}/lc/issuers/5f0c/2.0"
KEY_2 = f"{BASE}/lc/issuers/5f0c/keys/1"
LIST_2 = f"{BASE}/lc/issuers/5f0c/revoked"

PROFILE = replace(CONTENT.issuer, email="badges@lead.example")


def hosted(content: CredentialContent = CONTENT, **changes: Any) -> dict[str, Any]:
    """The assertion that the issuer's address publishes."""
    document = assertion_document(content, assertion_id=ASSERTION, badge_class_id=BADGE_CLASS)
    return {**document, **changes}


def to_sign(content: CredentialContent = CONTENT, **changes: Any) -> dict[str, Any]:
    """The assertion that goes into a token."""
    document = assertion_document(
        content, assertion_id=ASSERTION, badge_class_id=BADGE_CLASS, key_id=KEY_2
    )
    return {**document, **changes}


def badge_class(**changes: Any) -> dict[str, Any]:
    """What was awarded."""
    document = badge_class_document(CONTENT, badge_class_id=BADGE_CLASS, issuer_id=ISSUER_2)
    return {**document, **changes}


def issuer(**changes: Any) -> dict[str, Any]:
    """Who awarded it."""
    document = issuer_document(
        PROFILE, issuer_id=ISSUER_2, key_ids=[KEY_2], revocation_list_id=LIST_2
    )
    return {**document, **changes}


@cache
def rsa_key(name: str = "issuer") -> rsa.RSAPrivateKey:
    """A key for this run, the same for the same name."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    """The public part as 2.0 publishes it."""
    return public_pem(TokenKey(key).public)


def key(**changes: Any) -> dict[str, Any]:
    """What checks the issuer's tokens."""
    document = key_document(key_id=KEY_2, issuer_id=ISSUER_2, public_pem=pem(rsa_key()))
    return {**document, **changes}


def revoked(**reasons: str) -> dict[str, Any]:
    """The issuer's list; `this` stands for Ada's assertion."""
    listed = {ASSERTION if name == "this" else name: reasons[name] for name in reasons}
    return revocation_list_document(list_id=LIST_2, issuer_id=ISSUER_2, revoked=listed)


def token(
    assertion: Mapping[str, Any], *, by: rsa.RSAPrivateKey | None = None, **header: Any
) -> bytes:
    """The assertion signed with RS256, made by hand so that it may also be wrong."""
    parts = ({"alg": "RS256", **header}, assertion)
    signed = b".".join(_packed(json.dumps(part).encode()) for part in parts)
    signature = (by or rsa_key()).sign(signed, padding.PKCS1v15(), SHA256())
    return signed + b"." + _packed(signature)


def _packed(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


Published = dict[str, Any]


def published(**changes: Any) -> Published:
    """Address -> document, or the status that the address answers instead."""
    by_name = {
        "assertion": (ASSERTION, hosted()),
        "badge_class": (BADGE_CLASS, badge_class()),
        "issuer": (ISSUER_2, issuer()),
        "key": (KEY_2, key()),
        "revoked": (LIST_2, revoked()),
    }
    return {address: changes.get(name, usual) for name, (address, usual) in by_name.items()}


def world(documents: Published) -> Ports:
    """Dora's district with a network on which these documents are published."""

    def fetch(url: str) -> Fetched:
        found = documents.get(url, 404)
        if isinstance(found, int):
            raise Unreachable(f"The address answered with error {found}.", status=found)
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return Fetched(body=body, content_type="application/ld+json", url=url)

    return replace(AWAY, fetch=fetch, trust=_trust)


def _trust(issuer_id: str, as_of: datetime) -> TrustAnswer:
    """The state's list has the issuer's profile too."""
    return replace(on_list(issuer_id, as_of), known=issuer_id == ISSUER_2)
