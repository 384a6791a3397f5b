"""The built wheel with [openedx], in a clean environment that holds the platform's own versions."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.soak

ROOT = Path(__file__).parents[2]
#: What the oldest platform that we support installs (Teak, architecture "Packages").
PINS = (
    "Django==4.2.22",
    "XBlock==5.2.0",
    "cryptography==45.0.3",
    "PyJWT==2.10.1",
    "lxml==5.3.2",
    "requests==2.32.3",
    "pylti1p3==2.0.0",
)
SOURCES = ("course_content", "credentials", "lti_tool", "lc_xblock")
#: The platform's plugin mechanism itself; no version of it is promised.
MECHANISM = "edx-django-utils>=7,<9"
LMS = Path(__file__).parent / "lms"
FILES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment with the platform's versions and nothing of ours."""
    folder = tmp_path_factory.mktemp("platform")
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env/bin/python"
    _pip(python, "install", *PINS, MECHANISM)
    return python


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        shutil.copytree(
            ROOT / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(ROOT / name, folder / "source" / name)
    _pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, folder / "source")
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_works_under_the_platform_s_versions_and_touches_none(
    python: Path, wheel: Path, tmp_path: Path
) -> None:
    before = lti_library(python)

    _pip(python, "install", f"{wheel}[openedx]")
    found = look(python, tmp_path)

    assert lti_library(python) == before
    assert len(before) > 20
    assert found["versions"] == dict(pin.split("==") for pin in PINS)
    assert found["from"].startswith(str(python.parents[1]))
    assert found["unit"].count("/handler/module_page/") > 5
    assert 'value="I.2"' in found["studio"]
    assert "function LearnerCenteredModule(" in found["script"]
    assert found["static"] == [True, True]
    assert found["indicators"] == ["I.1.a", "I.1.b", "I.1.c"]
    assert set(found["pages"].values()) == {200}
    assert (found["front"], found["other_door"]) == ("the LMS's own front page", False)


def test_wheel_breaks_no_requirement_of_the_platform_s_packages(python: Path, wheel: Path) -> None:
    _pip(python, "install", f"{wheel}[openedx]")

    told = subprocess.run([python, "-m", "pip", "check"], capture_output=True, text=True)

    assert told.stdout.strip() == "No broken requirements found."


def test_command_of_the_wheel_works_beside_the_platform(python: Path, wheel: Path) -> None:
    _pip(python, "install", f"{wheel}[openedx]")

    told = subprocess.run([python.parent / "lc", "key", "new"], capture_output=True, text=True)

    assert (told.returncode, len(told.stdout.strip())) == (0, 44), told.stderr


def look(python: Path, data: Path) -> dict[str, Any]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(LMS),
        "DJANGO_SETTINGS_MODULE": "lms_settings",
        "LC_DATA_DIR": str(data),
        "LC_MASTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
    }
    names = ",".join(pin.partition("==")[0] for pin in PINS)
    done = subprocess.run(
        [python, "-c", "import django; django.setup(); import look", names],
        capture_output=True,
        text=True,
        cwd=data,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lti_library(python: Path) -> dict[str, str]:
    """Every file of the platform's own LTI library, by content."""
    site = next((python.parents[1] / "lib").glob("python3.*/site-packages"))
    return {
        str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in site.glob("[pP]y[lL][tT][iI]1p3*")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def _pip(python: Path | str, *arguments: object) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([python, "-m", "pip", *map(str, arguments), *quiet], check=True, timeout=600)
