"""The README's map is true, and it names the rooms there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_every_path_the_readme_names_exists():
    named = re.findall(r"`((?:[a-z_]+/)[\w./-]*)`", README) + re.findall(r"\]\(([^)#:]+)\)", README)

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_readme_maps_every_room_and_no_other():
    rooms = set(re.findall(r"^\| `([a-z_]+)/` \|", README, re.MULTILINE))
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}

    assert folders - rooms <= {"var", "build", "dist", "bench"} | {
        p.name for p in ROOT.glob("*.egg-info")
    }
    assert rooms <= folders


def test_the_map_points_at_what_it_says():
    said = {
        "credentials/domain/badge.py": "def sign(",
        "credentials/domain/text.py": "def save(",
        "credentials/domain/rule.py": "def decide(",
        "credentials/domain/review.py": "def may_score(",
        "credentials/domain/award.py": "def grant(",
        "credentials/openbadges/verify.py": "def verify(",
    }

    assert [path for path, code in said.items() if code not in (ROOT / path).read_text()] == []


def test_every_package_docstring_says_what_does_not_belong():
    packages = ("course_content", "credentials", "lti_tool", "lc_xblock")

    assert [
        name
        for name in packages
        if "does not belong" not in (ROOT / name / "__init__.py").read_text()
    ] == []
