"""One word of a JSON-LD context: what the values under it become.

Source: JSON-LD 1.1 API, section 4.2 (create term definition) and 5.2 (IRI expansion), for what
pinned contexts contain. A definition that says more is kept as odd: whoever uses it, doubts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from credentials.openbadges.compiled.doubt import Doubt
from credentials.openbadges.rdfterms import ABSOLUTE_IRI, XSD

#: What a word of a context may stand for instead of an address.
_KEYWORDS: Final = frozenset(
    {"@id", "@type", "@graph", "@value", "@language", "@included", "@list", "@set", "@nest"}
)
_LIKE_KEYWORD: Final = re.compile(r"@[a-zA-Z]+")
_UNDERSTOOD: Final = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})

ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Term:
    """One word; the first seven are its definition, the others are read off them for the walk."""

    iri: str | None
    type: str | None = None
    containers: tuple[str, ...] = ()
    scoped: Any = ABSENT  #: the context that applies inside of it
    prefix: bool = False
    protected: bool = False
    odd: tuple[tuple[str, Any], ...] = ()  #: members of its definition that are not understood

    predicate: str = ""  #: as N-Quads write it; "" where no value can be put under the word
    keyword: str = ""  #: "@id" or "@type" where the word stands for it
    coercion: str = ""  #: "@id" or "@vocab" where texts are addresses
    datatype: str | None = None
    suffix: str = ""  #: what follows a text that is not an address, after its quotation marks
    is_list: bool = False
    is_graph: bool = False
    opens: bool = False  #: another context applies inside
    is_simple: bool = False  #: none of the last three
    before: str = ""  #: of a line: what precedes a text in quotation marks, and is always that
    after: str = ""  #: what follows it


def read_off(term: Term) -> Term:
    """The same term with everything that follows from its definition."""
    iri = term.iri
    if iri in {"@id", "@type"} and not term.odd and not term.containers:
        return replace(term, keyword=iri, opens=term.scoped is not ABSENT)
    containers = set(term.containers)
    usable = bool(
        iri is not None
        and ABSOLUTE_IRI.fullmatch(iri) is not None
        and not term.odd
        and containers <= {"@set", "@list", "@graph"}
        and term.type != "@json"
        and (term.type is None or term.type[0] == "@" or ABSOLUTE_IRI.fullmatch(term.type))
    )
    datatype = term.type if term.type is not None and term.type[0] != "@" else None
    coercion = term.type if term.type in {"@id", "@vocab"} else ""
    suffix = f"^^<{datatype}>" if datatype not in {None, f"{XSD}string"} else ""
    opens = term.scoped is not ABSENT
    plain = usable and not coercion and not opens and containers <= {"@set"}
    return replace(
        term,
        predicate=f"<{iri}>" if usable else "",
        coercion=coercion,
        datatype=datatype,
        suffix=suffix,
        is_list="@list" in containers,
        is_graph="@graph" in containers,
        opens=opens,
        is_simple=usable and not opens and containers <= {"@set"},
        before=f" <{iri}> " if plain else "",
        after=f"{suffix} .\n" if plain else "",
    )


class Definitions:
    """The words of one context object while they are being defined on top of those in force."""

    def __init__(
        self, local: Mapping[str, Any], terms: dict[str, Term], vocabulary: str | None
    ) -> None:
        self.local = local
        self.terms = terms
        self.vocabulary = vocabulary
        self.done: dict[str, bool] = {}

    def define_all(self, *, override: bool) -> None:
        """Define every word; `override` lets protected words change (a scoped context)."""
        for word in self.local:
            if not word.startswith("@"):
                self.define(word, override=override)

    def define(self, word: str, *, override: bool = False) -> None:
        """Define one word and those it depends on."""
        if word in self.done:
            if not self.done[word]:
                raise Doubt
            return
        self.done[word] = False
        before = self.terms.pop(word, None)
        term = self._read(word, self.local[word])
        if before is not None and before.protected and not override:
            term = replace(term, protected=True)
            if before != term:
                raise Doubt
        self.terms[word] = term
        self.done[word] = True

    def _read(self, word: str, value: Any) -> Term:
        simple = value is None or isinstance(value, str)
        members = {"@id": value} if simple else value
        if not isinstance(members, dict) or word.startswith("@") or not word:
            raise Doubt
        iri = self._iri(word, members)
        kind = members.get("@type")
        if kind is not None and kind not in {"@id", "@vocab", "@json", "@none"}:
            kind = self.expand(kind)
        containers = members.get("@container", ())
        protected = members.get("@protected", self.local.get("@protected", False))
        ends_a_prefix = iri is not None and iri[-1:] in set(":/?#[]@")
        given = "@id" in members and members["@id"] != word
        return read_off(
            Term(
                iri=iri,
                type=kind,
                containers=(containers,) if isinstance(containers, str) else tuple(containers),
                scoped=members.get("@context", ABSENT),
                prefix=members.get("@prefix", simple and given and ends_a_prefix),
                protected=bool(protected),
                odd=tuple(sorted((m, v) for m, v in members.items() if m not in _UNDERSTOOD)),
            )
        )

    def _iri(self, word: str, members: Mapping[str, Any]) -> str | None:
        if "@reverse" in members:
            return None
        given = members.get("@id", word)
        if given is None:
            return None
        if ":" in word or "/" in word or not isinstance(given, str):
            raise Doubt
        if given == word:
            if self.vocabulary is None:
                raise Doubt
            return self.vocabulary + word
        iri = self.expand(given)
        if iri[:1] == "@" and iri not in _KEYWORDS:
            raise Doubt
        return iri

    def expand(self, text: Any) -> str:
        """An IRI or keyword out of a word, a short form or an IRI."""
        if not isinstance(text, str) or (_LIKE_KEYWORD.fullmatch(text) and text not in _KEYWORDS):
            raise Doubt
        if text in _KEYWORDS:
            return text
        if text in self.local:
            self.define(text)
        if text in self.terms:
            return self._sure(self.terms[text].iri)
        prefix, colon, rest = text.partition(":")
        if colon and prefix:
            if prefix == "_":
                raise Doubt
            if not rest.startswith("//"):
                if prefix in self.local:
                    self.define(prefix)
                found = self.terms.get(prefix)
                if found is not None and found.prefix:
                    return self._sure(found.iri) + rest
            return text
        if self.vocabulary is None:
            raise Doubt
        return self.vocabulary + text

    @staticmethod
    def _sure(iri: str | None) -> str:
        if iri is None:
            raise Doubt
        return iri
