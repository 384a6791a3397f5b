"""The shapes of badges that the general engine has been asked about, and what it said.

A shape is all of a JSON text but the strings that were shown to be opaque to the general engine:
texts that it copies between quotation marks, and of addresses what follows the scheme. Words,
types, vocabularies, languages, numbers, and every string that it reads rather than copies, belong
to the shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from threading import Lock
from typing import Final

from credentials.openbadges.jsonld import ENGINE, Engine
from credentials.openbadges.secondopinion.skeleton import put_together, taken_apart, words_over
from credentials.openbadges.secondopinion.template import Template

#: Cohorts have a few; when there are more, all are forgotten and asked about anew.
MAX_SHAPES: Final = 256

#: What stands under these is read, never only copied.
_READ: Final = frozenset({"@context", "type", "@type", "@language", "@direction", "@index"})
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?")
_NOT_IN_AN_ADDRESS: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f\s]")
#: JSON and N-Quads write these in different ways.
_WRITTEN_OTHERWISE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[^\"\\nrt]")


class CheckedShapes:
    """Canonical forms by the general engine, in full for the first document of every shape.

    May be shared between threads and used for as long as a process lives.
    """

    def __init__(self, engine: Engine = ENGINE, *, max_shapes: int = MAX_SHAPES) -> None:
        self._engine = engine
        self._max_shapes = max_shapes
        self._shapes: dict[str, list[_Shape]] = {}
        self._count = 0
        self._lock = Lock()
        self.asked = 0  #: how many documents the general engine has read in full

    def form(self, text: str) -> str:
        """The canonical form of a document, given as the JSON text that is going to be signed.

        Whatever the general engine raises comes out of here.
        """
        frame, strings = taken_apart(text)
        for shape in self._shapes.get(frame, ()):
            if shape.fits(strings):
                return shape.form(strings) or self._ask(text)
        form = self._ask(text)
        self._keep(frame, _Learning(self._engine, frame, strings).shape(text, form))
        return form

    def _ask(self, text: str) -> str:
        self.asked += 1
        return self._engine.general_form(json.loads(text))

    def _keep(self, frame: str, shape: _Shape) -> None:
        with self._lock:
            self._count += 1
            if self._count > self._max_shapes:
                self._shapes, self._count = {}, 1
            self._shapes.setdefault(frame, []).append(shape)


class _Shape:
    def __init__(
        self,
        strings: Sequence[str],
        texts: Sequence[int],
        addresses: dict[int, str],
        template: Template | None,
    ) -> None:
        opaque = {*texts, *addresses}
        self._fixed = _chosen([place for place in range(len(strings)) if place not in opaque])
        self._fixed_are = self._fixed(strings)
        self._texts = _chosen(texts)
        self._begin = list(addresses.items())
        self._template = template

    def fits(self, strings: Sequence[str]) -> bool:
        """Whether these strings differ from those of the first only where they may."""
        return self._fixed(strings) == self._fixed_are and all(
            strings[place].startswith(begin) and strings[place][len(begin) :][:1] not in {"", "/"}
            for place, begin in self._begin
        )

    def form(self, strings: Sequence[str]) -> str | None:
        """The canonical form; None where the general engine has to be asked."""
        addresses = "".join([strings[place] for place, _ in self._begin])
        texts = "".join(self._texts(strings))
        if (
            self._template is None
            or _NOT_IN_AN_ADDRESS.search(addresses)
            or "\x7f" in texts
            or ("\\" in texts and _WRITTEN_OTHERWISE.search(texts))
        ):
            return None
        return self._template.canonical_form(strings)


class _Unclear(Exception):
    """What marks are put in place of cannot be told."""


class _Learning:
    """Finds out which strings the general engine only copies, by putting marks in their places."""

    def __init__(self, engine: Engine, frame: str, strings: list[str]) -> None:
        self._engine = engine
        self._frame = frame
        self._strings = strings
        self._sign = "lcMark"
        while any(self._sign in string for string in strings):
            self._sign += "x"

    def shape(self, text: str, form: str) -> _Shape:
        """The shape of the document, without a template where marks do not tell for sure."""
        try:
            texts, addresses = self._opaque(text)
            template = self._template(texts, addresses)
        except _Unclear:
            return _Shape(self._strings, [], {}, None)
        if template.canonical_form(self._strings) != form:
            return _Shape(self._strings, [], {}, None)
        return _Shape(self._strings, texts, addresses, template)

    def _opaque(self, text: str) -> tuple[list[int], dict[int, str]]:
        words = enumerate(words_over(text))
        maybe = [place for place, word in words if word is not None and word not in _READ]
        form = self._form({place: self._mark(place) for place in maybe})
        texts = [place for place in maybe if self._only_as(form, place, f'"{self._mark(place)}"')]
        schemes = {
            place: match[0]
            for place in maybe
            if place not in texts and (match := _SCHEME.match(self._strings[place]))
        }
        form = self._form({place: begin + self._mark(place) for place, begin in schemes.items()})
        return texts, {
            place: begin
            for place, begin in schemes.items()
            if self._only_as(form, place, f"<{begin}{self._mark(place)}>")
        }

    def _template(self, texts: list[int], addresses: dict[int, str]) -> Template:
        begins = dict.fromkeys(texts, "") | addresses
        marks = {place: begin + self._mark(place) for place, begin in begins.items()}
        gaps = {mark: place for place, mark in marks.items()}
        try:
            return Template(self._form(marks), gaps, len(self._strings))
        except ValueError:
            raise _Unclear from None

    def _form(self, marks: dict[int, str]) -> str:
        strings = [marks.get(place, string) for place, string in enumerate(self._strings)]
        document = json.loads(put_together(self._frame, strings))
        try:
            return self._engine.general_form(document)
        except Exception:  # the engine may take offence at marks in whatever way it likes
            raise _Unclear from None

    def _mark(self, place: int) -> str:
        return f"{self._sign}{place:06}"

    def _only_as(self, form: str, place: int, written: str) -> bool:
        return 0 < form.count(written) == form.count(self._mark(place))


def _chosen(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(places) > 1:
        chosen: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*places)
        return chosen
    return lambda strings: tuple(strings[place] for place in places)
