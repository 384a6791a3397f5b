"""npm jsonld and we put generated credentials into the same canonical form."""

from __future__ import annotations

import pytest

from tests.judges.differential import compare

pytestmark = pytest.mark.judge


def test_no_two_forms_of_one_credential_and_no_refusal_without_a_reason() -> None:
    outcome = compare(20_000, seed=20_260_302)

    assert outcome.disagreements == []
    assert outcome.unexplained == []
    assert outcome.agreed > 12_000
