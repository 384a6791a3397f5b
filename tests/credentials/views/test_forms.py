"""The same badge as a token, in an SVG picture and as Open Badges 2.0."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from credentials.api import verification
from credentials.data import Actor
from credentials.models import Badge, IssuerKey, Program
from credentials.openbadges import Answer, Question, Verdict, unbake_png
from credentials.openbadges.jwt import read_token
from credentials.openbadges.svg import unbake_svg
from tests.factories.badges import issued, revoked
from tests.factories.work import passed


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


def test_token_says_what_the_badge_says(client: Client, badge: Badge) -> None:
    answer = client.get(f"/lc/badges/{badge.uuid}.jwt")

    signed = json.loads(bytes(badge.document or b""))
    del signed["proof"]
    assert answer["Content-Type"] == "text/plain"
    assert read_token(answer.content).document == signed


def test_token_is_signed_once(client: Client, badge: Badge) -> None:
    first = client.get(f"/lc/badges/{badge.uuid}.jwt").content

    assert client.get(f"/lc/badges/{badge.uuid}.jwt").content == first
    assert bytes(Badge.objects.get().token or b"") == first


def test_token_verifies_by_the_key_that_the_issuer_publishes(client: Client, badge: Badge) -> None:
    token = client.get(f"/lc/badges/{badge.uuid}.jwt").content

    report = verification.verify_bytes(data=token, source="token", network=False).report

    assert report.finding(Question.SIGNATURE).answer is Answer.YES
    assert report.finding(Question.NOT_REVOKED).answer is Answer.YES


def test_token_key_signs_no_proofs_and_is_rotated_by_itself(client: Client, badge: Badge) -> None:
    client.get(f"/lc/badges/{badge.uuid}.jwt")
    document = client.get(f"/lc/issuers/{badge.issuer.uuid}/did.json").json()

    kinds = [method["type"] for method in document["verificationMethod"]]
    assert kinds == ["Multikey", "Multikey", "JsonWebKey", "JsonWebKey"]
    assert IssuerKey.objects.filter(active=True).count() == 2
    assert badge.key.kind == "Ed25519"


def test_revoked_badge_gets_no_token_any_more(client: Client, badge: Badge, dana: Actor) -> None:
    revoked(badge, dana)

    assert client.get(f"/lc/badges/{badge.uuid}.jwt").status_code == 404


def test_token_made_before_says_revoked(client: Client, badge: Badge, dana: Actor) -> None:
    token = client.get(f"/lc/badges/{badge.uuid}.jwt").content
    revoked(badge, dana)

    report = verification.verify_bytes(data=token, source="token", network=False).report

    assert report.finding(Question.NOT_REVOKED).answer is Answer.NO
    assert client.get(f"/lc/badges/{badge.uuid}.jwt").content == token


def test_svg_carries_the_signed_bytes_and_runs_nothing(client: Client, badge: Badge) -> None:
    answer = client.get(f"/lc/badges/{badge.uuid}.svg")

    assert unbake_svg(answer.content) == bytes(badge.document or b"")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_older_form_leads_from_assertion_to_class_to_issuer(client: Client, badge: Badge) -> None:
    path = f"/lc/badges/{badge.uuid}/2.0"
    base = badge.issuer.base_url

    assertion = client.get(path).json()
    badge_class = client.get(assertion["badge"].removeprefix(base)).json()
    issuer = client.get(badge_class["issuer"].removeprefix(base)).json()

    assert (assertion["id"], assertion["verification"]) == (base + path, {"type": "HostedBadge"})
    assert assertion["related"] == [f"{base}/lc/badges/{badge.uuid}"]
    assert [d["type"] for d in (assertion, badge_class, issuer)] == [
        "Assertion",
        "BadgeClass",
        "Issuer",
    ]


def test_older_form_names_nobody(client: Client, badge: Badge) -> None:
    recipient = client.get(f"/lc/badges/{badge.uuid}/2.0").json()["recipient"]

    assert recipient == {
        "type": "id",
        "hashed": False,
        "identity": f"urn:uuid:{badge.subject}",
    }


def test_badge_names_its_older_form(client: Client, badge: Badge) -> None:
    achievement = json.loads(bytes(badge.document or b""))["credentialSubject"]["achievement"]

    assert [related["id"] for related in achievement["related"]] == [
        f"{badge.issuer.base_url}/lc/badges/{badge.uuid}/2.0/class"
    ]


def test_older_form_of_a_revoked_badge_is_gone(client: Client, badge: Badge, dana: Actor) -> None:
    revoked(badge, dana)

    answer = client.get(f"/lc/badges/{badge.uuid}/2.0")

    assert (answer.status_code, answer.json()["revoked"]) == (410, True)


def test_older_picture_carries_the_address_of_the_assertion(client: Client, badge: Badge) -> None:
    picture = client.get(f"/lc/badges/{badge.uuid}/2.0.png").content

    assert unbake_png(picture) == f"{badge.issuer.base_url}/lc/badges/{badge.uuid}/2.0".encode()


def test_older_form_of_our_own_badge_verifies_without_the_network(
    client: Client, badge: Badge
) -> None:
    picture = client.get(f"/lc/badges/{badge.uuid}/2.0.png").content

    report = verification.verify_bytes(data=picture, source="picture", network=False).report

    assert report.verdict is Verdict.VERIFIED


def test_older_form_of_our_own_revoked_badge_says_revoked(
    client: Client, badge: Badge, dana: Actor
) -> None:
    picture = client.get(f"/lc/badges/{badge.uuid}/2.0.png").content
    revoked(badge, dana)

    report = verification.verify_bytes(data=picture, source="picture", network=False).report

    assert report.finding(Question.NOT_REVOKED).answer is Answer.NO


@pytest.mark.parametrize("path", ["", "/class", ".png"])
def test_issuer_without_an_email_address_has_no_older_form(
    client: Client, badge: Badge, path: str
) -> None:
    Program.objects.update(contact_email="")

    answer = client.get(f"/lc/badges/{badge.uuid}/2.0{path}")

    assert answer.status_code == 404


@pytest.mark.parametrize("path", [".jwt", ".svg", "/2.0", "/2.0/class", "/2.0.png"])
def test_badge_that_is_not_signed_yet_has_no_form(
    client: Client, ada: Actor, ben: Actor, path: str
) -> None:
    passed(ada, ben)

    assert client.get(f"/lc/badges/{Badge.objects.get().uuid}{path}").status_code == 404
