"""The 1EdTech Revocation List: plain JSON at its issuer's address, naming what was withdrawn.

It is not signed, so it is worth what its issuer's web server is worth, and no more.

Source: 1EdTech Revocation List Status Method 1.0 (vcrl/v1p0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from credentials.openbadges.asked import Asked
from credentials.openbadges.errors import BadDid, ListNotReliable, NotSafe
from credentials.openbadges.keys import did_web_url
from credentials.openbadges.ports import Unreachable
from credentials.openbadges.shape import is_iri
from credentials.openbadges.status_credential import (
    fetched_list,
    issuer_of,
    parsed_list,
)

ENTRY_TYPE: Final = "1EdTechRevocationList"
MAX_LISTING_BYTES: Final = 1024 * 1024
#: About sixteen thousand withdrawn badges.
MAX_LISTING_NODES: Final = 50_000


def revocation_list_document(
    list_id: str, issuer_id: str, revoked: Mapping[str, str | None]
) -> dict[str, Any]:
    """The list to be served as JSON under `list_id`, which must be at the issuer's own host.

    `revoked` maps each withdrawn badge's id to why, in words that anybody may read, or None.
    Raises NotSafe for an identifier that is not a complete address.
    """
    for identifier in (list_id, issuer_id, *revoked):
        if not is_iri(identifier):
            raise NotSafe(f"{identifier[:80]!r} is not a complete address.")
    return {
        "id": list_id,
        "issuer": issuer_id,
        "revokedCredentials": [
            {"id": badge, "revoked": True, **({"revocationReason": why} if why else {})}
            for badge, why in revoked.items()
        ],
    }


def is_listed(asked: Asked, url: str) -> bool:
    """Whether the issuer's list under `url` names the badge as withdrawn.

    The list must say that it is this list and this issuer's. That it names a badge is believed
    wherever the badge itself sent us; that it does not is believed only of a list which the
    issuer's own host served, or which the issuer's document names. Reasons that a list gives are
    not repeated: they are somebody's unsigned words about a person. Raises ListNotReliable.
    """
    fetched = fetched_list(asked, url)
    listing = parsed_list(fetched.body, max_bytes=MAX_LISTING_BYTES, max_nodes=MAX_LISTING_NODES)
    if listing.get("id") != url or issuer_of(listing) != asked.issuer_id:
        raise ListNotReliable(
            "status-list-other", "The address of its revocation list answers with something else."
        )
    if asked.document.get("id") in set(_withdrawn(listing)):
        return True
    if fetched.url and not _is_of_issuer(asked, url, fetched.url):
        raise ListNotReliable(
            "status-list-elsewhere",
            "Its revocation list does not name it; but that list is not signed and is kept "
            f"elsewhere than its issuer ({_host(fetched.url)[:200]}), so anybody could have "
            "written it.",
        )
    return False


def _withdrawn(listing: dict[str, Any]) -> Iterable[str]:
    """The ids the list names: `revoked` may be left out and then means yes."""
    entries = listing.get("revokedCredentials", listing.get("revokedCredential"))
    if not isinstance(entries, list):
        raise ListNotReliable(
            "status-list-unreadable", "Its revocation list does not say what it lists."
        )
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict) and entry.get("revoked", True) not in (False, "false"):
            yield str(entry.get("id"))


def _is_of_issuer(asked: Asked, *urls: str) -> bool:
    """Whether the issuer's own host answered, each hop of it, or the issuer names the list."""
    host = _host_of_issuer(asked.issuer_id)
    return all(host and _host(url) == host for url in urls) or _is_named(asked, urls[0])


def _is_named(asked: Asked, url: str) -> bool:
    """Whether the issuer's document names the list as its own, as a service of that type."""
    try:
        services = asked.issuers.document(asked.issuer_id).get("service")
    except Unreachable:
        return False
    members = services if isinstance(services, list) else [services]
    return any(
        isinstance(member, dict)
        and ENTRY_TYPE in (member.get("type"), *_items(member.get("type")))
        and url in (member.get("serviceEndpoint"), *_items(member.get("serviceEndpoint")))
        for member in members
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _host_of_issuer(issuer_id: str) -> str:
    try:
        return _host(did_web_url(issuer_id) if issuer_id.startswith("did:") else issuer_id)
    except BadDid:
        return ""


def _host(url: str) -> str:
    """Host and port of an https address; nothing of any other."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port or 443}" if parts.scheme == "https" else ""
    except ValueError:
        return ""
