"""`lc platform`: an operator makes an LMS known, gives it a program, and looks after our keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credentials import cli
from lti_tool import toolkeys
from lti_tool.models import Deployment, Registration, ToolKey
from tests.factories.platforms import Platform

ADD = [
    "platform",
    "add",
    "Lakeshore Moodle",
    "--issuer=https://moodle.example.edu",
    "--client-id=abc",
    "--auth-url=https://moodle.example.edu/mod/lti/auth.php",
    "--jwks-url=https://moodle.example.edu/mod/lti/certs.php",
    "--token-url=https://moodle.example.edu/mod/lti/token.php",
]


@pytest.fixture
def lc(db: None, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command as an operator runs it: exit status and what it said."""

    def run(*arguments: str) -> tuple[int, str]:
        status = cli.main(list(arguments))
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_platform_is_added_and_told_what_to_paste(lc) -> None:
    status, said = lc(*ADD)

    assert status == 0
    for line in (
        "Login initiation URL:                   http://localhost:8000/lti/login",
        "Redirect URI:                           http://localhost:8000/lti/launch",
        "Public keyset URL (JWKS):               http://localhost:8000/lti/jwks",
        "lc platform approve abc DEPLOYMENT PROGRAM",
    ):
        assert line in said
    row = Registration.objects.get()
    assert (row.issuer, row.client_id, row.active) == ("https://moodle.example.edu", "abc", True)


def test_platform_added_twice_is_once_with_the_newer_addresses(lc) -> None:
    lc(*ADD)
    keys = set(ToolKey.objects.values_list("kid", flat=True))

    lc(*ADD, "--frame=https://school.example.edu/some/page")

    row = Registration.objects.get()
    assert row.frame_origins == ["https://school.example.edu"]
    assert set(ToolKey.objects.values_list("kid", flat=True)) == keys


def test_deployment_may_be_approved_with_the_platform(lc, program) -> None:
    status, said = lc(*ADD, "--deployment=1", f"--program={program.slug}")

    assert (status, "Launches of deployment 1 are accepted" in said) == (0, True)
    assert Deployment.objects.get().program_id == program.pk


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("--auth-url=http://moodle.example.edu/auth", "auth_url"),
        ("--jwks-url=file:///etc/passwd", "jwks_url"),
        ("--token-url=https://a b/", "token_url"),
        ("--issuer=", "issuer"),
        ("--frame=https://x.example; script-src *", "frame"),
        ("--deployment=1", "--program go together"),
    ],
)
def test_platform_with_a_fault_is_refused_whole(lc, changed: str, told: str) -> None:
    status, said = lc(*ADD, changed)

    assert (status, told in said) == (1, True)
    assert not Registration.objects.exists()


def test_every_fault_is_told_at_once(lc) -> None:
    _, said = lc(*ADD, "--issuer=", "--auth-url=ftp://x", "--jwks-url=x")

    assert ["issuer:" in said, "auth_url:" in said, "jwks_url:" in said] == [True] * 3


def test_noted_deployment_gets_its_program_and_launches_are_accepted(lc, program) -> None:
    platform = Platform().register(None)
    assert platform.launch(Client()).status_code == 403
    assert "waits for a program" in lc("platform", "list")[1]

    status, _ = lc("platform", "approve", "client-1", "deployment-1", program.slug)

    assert status == 0
    assert platform.launch(Client()).status_code == 302


def test_deployment_keeps_its_program(lc, program, other_program) -> None:
    Platform().register(program.pk)

    status, said = lc("platform", "approve", "client-1", "deployment-1", other_program.slug)

    assert (status, "belongs to another program" in said) == (1, True)
    assert Deployment.objects.get().program_id == program.pk


@pytest.mark.parametrize(
    "arguments",
    [
        ["approve", "nobody", "1", "lakeshore"],
        ["approve", "client-1", "1", "nowhere"],
        ["off", "nobody"],
        ["off", "client-1"],  # of two issuers
    ],
)
def test_what_is_not_there_or_not_clear_is_said(lc, program, arguments: list[str]) -> None:
    Platform().register(program.pk)
    Platform(issuer="https://other.example.edu").register(program.pk)

    status, said = lc("platform", *arguments)

    assert status == 1
    assert said.startswith("lc: ")


def test_platform_is_switched_off_and_on(lc, program) -> None:
    platform = Platform().register(program.pk)

    lc("platform", "off", "client-1")
    given = {"iss": platform.issuer, "login_hint": "a", "target_link_uri": platform.target}
    assert Client().get("/lti/login", given).status_code == 400
    lc("platform", "on", "client-1")
    assert Client().get("/lti/login", given).status_code == 302


def test_log_shows_refusals_of_everybody(lc, program) -> None:
    Client().get("/lti/login", {"iss": "https://nobody.example", "login_hint": "a"})

    assert "LTI-101" in lc("platform", "log")[1]


# --- our keys ----------------------------------------------------------------------------------


def published(client: Client) -> list[str]:
    return [key["kid"] for key in client.get("/lti/jwks").json()["keys"]]


def test_key_is_published_before_it_signs_and_after(lc) -> None:
    lc(*ADD)
    active, following = published(Client())
    ToolKey.objects.update(created_at=timezone.now() - timedelta(days=2))

    lc("platform", "rotate-key")

    assert published(Client())[:2] == [active, following]
    assert ToolKey.objects.get(state="active", current=True).kid == following
    ToolKey.objects.filter(kid=active).update(retired_at=timezone.now() - timedelta(days=31))
    assert active not in published(Client())


def test_key_that_nobody_has_seen_signs_only_when_told_to(lc) -> None:
    lc(*ADD)

    status, said = lc("platform", "rotate-key")
    assert (status, "less than a day ago" in said) == (1, True)
    assert lc("platform", "rotate-key", "--now")[0] == 0


def test_published_keys_hold_nothing_private(lc) -> None:
    lc(*ADD)
    response = Client().get("/lti/jwks")

    for key in response.json()["keys"]:
        assert set(key) == {"kty", "kid", "alg", "use", "n", "e"}
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_our_signature_verifies_under_the_published_key(lc) -> None:
    import jwt

    lc(*ADD)
    token = toolkeys.sign({"iss": "abc"})

    kid = jwt.get_unverified_header(token)["kid"]
    key = next(k for k in Client().get("/lti/jwks").json()["keys"] if k["kid"] == kid)
    assert jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"]) == {"iss": "abc"}


def test_private_key_is_sealed_and_opens_under_a_new_master_key_after_a_restore(
    lc, settings: Any
) -> None:
    lc(*ADD)
    old, row = settings.LC_MASTER_KEY, ToolKey.objects.get(state="active")
    assert b"PRIVATE KEY" not in bytes(row.sealed_private)

    settings.LC_MASTER_KEY = "another master key"
    toolkeys.reseal(old_key=old)

    assert toolkeys.sign({"a": 1}).count(".") == 2
