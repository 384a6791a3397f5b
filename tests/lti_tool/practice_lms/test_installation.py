"""What the practice LMS keeps, what it prints, and where it refuses to run."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import lti_tool.practice_lms
from lti_tool.practice_lms.__main__ import main
from lti_tool.practice_lms.facts import facts
from lti_tool.practice_lms.keys import load_or_make

PACKAGE = Path(lti_tool.practice_lms.__file__).parent


def test_production_refuses_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_MODE", "production")

    assert main([]) == 2
    assert "does not run in production" in capsys.readouterr().err


def test_identifiers_are_drawn_once(tmp_path: Path) -> None:
    first = facts(folder=tmp_path, port=8001, tool="http://localhost:8000")
    second = facts(folder=tmp_path, port=9001, tool="http://localhost:8000/")

    assert first.client_id == second.client_id
    assert second.issuer == "http://lms.localhost:9001"
    assert second.tool_jwks_url == "http://127.0.0.1:8000/lti/jwks"


def test_registration_is_printed_for_the_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_MODE", "practice")

    main(["--registration", "--port", "8170"])

    told = json.loads(capsys.readouterr().out)
    assert sorted(told) == [
        "auth_url",
        "client_id",
        "deployment_id",
        "issuer",
        "jwks_url",
        "token_url",
    ]
    assert told["jwks_url"] == "http://127.0.0.1:8170/lti/jwks"


def test_key_is_its_owners_alone_and_stays(drawn_keys: Path, tmp_path: Path) -> None:
    path = drawn_keys / "lms.pem"

    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_make(path).kid == load_or_make(path).kid


def test_it_imports_nothing_of_the_tool() -> None:
    """import-linter sees modules; this sees that even the claims are spelt here."""
    named = {
        name
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    ours = {
        name
        for name in named
        if name.split(".")[0] in {"lti_tool", "credentials", "course_content", "django", "pylti1p3"}
    }

    assert {name for name in ours if not name.startswith("lti_tool.practice_lms")} == set()
