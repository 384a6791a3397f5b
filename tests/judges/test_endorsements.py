"""npm @digitalbazaar/vc reads our endorsements, and badges with endorsements inside, as we do."""

from __future__ import annotations

import pytest

from tests.credentials.openbadges.endorsed import (
    endorsed_by_university,
    university_did,
    with_endorsements,
)
from tests.credentials.openbadges.issued import TODAY, own_did, signed, signed_list
from tests.judges import judge_vc

pytestmark = pytest.mark.judge

GOOD = endorsed_by_university()


def test_judge_accepts_our_endorsement() -> None:
    assert judge_vc(GOOD, university_did(), now=TODAY)["verified"] is True


def test_judge_refuses_the_altered_endorsement() -> None:
    altered = GOOD.replace(b"three", b"seven")

    assert "Invalid signature." in judge_vc(altered, university_did(), now=TODAY)["errors"]


@pytest.mark.parametrize("endorsements", [(GOOD,), (GOOD, GOOD)])
def test_judge_accepts_the_badge_with_endorsements_inside(endorsements: tuple[bytes, ...]) -> None:
    badge = signed(with_endorsements(*endorsements))

    answer = judge_vc(badge, own_did(), signed_list(), now=TODAY)

    assert answer == {"verified": True, "errors": [], "status": True}
