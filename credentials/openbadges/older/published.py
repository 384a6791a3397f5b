"""What a badge of 2.0 names by its address, as published there now."""

from __future__ import annotations

from typing import Any, Final, TypeGuard

from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.shape import is_iri
from credentials.openbadges.strictjson import MAX_BYTES, MAX_NODES, parse

MAX_ADDRESS: Final = 2_048


def is_web(value: Any) -> TypeGuard[str]:
    """Whether `value` is an address that can be fetched."""
    return (
        isinstance(value, str)
        and value.startswith(("https://", "http://"))
        and len(value) <= MAX_ADDRESS
        and is_iri(value)
    )


def named(value: Any) -> Any:
    """The identifier of what stands in a member: 2.0 lets a document stand for its address."""
    return value.get("id") if isinstance(value, dict) else value


def document_at(
    address: str, ports: Ports, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES
) -> dict[str, Any]:
    """The JSON object under the address, whatever it calls itself; raises Unreachable."""
    fetched = ports.fetch(address)
    try:
        found = parse(fetched.body, max_bytes=max_bytes, max_nodes=max_nodes)
    except OpenBadgesError as error:
        raise Unreachable(f"{address} answers with something else. {error.message}") from None
    if not isinstance(found, dict):
        raise Unreachable(f"{address} answers with something else.")
    return found


def linked(value: Any, ports: Ports) -> dict[str, Any] | Unreachable:
    """The document that a member names by its address, as published there now.

    A document that stands in the member itself counts only where it has no web address: what its
    address publishes goes before what somebody wrote into a badge.
    """
    address = named(value)
    if is_web(address):
        try:
            found = document_at(address, ports)
        except Unreachable as error:
            return error
        if found.get("id") != address:
            return Unreachable(f"{address} answers with something else.")
        return found
    if isinstance(value, dict):
        return value
    return Unreachable("It is named in a way that cannot be looked up.")
