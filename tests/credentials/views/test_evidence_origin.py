"""Evidence from an origin of its own: a ticket opens one path there, and nothing else is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings

from credentials import api
from credentials.conf import conf
from credentials.data import Actor, EvidenceView
from tests.factories import files, work
from tests.factories.evidence import bring

pytestmark = pytest.mark.django_db

HOST = "evidence.localhost"
ClientFor = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def origin() -> Iterator[None]:
    with override_settings(
        LC_EVIDENCE_ORIGIN=f"http://{HOST}",
        MIDDLEWARE=[
            "credentials.views.evidence_origin.EvidenceHost",
            *_other_middleware(),
        ],
    ):
        conf.cache_clear()
        yield
    conf.cache_clear()


def _other_middleware() -> list[str]:
    from django.conf import settings

    return [name for name in settings.MIDDLEWARE if not name.endswith("EvidenceHost")]


@pytest.fixture
def photo(ada: Actor) -> EvidenceView:
    return bring(ada, work.draft(ada).uuid, files.pdf("One"), "one.pdf")


def path(item: EvidenceView) -> str:
    assert item.file is not None
    return f"/lc/files/{item.file.uuid}"


def ticket(client: Client, address: str) -> str:
    location: str = client.get(address)["Location"]
    assert location.startswith(f"http://{HOST}{address}?t=")
    return location.removeprefix(f"http://{HOST}")


def test_owner_is_sent_there_and_gets_the_file(
    ada: Actor, photo: EvidenceView, client_for: ClientFor
) -> None:
    there = ticket(client_for(ada), path(photo))

    answer = Client(headers={"host": HOST}).get(there)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_ticket_opens_no_other_file(ada: Actor, photo: EvidenceView, client_for: ClientFor) -> None:
    other = bring(ada, photo_submission(ada), files.pdf("Two"), "two.pdf")
    there = ticket(client_for(ada), path(photo)).replace(path(photo), path(other))

    assert Client(headers={"host": HOST}).get(there).status_code == 404


def photo_submission(ada: Actor):  # type: ignore[no-untyped-def]  # a UUID
    return api.start_submission(ada, competency="I.1").uuid


@pytest.mark.parametrize("query", ["", "?t=", "?t=made-up"])
def test_without_a_ticket_nothing_opens_there(photo: EvidenceView, query: str) -> None:
    assert Client(headers={"host": HOST}).get(path(photo) + query).status_code == 404


def test_stranger_gets_no_ticket(al: Actor, photo: EvidenceView, client_for: ClientFor) -> None:
    assert client_for(al).get(path(photo)).status_code == 404


@pytest.mark.parametrize("address", ["/", "/lc/", "/accounts/login/", "/lc/verify", "/healthz"])
def test_nothing_but_evidence_is_there(address: str) -> None:
    assert Client(headers={"host": HOST}).get(address).status_code == 404


def test_pages_may_show_pictures_from_there(ada: Actor, client_for: ClientFor) -> None:
    policy = client_for(ada).get("/lc/")["Content-Security-Policy"]

    assert f"img-src 'self' http://{HOST};" in policy
    assert "script-src 'self';" in policy
