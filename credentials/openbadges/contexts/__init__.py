"""The pinned JSON-LD contexts: addresses, files and hashes; nothing is ever fetched."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

VC_V2: Final = "https://www.w3.org/ns/credentials/v2"
#: The data model of 2022 (1.1), whose badges are Open Badges 3.0 too.
VC_V1: Final = "https://www.w3.org/2018/credentials/v1"
OB_303: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_302: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
OB_301: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OB_300: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
CLR_201: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB_EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

#: Any of these may stand second in a badge.
OPEN_BADGES: Final = frozenset({OB_300, OB_301, OB_302, OB_303})

#: Address -> (file beside this module, SHA-256 of the file); origins are in ORIGIN.md.
PINNED: Final[dict[str, tuple[str, str]]] = {
    VC_V2: (
        "vc-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    VC_V1: (
        "vc-v1.json",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
    ),
    OB_303: (
        "ob-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    OB_302: (
        "ob-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    OB_301: (
        "ob-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    OB_300: (
        "ob-3.0.0.json",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72",
    ),
    OB_EXTENSIONS: (
        "ob-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    CLR_201: (
        "clr-2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    "https://w3id.org/security/data-integrity/v1": (
        "data-integrity-v1.json",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    ),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        "ed25519-2020-v1.json",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    ),
    "https://w3id.org/security/multikey/v1": (
        "multikey-v1.json",
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    ),
    "https://w3id.org/vc/status-list/2021/v1": (
        "status-list-2021-v1.json",
        "634d71c159289f068c96012e4511c657fdf82ac4231900081bda3ba24e2e1160",
    ),
    "https://www.w3.org/ns/credentials/status/v1": (
        "status-v1.json",
        "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c",
    ),
}


@cache
def context_bytes(url: str) -> bytes:
    """The published bytes of a pinned context; raises KeyError for any other address."""
    name, _ = PINNED[url]
    return files(__name__).joinpath(name).read_bytes()


def context_document(url: str) -> dict[str, Any]:
    """A fresh copy of a pinned context as JSON; raises KeyError for any other address."""
    document: dict[str, Any] = json.loads(context_bytes(url))
    return document
