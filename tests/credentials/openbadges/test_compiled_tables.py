"""Every word of every pinned vocabulary is compiled to what PyLD makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from pyld import jsonld

from credentials.openbadges.compiled.doubt import Doubt
from credentials.openbadges.compiled.table import Shelf, Table
from credentials.openbadges.compiled.term import ABSENT, Term
from credentials.openbadges.contexts import PINNED
from credentials.openbadges.effort import Effort
from credentials.openbadges.jsonld import ENGINE

Definition = tuple[Any, ...]
Words = tuple[dict[str, Definition], str | None]
PROCESSOR = jsonld.JsonLdProcessor()
OPTIONS = {**ENGINE.options(), "processingMode": "json-ld-1.1"}


def _ours(term: Term) -> Definition:
    scoped = None if term.scoped is ABSENT else [term.scoped]
    return term.iri, term.type, sorted(term.containers), scoped, term.protected, term.prefix


def _theirs(mapping: dict[str, Any]) -> Definition:
    # PyLD writes a scoped context that is null as False.
    scoped = [mapping["@context"] or None] if "@context" in mapping else None
    return (
        mapping["@id"],
        mapping.get("@type"),
        sorted(mapping.get("@container", [])),
        scoped,
        mapping["protected"],
        mapping["_prefix"],
    )


def _compiled(table: Table) -> Words:
    return {word: _ours(term) for word, term in table.terms.items()}, table.vocabulary


def _expanded(active: dict[str, Any]) -> Words:
    words = {word: _theirs(mapping) for word, mapping in active["mappings"].items()}
    return words, active.get("@vocab")


def _compiled_or_refused(*addresses: str) -> Words | None:
    try:
        return _compiled(Shelf(ENGINE.context).root.naming(addresses, Effort()))
    except Doubt:
        return None


def _expanded_or_refused(*addresses: str) -> Words | None:
    try:
        return _expanded(_active(addresses))
    except jsonld.JsonLdError:
        return None


def _active(addresses: tuple[str, ...]) -> dict[str, Any]:
    initial = PROCESSOR._get_initial_context(OPTIONS)
    return dict(PROCESSOR._process_context(initial, list(addresses), OPTIONS))


def _inside(active: dict[str, Any], local: Any) -> dict[str, Any]:
    return dict(PROCESSOR._process_context(active, local, OPTIONS, override_protected=True))


@pytest.mark.parametrize("first", PINNED)
def test_words_of_any_two_vocabularies_are_those_of_pyld(first: str) -> None:
    for second in PINNED:
        assert _compiled_or_refused(first, second) == _expanded_or_refused(first, second)


@pytest.mark.parametrize("address", PINNED)
def test_every_vocabulary_is_compiled(address: str) -> None:
    assert _compiled_or_refused(address) is not None


@pytest.mark.parametrize("address", PINNED)
def test_words_inside_of_every_word_and_type_are_those_of_pyld(address: str) -> None:
    table = Shelf(ENGINE.context).root.naming((address,), Effort())
    waiting = [(table, _active((address,)), set(table.terms))]
    while waiting:
        table, active, new = waiting.pop()
        assert _compiled(table) == _expanded(active)
        for word in new & {word for word, term in table.terms.items() if term.opens}:
            scoped = table.terms[word].scoped
            waiting.append((table.at(word, Effort()), _inside(active, scoped), set(scoped or ())))
