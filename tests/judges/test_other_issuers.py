"""What the tools of other issuers sign we verify, and refuse once a word of it was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Question,
    TokenKey,
    credential_document,
    did_document,
    issue_jwt,
    verify,
)
from tests.credentials.openbadges.issued import CONTENT, HOME, ISSUER, TODAY
from tests.credentials.openbadges.other_proofs import (
    ED25519_2020,
    SMALL,
    as_bytes,
    in_data_model_1,
)
from tests.credentials.openbadges.tokens import ES256, PAYLOAD, RS256, method
from tests.judges import judge_token, signed_by_judge, token_by_judge

pytestmark = pytest.mark.judge

BADGE = credential_document(CONTENT)
KID = f"{ISSUER}#key-1"
VARIANTS = [
    ("P-256", BADGE),
    ("P-384", BADGE),
    ("Ed25519", BADGE),
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


def _token_signature(token: bytes, jwk: dict[str, str]) -> tuple[Answer, str]:
    method = {"id": KID, "controller": ISSUER, "type": "JsonWebKey", "publicKeyJwk": jwk}
    issuer = {"id": ISSUER, "assertionMethod": [method]}
    ports = replace(HOME, resolve_issuer=lambda _: issuer)
    found = verify(token, as_of=TODAY, ports=ports).finding(Question.SIGNATURE)
    return found.answer, found.code


@pytest.mark.parametrize("alg", ["ES256", "RS256", "EdDSA"])
def test_token_made_elsewhere_is_signed_by_its_key_only(alg: str) -> None:
    token, jwk = token_by_judge(PAYLOAD, alg, KID)
    _, other = token_by_judge(PAYLOAD, alg, KID)

    assert _token_signature(token, jwk) == (Answer.YES, "signed")
    assert _token_signature(token, other) == (Answer.NO, "altered")


@pytest.mark.parametrize("key", [ES256, RS256], ids=["ES256", "RS256"])
def test_judge_accepts_the_token_that_we_issue_and_refuses_it_altered(key: TokenKey) -> None:
    token = issue_jwt(BADGE, key, kid=method(key))

    answer = judge_token(token, key.public_jwk)

    assert (answer["verified"], answer["header"]["typ"]) == (True, "JWT")
    assert {name: answer["payload"][name] for name in BADGE} == BADGE
    assert judge_token(token[:-8] + b"AAAAAAAA", key.public_jwk)["verified"] is False
