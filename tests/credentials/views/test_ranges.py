"""One part of a file, as a player asks for it (RFC 9110, 14.1.2)."""

from __future__ import annotations

import pytest

from credentials.views.ranges import Part, Unsatisfiable, part_of


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-499", 0, 499),
        ("bytes=500-", 500, 999),
        ("bytes=-200", 800, 999),
        ("bytes=-5000", 0, 999),
        ("bytes=0-99999", 0, 999),
        ("bytes=999-999", 999, 999),
    ],
)
def test_single_range_is_understood(header: str, start: int, end: int) -> None:
    assert part_of(header, 1000) == Part(start=start, end=end)


@pytest.mark.parametrize(
    "header",
    [
        *(None, "", "bytes=-", "bytes=5-2", "bytes=0-1,5-9", "items=0-5", "bytes=a-b"),
        *(f"bytes={'9' * 5000}-", f"bytes=0-{'9' * 5000}"),
    ],
)
def test_anything_else_gets_the_whole_file(header: str | None) -> None:
    assert part_of(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_range_behind_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_of(header, 1000)
