"""What a verification may ask of the outside: values and callables, given by the caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from credentials.openbadges.checked_lists import CheckedLists
from credentials.openbadges.errors import OpenBadgesError


class Unreachable(OpenBadgesError):
    """Something could not be fetched, or may not be; `message` says why in plain words.

    `status` is what a web server answered, where one did (RFC 9110): 410 says "withdrawn".
    """

    code = "unreachable"

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


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


#: The addresses that one verification may ask for: a badge names three or four, a record of many
#: issuers' badges more.
MAX_ADDRESSES: Final = 16


def asked_once(ports: Ports, *, at_most: int = MAX_ADDRESSES) -> Ports:
    """The same ports, each question to them asked once however often the badges in a record ask.

    Beyond `at_most` different addresses a fetch raises Unreachable without being tried.
    """
    answers: dict[str, Fetched | Unreachable] = {}

    def fetch(url: str) -> Fetched:
        if url not in answers:
            answers[url] = _fetched(url) if len(answers) < at_most else _too_many()
        found = answers[url]
        if isinstance(found, Unreachable):
            raise found
        return found

    def _fetched(url: str) -> Fetched | Unreachable:
        try:
            return ports.fetch(url)
        except Unreachable as error:
            return error

    return replace(
        ports,
        fetch=fetch,
        resolve_issuer=cache(ports.resolve_issuer),
        trust=cache(ports.trust),
        status_list=cache(ports.status_list),
    )


def _too_many() -> Unreachable:
    return Unreachable("It names more addresses than are asked for one badge or record.")
