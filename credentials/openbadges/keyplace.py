"""Keys that an issuer publishes at an address of their own: where that may be, and which it is.

An issuer answers for its own host; one whose identifier names a folder on a host that it shares
answers for that folder only.

Source: Open Badges 3.0, section "JSON Web Token Proof Format" (kid); RFC 7517, section 5.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from credentials.openbadges.errors import BadDid, BadKey, KeyNotListed
from credentials.openbadges.keys import did_web_url
from credentials.openbadges.publickey import PublicKey

MAX_KEYS: Final = 100


def is_issuers(url: str, issuer_id: str) -> bool:
    """Whether the issuer answers for what stands at this https address."""
    home = _home(issuer_id)
    found = _split(url)
    if home is None or found is None:
        return False
    (host, folder), (other_host, path) = home, found
    return host == other_host and path.startswith(folder)


def _home(issuer_id: str) -> tuple[str, str] | None:
    """Host and folder: of a did:web the folder of its document, of an address its whole host."""
    if issuer_id.startswith("https://"):
        found = _split(issuer_id)
        return None if found is None else (found[0], "/")
    try:
        found = _split(did_web_url(issuer_id))
    except BadDid:
        return None
    if found is None:
        return None
    host, path = found
    return host, path.removesuffix("did.json").removesuffix(".well-known/")


def _split(url: str) -> tuple[str, str] | None:
    """Host with port, and path, of an https address that can be read in one way only."""
    if not url.isascii() or "\\" in url or any(character <= " " for character in url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    path = parts.path or "/"
    lowered = path.lower()
    if parts.scheme != "https" or not host or "@" in parts.netloc:
        return None
    if any(step in {".", ".."} for step in path.split("/")) or "%2e" in lowered or "%2f" in lowered:
        return None
    return f"{host}:{port or 443}", path


def only_key(document: Any, kid: str) -> PublicKey:
    """The one key that `kid` means in what its address answers: a JWK or a set of them.

    Raises KeyNotListed where there is none or more than one, BadKey.
    """
    keys = document.get("keys") if isinstance(document, dict) else None
    if keys is None:
        keys = [document]
    if not isinstance(keys, list) or len(keys) > MAX_KEYS:
        raise BadKey("The address of its key answers with something else.")
    found = [key for key in keys if isinstance(key, dict) and "kty" in key]
    if len(found) > 1:
        names = {kid, kid.partition("#")[2]}
        found = [key for key in found if key.get("kid") in names]
    if len(found) != 1:
        raise KeyNotListed("the address of the key it was signed with does not have exactly one")
    return PublicKey.from_jwk(found[0])
