"""Badges in tokens: not signed, sealed by anybody, or with claims beside the badge that differ."""

from __future__ import annotations

import hmac
import json
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from tests.credentials.openbadges.corpus.entry import (
    OPEN,
    SMALLEST,
    UNREAD,
    Entry,
    entry,
)
from tests.credentials.openbadges.issued import HOME, TODAY, own_did
from tests.credentials.openbadges.tokens import (
    CLAIMS,
    ES256,
    PAYLOAD,
    PAYLOAD_1,
    RS256,
    STRANGER,
    TOKEN_HOME,
    encoded,
    method,
    token,
)

_UNPROVEN: Final = {"issuer_known": "unchecked not-proven"}


def _token(name: str, signature: str, made: Any, **differs: Any) -> Entry:
    """A token in which a badge can be read and whose signature is not to be believed."""
    return entry(
        name,
        made,
        **{
            "usual": {**SMALLEST, "issuer_known": "unchecked not-proven", "signature": signature},
            "ports": TOKEN_HOME,
            **differs,
        },
    )


def _differs(name: str, **claims: Any) -> Entry:
    return _token(name, "no claims-differ", lambda: token({**PAYLOAD, **claims}))


def _by_public_key(data: bytes) -> bytes:
    """Sealed with what everybody knows: the issuer's public key."""
    secret = json.dumps(RS256.public_jwk).encode()
    return hmac.new(secret, data, sha256).digest()


def _parts(which: int, part: bytes) -> bytes:
    parts = token().split(b".")
    parts[which] = part
    return b".".join(parts)


def _padded() -> bytes:
    return token() + b"="


def _loose() -> bytes:
    """The same signature with another last letter: its last four bits say nothing."""
    made = token()
    return made[:-1] + {b"A": b"B", b"Q": b"R", b"g": b"h", b"w": b"x"}[made[-1:]]


TOKENED: Final[list[Entry]] = [
    _token("jwt-alg-none", "no not-signed", lambda: token(alg="none", sign=lambda data: b"")),
    _token("jwt-alg-none-in-capitals", "no not-signed", lambda: token(alg="NONE", sign=bytes)),
    _token("jwt-without-alg", "no not-signed", lambda: token(alg=None)),
    _token(
        "jwt-hmac-with-the-public-key",
        "no bad-proof",
        lambda: token(alg="HS256", kid=method(RS256), sign=_by_public_key),
    ),
    _token(
        "jwt-of-a-kind-not-checked",
        "unchecked proof-not-supported",
        lambda: token(alg="PS256"),
        verdict=OPEN,
    ),
    _token("jwt-es256-called-rs256", "no altered", lambda: token(alg="RS256")),
    _token(
        "jwt-with-another-badge-inside",
        "no altered",
        lambda: _parts(1, encoded({**PAYLOAD, "name": "X"})),
    ),
    _token("jwt-without-its-signature", "no altered", lambda: _parts(2, b"")),
    _token("jwt-with-its-signature-cut-off", "no altered", lambda: _parts(2, encoded(bytes(32)))),
    _token("jwt-with-a-signature-of-zeros", "no altered", lambda: _parts(2, encoded(bytes(64)))),
    _token(
        "jwt-signed-by-a-stranger-under-the-issuers-key",
        "no altered",
        lambda: token(key=STRANGER, kid=method(ES256)),
    ),
    _token("jwt-signed-by-a-stranger", "no key-not-listed", lambda: token(key=STRANGER)),
    _token(
        "jwt-carrying-a-strangers-key",
        "no key-not-listed",
        lambda: token(key=STRANGER, kid=None, jwk=STRANGER.public_jwk),
    ),
    _token(
        "jwt-carrying-a-strangers-key-under-a-listed-name",
        "no key-not-listed",
        lambda: token(key=STRANGER, kid=method(ES256), jwk=STRANGER.public_jwk),
    ),
    _token("jwt-that-names-no-key", "no bad-proof", lambda: token(kid=None)),
    _token(
        "jwt-with-its-key-kept-elsewhere",
        "no key-not-listed",
        lambda: token(kid="https://keys.example/1"),
    ),
    _token(
        "jwt-with-a-key-address-that-does-not-answer",
        "unchecked issuer-unreachable",
        lambda: token(kid="https://lead.example/lc/issuers/5f0c7a52-2a5e-4f0c-9d1f-0f3f6a1b2c3d/k"),
        verdict=OPEN,
    ),
    _token("jwt-with-orders-for-the-reader", "no bad-proof", lambda: token(crit=["exp"])),
    _token("jwt-that-is-not-encoded", "no bad-proof", lambda: token(b64=False)),
    _token("jwt-that-holds-another-token", "no bad-proof", lambda: token(cty="JWT")),
    _token("jwt-of-another-kind", "no bad-proof", lambda: token(typ="at+jwt")),
    _token("jwt-for-somebody-else", "no bad-proof", lambda: token({**PAYLOAD, "aud": "bank"})),
    _differs("jwt-iss-other-than-issuer", iss="did:web:other.example"),
    _differs("jwt-sub-other-than-holder", sub="urn:uuid:00000000-0000-4000-8000-000000000001"),
    _differs("jwt-jti-other-than-identifier", jti="urn:uuid:9"),
    _differs("jwt-nbf-other-than-beginning", nbf=CLAIMS["nbf"] - 3_600),
    _differs("jwt-nbf-in-words", nbf="now"),
    _differs("jwt-exp-beside-a-badge-without-end", exp=int(TODAY.timestamp()) + 9),
    _differs("jwt-exp-beyond-all-years", exp=10**15),
    _token(
        "jwt-with-a-vc-and-no-badge",
        "no no-issuer",
        lambda: token({"vc": {}}),
        well_formed="no not-a-badge",
        issuer_known="no no-issuer",
        not_expired="unchecked no-date",
    ),
    _token(
        "jwt-run-out",
        "yes signed",
        lambda: token({"vc": PAYLOAD_1["vc"], **CLAIMS, "exp": int(TODAY.timestamp()) - 9}),
        not_expired="no expired",
        issuer_known="yes known",
    ),
    _token(
        "jwt-not-valid-yet",
        "yes signed",
        token,
        as_of=TODAY.replace(year=2025),
        not_expired="no not-yet",
        issuer_known="yes known",
    ),
    _token(
        "jwt-by-a-key-that-its-issuer-withdrew",
        "no key-not-listed",
        token,
        ports=replace(HOME, resolve_issuer=lambda issuer: own_did()),
    ),
    entry("jwt-padded", _padded, usual=UNREAD, readable="no not-json"),
    entry(
        "jwt-without-header",
        lambda: _parts(0, encoded([1, 2, 3, 4])),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "jwt-with-a-list-inside",
        lambda: _parts(1, encoded([1, 2, 3, 4])),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "jwt-with-words-inside",
        lambda: _parts(1, encoded(b"Shared Vision")),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "jwt-with-members-said-twice",
        lambda: _parts(0, encoded(b'{"alg":"ES256","alg":"none"}')),
        usual=UNREAD,
        readable="no not-json",
    ),
    entry(
        "jwt-that-says-two-badges",
        lambda: token({**PAYLOAD, **PAYLOAD_1}),
        usual=UNREAD,
        readable="no bad-token",
    ),
    entry("jwt-with-loose-bits-at-the-end", _loose, usual=UNREAD, readable="no bad-token"),
]
