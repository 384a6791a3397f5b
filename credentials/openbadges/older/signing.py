"""Sign an assertion of 2.0 as a token, and write down the key that checks it.

Source: Open Badges 2.0, "Signed Badges"; RFC 7515, section 7.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws

from credentials.openbadges.errors import BadKey, NotSafe, SelfCheckFailed
from credentials.openbadges.multibase import base64url_decode
from credentials.openbadges.older.shape import SIGNED, is_older, verification_type
from credentials.openbadges.publickey import PublicKey
from credentials.openbadges.strictjson import check_value
from credentials.openbadges.tokenkeys import RS256, TokenKey

_HEADER: Final = {"alg": RS256}


def sign_assertion(assertion: Mapping[str, Any], key: TokenKey) -> bytes:
    """The assertion as a compact JWS: what is baked into pictures and handed on.

    Before it returns, the token is checked by a second implementation: SelfCheckFailed when the
    two disagree. Raises BadKey for a key that is not RSA, NotSafe for a document that does not
    say that it is signed. The same arguments give the same bytes.
    """
    if key.alg != RS256:
        raise BadKey("A badge of Open Badges 2.0 is signed with an RSA key.")
    document = dict(assertion)
    if not is_older(document) or verification_type(document) not in SIGNED:
        raise NotSafe("Only an assertion that says that it is signed can be.")
    check_value(document)
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text = jws.serialize_compact(_HEADER, body, key.jose(), algorithms=[RS256]).encode()
    signed, _, signature = text.rpartition(b".")
    if not key.public.has_signed(signed, base64url_decode(signature.decode())):
        raise SelfCheckFailed("The token just signed does not verify.")
    return text


def public_pem(key: PublicKey) -> str:
    """The key as `key_document` publishes it."""
    return key.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
