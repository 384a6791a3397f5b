"""From a JSON-LD document to the RDF statements that a signature covers, or an error.

`compiled` does it for what badges are made of; for everything else expansion is PyLD's, with the
pinned contexts only. What PyLD would drop or resolve in silence (undefined words, relative
addresses, text direction) is an error here, so that nothing a reader sees in the JSON is outside of
what is signed. For the same reason the document may use only plain words as names: a full address
or a JSON-LD keyword in place of a word would say the same to the signature and nothing to a reader
of the JSON.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from copy import copy
from itertools import count
from typing import Any, Final, NoReturn

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from credentials.openbadges.canonical import Quad, canonicalize
from credentials.openbadges.compiled import MAX_CONTEXTS, MAX_TYPES, Doubt, Shelf, statements
from credentials.openbadges.contexts import PINNED, context_document
from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import NotSafe, TooMuchWork, UnknownContext, UnknownTerm
from credentials.openbadges.rdfterms import ABSOLUTE_IRI, LANGUAGE, literal, number, truth
from credentials.openbadges.strictjson import MAX_RECORD_NODES, check_value, is_text

#: Relative addresses resolve against this and are recognised by it afterwards.
_RELATIVE: Final = "lc-relative:"
_BASE: Final = f"{_RELATIVE}//document/"

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

#: How many parts a vocabulary and a type count as on the slow road, beside their own.
_CONTEXT_WEIGHS: Final = 40
_TYPE_WEIGHS: Final = 2
_ALLOWED_KEYWORDS: Final = frozenset({"@context", "@value", "@language"})


class Engine:
    """From documents to canonical N-Quads with the pinned contexts, and `extra` ones for vectors.

    Two roads lead there, and where both do they agree: `compiled_form` knows what badges are made
    of and is fast; `expanded_form` goes through PyLD and knows everything, within bounds.
    PyLD's caches are not safe to share between threads: each thread has its own resolver.
    `shelf` lets a test give the compiled road other tables. Each document may cost an `Effort` of
    its own; with `effort` all documents share that one.
    """

    def __init__(
        self,
        extra: Mapping[str, dict[str, Any]] | None = None,
        *,
        shelf: Shelf | None = None,
        effort: Effort | None = None,
    ) -> None:
        self._extra = dict(extra or {})
        self._shelf = shelf or Shelf(self.context)
        self._effort = effort
        self._local = threading.local()

    def limited(self, effort: Effort) -> Engine:
        """The same engine for the documents of one verification, which share `effort`."""
        limited = copy(self)
        limited._effort = effort
        return limited

    def canonical_form(self, document: Mapping[str, Any], hash_name: str = "sha256") -> str:
        """The document as canonical N-Quads; raises NotSafe and its kinds.

        `hash_name` (of hashlib) is what RDFC-1.0 labels nameless parts by.
        """
        effort = self._effort or Effort()
        try:
            return self._compiled(document, hash_name, effort)
        except Doubt as doubt:
            return self._expanded(document, hash_name, effort, doubt.refusal)

    def compiled_form(self, document: Mapping[str, Any]) -> str:
        """The canonical form by the compiled road; raises Doubt, and TooMuchWork for ties."""
        return self._compiled(document, "sha256", self._effort or Effort())

    def expanded_form(self, document: Mapping[str, Any]) -> str:
        """The canonical form by way of PyLD; raises NotSafe and its kinds."""
        return self._expanded(document, "sha256", self._effort or Effort(), None)

    def _compiled(self, document: Mapping[str, Any], hash_name: str, effort: Effort) -> str:
        try:
            said = statements(document, self._shelf, effort)
            form = canonicalize(said, effort=effort, hash_name=hash_name)
        except UnicodeEncodeError:
            raise Doubt(_not_text()) from None
        if not is_text(form):
            raise Doubt(_not_text())
        return form

    def _expanded(
        self,
        document: Mapping[str, Any],
        hash_name: str,
        effort: Effort,
        doubt: NotSafe | None,
    ) -> str:
        """By way of PyLD; a document that it may not be given is refused with `doubt`."""
        parts = self._refuse_unsafe(document)
        try:
            effort.read_slowly(parts)
        except TooMuchWork as error:
            raise doubt or error from None
        return canonicalize(self.quads(document), effort=effort, hash_name=hash_name)

    def quads(self, document: Mapping[str, Any]) -> set[Quad]:
        """Every statement the document makes by PyLD; raises NotSafe for what is not covered."""
        processor = jsonld.JsonLdProcessor(on_property_dropped=_dropped)
        try:
            expanded = processor.expand(dict(document), self.options())
        except (jsonld.JsonLdError, RecursionError, TypeError, ValueError, KeyError) as error:
            # PyLD meets some malformed values with plain Python errors; all mean the same here.
            reason = getattr(error, "code", None) or type(error).__name__
            raise NotSafe(f"Its words cannot be interpreted without doubt ({reason}).") from None
        quads = set(_Statements().of(expanded))
        if not quads:
            raise NotSafe("It says nothing that a signature could cover.")
        return quads

    def general_form(self, document: Mapping[str, Any]) -> str:
        """The canonical form by PyLD alone: the second opinion before a badge is released.

        Without bounds and without safety: only for documents that `canonical_form` accepted.
        """
        options = {**self.options(), "algorithm": "URDNA2015", "format": "application/n-quads"}
        form: str = jsonld.JsonLdProcessor().normalize(dict(document), options)
        return form

    def options(self) -> dict[str, Any]:
        """What PyLD needs to stay offline and on this thread."""
        resolver = getattr(self._local, "resolver", None)
        if resolver is None:
            resolver = ContextResolver({}, self._load)
            self._local.resolver = resolver
        return {"base": _BASE, "documentLoader": self._load, "contextResolver": resolver}

    def context(self, url: str) -> dict[str, Any]:
        """A context by its address; raises UnknownContext."""
        if url in self._extra:
            return self._extra[url]
        if url not in PINNED:
            raise UnknownContext(url[:200])
        return context_document(url)

    def _load(self, url: str, options: Mapping[str, Any]) -> dict[str, Any]:
        del options
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": self.context(url),
            "tag": "static",
        }

    def _refuse_unsafe(self, document: Mapping[str, Any]) -> int:
        """Refuse what no road takes; returns as how many parts it counts on the slow one."""
        parts = check_value(dict(document), max_nodes=MAX_RECORD_NODES)
        waiting: list[Any] = [document]
        contexts = types = 0
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, Mapping):
                # Expansion drops both of these without a word.
                if "@language" in value and not isinstance(value.get("@value"), str):
                    raise NotSafe("It names a language where there is no text.")
                if "@value" in value and value["@value"] is None:
                    raise NotSafe("It contains a value that is nothing.")
                for name, member in value.items():
                    if name == "@context":
                        contexts += self._refuse_unknown(member)
                        if contexts > MAX_CONTEXTS:
                            raise TooMuchWork("It names vocabularies over and over.")
                        continue
                    if ":" in name or (name.startswith("@") and name not in _ALLOWED_KEYWORDS):
                        raise UnknownTerm(f"It uses {name[:80]!r} where a plain word must stand.")
                    if name == "type":
                        types += len(member) if isinstance(member, list) else 1
                        if isinstance(member, list) and len(member) > MAX_TYPES:
                            raise TooMuchWork("It calls one thing by too many kinds at once.")
                    waiting.append(member)
        return parts + contexts * _CONTEXT_WEIGHS + types * _TYPE_WEIGHS

    def _refuse_unknown(self, contexts: Any) -> int:
        members = contexts if isinstance(contexts, list) else [contexts]
        for context in members:
            if not isinstance(context, str):
                raise UnknownContext("one that is written into the badge itself")
            if context not in self._extra and context not in PINNED:
                raise UnknownContext(context[:200])
        return len(members)


#: The engine of the product: pinned contexts, nothing else.
ENGINE: Final = Engine()


def _dropped(term: str | None) -> NoReturn:
    raise UnknownTerm(
        f"It uses the word {str(term)[:80]!r}, which none of its vocabularies define."
    )


def _not_text() -> NotSafe:
    return NotSafe("It contains a character that is not a character (half of a pair).")


def _iri(value: Any) -> str:
    if not isinstance(value, str) or not ABSOLUTE_IRI.fullmatch(value):
        raise NotSafe(f"It contains an address that is not complete: {str(value)[:80]!r}.")
    if value.startswith(_RELATIVE):
        shown = value.removeprefix(_BASE)[:80]
        raise NotSafe(f"It contains an address that is not complete: {shown!r}.")
    return f"<{value}>"


class _Statements:
    """The quads of an expanded document (JSON-LD 1.1 API, section 8, for what badges use)."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._fresh = count()

    def of(self, expanded: list[Any]) -> Iterator[Quad]:
        for node in expanded:
            yield from self._node(node, self._name(node), "")

    def _blank(self) -> str:
        return f"_:n{next(self._fresh)}"

    def _name(self, node: Any) -> str:
        if not isinstance(node, dict) or "@value" in node or "@list" in node:
            raise NotSafe("It contains a loose value that says nothing about anything.")
        label = node.get("@id")
        if label is None:
            return self._blank()
        return self._node_iri(label)

    def _node_iri(self, label: Any) -> str:
        if isinstance(label, str) and label.startswith("_:"):
            if label not in self._labels:
                self._labels[label] = self._blank()
            return self._labels[label]
        return _iri(label)

    def _node(self, node: dict[str, Any], name: str, graph: str) -> Iterator[Quad]:
        for key, values in node.items():
            if key == "@id":
                continue
            if key == "@type":
                for value in values:
                    yield name, f"<{_RDF}type>", self._node_iri(value), graph
            elif key == "@graph":
                for inner in values:
                    yield from self._inside_graph(inner, self._name(inner), name)
            elif key.startswith("@"):
                raise NotSafe(f"It uses the JSON-LD construct {key}, which badges do not need.")
            else:
                for value in values:
                    yield from self._statement(name, _iri(key), value, graph)

    def _inside_graph(self, node: dict[str, Any], name: str, graph: str) -> Iterator[Quad]:
        said = list(self._node(node, name, graph))
        if not said:
            raise NotSafe("It refers to something and says nothing about it.")
        yield from said

    def _statement(self, name: str, predicate: str, value: Any, graph: str) -> Iterator[Quad]:
        if "@value" in value:
            yield name, predicate, _literal(value), graph
        elif "@list" in value:
            yield from self._list(name, predicate, value, graph)
        else:
            target = self._name(value)
            yield name, predicate, target, graph
            yield from self._node(value, target, graph)

    def _list(self, name: str, predicate: str, value: dict[str, Any], graph: str) -> Iterator[Quad]:
        if set(value) != {"@list"}:
            raise NotSafe("It contains a list with more than its items.")
        for item in value["@list"]:
            cell = self._blank()
            yield name, predicate, cell, graph
            yield from self._statement(cell, f"<{_RDF}first>", item, graph)
            name, predicate = cell, f"<{_RDF}rest>"
        yield name, predicate, f"<{_RDF}nil>", graph


def _literal(value: dict[str, Any]) -> str:
    content, datatype, language = value["@value"], value.get("@type"), value.get("@language")
    if set(value) - {"@value", "@type", "@language"} or datatype == "@json":
        raise NotSafe("It contains a value with a direction, an index or JSON of its own.")
    if datatype is not None:
        _iri(datatype)
    if language is not None:
        if not isinstance(content, str) or not LANGUAGE.fullmatch(str(language)):
            raise NotSafe("It contains a text in something that is not a language.")
        return literal(content, language=language)
    if isinstance(content, bool):
        return truth(content, datatype)
    if isinstance(content, str):
        return literal(content, datatype)
    if isinstance(content, int | float):
        return number(content, datatype)
    raise NotSafe("It contains a value that is neither text nor number nor yes or no.")
