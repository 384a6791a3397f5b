"""Whoever has no right to something tries every address there is, and learns nothing.

The addresses come from the URL configuration, so a new view is tried by itself. What must stay
private carries marks that are searched for in every answer; what must not change is compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from credentials import api, work
from credentials.models import (
    Award,
    Badge,
    Decision,
    DraftText,
    Evidence,
    Notice,
    Pin,
    Review,
    ReviewNote,
    Score,
    SelfLevel,
    StoredFile,
    Submission,
    Upload,
)
from tests.factories import work as make

pytestmark = pytest.mark.soak

#: What Ada wrote and what was written about her work; none of it may reach anybody else.
MARKS = (
    "mark-answer",
    "mark-title",
    "mark-part",
    "mark-why",
    "mark-quote",
    "mark-link",
    "mark-name",
    "mark-bytes",
    "mark-comment",
    "mark-summary",
)
#: Rows that nobody but their owner may change.
KEPT = (
    Submission,
    DraftText,
    Evidence,
    Pin,
    SelfLevel,
    StoredFile,
    Upload,
    Review,
    ReviewNote,
    Score,
    Decision,
    Award,
    Badge,
)


@dataclass(frozen=True)
class World:
    """Ada's returned work, her draft of a revision, and everything's identifiers."""

    identifiers: tuple[UUID, ...]
    ada: int
    attempts: int


@pytest.fixture
def world(program, ada, ben) -> World:
    made = make.submitted(ada)
    item = Evidence.objects.get(submission__uuid=made.uuid)
    texts = DraftText.objects.filter(submission__uuid=made.uuid)
    texts.filter(key__startswith="overview").update(text="mark-answer")
    texts.filter(key__endswith=".title").update(text="mark-title")
    texts.filter(key__endswith=".why").update(text="mark-why")
    DraftText.objects.create(
        submission=item.submission, key=f"evidence.{item.uuid}.my_part", text="mark-part"
    )
    Pin.objects.update(quote="mark-quote")
    Evidence.objects.create(
        submission=item.submission, kind="link", url="https://files.example.edu/mark-link"
    )
    file = a_file(program, ada.user_id)
    Evidence.objects.create(submission=item.submission, kind="file", file=file)
    review = make.scored(ben, made, below=("I.1.a",))
    ReviewNote.objects.filter(key__endswith=".comment").update(text="mark-comment")
    make.note(ben, review, "summary", "mark-summary")
    api.complete_review(ben, review=review.uuid)
    revision = api.revise(ada, submission=made.uuid)
    Upload.objects.create(
        submission=Submission.objects.get(uuid=revision.uuid),
        owner_id=ada.user_id,
        name="mark-name.pdf",
        size=10,
    )
    work.drain()
    kinds = (Submission, Evidence, Pin, StoredFile, Upload, Review, Decision, Notice)
    identifiers = tuple(uuid for kind in kinds for uuid in _uuids(kind))
    return World(identifiers=identifiers, ada=ada.user_id, attempts=2)


def a_file(program, owner: int) -> StoredFile:
    content = b"mark-bytes of a scanned letter"
    name = storages["lc_evidence"].save("files/letter", ContentFile(content))
    return StoredFile.objects.create(
        program=program,
        owner_id=owner,
        storage_name=name,
        name="mark-name.csv",
        media_type="text/csv",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )


@pytest.mark.parametrize("who", ["anonymous", "al", "bea", "cem", "dana"])
def test_every_address_gives_nothing_away_and_changes_nothing(who, world, client_for, request):
    client = Client() if who == "anonymous" else client_for(request.getfixturevalue(who))
    before = state()

    told = [
        f"{method} {path}: {mark}"
        for path in addresses(world)
        for method in ("GET", "POST", "PATCH", "DELETE")
        for mark in marks_in(ask(client, method, path))
    ]

    after = state()
    assert told == []
    assert {key: after.get(key) for key in before} == before
    assert Submission.objects.filter(learner_id=world.ada).count() == world.attempts


def ask(client: Client, method: str, path: str) -> bytes:
    body = b'{"key": "overview-1", "text": "taken over", "revision": 99}'
    response = client.generic(method, path, body, content_type="application/json")
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content + str(dict(response.headers)).encode()


def marks_in(body: bytes) -> list[str]:
    return [mark for mark in MARKS if mark.encode() in body]


def state() -> dict[tuple[str, int], str]:
    """Every row that must stay as it is; rows that somebody adds for themselves are others."""
    return {
        (kind.__name__, row.pk): serializers.serialize("jsonl", [row])
        for kind in KEPT
        for row in kind.objects.all()
    }


def addresses(world: World) -> Iterator[str]:
    """Every path of the URL configuration, with every identifier there is."""
    for pattern, parts in walk(get_resolver(), ""):
        yield from filled(pattern, parts, world)


def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[URLPattern, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        elif "accounts/" not in route:  # sign-in and sign-out are allauth's, and would end us
            yield entry, route


def filled(pattern: URLPattern, route: str, world: World) -> Iterator[str]:
    converters = getattr(pattern.pattern, "converters", {})
    simple = {
        name: "1" if kind.__class__.__name__ == "IntConverter" else SAMPLES.get(name, "I.1")
        for name, kind in converters.items()
        if not isinstance(kind, UUIDConverter)
    }
    uuids = [name for name, kind in converters.items() if isinstance(kind, UUIDConverter)]
    for identifier in world.identifiers if uuids else (None,):
        path = route
        for name in converters:
            value = str(identifier) if name in uuids else simple[name]
            path = _replace(path, name, value)
        yield "/" + path


SAMPLES = {"role": "learner", "token": "x" * 43, "page": "start", "kind": "CFItems"}


def _replace(route: str, name: str, value: str) -> str:
    start = route.index("<")
    end = route.index(">", start)
    assert route[start:end].endswith(name)
    return route[:start] + value + route[end + 1 :]


def _uuids(kind) -> list[UUID]:
    return list(kind.objects.values_list("uuid", flat=True))


def test_the_same_search_finds_what_is_adas_when_ada_looks(world, client_for, ada):
    client = client_for(ada)

    found = {mark for path in addresses(world) for mark in marks_in(ask(client, "GET", path))}

    assert found >= {"mark-answer", "mark-title", "mark-why", "mark-comment", "mark-bytes"}
