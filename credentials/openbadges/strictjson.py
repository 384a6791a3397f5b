"""JSON as a badge may be written: bounded, each name once, numbers that all tools agree on.

Everything later in this library may rely on what `parse` returned.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from credentials.openbadges.errors import NotJson, NotSafe, TooLarge

#: A badge with 21 alignments and long narratives has about 60 KB.
MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 32
MAX_NODES: Final = 5_000
#: A record of badges says this word of itself and holds them all: the 26 badges there are, domains
#: and framework included, have about 320 KB and 6,500 parts.
_RECORD: Final = b'"ClrCredential"'
MAX_RECORD_BYTES: Final = 512 * 1024
MAX_RECORD_NODES: Final = 12_000

#: Integers that every JSON reader holds exactly.
MAX_INTEGER: Final = 2**53 - 1
#: JavaScript and Python write floats of up to 15 digits alike.
MAX_DIGITS: Final = 15

#: Escapes for half of a pair or for what is no character, or something like them.
_DOUBTFUL = re.compile(rb"\\u(?:[dD][89a-fA-F]|[fF]{3}[eEfF])")
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_AS_BRACKETS: Final = bytes.maketrans(b"{}", b"[]")
_OPENS: Final = ord("[")
_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")


def parse(data: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES) -> Any:
    """The value that `data` (UTF-8 JSON) stands for.

    Raises TooLarge beyond these bounds or `MAX_DEPTH`, NotJson for text that is not JSON or that
    says a name twice, NotSafe for numbers and characters that tools would treat differently.
    """
    if len(data) > max_bytes:
        raise TooLarge(f"It has {len(data):,} bytes; a badge has at most {max_bytes:,}.")
    opened = data.count(b"[") + data.count(b"{")
    if opened > MAX_DEPTH:
        _refuse_depth(data)
    try:
        text = data.decode("utf-8-sig")
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise NotJson("It is not text in UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise NotJson("It is not a JSON document.") from None
    # A part follows a bracket or a comma, and its numbers were checked as they were read: where
    # there are few of these and every character is one, a walk would find nothing.
    if 1 + opened + data.count(b",") > max_nodes or _is_doubtful(data):
        _refuse_unsafe(value, max_nodes)
    return value


def _is_doubtful(data: bytes) -> bool:
    # Looking for one byte is far faster than for several, and most badges have neither.
    return (b"\xef" in data and any(one in data for one in _NO_CHARACTERS)) or (
        b"\\" in data and _DOUBTFUL.search(data) is not None
    )


def parse_credential(data: bytes) -> Any:
    """What `parse` gives, with the larger bounds for a record of badges (CLR 2.0)."""
    if _RECORD in data:
        return parse(data, max_bytes=MAX_RECORD_BYTES, max_nodes=MAX_RECORD_NODES)
    return parse(data)


def check_value(value: Any, *, max_nodes: int = MAX_NODES) -> int:
    """Raise what `parse` would, for a value made in this program; returns how many parts it has."""
    return _refuse_unsafe(value, max_nodes)


def _refuse_depth(data: bytes) -> None:
    brackets = left = _brackets(data)
    for _ in range(MAX_DEPTH):
        # Every round takes the innermost level away: a look at each bracket is rarely needed.
        left = left.replace(b"[]", b"")
        if not left:
            return
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == _OPENS else -1
        if depth > MAX_DEPTH:
            raise TooLarge(f"It is nested more than {MAX_DEPTH} levels deep.")


def _brackets(data: bytes) -> bytes:
    """All brackets outside of texts, braces as brackets.

    Without what is escaped every quotation mark begins or ends a string. Where that is not so the
    text is no JSON from there on, and what stands before is right.
    """
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(data.split(b'"')[::2]).translate(_AS_BRACKETS, _NO_BRACKETS)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise NotJson(f"It says {name[:80]!r} twice, so readers could disagree.")
            seen.add(name)
    return made


def _constant(name: str) -> NoReturn:
    raise NotJson(f"It contains {name}, which is not a JSON number.")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise NotSafe("It contains a number too large for every tool to read alike.")
    return int(text)


def _float(text: str) -> float:
    if len(text) > 64:
        raise NotSafe("It contains a number with more digits than tools agree on.")
    value = float(text)
    _check_float(value, text)
    return value


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_constant=_constant,
    parse_int=_integer,
    parse_float=_float,
)


def _check_float(value: float, text: str) -> None:
    mantissa = re.split("[eE]", text)[0]
    digits = re.sub(r"\D", "", mantissa).lstrip("0")
    # NaN fails every comparison, so the condition is written to be true only for good numbers.
    if not (value == 0 or 1e-6 <= abs(value) <= MAX_INTEGER) or len(digits) > MAX_DIGITS:
        raise NotSafe("It contains a number that signing tools write differently.")


def _refuse_unsafe(root: Any, max_nodes: int) -> int:
    """Walk without recursion: `root` may come from a stranger."""
    nodes = 0
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        nodes += 1
        if nodes > max_nodes:
            raise TooLarge(f"It has more than {max_nodes:,} parts.")
        if depth > MAX_DEPTH:
            raise TooLarge(f"It is nested more than {MAX_DEPTH} levels deep.")
        if isinstance(value, dict):
            for name, member in value.items():
                if not isinstance(name, str):
                    raise NotSafe("It contains a name that is not text.")
                _refuse_text(name)
                waiting.append((member, depth + 1))
        elif isinstance(value, list):
            waiting.extend((member, depth + 1) for member in value)
        elif isinstance(value, str):
            _refuse_text(value)
        elif isinstance(value, float):
            _check_float(value, repr(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            if abs(value) > MAX_INTEGER:
                raise NotSafe("It contains a number too large for every tool to read alike.")
        elif value is not None and not isinstance(value, bool):
            raise NotSafe(f"It contains a {type(value).__name__}, which JSON does not have.")
    return nodes


def is_text(text: str) -> bool:
    """Whether `text` can be written in UTF-8 and has no code point that is not a character."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text


def _refuse_text(text: str) -> None:
    if not is_text(text):
        raise NotSafe("It contains a character that is not a character (half of a pair).")
