"""Files are read in a process of their own: bounded, without secrets, and it may die."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from credentials.files import Busy, Refused, apart
from tests.factories import files


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


def test_facts_and_copy_come_back(tmp_path: Path) -> None:
    facts = apart.inspect(saved(tmp_path, files.photo()))

    assert (facts.media_type, facts.width) == ("image/jpeg", 640)
    assert Image.open(io.BytesIO(facts.preview)).size == (640, 480)


def test_refusal_comes_back_with_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="password"):
        apart.inspect(saved(tmp_path, files.locked_pdf()))


def test_page_is_drawn(tmp_path: Path) -> None:
    drawn = apart.page(saved(tmp_path, files.pdf("One", "Two")), 2)

    assert Image.open(io.BytesIO(drawn)).size == (1237, 1600)


@pytest.mark.parametrize("number", [0, 3])
def test_page_that_is_not_there_is_refused(tmp_path: Path, number: int) -> None:
    with pytest.raises(Refused) as caught:
        apart.page(saved(tmp_path, files.pdf("One", "Two")), number)

    assert caught.value.code == "no-such-page"


def test_page_of_absurd_size_is_drawn_within_bounds(tmp_path: Path) -> None:
    drawn = apart.page(saved(tmp_path, files.pdf("Wide", size=(200_000, 2))), 1)

    assert max(Image.open(io.BytesIO(drawn)).size) <= 1600


def test_child_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PAGE_SECONDS", 0.01)

    with pytest.raises(Refused) as caught:
        apart.page(saved(tmp_path, files.pdf("One")), 1)

    assert caught.value.code == "too-complex"


def test_secrets_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MASTER_KEY", "hidden")

    assert "hidden" not in str(apart._environment())


def test_third_reader_at_once_is_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WAITING_SECONDS", 0.01)
    with apart._ROOM, apart._ROOM, pytest.raises(Busy):
        apart.inspect(saved(tmp_path, files.pdf("One")))
