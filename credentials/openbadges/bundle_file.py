"""An offline bundle as a file: one JSON object, signed by its maker, read like any hostile file.

    {"manifest": {...}, "signature": "z...", "bodies": {"<SHA-256>": "<text>", ...}}

The manifest names every member with its date and the SHA-256 of its body; the signature (Ed25519)
is over the manifest alone, written without spaces and with its names in order. So the same
knowledge gives the same bytes, and a changed member, date or digest is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from credentials.openbadges.bundle import Bundle, Kind, Member, Missing
from credentials.openbadges.errors import BadBundle, OpenBadgesError
from credentials.openbadges.keys import SigningKey, signature_is_good
from credentials.openbadges.multibase import base58_decode, base58_encode
from credentials.openbadges.proof import instant, read_instant
from credentials.openbadges.strictjson import parse

FORMAT: Final = "learner-centered-credentials offline bundle 1"
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_MEMBERS: Final = 20_000
MAX_MISSING: Final = 20_000
MAX_TEXT: Final = 2_048
_MAX_NODES: Final = 8 * (MAX_MEMBERS + MAX_MISSING)

T = TypeVar("T")

_PARTS: Final = frozenset({"manifest", "signature", "bodies"})
_MANIFEST: Final = frozenset({"format", "made", "maker", "key", "members", "missing", "contexts"})


def write_bundle(bundle: Bundle, key: SigningKey) -> bytes:
    """The file, signed with `key`, which must be the bundle's own; the same bytes each time.

    Every body must be text in UTF-8. Raises BadBundle where the file would be beyond the bounds.
    """
    size = sum(len(one.body) for one in bundle.members)
    if size > MAX_BYTES or len(bundle.members) > MAX_MEMBERS or len(bundle.missing) > MAX_MISSING:
        raise _too_large()
    members = sorted(bundle.members, key=lambda one: (one.kind, one.name))
    manifest = {
        "format": FORMAT,
        "made": instant(bundle.made),
        "maker": bundle.maker,
        "key": key.public_multibase,
        "members": [
            {
                "kind": str(one.kind),
                "name": one.name,
                "as_of": instant(one.as_of),
                "sha256": one.digest,
            }
            for one in members
        ],
        "missing": [
            {"kind": str(one.kind), "name": one.name, "reason": one.reason}
            for one in sorted(bundle.missing, key=lambda one: (one.kind, one.name))
        ],
        "contexts": bundle.contexts,
    }
    made = {
        "manifest": manifest,
        "signature": "z" + base58_encode(key.sign(_signed(manifest))),
        "bodies": {one.digest: one.body.decode() for one in members},
    }
    data = json.dumps(made, ensure_ascii=False, sort_keys=True, indent=1).encode()
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def read_bundle(data: bytes) -> Bundle:
    """The bundle in a file whose signature and digests are good; raises BadBundle for any other.

    The signature is by the key that the bundle itself names: whether that is the key of somebody
    to rely on is for whoever received it to compare (docs/verifying.md).
    """
    try:
        found = parse(data, max_bytes=MAX_BYTES, max_nodes=_MAX_NODES)
    except OpenBadgesError as error:
        raise BadBundle(f"It is not an offline bundle. {error.message}") from None
    if not _has(found, _PARTS) or not _has(found["manifest"], _MANIFEST):
        raise BadBundle("It is not an offline bundle: it lacks a part, or has one too many.")
    manifest = found["manifest"]
    if manifest["format"] != FORMAT:
        raise BadBundle("It is a bundle of another kind than this program reads.")
    key = _text(manifest["key"])
    _demand_signature(manifest, key, found["signature"])
    bodies = _bodies(found["bodies"])
    members = _each(manifest["members"], lambda one: _member(one, bodies), MAX_MEMBERS)
    if bodies.keys() != {one.digest for one in members}:
        raise BadBundle("It holds something that its list of contents does not name.")
    return Bundle(
        made=_moment(manifest["made"]),
        maker=_text(manifest["maker"]),
        key=key,
        members=members,
        missing=_each(manifest["missing"], _missing, MAX_MISSING),
        contexts=_contexts(manifest["contexts"]),
    )


def _too_large() -> BadBundle:
    return BadBundle(f"It would be larger than a bundle may be ({MAX_BYTES:,} bytes).")


def _signed(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _demand_signature(manifest: Mapping[str, Any], key: str, signature: Any) -> None:
    try:
        good = signature_is_good(key, base58_decode(_text(signature)[1:]), _signed(manifest))
    except OpenBadgesError as error:
        raise BadBundle(f"Its signature cannot be read. {error.message}") from None
    if not good or not signature.startswith("z"):
        raise BadBundle("It is not as its maker signed it: at least one thing in it was changed.")


def _bodies(found: Any) -> dict[str, bytes]:
    if not isinstance(found, dict):
        raise BadBundle("Its contents cannot be read.")
    bodies = {name: _text(text, most=MAX_BYTES).encode() for name, text in found.items()}
    for name, body in bodies.items():
        if sha256(body).hexdigest() != name:
            raise BadBundle("Something in it is not as its maker signed it.")
    return bodies


def _member(found: Any, bodies: Mapping[str, bytes]) -> Member:
    if not _has(found, frozenset({"kind", "name", "as_of", "sha256"})):
        raise BadBundle("Its list of contents cannot be read.")
    if found["sha256"] not in bodies:
        raise BadBundle("It lacks something that its list of contents names.")
    return Member(
        kind=_kind(found["kind"]),
        name=_text(found["name"]),
        as_of=_moment(found["as_of"]),
        body=bodies[found["sha256"]],
    )


def _missing(found: Any) -> Missing:
    if not _has(found, frozenset({"kind", "name", "reason"})):
        raise BadBundle("Its list of what is missing cannot be read.")
    return Missing(
        kind=_kind(found["kind"]), name=_text(found["name"]), reason=_text(found["reason"])
    )


def _contexts(found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        raise BadBundle("Its list of vocabularies cannot be read.")
    return {name: _text(digest) for name, digest in found.items()}


def _each(found: Any, read: Callable[[Any], T], most: int) -> tuple[T, ...]:
    if not isinstance(found, list) or len(found) > most:
        raise BadBundle("It names more than a bundle may hold.")
    return tuple(read(one) for one in found)


def _kind(found: Any) -> Kind:
    try:
        return Kind(found)
    except ValueError:
        raise BadBundle("It holds something of a kind that this program does not know.") from None


def _moment(found: Any) -> datetime:
    moment = read_instant(found)
    if moment is None:
        raise BadBundle("A date in it cannot be read.")
    return moment


def _text(found: Any, *, most: int = MAX_TEXT) -> str:
    if not isinstance(found, str) or len(found) > most:
        raise BadBundle("Something in it is not the text that must stand there.")
    return found


def _has(found: Any, names: frozenset[str]) -> bool:
    return isinstance(found, dict) and found.keys() == names
