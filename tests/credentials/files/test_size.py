"""Sizes as people say them."""

from __future__ import annotations

import pytest

from credentials.conf import conf
from credentials.files.size import size_in_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (12_300, "12.1 KB"),
        (1024**2 - 1, "1 MB"),
        (2_100_000, "2.1 MB"),
        (4 * 1024**4, "4,096 GB"),
    ],
)
def test_size_is_told_in_the_unit_a_person_would_use(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_largest_file_is_told_as_a_round_number() -> None:
    assert size_in_words(conf().max_file_bytes) == "100 MB"


def test_one_byte_above_a_limit_is_told_as_more_than_the_limit() -> None:
    assert size_in_words(100 * 1024**2 + 1) == "100.1 MB"
