"""What the tools of other issuers sign we verify, and refuse once a word of it was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from credentials.openbadges import Answer, Question, credential_document, did_document, verify
from tests.credentials.openbadges.issued import CONTENT, HOME, ISSUER, TODAY
from tests.credentials.openbadges.other_proofs import (
    ED25519_2020,
    SMALL,
    as_bytes,
    in_data_model_1,
)
from tests.judges import signed_by_judge

pytestmark = pytest.mark.judge

BADGE = credential_document(CONTENT)
VARIANTS = [
    ("P-256", BADGE),
    ("P-384", BADGE),
    ("Ed25519Signature2020", {**BADGE, "@context": [*BADGE["@context"], ED25519_2020]}),
    ("Ed25519Signature2020", in_data_model_1(SMALL, ED25519_2020)),
]


def _signature(badge: dict[str, Any], multibase: str) -> tuple[Answer, str]:
    ports = replace(HOME, resolve_issuer=lambda issuer: did_document(ISSUER, [multibase]))
    found = verify(as_bytes(badge), as_of=TODAY, ports=ports).finding(Question.SIGNATURE)
    return found.answer, found.code


@pytest.mark.parametrize(("kind", "unsigned"), VARIANTS)
def test_badge_signed_elsewhere_is_signed_until_a_word_changes(
    kind: str, unsigned: dict[str, Any]
) -> None:
    badge, multibase = signed_by_judge(unsigned, kind)

    assert _signature(badge, multibase) == (Answer.YES, "signed")
    assert _signature({**badge, "name": "Another"}, multibase) == (Answer.NO, "altered")
