"""Multibase text (base58btc "z", base64url "u") and the Multikey form of keys, all bounded."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from credentials.openbadges.errors import BadKey, OpenBadgesError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}

#: Keys and signatures are far shorter; base58 takes quadratic time, so the bound is part of it.
_MAX_BASE58 = 256

#: Kind of key -> (multicodec as a varint, length of the key; EC points are compressed).
#: Source: W3C Controlled Identifiers 1.0, section 2.2.2.
_MULTICODECS: Final = {
    "Ed25519": (b"\xed\x01", 32),
    "P-256": (b"\x80\x24", 33),
    "P-384": (b"\x81\x24", 49),
}


def base58_encode(data: bytes) -> str:
    """`data` in the base58btc alphabet, without a multibase prefix."""
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = _ALPHABET[rest] + digits
    zeros = len(data) - len(data.lstrip(b"\0"))
    return _ALPHABET[0] * zeros + digits


def base58_decode(text: str) -> bytes:
    """The bytes of base58btc text; raises OpenBadgesError for other text or too much of it."""
    if len(text) > _MAX_BASE58:
        raise OpenBadgesError("A base58 value is longer than any key or signature.")
    number = 0
    for character in text:
        if character not in _VALUES:
            raise OpenBadgesError("A base58 value contains a character that base58 does not have.")
        number = number * 58 + _VALUES[character]
    zeros = len(text) - len(text.lstrip(_ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(data: bytes) -> str:
    """`data` in base64url without padding, with the multibase prefix "u"."""
    return "u" + base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def base64url_decode(text: str) -> bytes:
    """The bytes of unpadded base64url text without its prefix; raises OpenBadgesError."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise OpenBadgesError("A base64url value cannot be decoded.") from None


def multikey_encode(kind: str, raw: bytes) -> str:
    """A public key ("Ed25519", "P-256", "P-384") as Multikey text; raises BadKey for its length."""
    codec, length = _MULTICODECS[kind]
    if len(raw) != length:
        raise BadKey(f"A public key of the kind {kind} has {length} bytes.")
    return "z" + base58_encode(codec + raw)


def multikey_decode(text: str) -> tuple[str, bytes]:
    """Kind and raw bytes of a public key in Multikey form; raises BadKey."""
    try:
        data = base58_decode(text[1:]) if text.startswith("z") else b""
    except OpenBadgesError as error:
        raise BadKey(error.message) from None
    for kind, (codec, length) in _MULTICODECS.items():
        if data.startswith(codec) and len(data) == len(codec) + length:
            return kind, data[len(codec) :]
    raise BadKey(
        "The key is not in a Multikey form that is known here (z6Mk..., zDna..., z82L...)."
    )
