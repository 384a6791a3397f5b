"""Where an assertion of 2.0 stands: what it names, and what its issuer says of it today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from credentials.openbadges.older.published import linked
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.report import Finding


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The class and the issuer of an assertion as published now, or why they cannot be had."""

    badge_class: dict[str, Any] | Unreachable
    issuer: dict[str, Any] | Unreachable

    @classmethod
    def of(cls, assertion: dict[str, Any], ports: Ports) -> Self:
        """Follows the assertion to its class and the class to its issuer."""
        badge_class = linked(assertion.get("badge"), ports)
        if isinstance(badge_class, Unreachable):
            return cls(badge_class=badge_class, issuer=badge_class)
        return cls(badge_class=badge_class, issuer=linked(badge_class.get("issuer"), ports))

    @property
    def issuer_id(self) -> str:
        """The issuer's identifier; "" where it is not known."""
        found = self.issuer.get("id") if isinstance(self.issuer, dict) else None
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The answers that hang on how an assertion is published.

    `assertion` is the one to believe: the published one of a hosted badge, else the one handed in.
    """

    assertion: dict[str, Any]
    chain: Chain
    signature: Finding
    revoked: Finding
