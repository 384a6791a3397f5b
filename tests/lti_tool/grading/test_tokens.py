"""Bearer tokens: proven by a signed assertion, kept while good, never another tenant's."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from lti_tool import grades, tokens
from lti_tool.launch import DEPLOYMENT_ID_CLAIM
from lti_tool.models import AccessToken, Registration
from lti_tool.service_faults import Declined, Unavailable
from tests.factories.courses import make_deployment
from tests.factories.gradebook import Fault

pytestmark = pytest.mark.django_db
SCOPES = frozenset({grades.SCORE, grades.LOOK})


def bearer(deployment, scopes=SCOPES) -> str:
    return tokens.bearer(deployment, scopes, now=timezone.now())


def test_assertion_says_who_asks_and_for_which_deployment(lms, deployment) -> None:
    token = bearer(deployment)

    claims = lms.tokens[token]
    assert (claims["iss"], claims["sub"]) == ("client-1", "client-1")
    assert claims[DEPLOYMENT_ID_CLAIM] == "1"
    assert claims["scope"].split() == sorted(SCOPES)
    assert claims["exp"] - claims["iat"] < 600


def test_audience_is_what_the_registration_names(lms, deployment) -> None:
    deployment.registration.token_audience = "https://lms.example.edu"
    lms.fail("token", Fault(500))

    with pytest.raises(Unavailable):
        bearer(deployment)

    form = parse_qs(lms.asked[0].body.decode())
    claims = jwt.decode(form["client_assertion"][0], options={"verify_signature": False})
    assert claims["aud"] == "https://lms.example.edu"


def test_token_is_kept_while_it_is_good(lms, deployment) -> None:
    first, second = bearer(deployment), bearer(deployment)
    life = AccessToken.objects.get().expires_at - timezone.now()
    AccessToken.objects.update(expires_at=timezone.now())

    third = bearer(deployment)

    assert first == second != third
    assert timedelta(minutes=59) < life < timedelta(hours=1)


def test_kept_token_cannot_be_read_from_the_database(lms, deployment) -> None:
    token = bearer(deployment)

    assert token.encode() not in bytes(AccessToken.objects.get().sealed)


def test_token_sealed_under_another_key_is_asked_for_anew(lms, deployment) -> None:
    bearer(deployment)
    AccessToken.objects.update(sealed=Fernet(Fernet.generate_key()).encrypt(b"old"))

    assert bearer(deployment) in lms.tokens


def test_tenants_of_one_issuer_never_share_a_token(lms, program, other_program, deployment) -> None:
    others = make_deployment(other_program, origin=lms.origin, client_id="client-2")
    second = make_deployment(program, origin=lms.origin, deployment_id="2")

    given = [bearer(deployment), bearer(others), bearer(second)]

    assert len(set(given)) == 3
    assert [lms.tokens[token]["iss"] for token in given] == ["client-1", "client-2", "client-1"]


def test_other_scopes_are_another_token(lms, deployment) -> None:
    assert bearer(deployment) != bearer(deployment, frozenset({grades.RESULT}))


def test_token_of_unknown_life_serves_once(lms, deployment) -> None:
    lms.expires_in = "soon"

    assert bearer(deployment) != bearer(deployment)


def test_refusal_is_told_in_the_platforms_words(lms, deployment) -> None:
    lms.fail("token", Fault(400, b'{"error": "invalid_client", "error_description": "Pending."}'))

    with pytest.raises(Unavailable, match="400 invalid_client: Pending"):
        bearer(deployment)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"access_token": 7}', b'{"access_token": "a\\r\\nX: y"}', b"[" * 9_000],
)
def test_answer_without_a_usable_token_is_a_failure(lms, deployment, body: bytes) -> None:
    lms.fail("token", Fault(200, body))

    with pytest.raises(Unavailable, match="holds no token"):
        bearer(deployment)


def test_without_a_token_address_somebody_must_look(lms, deployment) -> None:
    deployment.registration.token_url = ""

    with pytest.raises(Declined, match="no token address"):
        bearer(deployment)


def test_address_outside_the_policy_gets_nothing(lms, deployment) -> None:
    Registration.objects.update(token_url="http://127.0.0.1:9/token")
    deployment.registration.refresh_from_db()

    with pytest.raises(Declined, match="may not be used"):
        bearer(deployment)
