"""All words in force at one place of a document: the standard's active context, made once.

A table remembers the tables that follow from it: after naming vocabularies, inside of a word with
a context of its own, under certain types. So a document of a known kind costs look-ups only.

Tables are shared between threads: they are only ever added to, under one lock, and their number
is bounded, since a stranger's document can ask for new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from credentials.openbadges.compiled.doubt import Doubt
from credentials.openbadges.compiled.term import Definitions, Term, read_off
from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import NotSafe, TooMuchWork, UnknownTerm
from credentials.openbadges.rdfterms import ABSOLUTE_IRI, IRI_TAIL

#: Tables kept. Honest badges need a few dozen, a stranger's can ask for any number.
MAX_TABLES: Final = 1_000

#: Not an address that the general road resolved for want of a complete one.
_ADDRESS: Final = re.compile(rf"(?!lc-relative:)([A-Za-z][A-Za-z0-9+.-]*):{IRI_TAIL}")
_KNOWN_MEMBERS: Final = frozenset({"@version", "@protected", "@vocab"})

Load = Callable[[str], Mapping[str, Any]]
TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True, slots=True)
class Kinds:
    """What follows from the types of a thing: the words inside of it, and statements about it."""

    table: Table
    iris: tuple[str, ...]
    tails: tuple[str, ...]  #: of lines, after the thing's name


class Shelf:
    """The tables of one set of contexts, `load` giving a context by its address."""

    def __init__(self, load: Load, *, max_tables: int = MAX_TABLES) -> None:
        self.load = load
        self.max_tables = max_tables
        self.lock = Lock()
        self.made = 0
        self.root = Table({}, None, None, self)

    def keep(self, known: dict[Any, Any], key: Any, value: Any) -> None:
        """Remember `value`; when the shelf is full, everything is forgotten first."""
        with self.lock:
            self.made += 1
            if self.made > self.max_tables:
                self.made = 1
                self.root = Table({}, None, None, self)
            known[key] = value


class Table:
    """The words in force at one place, and what follows from there."""

    __slots__ = (
        "_followers",
        "_shelf",
        "id_word",
        "kinds",
        "previous",
        "terms",
        "type_word",
        "vocabulary",
    )

    def __init__(
        self, terms: dict[str, Term], vocabulary: str | None, previous: Table | None, shelf: Shelf
    ) -> None:
        self.terms = terms
        self.vocabulary = vocabulary
        self.previous = previous  #: what is in force again in the next thing, after types' words
        self._shelf = shelf
        self._followers: dict[Any, Table] = {}
        self.kinds: dict[Any, Kinds] = {}
        aliases = [word for word, term in terms.items() if term.iri == "@type"]
        self.type_word = "type" if aliases == ["type"] else None
        aliases = [word for word, term in terms.items() if term.iri == "@id"]
        self.id_word = aliases[0] if len(aliases) == 1 else None

    def naming(self, addresses: tuple[str, ...], effort: Effort) -> Table:
        """The table after the contexts at `addresses` have been named."""
        return self._follower(("naming", addresses), list(addresses), effort)

    def inside(self, word: str, *, mere_reference: bool, effort: Effort) -> Table:
        """The table for a thing under `word`, which opens a context of its own.

        In a mere reference the words that types brought stay in force.
        """
        at = self.at(word, effort)
        again = at.terms.get(word)
        table = at if mere_reference or at.previous is None else at.previous
        if again is None or not again.opens:
            return table
        return table._follower(("inside", at, word), again.scoped, effort, override=True)

    def at(self, word: str, effort: Effort) -> Table:
        """The table for a plain value under `word`, which opens a context of its own."""
        return self._follower(("at", word), self.terms[word].scoped, effort, override=True)

    def under(self, names: str | tuple[str, ...], effort: Effort) -> Kinds:
        """What follows for a thing of these types."""
        each = (names,) if isinstance(names, str) else names
        if not isinstance(each, tuple) or not all(type(name) is str for name in each):
            raise Doubt(NotSafe("It calls something by a kind that is not a word."))
        iris = tuple(self._kind(name) for name in each)
        tails = tuple(f" {TYPE} {iri} .\n" for iri in iris)
        kinds = Kinds(self._scoped_by(each, effort), iris, tails)
        if all(name in self.terms for name in each):
            self._shelf.keep(self.kinds, names, kinds)
        return kinds

    def _scoped_by(self, names: tuple[str, ...], effort: Effort) -> Table:
        table = self
        for name in sorted(names):
            term = self.terms.get(name)
            if term is not None and term.opens:
                if term.scoped is None:
                    raise Doubt
                key = ("under", self, name)
                table = table._follower(key, term.scoped, effort, propagate=False)
        return table

    def _kind(self, name: str) -> str:
        iri = self.named(name)
        if iri is None or not ABSOLUTE_IRI.fullmatch(iri):
            raise Doubt(NotSafe(f"It contains an address that is not complete: {name[:80]!r}."))
        return f"<{iri}>"

    def named(self, text: str) -> str | None:
        """The address that a word, a short form or an address stands for."""
        term = self.terms.get(text)
        if term is not None:
            return term.iri
        return self.address(text) or self._assumed(text)

    def address(self, text: str) -> str | None:
        """A complete address out of `text`, with its prefix written out; None for all else."""
        match = _ADDRESS.fullmatch(text)
        if match is None:
            return None
        term = self.terms.get(match[1])
        if term is not None and term.prefix and not text.startswith("//", match.end(1) + 1):
            return f"{term.iri}{text[match.end(1) + 1 :]}"
        return text

    def undefined(self, word: str) -> Term:
        """How to read a word that is not among the terms: only where a vocabulary is assumed."""
        iri = self._assumed(word)
        if iri is None:
            shown = word[:80]
            raise Doubt(UnknownTerm(f"It uses the word {shown!r}, which no vocabulary defines."))
        return read_off(Term(iri))

    def _assumed(self, word: str) -> str | None:
        if self.vocabulary is None or ":" in word or word.startswith("@"):
            return None
        return self.vocabulary + word

    def _follower(
        self,
        key: Any,
        local: Any,
        effort: Effort,
        *,
        override: bool = False,
        propagate: bool = True,
    ) -> Table:
        found = self._followers.get(key)
        if found is None:
            extension = _Extension(self, effort, override)
            if not propagate and extension.previous is None:
                extension.previous = self
            extension.add(local)
            found = extension.table()
            self._shelf.keep(self._followers, key, found)
        return found


class _Extension:
    """A table on top of another, while contexts are added (JSON-LD 1.1 API, section 4.1)."""

    def __init__(self, table: Table, effort: Effort, override: bool) -> None:
        self.shelf = table._shelf
        self.terms = dict(table.terms)
        self.vocabulary = table.vocabulary
        self.previous = table.previous
        self.effort = effort
        self.override = override

    def table(self) -> Table:
        return Table(self.terms, self.vocabulary, self.previous, self.shelf)

    def add(self, local: Any, depth: int = 0) -> None:
        if depth > 8:
            raise Doubt
        if isinstance(local, list):
            for context in local:
                self.add(context, depth + 1)
        elif isinstance(local, str):
            self.add(self._loaded(local), depth + 1)
        elif local is None:
            self._clear()
        elif isinstance(local, Mapping):
            self._define(local)
        else:
            raise Doubt

    def _loaded(self, address: str) -> Any:
        try:
            return self.shelf.load(address)["@context"]
        except NotSafe as error:
            raise Doubt(error) from None

    def _spend(self, words: int) -> None:
        try:
            self.effort.define(words)
        except TooMuchWork as error:
            raise Doubt(error) from None

    def _clear(self) -> None:
        if not self.override and any(term.protected for term in self.terms.values()):
            raise Doubt
        self.terms, self.vocabulary, self.previous = {}, None, None

    def _define(self, local: Mapping[str, Any]) -> None:
        self._spend(len(local))
        vocabulary = local.get("@vocab", self.vocabulary)
        if any(name.startswith("@") and name not in _KNOWN_MEMBERS for name in local) or (
            vocabulary is not None and not ABSOLUTE_IRI.fullmatch(vocabulary)
        ):
            raise Doubt
        self.vocabulary = vocabulary
        Definitions(local, self.terms, vocabulary).define_all(override=self.override)
