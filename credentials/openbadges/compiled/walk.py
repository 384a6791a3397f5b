"""The statements that a document makes, read off it with the help of tables, in one walk.

Everything that a signature would not cover for sure ends the walk with a Doubt. The rules of
strictjson.py are kept on the way, so that a document made in this program is held to what a parsed
one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from credentials.openbadges.canonical import Dataset
from credentials.openbadges.compiled.doubt import Doubt
from credentials.openbadges.compiled.table import TYPE, Kinds, Shelf, Table
from credentials.openbadges.compiled.term import Term
from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import NotSafe, TooMuchWork, UnknownContext
from credentials.openbadges.rdfterms import LANGUAGE, number, quoted, truth
from credentials.openbadges.strictjson import MAX_DEPTH, MAX_RECORD_NODES, check_value

#: Each badge inside a record names its three vocabularies again, and each of them costs work: this
#: is room for the most badges that a record may hold (`record.MAX_BADGES`) and for endorsements.
MAX_CONTEXTS: Final = 256
MAX_TYPES: Final = 32

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST: Final = f"<{_RDF}first>"
_REST: Final = f"<{_RDF}rest>"
_NIL: Final = f"<{_RDF}nil>"
#: A thing has members, a list of them has items: nothing below this level goes on deeper.
_DEEPEST: Final = MAX_DEPTH - 3


def statements(document: Mapping[str, Any], shelf: Shelf, effort: Effort) -> Dataset:
    """All that `document` says; raises Doubt."""
    walk = _Walk(effort)
    walk.thing(dict(document), shelf.root, "", 0)
    if not walk.said:
        raise Doubt(NotSafe("It says nothing that a signature could cover."))
    return walk.said


class _Walk:
    __slots__ = ("blanks", "contexts", "effort", "labels", "parts", "said")

    def __init__(self, effort: Effort) -> None:
        self.said = Dataset()
        self.labels: dict[str, str] = {}
        self.blanks = 0
        self.parts = 1
        self.contexts = 0
        self.effort = effort

    def thing(self, element: dict[str, Any], table: Table, graph: str, depth: int) -> str:
        """Take up all that is said about a thing; returns its name.

        Most of a badge is texts and things in things outside of any graph: these are dealt with
        right here, since calling a function costs as much as what there is to do.
        """
        self._count(len(element))
        if "@context" in element:
            table = self._naming(element["@context"], table)
        kinds = self._kinds(element["type"], table) if "type" in element else None
        inner = kinds.table if kinds else table
        label = element.get(inner.id_word) if inner.id_word else None
        name = self._blank() if label is None else self._reference(label, inner)
        own, lead = self._kept(name, kinds, graph)
        terms, past = inner.terms, inner.previous
        for word, value in element.items():
            term = terms.get(word)
            if term is None:
                if word == "@context":
                    continue
                term = inner.undefined(word)
            kind = value.__class__
            if kind is str and term.before and not graph:
                own.append(f"{lead}{term.before}{quoted(value)}{term.after}")
            elif not term.predicate:
                _check_keyword(term, word, value, inner)
            elif kind is dict and past is None and term.is_simple and "@value" not in value:
                if depth > _DEEPEST:
                    raise Doubt
                target = self.thing(value, inner, graph, depth + 1)
                self.said.add((name, term.predicate, target, graph))
            elif value is not None:
                self._values(name, term, word, value, inner, graph, depth)
        return name

    def _kept(self, name: str, kinds: Kinds | None, graph: str) -> tuple[list[str], str]:
        """Where the data set keeps what is said of a thing outside of any graph, and how begun."""
        if graph:
            for iri in kinds.iris if kinds else ():
                self.said.add((name, TYPE, iri, graph))
            return [], ""
        if name[0] == "_":
            own = self.said.tails[name]
            if kinds:
                own += kinds.tails
            return own, ""
        own = self.said.lines
        if kinds:
            own += [name + tail for tail in kinds.tails]
        return own, name

    def _values(
        self,
        name: str,
        term: Term,
        word: str,
        value: Any,
        table: Table,
        graph: str,
        depth: int,
    ) -> None:
        depth += 1
        if depth > _DEEPEST:
            raise Doubt
        items: Sequence[Any] = (value,)
        if value.__class__ is list:
            self._count(len(value))
            depth, items = depth + 1, value
        predicate, add = term.predicate, self.said.add
        for item in items:
            if item is None:
                continue
            if item.__class__ is list and not term.is_list:
                self._values(name, term, word, item, table, graph, depth)
            elif term.is_list:
                cell = self._blank()
                add((name, predicate, cell, graph))
                add((cell, _FIRST, self._object(term, word, item, table, graph, depth), graph))
                name, predicate = cell, _REST
            elif term.is_graph:
                add((name, predicate, self._graph(term, word, item, table, depth), graph))
            else:
                add((name, predicate, self._object(term, word, item, table, graph, depth), graph))
        if term.is_list:
            add((name, predicate, _NIL, graph))

    def _graph(self, term: Term, word: str, item: Any, table: Table, depth: int) -> str:
        graph = self._blank()
        before = len(self.said.links)
        self._object(term, word, item, table, graph, depth)
        if len(self.said.links) == before:
            raise Doubt(NotSafe("It refers to something and says nothing about it."))
        return graph

    def _object(
        self, term: Term, word: str, item: Any, table: Table, graph: str, depth: int
    ) -> str:
        if item.__class__ is dict and "@value" not in item:
            return self.thing(item, self._inner(term, word, item, table), graph, depth)
        return self._plain(term, word, item, table)

    def _inner(self, term: Term, word: str, item: dict[str, Any], table: Table) -> Table:
        if term.opens:
            at = table.at(word, self.effort)
            if at.terms.get(word, term) != term:
                raise Doubt
            return table.inside(word, mere_reference=_is_reference(item, at), effort=self.effort)
        if table.previous is None or _is_reference(item, table):
            return table
        return table.previous

    def _plain(self, term: Term, word: str, item: Any, table: Table) -> str:
        kind = item.__class__
        if kind is dict:
            return self._value_object(item)
        if term.opens:
            table = table.at(word, self.effort)
            if table.terms.get(word) != term:
                raise Doubt
        if kind is str:
            if term.coercion == "@vocab":
                iri = table.named(item)
                return f"<{iri}>" if iri and iri[0] != "@" else self._reference(item, table)
            if term.coercion:
                return self._reference(item, table)
        return _literal(item, term.datatype, term.suffix)

    def _value_object(self, item: dict[str, Any]) -> str:
        self._count(len(item))
        text = item["@value"]
        if len(item) == 1:
            return _literal(text, None, "")
        language = item.get("@language")
        if text.__class__ is not str or len(item) > 2 or language is None:
            raise Doubt
        if language.__class__ is not str or not LANGUAGE.fullmatch(language):
            raise Doubt(NotSafe("It contains a text in something that is not a language."))
        return f"{quoted(text)}@{language.lower()}"

    def _kinds(self, given: Any, table: Table) -> Kinds | None:
        """What follows from the `given` type."""
        if given is None or not table.type_word:
            return None
        names = given
        if given.__class__ is list:
            if len(given) > MAX_TYPES:
                raise Doubt(TooMuchWork("It calls one thing by too many kinds at once."))
            self._count(len(given))
            names = tuple(given)
        try:
            kinds = table.kinds.get(names) or table.under(names, self.effort)
        except TypeError:
            raise Doubt from None
        if not kinds.table.type_word:
            raise Doubt
        return kinds

    def _reference(self, label: Any, table: Table) -> str:
        """A thing's name out of its address."""
        if label.__class__ is str:
            iri = table.address(label)
            if iri is not None:
                return f"<{iri}>"
            if label.startswith("_:") and label.isascii():
                return self.labels.get(label) or self.labels.setdefault(label, self._blank())
        raise Doubt(NotSafe(f"It contains an address that is not complete: {str(label)[:80]!r}."))

    def _naming(self, contexts: Any, table: Table) -> Table:
        addresses = contexts if contexts.__class__ is list else [contexts]
        for address in addresses:
            if address.__class__ is not str:
                raise Doubt(UnknownContext("one that is written into the badge itself"))
        self._count(len(addresses))
        self.contexts += len(addresses)
        if self.contexts > MAX_CONTEXTS:
            raise Doubt(TooMuchWork("It names vocabularies over and over."))
        return table.naming(tuple(addresses), self.effort)

    def _blank(self) -> str:
        self.blanks += 1
        return f"_:n{self.blanks}"

    def _count(self, parts: int) -> None:
        self.parts += parts
        if self.parts > MAX_RECORD_NODES:
            raise Doubt


def _literal(value: Any, datatype: str | None, suffix: str) -> str:
    kind = value.__class__
    if kind is str:
        return quoted(value) + suffix
    if kind is bool:
        return truth(value, datatype)
    if kind is not int and kind is not float:
        raise Doubt
    try:
        check_value(value)
    except NotSafe as error:
        raise Doubt(error) from None
    return number(value, datatype)


def _is_reference(item: dict[str, Any], table: Table) -> bool:
    return len(item) == 1 and table.id_word in item


def _check_keyword(term: Term, word: str, value: Any, table: Table) -> None:
    """The word stands for a keyword that has been taken care of, or it may not be used."""
    if value is not None and (
        (term.keyword == "@id" and word == table.id_word)
        or (term.keyword == "@type" and word == table.type_word)
    ):
        return
    _refuse(word)


def _refuse(word: str) -> NoReturn:
    raise Doubt(NotSafe(f"It uses the word {word[:80]!r} in a way that badges do not need."))
