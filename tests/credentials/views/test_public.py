"""One address, two readers: what anyone may see of badges, issuers and the framework."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft201909Validator

from credentials import api
from credentials.conf import conf
from credentials.data import Actor
from credentials.domain import issuer_key
from credentials.domain.verification import OwnRecords
from credentials.models import Badge, Issuer
from credentials.openbadges import StatusList, did_web_url, unbake_png
from credentials.work import drain
from tests.factories.badges import issued, revoked
from tests.factories.work import passed, returned, reviewed

PAGE = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
INDICATOR = "8f2985d9-868c-51d9-94f4-818ea5594a9d"  # I.1.c


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


def test_badge_address_gives_a_machine_the_exact_signed_bytes(client: Client, badge: Badge) -> None:
    answer = client.get(f"/lc/badges/{badge.uuid}", headers={"accept": "application/vc+ld+json"})

    assert answer.content == bytes(badge.document or b"")
    assert answer["Content-Type"] == "application/vc+ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in answer["Vary"]


def test_badge_address_gives_a_person_a_page(client: Client, badge: Badge) -> None:
    answer = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE)

    page = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "Access-Control-Allow-Origin" not in answer
    assert "This is not a licence" in page
    assert "Lakeshore University" in page
    assert 'name="robots" content="noindex"' in page
    assert f"/lc/verify?badge={badge.uuid}" in page


def test_badge_page_links_every_statement_to_the_address_in_the_signed_badge(
    client: Client, badge: Badge
) -> None:
    page = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()

    signed = json.loads(bytes(badge.document or b""))
    targets = [a["targetUrl"] for a in signed["credentialSubject"]["achievement"]["alignment"]]
    assert len(targets) == 3
    assert [target for target in targets if f'href="{target}"' not in page] == []


def test_badge_page_names_nobody_until_the_holder_wants_it(
    client: Client, ada: Actor, badge: Badge
) -> None:
    before = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()
    api.show_name(ada, award=badge.award.uuid, on=True)
    shown = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()
    api.show_name(ada, award=badge.award.uuid, on=False)
    after = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()

    assert ["Ada" in page for page in (before, shown, after)] == [False, True, False]


def test_badge_page_says_revoked_and_when_but_not_why(
    client: Client, badge: Badge, dana: Actor
) -> None:
    revoked(badge, dana, reason="The minutes were copied.")

    page = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()

    assert "Revoked on" in page
    assert "copied" not in page


def test_revoked_badge_page_claims_nothing_about_the_holder(
    client: Client, badge: Badge, dana: Actor
) -> None:
    before = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()
    revoked(badge, dana)
    after = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode()

    assert ["has shown this in real work" in page for page in (before, after)] == [True, False]
    assert ['data-state="met"' in page for page in (before, after)] == [True, False]


def test_no_public_document_shows_an_earlier_return(
    client: Client, ada: Actor, ben: Actor, program: object
) -> None:
    first = returned(ada, ben, below=("I.1.b",))
    second = api.revise(ada, submission=first.uuid)
    reviewed(ben, api.submit(ada, submission=second.uuid))
    drain()
    badge = Badge.objects.get()

    shown = client.get(f"/lc/badges/{badge.uuid}", headers=PAGE).content.decode().lower()
    signed = bytes(badge.document or b"").decode().lower()

    words = ("attempt", "returned", "not yet", "date of the draft", str(first.uuid))
    assert [word for word in words if word in shown or word in signed] == []


def test_badge_that_is_not_signed_yet_does_not_exist_for_the_public(
    client: Client, ada: Actor, ben: Actor
) -> None:
    passed(ada, ben)
    badge = Badge.objects.get()

    paths = (f"/lc/badges/{badge.uuid}", f"/lc/badges/{badge.uuid}.json")
    answers = [client.get(path, headers=PAGE).status_code for path in paths]

    assert answers == [404, 404]


@pytest.mark.parametrize(
    "path",
    [
        "/lc/badges/{}",
        "/lc/badges/{}.json",
        "/lc/badges/{}.png",
        "/lc/issuers/{}",
        "/lc/issuers/{}/did.json",
        "/lc/issuers/{}/revocations",
        "/lc/status/{}",
        "/lc/achievements/{}",
        "/lc/achievements/{}.png",
        "/lc/uri/{}",
    ],
)
def test_unknown_identifier_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path.format(uuid4())).status_code == 404


def test_badge_keeps_to_the_schema_that_it_names(client: Client, badge: Badge) -> None:
    document = json.loads(bytes(badge.document or b""))
    (named,) = document["credentialSchema"]

    answer = client.get(named["id"].removeprefix(badge.issuer.base_url))

    assert named["id"] == f"{badge.issuer.base_url}/lc/schemas/OpenBadgeCredential.json"
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert Draft201909Validator(answer.json()).is_valid(document)


@pytest.mark.parametrize("name", ["Profile", "OpenBadgeCredential.json", "openbadgecredential"])
def test_schema_of_another_name_is_not_found(client: Client, db: None, name: str) -> None:
    assert client.get(f"/lc/schemas/{name}.json").status_code == 404


def test_picture_carries_the_signed_bytes(client: Client, badge: Badge) -> None:
    picture = client.get(f"/lc/badges/{badge.uuid}.png")

    assert picture["Content-Type"] == "image/png"
    assert unbake_png(picture.content) == bytes(badge.document or b"")


def test_issuer_answers_its_profile_and_its_page(client: Client, badge: Badge) -> None:
    path = f"/lc/issuers/{badge.issuer.uuid}"

    profile = client.get(path).json()
    page = client.get(path, headers=PAGE).content.decode()

    assert profile["id"] == badge.issuer.did
    assert profile["type"] == ["Profile"]
    assert "Lakeshore University" in page
    assert badge.issuer.did in page


def test_did_document_is_where_the_identifier_says(client: Client, badge: Badge) -> None:
    path = did_web_url(badge.issuer.did).removeprefix("https://badges.example.edu")

    answer = client.get(path)

    assert answer["Content-Type"] == "application/did+ld+json"
    assert answer.json()["id"] == badge.issuer.did
    signed = json.loads(bytes(badge.document or b""))
    following = badge.issuer.keys.get(state="next").public_multibase
    assert set(answer.json()["assertionMethod"]) == {
        signed["proof"]["verificationMethod"],
        f"{badge.issuer.did}#{following}",
    }


def test_status_list_has_the_bit_of_a_revoked_badge(
    client: Client, badge: Badge, dana: Actor
) -> None:
    path = f"/lc/status/{badge.status_list.uuid}"

    def is_revoked() -> bool:
        subject = client.get(path).json()["credentialSubject"]
        return StatusList.decode(subject["encodedList"]).is_revoked(badge.status_index)

    before = is_revoked()
    revoked(badge, dana)

    assert (before, is_revoked()) == (False, True)


def test_withdrawn_badges_are_listed_for_readers_that_know_no_status_list(
    client: Client, badge: Badge, dana: Actor
) -> None:
    path = f"/lc/issuers/{badge.issuer.uuid}/revocations"
    before = client.get(path).json()
    revoked(badge, dana, reason="The minutes were copied.")

    assert client.get(path).json() == {
        **before,
        "revokedCredentials": [
            {"id": json.loads(bytes(badge.document or b""))["id"], "revoked": True}
        ],
    }
    assert before == {
        "id": f"https://badges.example.edu{path}",
        "issuer": badge.issuer.did,
        "revokedCredentials": [],
    }


def test_verification_here_reads_the_withdrawn_badges_from_the_database(
    client: Client, badge: Badge
) -> None:
    path = f"/lc/issuers/{badge.issuer.uuid}/revocations"
    own = OwnRecords(base_urls=frozenset({badge.issuer.base_url}), now=badge.award.awarded_at)

    listed = own.status_list(f"{badge.issuer.base_url}{path}")

    assert listed is not None
    assert json.loads(listed) == client.get(path).json()
    assert own.status_list(f"{badge.issuer.base_url}{path}/") is None


def test_issuers_document_says_where_its_withdrawn_badges_are_listed(
    client: Client, badge: Badge
) -> None:
    path = f"/lc/issuers/{badge.issuer.uuid}"

    services = client.get(f"{path}/did.json").json()["service"]

    assert services[1] == {
        "id": f"{badge.issuer.did}#withdrawn",
        "type": "1EdTechRevocationList",
        "serviceEndpoint": f"https://badges.example.edu{path}/revocations",
    }


def test_status_list_that_is_fresh_is_served_without_writing(
    client: Client, badge: Badge, django_assert_num_queries: object
) -> None:
    path = f"/lc/status/{badge.status_list.uuid}"
    first = client.get(path).content

    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        second = client.get(path).content

    assert first == second


def test_reader_that_has_the_bytes_gets_304(client: Client, badge: Badge) -> None:
    path = f"/lc/badges/{badge.uuid}.json"
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_achievement_answers_json_page_and_picture(client: Client, badge: Badge) -> None:
    path = f"/lc/achievements/{badge.award.achievement.uuid}"
    signed = json.loads(bytes(badge.document or b""))["credentialSubject"]["achievement"]

    answer = client.get(path).json()

    assert answer["id"] == signed["id"]
    assert answer["name"] == signed["name"]
    assert answer["criteria"] == signed["criteria"]
    assert "What has to be done" in client.get(path, headers=PAGE).content.decode()
    assert client.get(f"{path}.png").content.startswith(b"\x89PNG")


def test_item_answers_case_json_to_a_machine(client: Client, db: None) -> None:
    answer = client.get(f"/lc/uri/{INDICATOR}")

    item = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert item["identifier"] == INDICATOR
    assert item["uri"] == f"http://localhost:8000/lc/uri/{INDICATOR}"
    assert item["fullStatement"].startswith("Inspire and engage all adults")
    assert item["CFDocumentURI"]["identifier"] == "95c7c140-e8fc-59e7-ac08-83cc50e2f52c"


def test_item_answers_a_page_to_a_person(client: Client, db: None) -> None:
    page = client.get(f"/lc/uri/{INDICATOR}", headers=PAGE).content.decode()

    assert "Inspire and engage all adults" in page
    assert "building the capacity of staff" in page
    assert "How it is scored" in page


def test_pages_of_the_framework_lead_from_the_whole_to_each_indicator(
    client: Client, db: None
) -> None:
    whole = client.get("/lc/framework", headers=PAGE).content.decode()
    domain = client.get("/lc/uri/deddafbf-180d-57da-9113-c84e11240c1e", headers=PAGE)
    competency = client.get("/lc/uri/72c0c350-39fd-56b7-9145-5138adb4d28f", headers=PAGE)

    assert 'href="/lc/uri/deddafbf-180d-57da-9113-c84e11240c1e"' in whole
    assert 'href="/lc/uri/72c0c350-39fd-56b7-9145-5138adb4d28f"' in domain.content.decode()
    assert f'href="/lc/uri/{INDICATOR}"' in competency.content.decode()


def test_targets_of_a_badge_are_byte_identical_with_the_items_they_name(
    client: Client, ada: Actor, ben: Actor, program: object
) -> None:
    Issuer.objects.update(base_url=conf().base_url)
    signed = json.loads(bytes(issued(ada, ben).document or b""))

    targets = [a["targetUrl"] for a in signed["credentialSubject"]["achievement"]["alignment"]]

    answered = [
        client.get(target.removeprefix(conf().base_url)).json()["uri"] for target in targets
    ]
    assert answered == targets


def test_new_key_leaves_the_old_one_listed(client: Client, badge: Badge) -> None:
    old = issuer_key.active(badge.issuer).public_multibase
    issuer_key.rotate(issuer=badge.issuer, now=timezone.now())

    listed = client.get(f"/lc/issuers/{badge.issuer.uuid}/did.json").json()["assertionMethod"]

    assert len(listed) == 3  # the next one too
    assert f"{badge.issuer.did}#{old}" in listed


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_documents_are_read_only(client: Client, badge: Badge, method: str) -> None:
    answer = getattr(client, method)(f"/lc/badges/{badge.uuid}")

    assert answer.status_code == 405
