"""Dana's program signs an assertion of Open Badges 2.0."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from credentials.openbadges.errors import BadKey, NotSafe
from credentials.openbadges.older.signing import public_pem, sign_assertion
from credentials.openbadges.tokenkeys import TokenKey
from tests.credentials.openbadges.issued import CONTENT
from tests.credentials.openbadges.older_issued import hosted, rsa_key, to_sign

KEY = TokenKey(rsa_key())


@pytest.mark.parametrize("said", ["Two reviewers decided.", "“Él” — 😀 <&> decided."])
def test_token_says_the_assertion_and_nothing_else(said: str) -> None:
    assertion = to_sign(replace(CONTENT, review_statement=said))

    read = jws.deserialize_compact(
        sign_assertion(assertion, KEY), RSAKey.import_key(public_pem(KEY.public))
    )

    assert read.headers() == {"alg": "RS256"}
    assert json.loads(read.payload or b"") == assertion


def test_same_assertion_gives_the_same_token() -> None:
    assert sign_assertion(to_sign(), KEY) == sign_assertion(to_sign(), KEY)


@pytest.mark.parametrize(
    "document",
    [hosted(), {}, {"@context": to_sign()["@context"]}, to_sign(verification="SignedBadge")],
)
def test_what_does_not_say_that_it_is_signed_is_not(document: dict[str, Any]) -> None:
    with pytest.raises(NotSafe):
        sign_assertion(document, KEY)


def test_key_of_another_kind_does_not_sign() -> None:
    with pytest.raises(BadKey):
        sign_assertion(to_sign(), TokenKey.generate("ES256"))
