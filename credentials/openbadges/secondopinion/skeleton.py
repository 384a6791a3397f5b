"""JSON text taken apart into what a shape consists of and the strings that stand in it.

Works on the text that is going to be signed, not on the value it was made from: what is compared
later are the bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

_STRING: Final = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_GAP: Final = "\0"


def taken_apart(text: str) -> tuple[str, list[str]]:
    """The frame (all brackets, commas, numbers, with gaps) and the strings as JSON writes them."""
    # Where no quotation mark is escaped, each of them begins or ends a string.
    regular = "\\" not in text or '\\"' not in text
    parts = text.split('"') if regular else _STRING.split(text)
    return _GAP.join(parts[::2]), parts[1::2]


def put_together(frame: str, strings: Sequence[str]) -> str:
    """The text that `taken_apart` would take apart into these."""
    first, *others = frame.split(_GAP)
    written = (f'"{string}"{after}' for string, after in zip(strings, others, strict=True))
    return first + "".join(written)


def words_over(text: str) -> list[str | None]:
    """For each string of the text the word that it stands under, None for the words themselves."""
    return list(_words_over(json.loads(text), ""))


def _words_over(value: Any, word: str) -> Iterator[str | None]:
    if isinstance(value, str):
        yield word
    elif isinstance(value, list):
        for item in value:
            yield from _words_over(item, word)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield None
            yield from _words_over(member, name)
