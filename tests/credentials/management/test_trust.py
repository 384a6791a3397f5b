"""`lc trust`: a dated list comes in once, or not at all with every fault told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credentials.cli import main

pytestmark = pytest.mark.django_db

LIST = {
    "name": "State list",
    "publisher": "State Agency",
    "dated": "2031-02-01",
    "entries": [{"issuer": "did:web:badges.ridgeline.example", "legal_name": "Ridgeline"}],
}


def test_list_is_brought_in_once_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(LIST))

    statuses = [main(["trust", "import", str(path)]) for _ in range(2)] + [main(["trust", "list"])]

    assert statuses == [0, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "State list, dated 2031-02-01: brought in",
        "State list, dated 2031-02-01: here already",
        "2031-02-01      1 issuers  State list (State Agency)",
    ]


def test_faulty_list_is_refused_with_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps({**LIST, "publisher": "", "dated": "soon"}))

    status = main(["trust", "import", str(path)])

    told = capsys.readouterr().err
    assert status == 1
    assert "publisher is missing." in told
    assert "dated is not a day such as 2031-02-01." in told


def test_missing_file_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust", "import", str(tmp_path / "nothing.json")]) == 1
    assert "could not be opened" in capsys.readouterr().err


def test_import_without_a_file_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust", "import"]) == 2
    assert "name the file" in capsys.readouterr().err
