"""An installed package has its content: data files lie in folders that are not Python packages."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_kind_of_data_file_is_packaged_from_any_depth() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    patterns = {p.strip() for p in setup["options.package_data"]["*"].split(",")}

    kinds = {
        path.suffix
        for path in (ROOT / "course_content").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }

    assert {f"**/*{kind}" for kind in kinds} <= patterns
