"""`lc bundle` and `lc verify --offline`: made on an installation, used where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credentials.api.bundle import make_bundle
from credentials.api.trust import import_trust_list
from credentials.cli import main
from credentials.data import Actor
from credentials.errors import NotFound
from credentials.models import Badge, Program
from credentials.openbadges import Fetched, Question, Unreachable
from credentials.openbadges.bundle import Kind
from credentials.openbadges.offline import Knowledge, verify_offline
from tests.credentials.openbadges.issued import (
    ISSUER,
    ISSUER_URL,
    LIST,
    TODAY,
    no_network,
    own_did,
    signed,
)
from tests.credentials.openbadges.issued import signed_list as strangers_list
from tests.credentials.openbadges.older_issued import hosted, published, to_sign, token, world
from tests.credentials.serving import answering, serving
from tests.factories.badges import issued, revoked

Run = Callable[..., tuple[int, str]]

#: What stands before the command of somebody who has the package and nothing else. A library asks
#: the operating system on import whether it has IPv6, by binding a socket: nothing leaves by that.
ALONE = """
import sys
def refuse(event, arguments):
    if event.startswith("socket.") and event not in {"socket.__new__", "socket.bind"}:
        raise SystemExit(f"a socket: {event}")
sys.addaudithook(refuse)
from credentials.cli import main
status = main(sys.argv[1:])
assert "django" not in sys.modules, "Django was loaded"
sys.exit(status)
"""


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


@pytest.fixture
def picture(badge: Badge, tmp_path: Path) -> Path:
    """Ada's badge as she downloaded it."""
    path = tmp_path / "badge.png"
    path.write_bytes(bytes(badge.png or b""))
    return path


@pytest.fixture
def lc(db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command: (exit status, what it printed)."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def alone(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command in an empty folder, without settings, database or network."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-c", ALONE, *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def in_no_time(reason: str) -> str:
    """A reason without the words for when it holds."""
    return reason.partition(" Known as of ")[0].replace("as it stood then", "as it stands now")


def in_general(report: dict[str, Any]) -> dict[str, Any]:
    """A report without when it was made and how old what it rests on is."""
    findings = [
        {**one, "reason": in_no_time(one["reason"]), "known_as_of": ""}
        for one in report["findings"]
    ]
    moments = {"checked_at": "", "as_of": "", "bundle": ""}
    return {**report, **moments, "findings": findings}


def trust_ridgeline() -> None:
    """A list that names a stranger."""
    entry = {"issuer": ISSUER, "legal_name": "Ridgeline Unified School District"}
    document = {"name": "State list", "publisher": "State", "dated": "2026-03-01"}
    import_trust_list(raw=json.dumps({**document, "entries": [entry]}).encode())


def ridgeline(url: str) -> Fetched:
    """The stranger's web server."""
    service = {"type": "RevocationLists", "serviceEndpoint": [LIST, 5, f"{LIST}/away"]}
    pages = {
        ISSUER_URL: json.dumps({**own_did(), "service": [service]}).encode(),
        LIST: strangers_list(),
    }
    if url not in pages:
        raise Unreachable(f"{url} did not answer.")
    return Fetched(body=pages[url], content_type="application/json", url=url)


def ridgeline_by_badge(url: str) -> Fetched:
    """The stranger's web server, whose document does not say where its lists are."""
    pages = {ISSUER_URL: json.dumps(own_did()).encode(), LIST: strangers_list()}
    return Fetched(body=pages[url], content_type="application/json", url=url)


def test_offline_report_is_the_online_one_but_for_the_dates(
    lc: Run, picture: Path, tmp_path: Path
) -> None:
    altered = tmp_path / "altered.png"
    altered.write_bytes(picture.read_bytes().replace(b"Vision", b"Visiom", 1))
    bundle = tmp_path / "district.json"
    written, _ = lc("bundle", "write", bundle)
    _, told = lc("verify", "--json", picture, altered)

    found = alone("verify", "--json", "--offline", bundle, picture, altered, folder=tmp_path)

    assert (written, found.returncode, found.stderr) == (0, 1, "")
    offline, online = json.loads(found.stdout), json.loads(told)
    assert [in_general(one) for one in offline] == [in_general({**o, "bundle": ""}) for o in online]
    assert [one["verdict"] for one in offline] == ["verified", "not verified"]


def test_offline_report_says_its_age_in_words(lc: Run, picture: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "district.json"
    lc("bundle", "write", bundle)

    status, told = lc("verify", "--offline", bundle, picture)

    assert status == 0
    assert told.count(", today") == 5  # once above all, and with each finding that rests on it


def test_revocation_after_the_bundle_is_not_in_it_and_in_the_next_one_is(
    lc: Run, badge: Badge, dana: Actor, picture: Path, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    lc("bundle", "write", old)
    revoked(badge, dana)
    lc("bundle", "write", new)

    before, _ = lc("verify", "--offline", old, picture)
    after, told = lc("verify", "--offline", new, picture)

    assert (before, after) == (0, 1)
    assert "REVOKED" in told


def test_show_tells_what_is_in_without_an_installation(
    lc: Run, program: Program, tmp_path: Path
) -> None:
    bundle = tmp_path / "district.json"
    lc("bundle", "write", bundle)

    found = alone("bundle", "show", bundle, folder=tmp_path)

    assert (found.returncode, found.stderr) == (0, "")
    assert f"by        {program.issuer.did}" in found.stdout
    assert "1   own-issuers" in found.stdout


def test_altered_bundle_is_refused(lc: Run, picture: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "district.json"
    lc("bundle", "write", bundle)
    bundle.write_bytes(bundle.read_bytes().replace(b"Lakeshore", b"Lakeshare", 1))

    status, told = lc("verify", "--offline", bundle, picture)

    assert status == 2
    assert "not as its maker signed it" in told


def test_bundle_of_another_key_than_the_agreed_one_is_refused(
    lc: Run, program: Program, picture: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "district.json"
    lc("bundle", "write", bundle)
    key = program.issuer.keys.get(active=True).public_multibase

    agreed, _ = lc("verify", "--offline", bundle, "--signed-by", key, picture)
    other, told = lc("verify", "--offline", bundle, "--signed-by", "z6MkOther", picture)

    assert (agreed, other) == (0, 2)
    assert "not by z6MkOther" in told


def test_key_without_a_bundle_makes_no_sense(lc: Run, picture: Path) -> None:
    assert lc("verify", "--signed-by", "z6MkOther", picture) == (
        2,
        "lc: --signed-by is about a bundle: name it with --offline\n",
    )


def test_missing_bundle_file_and_badge_are_named(lc: Run, picture: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "district.json"
    nowhere, told = lc("verify", "--offline", bundle, picture)
    lc("bundle", "write", bundle)
    missing, told_too = lc("verify", "--offline", bundle, tmp_path / "nothing.png")
    link, told_last = lc("verify", "--offline", bundle, "https://badges.example.edu/lc/badges/1")

    assert (nowhere, missing, link) == (2, 1, 1)
    assert "could not be opened" in told
    assert "could not be opened" in told_too
    assert "Offline no address is asked" in told_last


@pytest.mark.django_db
def test_stranger_on_a_trust_list_goes_in_with_what_it_publishes(program: Program) -> None:
    trust_ridgeline()

    made = make_bundle(fetch=ridgeline).bundle

    documents = {one.name for one in made.members if one.kind in {Kind.ISSUER, Kind.STATUS_LIST}}
    assert documents >= {ISSUER_URL, LIST}
    assert [one.name for one in made.missing] == [f"{LIST}/away"]


@pytest.mark.django_db
def test_stranger_who_cannot_be_reached_is_listed_by_name(program: Program) -> None:
    trust_ridgeline()

    made = make_bundle(fetch=no_network).bundle

    (missing,) = made.missing
    assert (missing.kind, missing.name) == (Kind.ISSUER, ISSUER)
    assert "Ridgeline Unified School District" in missing.reason


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"no JSON", b"{}", b"[]", b"\xff"])
def test_stranger_whose_address_answers_with_something_else_is_listed(
    program: Program, body: bytes
) -> None:
    trust_ridgeline()

    made = make_bundle(fetch=lambda url: Fetched(body=body, content_type="", url=url)).bundle

    assert [one.kind for one in made.missing] == [Kind.ISSUER]


def test_lack_is_said_on_writing_and_in_the_exit_status(
    lc: Run, program: Program, tmp_path: Path
) -> None:
    trust_ridgeline()
    bundle = tmp_path / "district.json"

    status, told = lc("bundle", "write", bundle)

    assert status == 1
    assert f"missing   {ISSUER}: The keys of Ridgeline" in told
    assert bundle.is_file()


def test_fetching_obeys_the_policy(
    lc: Run, program: Program, tmp_path: Path, settings: Any
) -> None:
    with serving(did=answering(b"{}")) as server:
        issuer = f"https://{server.origin}/did"
        document = {"name": "Local", "publisher": "L", "dated": "2026-03-01"}
        entries = [{"issuer": issuer, "legal_name": "Within"}]
        import_trust_list(raw=json.dumps({**document, "entries": entries}).encode())

        status, told = lc("bundle", "write", tmp_path / "district.json")

    assert (status, server.asked) == (1, [])
    assert "is not at a public address" in told


@pytest.mark.django_db
def test_only_the_named_issuers_and_lists_go_in(program: Program) -> None:
    trust_ridgeline()
    other = {"name": "Other", "publisher": "O", "dated": "2026-03-01", "entries": []}
    import_trust_list(raw=json.dumps(other).encode())

    made = make_bundle(lists=["Other"], fetch=no_network).bundle

    assert made.missing == ()
    assert [one.name for one in made.members if one.kind is Kind.TRUST_LIST] == [
        "Other (2026-03-01)"
    ]


@pytest.mark.django_db
def test_issuer_or_list_or_program_that_is_not_here_is_said(program: Program) -> None:
    for asked in ({"issuers": ["did:web:x"]}, {"lists": ["None"]}, {"program": "none"}):
        with pytest.raises(NotFound):
            make_bundle(fetch=no_network, **asked)  # type: ignore[arg-type]  # one of each


@pytest.mark.django_db
def test_with_two_programs_the_signer_has_to_be_named(
    program: Program, other_program: Program
) -> None:
    with pytest.raises(NotFound, match="hillside, lakeshore"):
        make_bundle(fetch=no_network)

    assert make_bundle(program="hillside", fetch=no_network).bundle.maker == (
        other_program.issuer.did
    )


@pytest.mark.django_db
def test_own_issuers_are_in_it_though_their_host_answers_nobody(badge: Badge) -> None:
    names = {one.name for one in make_bundle(fetch=no_network).bundle.members}

    base = badge.issuer.base_url
    assert f"{base}/lc/issuers/{badge.issuer.uuid}/did.json" in names
    assert f"{base}/lc/status/{badge.status_list.uuid}" in names


def test_refusal_of_sockets_in_these_tests_would_be_seen(tmp_path: Path) -> None:
    opening = "import socket, sys; socket.create_connection(('127.0.0.1', 9))"
    hook = ALONE.partition("from credentials")[0]

    found = subprocess.run(
        [sys.executable, "-c", hook + opening], capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stderr) == (1, "a socket: socket.getaddrinfo\n")


@pytest.mark.django_db
def test_badge_of_anybody_is_verified_offline_with_what_it_names(program: Program) -> None:
    trust_ridgeline()
    badge = signed()

    made = make_bundle(issuers=[ISSUER], badges=[badge, b"no badge"], fetch=ridgeline_by_badge)

    names = {one.name: one.kind for one in made.bundle.members}
    assert (names[ISSUER_URL], names[LIST]) == (Kind.ISSUER, Kind.DOCUMENT)
    report = verify_offline(badge, knowledge=Knowledge(made.bundle), as_of=TODAY, now=TODAY)
    assert report.verdict == "verified"
    assert report.finding(Question.NOT_REVOKED).known_as_of == made.bundle.made


@pytest.mark.django_db
def test_what_a_badge_names_and_nobody_answers_is_listed(program: Program) -> None:
    made = make_bundle(badges=[signed()], fetch=no_network).bundle

    assert [(one.kind, one.name) for one in made.missing] == [
        (Kind.DOCUMENT, ISSUER_URL),
        (Kind.DOCUMENT, LIST),
    ]


@pytest.mark.django_db
def test_what_is_no_text_is_not_kept(program: Program) -> None:
    picture = Fetched(body=b"\x89PNG", content_type="image/png", url="")

    made = make_bundle(badges=[signed()], fetch=lambda url: picture).bundle

    assert {one.reason for one in made.missing} == {
        "It is not text, which is all that a bundle can keep."
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("badge", "code"),
    [(json.dumps(hosted()).encode(), "published"), (token(to_sign()), "signed")],
    ids=["hosted", "signed"],
)
def test_older_badge_is_verified_offline_with_what_it_names(
    program: Program, badge: bytes, code: str
) -> None:
    made = make_bundle(badges=[badge], fetch=world(published()).fetch).bundle

    report = verify_offline(badge, knowledge=Knowledge(made), as_of=TODAY, now=TODAY)

    signature = report.finding(Question.SIGNATURE)
    assert (signature.code, signature.known_as_of) == (code, made.made)
    assert report.finding(Question.NOT_REVOKED).code == "not-revoked"
