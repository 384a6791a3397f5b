"""What a verification may ask of the outside: values and callables, given by the caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from credentials.openbadges.checked_lists import CheckedLists
from credentials.openbadges.errors import OpenBadgesError


class Unreachable(OpenBadgesError):
    """Something could not be fetched, or may not be; `message` says why in plain words."""

    code = "unreachable"


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What an address answered; `url` is where it finally came from."""

    body: bytes
    content_type: str
    url: str


@dataclass(frozen=True, kw_only=True)
class TrustAnswer:
    """What dated trust lists, or this installation's own record, say about an issuer.

    `known` is None when no list could be consulted. `legal_name` is the list's, never the
    badge's. `reason` is a sentence for a person.
    """

    known: bool | None
    list_name: str = ""
    list_date: date | None = None
    legal_name: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Ports:
    """The outside world of one verification.

    fetch              address -> Fetched, or raises Unreachable
    resolve_issuer     issuer identifier -> this installation's own DID document, or None
    trust              (issuer identifier, as of) -> TrustAnswer
    status_list        address -> bytes of this installation's own list, or None
    resolve_alignment  (address, code) -> whether this installation's framework has that item;
                       None for an address that is not its own
    lists              signed lists that were found good before, shared by many verifications;
                       None checks every list anew
    """

    fetch: Callable[[str], Fetched]
    resolve_issuer: Callable[[str], dict[str, Any] | None]
    trust: Callable[[str, datetime], TrustAnswer]
    status_list: Callable[[str], bytes | None]
    resolve_alignment: Callable[[str, str], bool | None]
    lists: CheckedLists | None = None
