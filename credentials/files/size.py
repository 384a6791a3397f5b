"""How large a file is, in the words in which limits are told.

One KB is 1,024 bytes, as limits are set, so that the largest file that is taken is told as 100 MB.
"""

from __future__ import annotations

_UNITS = (("KB", 1024), ("MB", 1024**2), ("GB", 1024**3))


def size_in_words(size: int) -> str:
    """A size as people say it: "100 MB", "2.1 MB", "12 KB".

    A rest counts up, so that a file above a limit is never said to be as large as the limit.
    """
    if size < 1024:
        return f"{size} bytes"
    unit, length = next((one for one in _UNITS if size <= 1023 * one[1]), _UNITS[-1])
    whole, tenth = divmod(-(-size * 10 // length), 10)
    return f"{whole:,}.{tenth} {unit}" if tenth else f"{whole:,} {unit}"
