"""The fast road gives what the general one gives, or hands over to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges.compiled import Doubt, Shelf
from credentials.openbadges.contexts import OB_303, OB_EXTENSIONS, VC_V2, context_document
from credentials.openbadges.documents import credential_document
from credentials.openbadges.effort import MAX_SLOW_PARTS, Effort
from credentials.openbadges.errors import NotSafe, TooLarge, TooMuchWork, UnknownTerm
from credentials.openbadges.jsonld import ENGINE, Engine
from credentials.openbadges.strictjson import MAX_DEPTH
from tests.credentials.openbadges.generated import Generator
from tests.credentials.openbadges.issued import CONTENT, signed


def patient() -> Engine:
    """The engine that also gives large documents to PyLD."""
    return ENGINE.limited(Effort(slow_parts=10**6))


BADGE = credential_document(CONTENT)


def _compiled(document: dict[str, Any]) -> str | None:
    try:
        return ENGINE.compiled_form(document)
    except (Doubt, TooMuchWork):
        return None


def _expanded(document: dict[str, Any]) -> str | None:
    try:
        return patient().expanded_form(document)
    except (NotSafe, TooLarge):
        return None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**64))
def test_where_the_compiled_road_answers_pyld_answers_the_same(seed: int) -> None:
    document = Generator(seed).credential()
    compiled = _compiled(document)

    assert compiled is None or compiled == _expanded(document)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**64))
def test_compiled_road_takes_every_badge_without_a_fault(seed: int) -> None:
    document = Generator(seed, faults=False).credential()

    assert _compiled(document) == _expanded(document)


_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**54), 2**54)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from([VC_V2, OB_303, "Evidence", "_:b0", "did:web:a.b", "urn:a\x85", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*BADGE, "@value", "@language", "achievement", "alignment", "proof"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*BADGE, "proof", "image"]), _anything, max_size=3))
def test_anything_in_any_place_is_read_alike(changes: dict[str, Any]) -> None:
    compiled = _compiled({**BADGE, **changes})

    assert compiled is None or compiled == _expanded({**BADGE, **changes})


def test_badge_and_its_proof_are_compiled() -> None:
    badge = json.loads(signed())
    proof = {**badge.pop("proof"), "@context": badge["@context"]}

    assert ENGINE.compiled_form(badge) == ENGINE.expanded_form(badge)
    assert ENGINE.compiled_form(proof) == ENGINE.expanded_form(proof)


def _within(**members: Any) -> dict[str, Any]:
    return {"@context": [VC_V2, OB_303, OB_EXTENSIONS], "type": ["VerifiableCredential"], **members}


@pytest.mark.parametrize(
    "proof", [{}, "_:p", {"id": "_:p"}, {"id": "urn:x"}, [{"created": "x"}, {}]]
)
def test_graph_that_says_nothing_is_refused_on_both_roads(proof: Any) -> None:
    document = _within(proof=proof)

    assert _compiled(document) is None
    with pytest.raises(NotSafe):
        patient().expanded_form(document)


@pytest.mark.parametrize(
    ("extra", "answer"), [({}, None), ({"madeUp": 1}, UnknownTerm), ({"id": "x"}, NotSafe)]
)
def test_large_document_is_answered_without_pyld(
    extra: dict[str, Any], answer: type[NotSafe] | None
) -> None:
    evidence = [{"type": ["Evidence"], "name": f"{n}"} for n in range(MAX_SLOW_PARTS)]
    document = _within(evidence=evidence, id="urn:x") | extra

    if answer is None:
        assert ENGINE.canonical_form(document).count("\n") == 3 * MAX_SLOW_PARTS + 1
    else:
        with pytest.raises(answer):
            ENGINE.canonical_form(document)


def test_large_document_with_something_unusual_is_refused() -> None:
    document = _within(evidence=[{"@value": "x", "type": "urn:t"}] * (MAX_SLOW_PARTS // 3))

    assert patient().canonical_form(document).count("\n") == 2
    with pytest.raises(NotSafe):
        ENGINE.canonical_form(document)


@pytest.mark.parametrize("levels", range(MAX_DEPTH - 6, MAX_DEPTH + 2))
def test_both_roads_end_at_the_same_depth(levels: int) -> None:
    inside: Any = "name"
    for _ in range(levels - 1):
        inside = {"type": "Profile", "parentOrg": inside}
    document = _within(issuer=inside)

    assert (_compiled(document) or _expanded(document)) == _expanded(document)


def test_bound_counts_the_words_that_are_defined() -> None:
    words = len(context_document(VC_V2)["@context"])

    assert Shelf(ENGINE.context).root.naming((VC_V2,), Effort(definitions=words)).terms
    with pytest.raises(Doubt) as caught:
        Shelf(ENGINE.context).root.naming((VC_V2,), Effort(definitions=words - 1))
    assert type(caught.value.refusal) is TooMuchWork


def test_shelf_forgets_before_it_grows_without_end() -> None:
    shelf = Shelf(ENGINE.context, max_tables=3)
    engine = Engine(shelf=shelf)

    forms = {engine.compiled_form(BADGE) for _ in range(3)}

    assert forms == {ENGINE.expanded_form(BADGE)}
    assert shelf.made <= 3
