"""Everything about a person as one file, and nothing about anybody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from credentials.data import Actor
from credentials.models import AuditEntry
from tests.factories import files, work
from tests.factories.evidence import bring

ClientFor = Callable[[Actor], Client]


def export(client: Client) -> ZipFile:
    response = client.post("/lc/my/data/export")
    return ZipFile(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]  # a streaming response


def test_file_holds_what_the_learner_wrote_and_was_told(
    ada: Actor, ben: Actor, client_for: ClientFor
) -> None:
    work.returned(ada, ben, below=("I.1.b",))

    archive = export(client_for(ada))

    attempt = json.loads(archive.read("attempts/I.1 attempt 1/attempt.json"))
    assert attempt["state"] == "returned"
    assert attempt["own_levels"] == {"I.1.a": 3, "I.1.b": 3, "I.1.c": 3}
    assert [i["comments"] for i in attempt["decision"]["indicators"]] == [
        [],
        ["Show who changed the draft, by date."],
        [],
    ]


def test_file_holds_the_learners_own_files(ada: Actor, client_for: ClientFor) -> None:
    pdf = files.pdf("One", "Two")
    bring(ada, work.draft(ada).uuid, pdf, "../slides.pdf")

    archive = export(client_for(ada))

    assert archive.read("attempts/I.1 attempt 1/files/1 slides.pdf") == pdf


def test_file_of_a_reviewer_holds_their_reviews(
    ada: Actor, ben: Actor, client_for: ClientFor
) -> None:
    work.returned(ada, ben, below=("I.1.b",))

    archive = export(client_for(ben))

    (name,) = (n for n in archive.namelist() if n.startswith("reviews/"))
    assert [s["level"] for s in json.loads(archive.read(name))["scores"]] == [3, 2, 3]


@pytest.mark.parametrize(("who", "other"), [("ben", "Ada"), ("ada", "Ben"), ("dana", "Ada")])
def test_file_names_nobody_else(
    who: str,
    other: str,
    ada: Actor,
    ben: Actor,
    client_for: ClientFor,
    request: pytest.FixtureRequest,
) -> None:
    work.passed(ada, ben)

    archive = export(client_for(request.getfixturevalue(who)))

    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert other.encode() not in whole
    assert other.lower().encode() + b"@" not in whole


def test_file_of_somebody_elsewhere_holds_nothing_of_this_program(
    ada: Actor, ben: Actor, cem: Actor, client_for: ClientFor
) -> None:
    work.passed(ada, ben)

    assert sorted(export(client_for(cem)).namelist()) == [
        "README.txt",
        "learning.json",
        "log.json",
        "notices.json",
        "person.json",
    ]


def test_each_export_is_noted_in_the_log(ada: Actor, client_for: ClientFor) -> None:
    browser = client_for(ada)

    for _ in range(2):
        export(browser)

    assert AuditEntry.objects.filter(verb="person.exported").count() == 2


def test_page_says_who_sees_what(ada: Actor, client_for: ClientFor) -> None:
    assert "Drafts and self-assessments" in client_for(ada).get("/lc/my/data").content.decode()
