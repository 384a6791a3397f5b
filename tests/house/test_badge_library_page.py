"""The page about the badge library: its examples run as they stand, as one program."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/badge-library.md"


def test_examples_of_the_page_run_as_one_program() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}

    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102  # our own page

    assert len(blocks) == 3
    assert str(names["report"].verdict) == "verified"
