"""What a hostile document may cost is counted, and all documents of one verification share it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from credentials.openbadges import Question, verify
from credentials.openbadges.canonical import Quad, canonicalize
from credentials.openbadges.contexts import CLR_201, OB_303, OB_EXTENSIONS, VC_V2
from credentials.openbadges.effort import MAX_SLOW_PARTS, MAX_STEPS, Effort
from credentials.openbadges.errors import NotSafe, TooMuchWork
from credentials.openbadges.jsonld import ENGINE
from tests.credentials.openbadges.issued import AWAY, TODAY

P, Q = "<urn:p>", "<urn:q>"
CONTEXTS = [VC_V2, OB_303, OB_EXTENSIONS]
#: A text with a type of its own, which vocabularies of badges never need.
UNUSUAL = {"@value": "x", "type": "urn:t"}


def _tied(prefix: str, count: int = 8) -> list[dict[str, Any]]:
    """Pieces of evidence that all point at each other."""
    names = [f"_:{prefix}{number}" for number in range(count)]
    return [
        {
            "id": name,
            "type": ["Evidence"],
            "alignment": [{"id": other} for other in names if other != name],
        }
        for name in names
    ]


def _badge(**members: Any) -> dict[str, Any]:
    types = ["VerifiableCredential", "OpenBadgeCredential"]
    return {"@context": CONTEXTS, "id": "urn:badge", "type": types, **members}


def test_poison_ends_when_its_steps_are_used_up() -> None:
    effort = Effort()

    with pytest.raises(TooMuchWork):
        ENGINE.limited(effort).canonical_form(_badge(evidence=_tied("b")))

    assert -8 <= effort.steps < 0
    assert effort.slow_parts == MAX_SLOW_PARTS


def test_second_poison_of_a_verification_ends_at_its_first_step() -> None:
    effort = Effort(steps=100)
    engine = ENGINE.limited(effort)
    for _ in range(2):
        with pytest.raises(TooMuchWork):
            engine.canonical_form(_badge(evidence=_tied("b")))

    assert -16 <= effort.steps < 0


def test_badge_of_any_usual_shape_takes_no_steps() -> None:
    effort = Effort(steps=0, slow_parts=0)
    evidence = [{"type": ["Evidence"], "name": f"{number}"} for number in range(900)]

    form = ENGINE.limited(effort).canonical_form(_badge(evidence=evidence))

    assert form.count("\n") == 2 + 3 * 900
    assert (effort.steps, effort.slow_parts) == (0, 0)


def _shared(neighbours: int) -> Iterable[Quad]:
    """Two alike hubs whose neighbours are named on the way before they are put in order."""
    for hub in range(2):
        for number in range(neighbours):
            yield f"_:h{hub}", P, f"_:r{hub}.{number}", ""
            yield f"_:r{hub}.{number}", P, f'"{number}"', ""
            yield f"_:r{hub}.{number}", P, f"_:x{hub}.{number}", ""
            yield f"_:h{hub}", Q, f"_:x{hub}.{number}", ""


def test_every_neighbour_in_every_order_is_counted() -> None:
    effort = Effort()

    with pytest.raises(TooMuchWork):
        canonicalize(_shared(60), effort=effort)

    assert effort.steps >= -60 - MAX_STEPS // 100


def test_unusual_documents_of_a_verification_share_what_pyld_is_given() -> None:
    effort = Effort(slow_parts=200)
    engine = ENGINE.limited(effort)
    document = {"@context": VC_V2, "type": "VerifiableCredential", "evidence": [UNUSUAL] * 20}

    assert engine.canonical_form(document)
    left = effort.slow_parts
    with pytest.raises(NotSafe):
        engine.canonical_form(document)

    assert effort.slow_parts == left < 100


def test_types_and_vocabularies_count_as_more_than_they_are_on_the_slow_road() -> None:
    effort = Effort(slow_parts=1_000)
    badge = _badge(evidence=[UNUSUAL, {"type": ["Evidence"] * 10}])

    ENGINE.limited(effort).canonical_form(badge)

    # the badge, its contexts, id, types; the evidence: one of three parts and one of twelve
    parts = 1 + (1 + 3) + 1 + (1 + 2) + 1 + 3 + 12
    assert 1_000 - effort.slow_parts == parts + 3 * 40 + (2 + 1 + 10) * 2


def test_badges_that_are_poison_only_by_themselves_cost_one_poison_together() -> None:
    """The record tells their parts apart; each badge alone does not."""
    badges = [_badge(evidence=_tied(f"{n}.")) for n in range(8)]
    told = [{"id": f"_:{n}.{m}", "name": f"{n}.{m}"} for n in range(8) for m in range(8)]
    record = {
        "@context": [VC_V2, CLR_201, OB_303, OB_EXTENSIONS],
        "id": "urn:record",
        "type": ["VerifiableCredential", "ClrCredential"],
        "evidence": told,
        "credentialSubject": {"type": "ClrSubject", "verifiableCredential": badges},
    }

    report = verify(json.dumps(record).encode(), as_of=TODAY, ports=AWAY)

    assert report.finding(Question.WELL_FORMED).code != "too-much-work"
    codes = {part.finding(Question.WELL_FORMED).code for part in report.parts}
    assert codes == {"too-much-work"}
