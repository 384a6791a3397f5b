"""Revocation lists that were fetched, unpacked and found signed: not checked anew for each badge.

What is kept was truly checked, and the key says of what the answer depends: the very bytes of the
list, its address, its issuer, the issuer's document (so a key that is withdrawn counts at once)
and the hour that validity was judged for. Failures are never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from credentials.openbadges.status import StatusList

MAX_LISTS: Final = 256
#: A list of the usual size has 16 KiB, the longest that is unpacked 2 MiB.
MAX_BYTES: Final = 32 * 1024 * 1024

#: Digest of the list, its kind and address, its issuer, digest of the issuer's document, the hour.
Key = tuple[bytes, str, str, bytes, datetime]


@dataclass(frozen=True, kw_only=True)
class CheckedList:
    """What a signed list says: its purposes, its date and its bits."""

    purposes: frozenset[str]
    dated: datetime | None
    bits: StatusList


class CheckedLists:
    """A bounded memo that threads may share: the least recently asked about goes first."""

    def __init__(self, *, max_lists: int = MAX_LISTS, max_bytes: int = MAX_BYTES) -> None:
        self._max_lists = max_lists
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, CheckedList] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> CheckedList | None:
        """What was kept under that key, if it still is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, checked: CheckedList) -> None:
        """Remember a list that was found good; others are forgotten to keep within the bounds."""
        with self._lock:
            self._forget(key)
            self._kept[key] = checked
            self._bytes += len(checked.bits.bits)
            while len(self._kept) > self._max_lists or self._bytes > self._max_bytes:
                self._forget(next(iter(self._kept)))

    def __len__(self) -> int:
        return len(self._kept)

    def _forget(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= len(found.bits.bits)
