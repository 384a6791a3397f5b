"""Canonical N-Quads: as the standard, as PyLD, and never for ever."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from credentials.openbadges.canonical import MAX_LEVELS, Quad, canonicalize
from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import TooMuchWork
from credentials.openbadges.rdfterms import literal

P, Q = "<urn:p>", "<urn:q>"


def test_blank_nodes_are_named_by_what_is_said_about_them() -> None:
    quads = [("_:x", P, '"2"', ""), ("<urn:a>", P, "_:x", ""), ("_:y", P, '"1"', "")]

    assert (
        canonicalize(quads)
        == '<urn:a> <urn:p> _:c14n1 .\n_:c14n0 <urn:p> "1" .\n_:c14n1 <urn:p> "2" .\n'
    )


def test_a_statement_made_twice_is_one() -> None:
    assert canonicalize([("<urn:a>", P, '"1"', "")] * 2) == '<urn:a> <urn:p> "1" .\n'


def test_labels_do_not_matter_even_where_only_their_ties_tell_nodes_apart() -> None:
    ring = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")]
    forms = {
        canonicalize(
            (f"_:{names['abcd'.index(s)]}", P, f"_:{names['abcd'.index(o)]}", "") for s, o in ring
        )
        for names in permutations("wxyz")
    }

    assert len(forms) == 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('a"\\', r'"a\"\\"'),
        ("\b\t\n\f\r", r'"\b\t\n\f\r"'),
        ("\x00\x0b\x1f\x7f", r'"\u0000\u000B\u001F\u007F"'),
        ("ü\x80\u2028😀", '"ü\x80\u2028😀"'),
    ],
)
def test_text_is_escaped_as_canonical_n_quads_ask(text: str, written: str) -> None:
    assert literal(text) == written


_nodes = st.sampled_from(["<urn:a>", "_:b0", "_:b1", "_:b2", "_:b3", "_:b4"])
_quads = st.tuples(
    _nodes,
    st.sampled_from([P, Q]),
    st.one_of(_nodes, st.sampled_from(['"1"', '"1"@en', '"1"^^<urn:t>'])),
    st.sampled_from(["", "_:b0", "<urn:g>"]),
)


def _names_a_node_once(quad: Quad) -> bool:
    """PyLD alone counts a statement twice that has one blank node in two places."""
    blank = [term for term in quad if term.startswith("_:")]
    return len(blank) == len(set(blank))


@settings(max_examples=100, deadline=None)
@given(st.lists(_quads.filter(_names_a_node_once), max_size=8))
def test_canonical_form_is_that_of_pyld(quads: list[Quad]) -> None:
    lines = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }

    assert canonicalize(quads) == jsonld.normalize(lines, options)


def test_eight_nodes_all_tied_to_each_other_are_stopped_by_a_count() -> None:
    tied = [(f"_:{a}", P, f"_:{b}", "") for a in range(8) for b in range(8) if a != b]

    with pytest.raises(TooMuchWork):
        canonicalize(tied)


def test_bound_counts_steps() -> None:
    pair = [("_:a", P, "_:b", ""), ("_:b", P, "_:a", "")]

    assert canonicalize(pair, effort=Effort(steps=16)).count("\n") == 2
    with pytest.raises(TooMuchWork):
        canonicalize(pair, effort=Effort(steps=15))


def test_a_long_chain_is_stopped_before_the_stack_is() -> None:
    length = MAX_LEVELS + 10
    chain = [(f"_:{n}", P, f"_:{(n + 1) % length}", "") for n in range(length)]

    with pytest.raises(TooMuchWork):
        canonicalize(chain)


def test_two_alike_proofs_of_many_statements_take_few_steps() -> None:
    """As in a badge that carries one endorsement twice."""
    quads = [
        quad
        for graph, proof in (("_:g0", "_:p0"), ("_:g1", "_:p1"))
        for quad in [
            ("<urn:a>", Q, graph, ""),
            *((proof, P, f'"{number}"', graph) for number in range(9)),
        ]
    ]

    assert canonicalize(quads, effort=Effort(steps=72)).count("_:c14n3") == 9
