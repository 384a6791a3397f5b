"""The kinds of embedded proof that are checked: which key and which hash each of them goes with.

Sources: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2 and appendix (Ed25519Signature2020);
W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.2. All put the document into RDFC-1.0 form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from credentials.openbadges.publickey import KeyKind


@dataclass(frozen=True)
class Scheme:
    """The kind of key, and the hash by its name in hashlib: of the form and within making it."""

    kind: KeyKind
    hash_name: str


_ED25519: Final = {64: Scheme(KeyKind.ED25519, "sha256")}
_ECDSA: Final = {64: Scheme(KeyKind.P256, "sha256"), 96: Scheme(KeyKind.P384, "sha384")}

#: (type, cryptosuite) -> length of the signature in bytes -> scheme.
SUITES: Final[Mapping[tuple[str, str | None], Mapping[int, Scheme]]] = {
    ("DataIntegrityProof", "eddsa-rdfc-2022"): _ED25519,
    # The name in drafts of the same suite.
    ("DataIntegrityProof", "eddsa-2022"): _ED25519,
    ("DataIntegrityProof", "ecdsa-rdfc-2019"): _ECDSA,
    ("Ed25519Signature2020", None): _ED25519,
}


def schemes(proof: Mapping[str, Any]) -> Mapping[int, Scheme] | None:
    """What the proof's kind allows by length of signature, or None for a kind not checked here.

    A proof that builds on another one (`previousProof`) is not checked here either.
    """
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if not isinstance(kind, str) or not (suite is None or isinstance(suite, str)):
        return None
    return None if "previousProof" in proof else SUITES.get((kind, suite))
