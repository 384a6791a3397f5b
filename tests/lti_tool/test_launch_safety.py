"""What an attacker, a careless platform or a slow clock would try at the launch."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from lti_tool.models import Deployment, LaunchLog, LaunchState, PlatformUser, Registration, Visit
from tests.factories.people import make_program
from tests.factories.platforms import LEFT_OUT, LTI, Platform, key_named


@pytest.fixture
def platform(program):
    return Platform().register(program.pk)


def code_of(response: Any) -> str:
    """The refusal as the log has it, which the page shows too."""
    code = LaunchLog.objects.order_by("-pk").values_list("code", flat=True)[0]
    assert code in response.content.decode()
    assert response.status_code in {400, 403}
    return str(code)


# --- log-in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_login_sends_the_browser_to_the_platform_with_what_it_needs(
    platform: Platform, method: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    given = {"iss": platform.issuer, "login_hint": "a b&c", "lti_message_hint": "h/+=%"}
    given |= {"client_id": platform.client_id, "target_link_uri": platform.target}

    response = getattr(client, method)("/lti/login", given)

    to = urlsplit(response.headers["Location"])
    asked = {name: value[0] for name, value in parse_qs(to.query).items()}
    state, nonce = asked.pop("state"), asked.pop("nonce")
    assert f"{to.scheme}://{to.netloc}{to.path}" == "https://lms.example.edu/auth"
    assert asked == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": "client-1",
        "redirect_uri": "http://localhost:8000/lti/launch",
        "login_hint": "a b&c",
        "lti_message_hint": "h/+=%",
    }
    assert len(state) >= 40
    assert len(nonce) >= 40


def test_cookie_of_a_login_is_kept_inside_another_sites_page(platform: Platform) -> None:
    client = Client()
    platform.login(client)

    (cookie,) = (c for name, c in client.cookies.items() if name.startswith("lc_state_"))
    attributes = {part.strip() for part in cookie.OutputString().split(";")[1:]}
    assert {"HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/lti/launch"} <= attributes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": ""}, "LTI-101"),
        ({"login_hint": ""}, "LTI-101"),
        ({"target_link_uri": ""}, "LTI-101"),
        ({"lti_message_hint": "x" * 8001}, "LTI-101"),
        ({"login_hint": "a\x00b"}, "LTI-101"),
        ({"iss": "https://nobody.example"}, "LTI-102"),
        ({"client_id": "client-2"}, "LTI-102"),
        ({"client_id": "CLIENT-1"}, "LTI-102"),
        ({"target_link_uri": "https://evil.example/lti/launch"}, "LTI-104"),
        ({"target_link_uri": "http://localhost:8000.evil.example/"}, "LTI-104"),
    ],
)
def test_login_that_cannot_be_right_is_refused(
    platform: Platform, changes: dict[str, str], code: str
) -> None:
    given = {"iss": platform.issuer, "login_hint": "ada", "target_link_uri": platform.target}

    response = Client().post("/lti/login", given | {"client_id": platform.client_id} | changes)

    assert code_of(response) == code
    assert not LaunchState.objects.exists()


def test_login_without_client_id_is_enough_where_the_issuer_has_one_client(
    platform: Platform,
) -> None:
    state, _ = platform.login(Client(), client_id="")

    assert state


def test_login_without_client_id_is_refused_where_the_issuer_has_two(
    platform: Platform, other_program
) -> None:
    Platform(client_id="client-2").register(other_program.pk)
    given = {"iss": platform.issuer, "login_hint": "ada", "target_link_uri": platform.target}

    assert code_of(Client().get("/lti/login", given)) == "LTI-103"


def test_deployment_tells_two_clients_of_an_issuer_apart(platform: Platform, other_program) -> None:
    other = Platform(client_id="client-2", deployment_id="deployment-2").register(other_program.pk)

    state, _ = platform.login(Client(), client_id="", lti_deployment_id="deployment-2")

    assert LaunchState.objects.get().registration == other.row
    assert state


def test_platform_that_is_switched_off_is_unknown(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    Registration.objects.update(active=False)
    token = platform.token(platform.claims(nonce))

    response = client.post("/lti/launch", {"state": state, "id_token": token})

    assert code_of(response) == "LTI-102"


# --- state and nonce ---------------------------------------------------------------------------


def test_launch_sent_twice_is_let_in_once(platform: Platform) -> None:
    client = Client()
    platform.launch(client)

    again = client.post("/lti/launch", platform.sent)

    assert code_of(again) == "LTI-204"
    assert Visit.objects.count() == 1


def test_token_of_one_login_is_no_answer_to_another(platform: Platform) -> None:
    client = Client()
    platform.launch(client)
    state, _ = platform.login(client)

    response = client.post("/lti/launch", {**platform.sent, "state": state})

    assert code_of(response) == "LTI-312"


def test_login_that_another_browser_began_lets_nobody_in(platform: Platform) -> None:
    attacker, victim = Client(), Client()
    state, nonce = platform.login(attacker)
    sent = {"state": state, "id_token": platform.token(platform.claims(nonce))}

    response = victim.post("/lti/launch", sent)

    assert code_of(response) == "LTI-202"
    assert LaunchState.objects.get().used_at is None
    assert attacker.post("/lti/launch", sent).status_code == 302


def test_browser_without_the_cookie_is_offered_a_new_tab_with_the_same_login(
    platform: Platform,
) -> None:
    client = Client()
    state, nonce = platform.login(client, login_hint="a&b")
    client.cookies.clear()
    sent = {"state": state, "id_token": platform.token(platform.claims(nonce))}

    page = client.post("/lti/launch", sent).content.decode()

    assert "Open in a new tab" in page
    assert "/lti/login?iss=https%3A%2F%2Flms.example.edu&amp;login_hint=a%26b&amp;" in page


@pytest.mark.parametrize(
    ("sent", "code"), [({}, "LTI-201"), ({"state": "x"}, "LTI-203"), ({"state": "\x00"}, "LTI-203")]
)
def test_launch_out_of_nowhere_is_refused(platform: Platform, sent: Any, code: str) -> None:
    assert code_of(Client().post("/lti/launch", sent)) == code


def test_login_that_took_too_long_is_refused(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    LaunchState.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    sent = {"state": state, "id_token": platform.token(platform.claims(nonce))}

    assert code_of(client.post("/lti/launch", sent)) == "LTI-203"


def test_platform_that_answers_an_error_is_quoted_to_staff(platform: Platform) -> None:
    client = Client()
    state, _ = platform.login(client)

    response = client.post("/lti/launch", {"state": state, "error": "login_required"})

    assert code_of(response) == "LTI-205"
    assert "login_required" in LaunchLog.objects.get().cause


def test_old_states_do_not_pile_up(platform: Platform) -> None:
    platform.login(Client())
    LaunchState.objects.update(expires_at=timezone.now() - timedelta(days=2))

    platform.login(Client())

    assert LaunchState.objects.count() == 1


# --- audience, issuer, algorithm ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("aud", "azp", "code"),
    [
        ("client-1", LEFT_OUT, None),
        (["client-1"], LEFT_OUT, None),
        ("client-1", "client-1", None),
        (["trusted", "client-1"], "client-1", None),
        (["client-1", "trusted"], "client-1", None),
        ("client-2", LEFT_OUT, "LTI-307"),
        (["client-2"], LEFT_OUT, "LTI-307"),
        (["client-1", "client-2"], "client-1", "LTI-307"),
        (["client-2", "client-1"], "client-1", "LTI-307"),
        ([], LEFT_OUT, "LTI-307"),
        (LEFT_OUT, LEFT_OUT, "LTI-307"),
        ({"client-1": 1}, LEFT_OUT, "LTI-307"),
        ([["client-1"]], LEFT_OUT, "LTI-307"),
        (["trusted", "client-1"], LEFT_OUT, "LTI-308"),
        ("client-1", "client-2", "LTI-308"),
        ("client-1", "", "LTI-308"),
        ("client-1", ["client-1"], "LTI-308"),
    ],
)
def test_audience_names_us_and_nobody_we_do_not_trust(
    platform: Platform, aud: Any, azp: Any, code: str | None
) -> None:
    Registration.objects.update(trusted_audiences=["trusted"])

    response = platform.launch(Client(), aud=aud, azp=azp)

    assert (code_of(response) if code else None) == code
    assert Visit.objects.exists() is (code is None)


@pytest.mark.parametrize(
    "iss", ["https://lms.example.edu/", "HTTPS://lms.example.edu", "", None, 7, LEFT_OUT]
)
def test_issuer_is_compared_exactly(platform: Platform, iss: Any) -> None:
    assert code_of(platform.launch(Client(), iss=iss)) == "LTI-306"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES256"])
def test_other_algorithms_are_refused_before_a_key_is_looked_at(
    platform: Platform, algorithm: str
) -> None:
    client = Client()
    state, nonce = platform.login(client)
    whole = platform.token(platform.claims(nonce))
    header = jwt.utils.base64url_encode(
        f'{{"alg":"{algorithm}","kid":"{platform.kid}","typ":"JWT"}}'.encode()
    ).decode()
    forged = ".".join([header, *whole.split(".")[1:]])

    response = client.post("/lti/launch", {"state": state, "id_token": forged})

    assert code_of(response) == "LTI-304"


def test_public_key_is_not_taken_for_a_shared_secret(platform: Platform) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    client = Client()
    state, nonce = platform.login(client)
    public = key_named(platform.kid).public_key()
    secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    token = jwt.api_jws.PyJWS().encode(
        b"{}", jwt.utils.base64url_encode(secret), "HS256", {"kid": platform.kid}
    )

    response = client.post("/lti/launch", {"state": state, "id_token": token})

    assert code_of(response) == "LTI-304"
    assert nonce


# --- clocks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exp", "iat", "nbf", "code"),
    [
        (60, 0, LEFT_OUT, None),
        (60, 20, 20, None),  # the platform is 20 seconds ahead
        (-20, -80, LEFT_OUT, None),  # the platform is 20 seconds behind, its tokens live a minute
        (60, 40, LEFT_OUT, "LTI-311"),
        (-40, -100, LEFT_OUT, "LTI-310"),
        (60, 0, 40, "LTI-311"),
        (60, 0, "soon", "LTI-311"),
        (LEFT_OUT, 0, LEFT_OUT, "LTI-309"),
        (60, LEFT_OUT, LEFT_OUT, "LTI-309"),
        ("60", 0, LEFT_OUT, "LTI-309"),
        (True, 0, LEFT_OUT, "LTI-309"),
        (float("nan"), 0, LEFT_OUT, "LTI-309"),
        (10**400, 0, LEFT_OUT, "LTI-309"),
    ],
)
def test_clocks_may_differ_by_seconds(
    platform: Platform, exp: Any, iat: Any, nbf: Any, code: str | None
) -> None:
    now = int(time.time())
    times = {"exp": exp, "iat": iat, "nbf": nbf}
    shifted = {
        name: value + now if type(value) is int and abs(value) < 9999 else value
        for name, value in times.items()
    }

    response = platform.launch(Client(), **shifted)

    assert (code_of(response) if code else None) == code


def test_times_with_fractions_are_read(platform: Platform) -> None:
    response = platform.launch(Client(), exp=time.time() + 59.5, iat=time.time() - 0.25)

    assert response.status_code == 302


# --- claims ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "value", "code"),
    [
        ("sub", 7, "LTI-410"),
        ("sub", "", "LTI-408"),
        ("sub", "s" * 256, "LTI-410"),
        ("sub", "a\x00b", "LTI-410"),
        ("sub", "a\ud800b", "LTI-410"),
        ("name", ["Ada"], "LTI-410"),
        ("version", 1.3, "LTI-410"),
        ("roles", "Learner", "LTI-410"),
        ("roles", [None], "LTI-410"),
        ("roles", {"Learner": True}, "LTI-410"),
        ("context", "course-1", "LTI-410"),
        ("context", {"title": "No id"}, "LTI-410"),
        ("context", {"id": 1}, "LTI-410"),
        ("resource_link", ["link-1"], "LTI-410"),
        ("resource_link", {"id": None}, "LTI-407"),
        ("custom", "lc_module=I.1", "LTI-410"),
        ("launch_presentation", [], "LTI-410"),
        ("launch_presentation", {"return_url": "javascript:alert(1)"}, "LTI-410"),
        ("message_type", "LtiSomethingElse", "LTI-404"),
        ("message_type", {"a": 1}, "LTI-410"),
        ("deployment_id", "d" * 256, "LTI-410"),
        ("target_link_uri", 1, "LTI-410"),
        ("target_link_uri", None, "LTI-409"),
        ("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint", {"scope": "x"}, "LTI-410"),
        ("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint", {"lineitem": "x"}, "LTI-410"),
        ("https://example.edu/deep", json.loads("[" * 60 + "]" * 60), "LTI-301"),
    ],
)
def test_malformed_claim_is_refused_with_a_code(
    platform: Platform, claim: str, value: Any, code: str
) -> None:
    assert code_of(platform.launch(Client(), **{claim: value})) == code
    assert not PlatformUser.objects.exists()


def test_unknown_claims_are_ignored(platform: Platform) -> None:
    response = platform.launch(Client(), **{f"{LTI}tomorrow": {"a": [1]}, "https://x.example": 1})

    assert response.status_code == 302


def test_place_of_the_launch_is_the_one_that_the_login_named(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    claims = platform.claims(nonce, {"target_link_uri": f"{platform.target}?lc_module=II.2"})

    response = client.post("/lti/launch", {"state": state, "id_token": platform.token(claims)})

    assert code_of(response) == "LTI-409"


def test_deep_linking_request_without_a_way_back_is_refused(platform: Platform) -> None:
    settings_claim = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
    request = {"message_type": "LtiDeepLinkingRequest"}

    without = platform.launch(Client(), **request)
    assert code_of(without) == "LTI-411"
    nowhere = platform.launch(Client(), **request, **{settings_claim: {"accept_types": ["link"]}})
    assert code_of(nowhere) == "LTI-411"


# --- deployments -------------------------------------------------------------------------------


def test_deployment_without_a_program_is_noted_and_refused_until_staff_gave_it_one(
    platform: Platform,
) -> None:
    first = platform.launch(Client(), deployment_id="Deployment-1")

    assert code_of(first) == "LTI-501"
    assert first.status_code == 403
    noted = Deployment.objects.get(approved=False)
    assert (noted.deployment_id, noted.program) == ("Deployment-1", None)
    assert code_of(platform.launch(Client(), deployment_id="Deployment-1")) == "LTI-501"
    assert Deployment.objects.count() == 2


def test_nothing_is_noted_before_the_signature_was_good(platform: Platform) -> None:
    client = Client()
    state, nonce = platform.login(client)
    claims = platform.claims(nonce, {"deployment_id": "forged"})
    forged = jwt.encode(
        claims, key_named("stranger"), algorithm="RS256", headers={"kid": platform.kid}
    )

    client.post("/lti/launch", {"state": state, "id_token": forged})

    assert not Deployment.objects.filter(deployment_id="forged").exists()


def test_refused_reader_gets_a_way_back_that_carries_the_message(platform: Platform) -> None:
    page = platform.launch(Client(), roles=LEFT_OUT).content.decode()

    assert 'href="https://lms.example.edu/course/1?a=b&amp;lti_errormsg=Your+course+system' in page
    assert "lti_errorlog=LTI-405%3A+the+claim+roles" in page


@pytest.mark.django_db(transaction=True)
def test_launch_sent_twice_at_the_same_moment_is_let_in_once() -> None:
    platform = Platform().register(make_program().pk)
    client = Client()
    state, nonce = platform.login(client)
    sent = {"state": state, "id_token": platform.token(platform.claims(nonce))}
    together = Barrier(2)

    def post(_: int) -> int:
        browser = Client()
        browser.cookies = client.cookies.copy()
        together.wait()
        try:
            return int(browser.post("/lti/launch", sent).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(post, range(2)))

    assert answers == [302, 400]
    assert Visit.objects.count() == 1
