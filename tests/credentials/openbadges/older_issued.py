"""Ada's badge in the form of Open Badges 2.0, hosted and signed, and where Dora fetches it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from credentials.openbadges import CredentialContent
from credentials.openbadges.older.documents import (
    assertion_document,
    badge_class_document,
    issuer_document,
)
from tests.credentials.openbadges.issued import BASE, CONTENT

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
