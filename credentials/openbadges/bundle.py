"""An offline bundle: what had to be known to verify badges, as it was on a day.

The values; `bundle_file` reads and writes them, `offline` verifies with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from credentials.openbadges.contexts import PINNED


class Kind(StrEnum):
    """What a member is.

    issuer        the document with an issuer's keys, under the address it is fetched from
    status-list   a signed revocation list, under its address
    document      anything else that a badge names, under its address
    own-issuers   the issuers of the installation that made the bundle: its own record
    trust-list    one edition of a trust list (docs/trust-lists.md)
    framework     the addresses of the framework's items, each with its code
    """

    ISSUER = "issuer"
    STATUS_LIST = "status-list"
    DOCUMENT = "document"
    OWN_ISSUERS = "own-issuers"
    TRUST_LIST = "trust-list"
    FRAMEWORK = "framework"


#: Kinds that stand for an answer of the network.
DOCUMENTS: Final = (Kind.ISSUER, Kind.STATUS_LIST, Kind.DOCUMENT)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One thing that is known: its bytes as they were had, and when that was."""

    kind: Kind
    name: str  #: an address; of a trust list its name and date; else the host it is about
    as_of: datetime
    body: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something that was looked for in vain when the bundle was made; `reason` is a sentence."""

    kind: Kind
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Everything in one file; `maker` is the issuer whose `key` signed it."""

    made: datetime
    maker: str
    key: str
    members: tuple[Member, ...]
    missing: tuple[Missing, ...]
    contexts: dict[str, str]  #: address of a vocabulary -> SHA-256 of what it said for the maker

    @property
    def other_vocabularies(self) -> tuple[str, ...]:
        """Vocabularies that say something else for the maker than for this program."""
        ours = pinned()
        return tuple(sorted(u for u, d in self.contexts.items() if ours.get(u, d) != d))


def pinned() -> dict[str, str]:
    """Every vocabulary of this program with the SHA-256 of its bytes."""
    return {url: digest for url, (_, digest) in PINNED.items()}
