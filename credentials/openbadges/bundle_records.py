"""What an installation says of itself in a bundle: its own issuers, its framework's addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from credentials.openbadges.errors import BadBundle, OpenBadgesError
from credentials.openbadges.strictjson import parse

_MAX_BYTES: Final = 4 * 1024 * 1024
_MAX_NODES: Final = 40_000


@dataclass(frozen=True, kw_only=True)
class OwnIssuer:
    """An issuer of the installation that made the bundle, by its own record."""

    issuer: str
    legal_name: str
    host: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Framework:
    """Every address of an item with the item's code; `within` are the base URLs they stand below.

    An address below one of these that is not listed is an item that does not exist.
    """

    codes: Mapping[str, str]
    within: tuple[str, ...]

    def has(self, url: str, code: str) -> bool | None:
        """Whether the item is there under that code; None for another installation's address."""
        if url in self.codes:
            return code in {"", self.codes[url]}
        return False if any(url.startswith(f"{base}/") for base in self.within) else None


def write_own(issuers: Iterable[OwnIssuer]) -> bytes:
    """The body of an `own-issuers` member; the same bytes each time."""
    return _json(
        [
            {
                "issuer": one.issuer,
                "legal_name": one.legal_name,
                "host": one.host,
                "since": one.since.isoformat(),
            }
            for one in sorted(issuers, key=lambda one: one.issuer)
        ]
    )


def read_own(body: bytes) -> tuple[OwnIssuer, ...]:
    """What `write_own` wrote; raises BadBundle for anything else."""
    try:
        return tuple(
            OwnIssuer(
                issuer=_text(one["issuer"]),
                legal_name=_text(one["legal_name"]),
                host=_text(one["host"]),
                since=date.fromisoformat(_text(one["since"])),
            )
            for one in _parsed(body)
        )
    except (KeyError, TypeError, ValueError):
        raise BadBundle("Its record of the maker's own issuers cannot be read.") from None


def write_framework(framework: Framework) -> bytes:
    """The body of a `framework` member; the same bytes each time."""
    return _json({"codes": dict(framework.codes), "within": sorted(framework.within)})


def read_framework(body: bytes) -> Framework:
    """What `write_framework` wrote; raises BadBundle for anything else."""
    found = _parsed(body)
    try:
        codes = {url: _text(code) for url, code in found["codes"].items()}
        return Framework(codes=codes, within=tuple(_text(base) for base in found["within"]))
    except (AttributeError, KeyError, TypeError):
        raise BadBundle("Its list of the framework's items cannot be read.") from None


def _parsed(body: bytes) -> Any:
    try:
        return parse(body, max_bytes=_MAX_BYTES, max_nodes=_MAX_NODES)
    except OpenBadgesError as error:
        raise BadBundle(f"A record in it cannot be read. {error.message}") from None


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError("not text")
    return found
