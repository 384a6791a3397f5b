"""What a badge of 2.0 says, in the members of a newer one, so that one summary serves both."""

from __future__ import annotations

from typing import Any

from credentials.openbadges.older.published import named
from credentials.openbadges.older.shape import zoned
from credentials.openbadges.older.standing import Chain
from credentials.openbadges.report import Summary
from credentials.openbadges.shape.values import members
from credentials.openbadges.summary import summarize


def summarize_older(assertion: dict[str, Any], chain: Chain) -> Summary:
    """The summary of an assertion with what could be had of its class and issuer."""
    badge_class = chain.badge_class if isinstance(chain.badge_class, dict) else {}
    issuer = chain.issuer if isinstance(chain.issuer, dict) else {}
    return summarize(
        {
            "id": assertion.get("id"),
            "name": badge_class.get("name"),
            "issuer": {"id": issuer.get("id"), "name": issuer.get("name")},
            "validFrom": zoned(assertion.get("issuedOn")),
            "validUntil": zoned(assertion.get("expires")),
            "awardedDate": zoned(assertion.get("issuedOn")),
            "evidence": [_described(each) for each in members(assertion.get("evidence"))],
            "credentialSubject": {
                "id": _open_identity(assertion.get("recipient")),
                "narrative": assertion.get("narrative"),
                "achievement": {
                    "id": named(assertion.get("badge")),
                    "name": badge_class.get("name"),
                    "description": badge_class.get("description"),
                    "criteria": {"narrative": _criteria(badge_class.get("criteria"))},
                    "alignment": badge_class.get("alignment"),
                    "image": _picture(badge_class.get("image")),
                },
            },
        }
    )


def _open_identity(recipient: Any) -> str:
    """An identifier that names nobody by itself: addresses and hashes of them are left out."""
    if not isinstance(recipient, dict) or recipient.get("hashed") is not False:
        return ""
    return str(recipient.get("identity")) if recipient.get("type") in ("id", "url") else ""


def _described(evidence: Any) -> Any:
    return evidence if isinstance(evidence, dict) else {"id": evidence}


def _criteria(criteria: Any) -> Any:
    if isinstance(criteria, dict):
        return criteria.get("narrative") or criteria.get("id")
    return criteria


def _picture(image: Any) -> str:
    address = named(image)
    return address if isinstance(address, str) and not address.startswith("data:") else ""
