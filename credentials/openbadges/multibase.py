"""Multibase text (base58btc "z", base64url "u") and the Ed25519 Multikey form, both bounded."""

from __future__ import annotations

import base64
import binascii

from credentials.openbadges.errors import BadKey, OpenBadgesError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}

#: Keys and signatures are far shorter; base58 takes quadratic time, so the bound is part of it.
_MAX_BASE58 = 256

#: Multicodec ed25519-pub (0xed) as a varint.
_ED25519_PUB = b"\xed\x01"


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


def public_key_to_multibase(raw: bytes) -> str:
    """32 raw bytes of an Ed25519 public key as Multikey text ("z6Mk...")."""
    if len(raw) != 32:
        raise BadKey("An Ed25519 public key has 32 bytes.")
    return "z" + base58_encode(_ED25519_PUB + raw)


def public_key_from_multibase(text: str) -> bytes:
    """The 32 raw bytes of an Ed25519 public key in Multikey form; raises BadKey."""
    if not text.startswith("z6Mk"):
        raise BadKey("The key is not an Ed25519 key in Multikey form (z6Mk...).")
    try:
        raw = base58_decode(text[1:])
    except OpenBadgesError as error:
        raise BadKey(error.message) from None
    if len(raw) != 34 or not raw.startswith(_ED25519_PUB):
        raise BadKey("The key is not an Ed25519 key in Multikey form (z6Mk...).")
    return raw[2:]
