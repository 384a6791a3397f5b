"""`lc verify`: exit status 0 only if all verify; whatever is handed in gets a clear answer."""

from __future__ import annotations

import io
import json
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credentials.cli import main
from credentials.data import Actor
from credentials.models import Badge
from tests.credentials.openbadges.issued import CONTENT, signed
from tests.factories.badges import issued, revoked

Run = Callable[..., tuple[int, str]]


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
    """The command: (exit status, what it printed, as one line)."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        status = main(["verify", *map(str, arguments)])
        captured = capsys.readouterr()
        assert captured.err == ""
        return status, " ".join(captured.out.split())

    return run


def png_without_badge() -> bytes:
    """The smallest sound picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


UNKNOWN_CONTEXT = signed().replace(b"context-3.0.3.json", b"context-9.9.9.json")
EXPIRED = signed(replace(CONTENT, valid_until=datetime(2026, 3, 3, tzinfo=UTC)))
#: A stranger whose keys would have to be fetched from an address that may not be.
STRANGER = signed().replace(b"did:web:lead.example", b"did:web:localhost")


def test_own_badge_verifies(lc: Run, picture: Path) -> None:
    status, told = lc(picture)

    assert status == 0
    assert "VERIFIED" in told


def test_json_is_for_machines(lc: Run, picture: Path) -> None:
    status, told = lc("--json", picture)

    (report,) = json.loads(told)
    assert (status, report["verdict"], report["source"]) == (0, "verified", str(picture))


def test_one_bad_badge_among_good_ones_makes_the_status_one(
    lc: Run, picture: Path, tmp_path: Path
) -> None:
    altered = tmp_path / "altered.png"
    altered.write_bytes(picture.read_bytes().replace(b"Vision", b"Visiom", 1))

    status, told = lc("--json", picture, altered, picture)

    verdicts = [report["verdict"] for report in json.loads(told)]
    assert (status, verdicts) == (1, ["verified", "not verified", "verified"])


def test_own_link_verifies_without_the_network(lc: Run, badge: Badge) -> None:
    status, _ = lc("--no-fetch", f"https://badges.example.edu/lc/badges/{badge.uuid}")

    assert status == 0


def test_revoked_badge_is_refused(lc: Run, badge: Badge, picture: Path, dana: Actor) -> None:
    revoked(badge, dana)

    status, told = lc(picture)

    assert status == 1
    assert "REVOKED" in told


def test_standard_input_is_read(lc: Run, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(picture.read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))

    status, _ = lc("-")

    assert status == 0


def test_recipient_and_day_are_asked_about(lc: Run, badge: Badge, picture: Path) -> None:
    holder, _ = lc("--recipient", f"urn:uuid:{badge.subject}", picture)
    stranger, _ = lc("--recipient", "urn:uuid:someone-else", picture)
    before, told = lc("--as-of", "2025-01-31", picture)

    assert (holder, stranger, before) == (0, 1, 1)
    assert "as of the end of 2025-01-31" in told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty file"),
        pytest.param(b"<!doctype html><html></html>", "web page", id="HTML"),
        pytest.param(b"\x00" * (10 * 1024 * 1024 + 5), "bytes", id="huge file"),
        pytest.param(png_without_badge(), "NO BADGE COULD BE READ", id="PNG without badge"),
        pytest.param(png_without_badge()[:-14], "NO BADGE COULD BE READ", id="truncated PNG"),
        pytest.param(b'{"a":[' * 30_000, "NO BADGE COULD BE READ", id="JSON bomb, deep"),
        pytest.param(
            b"{" + b",".join(b'"%d":{}' % n for n in range(20_000)) + b"}",
            "NO BADGE COULD BE READ",
            id="JSON bomb, wide",
        ),
        pytest.param(UNKNOWN_CONTEXT, "context-9.9.9.json", id="unknown context"),
        pytest.param(EXPIRED, "valid until 3 March 2026", id="expired"),
        pytest.param(STRANGER, "NOT", id="foreign issuer without network"),
        pytest.param(b"null", "NO BADGE COULD BE READ", id="JSON that is no badge"),
        pytest.param(b"\xff\xfe\x00", "NO BADGE COULD BE READ", id="no text at all"),
    ],
)
def test_hostile_file_gets_a_clear_answer(lc: Run, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "handed-in"
    path.write_bytes(data)

    status, told = lc("--no-fetch", path)

    assert status == 1
    assert words in told


def test_foreign_issuer_is_not_fetched_from_a_private_address(lc: Run, tmp_path: Path) -> None:
    path = tmp_path / "stranger.json"
    path.write_bytes(STRANGER)

    status, told = lc("--json", path)

    findings = {one["question"]: one for one in json.loads(told)[0]["findings"]}
    assert status == 1
    assert findings["not_revoked"]["answer"] == "unchecked"
    assert findings["issuer_known"]["answer"] == "unchecked"


def test_missing_file_and_folder_get_a_report(lc: Run, tmp_path: Path) -> None:
    missing, told = lc(tmp_path / "nothing.png")
    folder, told_too = lc(tmp_path)

    assert (missing, folder) == (1, 1)
    assert "could not be opened" in told
    assert "could not be opened" in told_too


@pytest.mark.parametrize(
    "arguments", [[], ["--as-of", "June", "x"], ["--as-of", "2999-01-01", "x"]]
)
def test_command_that_makes_no_sense_ends_with_two(db: None, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["verify", *arguments])

    assert caught.value.code == 2
