"""What the general engine made of one badge, with gaps for the texts in which others differ.

Filled with other texts it is put into canonical form anew: hashes decide what nameless parts are
called, and hashes change with the texts. Only the simple case is done here, in which the hashes of
the first degree tell all nameless parts apart (RDFC-1.0, 4.4.3 step 4); every other is left to the
general engine itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from operator import eq, itemgetter
from typing import Final

#: A line of N-Quads outside of any graph.
_LINE: Final = re.compile(r'(\S+) (\S+) ("(?:[^"\\]|\\.)*"\S*|[<_]\S*) \.')
_BLANK: Final = re.compile(r"_:c14n(\d+)")

#: Of a line: text, or the number of the string that stands in a gap, or of a nameless part.
Text = str


class Gap(int):
    """Where the string of this number stands."""


class Nameless(int):
    """Where the name of this nameless part stands."""


Piece = Text | Gap | Nameless
Line = tuple[Piece, ...]
Strings = Sequence[str]


class Template:
    """The lines of a canonical form with `gaps`: what stands in them -> the string's number.

    Raises ValueError for a form with graphs.
    """

    def __init__(self, form: str, gaps: dict[str, int], strings: int) -> None:
        lines = [_pieces(line, gaps) for line in form.splitlines()]
        parts = sorted({piece for line in lines for piece in line if isinstance(piece, Nameless)})
        self._hashed = [_masked(lines, part) for part in parts]
        self._whole = _filled((_numbered(line, strings) for line in lines), "\n")

    def canonical_form(self, strings: Strings) -> str | None:
        """The form with these strings, or None where it takes more than is done here."""
        digests = [sha256(text(strings).encode()).hexdigest() for text in self._hashed]
        order = {digest: f"_:c14n{place}" for place, digest in enumerate(sorted(digests))}
        names = [order[digest] for digest in digests]
        lines = self._whole([*strings, *names]).split("\n")
        lines.sort()
        if len(order) < len(digests) or any(map(eq, lines, lines[1:])):
            return None
        return "\n".join(lines) + "\n"


def _pieces(line: str, gaps: dict[str, int]) -> Line:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError("a statement in a graph")
    subject, predicate, obj = match.groups()
    return (*_term(subject, gaps), f" {predicate} ", *_term(obj, gaps), " .")


def _term(term: str, gaps: dict[str, int]) -> Line:
    blank = _BLANK.fullmatch(term)
    if blank:
        return (Nameless(blank[1]),)
    inner, end = (term[1:-1], ">") if term[0] == "<" else term[1:].rsplit('"', 1)
    if inner not in gaps:
        return (term,)
    return term[0], Gap(gaps[inner]), end if term[0] == "<" else f'"{end}'


def _numbered(line: Line, strings: int) -> Line:
    """The names of nameless parts come after the strings."""
    return tuple(Gap(strings + p) if isinstance(p, Nameless) else p for p in line)


def _masked(lines: Iterable[Line], part: Nameless) -> Callable[[Strings], str]:
    """What is hashed for one nameless part (4.6), its lines in order."""
    masked = [
        _joined(("_:a" if p == part else "_:z") if isinstance(p, Nameless) else p for p in line)
        for line in lines
        if any(isinstance(p, Nameless) and p == part for p in line)
    ]
    masked.sort(key=_beginning)
    if _is_in_any_case_in_order(masked):
        return _filled(masked, "\n", "\n")
    each = [_filled([line], "") for line in masked]
    return lambda strings: "\n".join([*sorted(fill(strings) for fill in each), ""])


def _joined(pieces: Iterable[Piece]) -> Line:
    joined: list[Piece] = [""]
    for piece in pieces:
        if isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _beginning(line: Line) -> str:
    return line[0] if isinstance(line[0], str) else ""


def _is_in_any_case_in_order(lines: list[Line]) -> bool:
    """Whether what stands before the first gaps decides the order."""
    return not any(
        len(first) > 1 and _beginning(second).startswith(_beginning(first))
        for first, second in pairwise(lines)
    )


def _filled(lines: Iterable[Line], between: str, after: str = "") -> Callable[[Strings], str]:
    """A function from the strings to the text of the lines."""
    pieces = [_joined(line) for line in lines]
    written = between.join("".join(_format(piece) for piece in line) for line in pieces) + after
    gaps = [piece for line in pieces for piece in line if isinstance(piece, Gap)]
    if not gaps:
        constant = written % ()
        return lambda strings: constant
    chosen = itemgetter(*gaps)
    return lambda strings: written % chosen(strings)


def _format(piece: Piece) -> str:
    return piece.replace("%", "%%") if isinstance(piece, str) else "%s"
