"""`lc endorse`: Dana asks, Dora signs, Dana adds, lists and withdraws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credentials.cli import main
from credentials.models import Endorsement, Program
from tests.factories.people import make_program

DANA, DORA = ["--program", "lakeshore"], ["--program", "ridgeline"]


@pytest.fixture(autouse=True)
def district(program: Program) -> Program:
    """Dora's district, beside Dana's program."""
    return make_program("ridgeline")


def _written(folder: Path, *more: str) -> Path:
    asked, signed = folder / "achievement.json", folder / "endorsement.json"
    main(["endorse", "ask", *DANA, "I.1", str(asked)])
    achievement = ["--achievement", str(asked), "--comment", "We accept it.", *more]
    main(["endorse", "write", *DORA, *achievement, str(signed)])
    return signed


def test_signing_shows_what_is_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed = _written(tmp_path, "--until", "2036-06-30")

    address, *told = capsys.readouterr().out.splitlines()
    document = json.loads(signed.read_bytes())
    assert document["credentialSubject"]["id"] == address
    assert document["validUntil"] == "2036-06-30T23:59:59Z"
    assert told[0].endswith(f"({address})")
    assert told[-3:] == [
        "  comment   We accept it.",
        "  until     2036-06-30",
        f"{signed}: signed",
    ]


def test_showing_signs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed = _written(tmp_path, "--show")

    assert capsys.readouterr().out.endswith("Nothing was signed.\n")
    assert not signed.exists()


def test_address_is_enough_to_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["endorse", "ask", *DANA, "I.1"])
    address, signed = capsys.readouterr().out.strip(), tmp_path / "endorsement.json"

    main(["endorse", "write", *DORA, "--achievement", address, "--comment", "Good.", str(signed)])

    assert json.loads(signed.read_bytes())["credentialSubject"]["id"] == address


def test_endorsement_is_added_once_listed_and_withdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = str(_written(tmp_path))
    capsys.readouterr()

    statuses = [main(["endorse", "add", *DANA, signed]) for _ in range(2)]
    statuses.append(main(["endorse", "list", *DANA]))
    row = Endorsement.objects.get()
    statuses.append(main(["endorse", "withdraw", *DANA, str(row.uuid)]))

    assert statuses == [0, 0, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "I.1 by Ridgeline University: added",
        "I.1 by Ridgeline University: here already",
        f"{row.uuid}  active     {row.added_at:%Y-%m-%d}  I.1 by Ridgeline University",
        "I.1 by Ridgeline University: withdrawn; badges that carry it keep it",
    ]


def test_other_program_cannot_withdraw_it(tmp_path: Path) -> None:
    main(["endorse", "add", *DANA, str(_written(tmp_path))])

    status = main(["endorse", "withdraw", *DORA, str(Endorsement.objects.get().uuid)])

    assert (status, Endorsement.objects.get().withdrawn_at) == (1, None)


def test_file_that_is_no_endorsement_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("We endorse it.")

    assert main(["endorse", "add", *DANA, str(path)]) == 1
    assert capsys.readouterr().err.startswith("lc: This is not an endorsement as JSON.")


def test_missing_file_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["endorse", "add", *DANA, str(tmp_path / "nothing.json")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_code_that_awards_nothing_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["endorse", "ask", *DANA, "IX.9"]) == 1
    assert "Nothing is awarded here" in capsys.readouterr().err
