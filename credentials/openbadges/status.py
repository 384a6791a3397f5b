"""Revocation lists: one bit per badge, packed, signed like a badge, fetched by whoever checks.

Sources: W3C Bitstring Status List 1.0, sections 2.2, 3.1 and 3.2; W3C Status List 2021
(2023-04-27), sections 2.2 and 3.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from credentials.openbadges.contexts import VC_V2
from credentials.openbadges.errors import BadStatusList, OpenBadgesError
from credentials.openbadges.multibase import base64url_decode, base64url_encode
from credentials.openbadges.proof import instant

#: The least the standard allows, so that an index does not tell who was asked about.
ENTRIES: Final = 131_072
#: The longest list that is unpacked: sixteen million badges, two megabytes.
MAX_ENTRIES: Final = 16_777_216

REVOCATION: Final = "revocation"
_URL_ALPHABET: Final = str.maketrans("+/", "-_")


@dataclass(frozen=True)
class StatusList:
    """The bits, first badge first, the left-most bit of each byte first."""

    bits: bytes

    @classmethod
    def empty(cls) -> Self:
        """A list of `ENTRIES` badges, none of them revoked."""
        return cls(bytes(ENTRIES // 8))

    @classmethod
    def decode(cls, encoded: str) -> Self:
        """The list that an `encodedList` packs ("u", base64url, GZIP).

        Raises BadStatusList for anything else, for fewer than 131,072 entries and for more than
        `MAX_ENTRIES`, which are never unpacked.
        """
        if not encoded.startswith("u"):
            raise BadStatusList("The revocation list is not encoded as the standard asks.")
        return cls._unpack(encoded[1:])

    @classmethod
    def decode_2021(cls, encoded: str) -> Self:
        """As `decode`, for Status List 2021: GZIP in base64 of either alphabet, without "u"."""
        return cls._unpack(encoded.rstrip("=").translate(_URL_ALPHABET))

    @classmethod
    def _unpack(cls, text: str) -> Self:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            bits = unpacker.decompress(base64url_decode(text), MAX_ENTRIES // 8 + 1)
        except (zlib.error, OpenBadgesError):
            raise BadStatusList("The revocation list cannot be unpacked.") from None
        if len(bits) > MAX_ENTRIES // 8:
            raise BadStatusList("The revocation list unpacks to more than any issuer needs.")
        if not unpacker.eof:
            raise BadStatusList("The revocation list is cut off.")
        if len(bits) * 8 < ENTRIES:
            raise BadStatusList(f"The revocation list has fewer than {ENTRIES:,} entries.")
        return cls(bits)

    def encode(self) -> str:
        """The list as an `encodedList`; the same list gives the same text."""
        packer = zlib.compressobj(level=9, wbits=31)
        return base64url_encode(packer.compress(self.bits) + packer.flush())

    def with_revoked(self, indexes: Iterable[int]) -> StatusList:
        """A list in which these badges are revoked too; raises BadStatusList outside of it."""
        bits = bytearray(self.bits)
        for index in indexes:
            self._check(index)
            bits[index // 8] |= 0x80 >> index % 8
        return StatusList(bytes(bits))

    def is_revoked(self, index: int) -> bool:
        """Whether the badge of that index is revoked; raises BadStatusList outside of the list."""
        self._check(index)
        return bool(self.bits[index // 8] & (0x80 >> index % 8))

    def __len__(self) -> int:
        return len(self.bits) * 8

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise BadStatusList(f"The revocation list has no entry {index}.")


def status_list_document(
    list_id: str,
    issuer_id: str,
    status_list: StatusList,
    valid_from: datetime,
    *,
    purpose: str = REVOCATION,
) -> dict[str, Any]:
    """The unsigned BitstringStatusListCredential that `proof.sign` makes trustworthy.

    `list_id` is the address it is served under; `issuer_id` must be the issuer of the badges.
    `purpose` is "revocation", which is final, or "suspension", which may be lifted.
    """
    return {
        "@context": [VC_V2],
        "id": list_id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": instant(valid_from),
        "credentialSubject": {
            "id": f"{list_id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": status_list.encode(),
        },
    }
