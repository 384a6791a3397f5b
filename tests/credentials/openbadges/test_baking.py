"""Bake and unbake: exact bytes, one badge, every harm named."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from credentials.openbadges.baking import MAX_CHUNKS, MAX_PNG_BYTES, bake_png, unbake_png
from credentials.openbadges.errors import (
    DamagedPng,
    NoBadgeInside,
    NotAPng,
    OpenBadgesError,
    TooLarge,
    Truncated,
)
from credentials.openbadges.generation import Generation
from tests.credentials.openbadges.issued import signed, tiny_png

BADGE = signed()
PNG = tiny_png()


def _with_chunk(kind: bytes, body: bytes) -> bytes:
    chunk = len(body).to_bytes(4, "big") + kind + body
    chunk += zlib.crc32(kind + body).to_bytes(4, "big")
    return PNG[:33] + chunk + PNG[33:]


def _two_badges() -> bytes:
    baked = bake_png(PNG, b"{}")
    badge = baked[33 : 33 + len(baked) - len(PNG)]
    return baked[:33] + badge + baked[33:]


def test_what_is_baked_comes_out_byte_for_byte() -> None:
    assert unbake_png(bake_png(PNG, BADGE)) == BADGE


def test_baked_picture_is_still_the_same_picture() -> None:
    baked = Image.open(io.BytesIO(bake_png(PNG, BADGE)))

    assert baked.tobytes() == Image.open(io.BytesIO(PNG)).tobytes()
    assert baked.info["openbadgecredential"] == BADGE.decode()


def test_badge_is_one_uncompressed_text_after_the_header() -> None:
    baked = bake_png(PNG, b"{}")

    assert baked == _with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")


def test_baking_again_replaces() -> None:
    first = bake_png(PNG, BADGE)

    assert bake_png(first, b"{}") == bake_png(PNG, b"{}")
    assert bake_png(first, BADGE) == first


def test_baking_replaces_an_older_badge_too() -> None:
    older = _with_chunk(b"iTXt", b"openbadges\0\0\0\0\0https://lead.example/assertion")

    assert bake_png(older, BADGE) == bake_png(PNG, BADGE)


def test_badge_with_language_and_translated_keyword_is_read() -> None:
    png = _with_chunk(b"iTXt", b"openbadgecredential\0\0\0en\0Abzeichen\0{}")

    assert unbake_png(png) == b"{}"


def test_what_follows_the_end_of_the_picture_is_dropped() -> None:
    assert bake_png(PNG + b"<script>", BADGE) == bake_png(PNG, BADGE)


@pytest.mark.parametrize("badge", [BADGE, b"https://lead.example/assertion", b"a.b.c"])
def test_older_badge_comes_out_byte_for_byte(badge: bytes) -> None:
    baked = bake_png(PNG, badge, generation=Generation.TWO)

    assert baked == _with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + badge)
    assert unbake_png(baked) == badge


def test_badge_of_the_oldest_kind_of_chunk_is_read() -> None:
    png = _with_chunk(b"tEXt", b"openbadges\0https://lead.example/assertion")

    assert unbake_png(png) == b"https://lead.example/assertion"


def test_picture_with_a_badge_of_each_kind_gives_the_newer() -> None:
    newer = bake_png(PNG, BADGE)
    older = bake_png(PNG, b"{}", generation=Generation.TWO)
    both = newer[: 33 + len(newer) - len(PNG)] + older[33:]

    assert unbake_png(both) == BADGE


@pytest.mark.parametrize(
    ("png", "error"),
    [
        (b"", NotAPng),
        (b"<svg/>", NotAPng),
        (b"\xff\xd8\xff\xe0", NotAPng),
        (PNG[:4], Truncated),
        (PNG[:8], Truncated),
        (PNG[:40], Truncated),
        (PNG[:-1], Truncated),
        (PNG[:-12], Truncated),
        (PNG[:20] + b"\xff" + PNG[21:], DamagedPng),
        (PNG[:8] + PNG[33:], DamagedPng),
        (PNG[:33] + PNG[8:], DamagedPng),
        (PNG[:33] + b"\xff\xff\xff\xff" + PNG[37:], Truncated),
        (PNG, NoBadgeInside),
        (_with_chunk(b"tEXt", b"Comment\0openbadgecredential"), NoBadgeInside),
        (_with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0x"), NoBadgeInside),
        (_with_chunk(b"iTXt", b"openbadgecredential\0\0\0"), DamagedPng),
        (_with_chunk(b"iTXt", b"openbadgecredential\0\0\0en"), DamagedPng),
        (_with_chunk(b"zTXt", b"openbadges\0\0xxxx"), NoBadgeInside),
        (_two_badges(), NoBadgeInside),
        (PNG + bytes(MAX_PNG_BYTES), TooLarge),
    ],
)
def test_other_picture_is_refused_by_name(png: bytes, error: type[OpenBadgesError]) -> None:
    with pytest.raises(OpenBadgesError) as caught:
        unbake_png(png)

    assert type(caught.value) is error


def test_picture_that_would_become_too_large_is_not_baked() -> None:
    with pytest.raises(TooLarge):
        bake_png(PNG, bytes(MAX_PNG_BYTES))


def _of_parts(count: int) -> bytes:
    """A picture of that many parts; the small one has three."""
    empty = b"\0\0\0\0noTe" + zlib.crc32(b"noTe").to_bytes(4, "big")
    return PNG[:33] + empty * (count - 3) + PNG[33:]


def test_picture_of_as_many_parts_as_are_read_is_not_baked_into_one_of_more() -> None:
    assert unbake_png(bake_png(_of_parts(MAX_CHUNKS - 1), b"{}")) == b"{}"
    with pytest.raises(TooLarge):
        bake_png(_of_parts(MAX_CHUNKS), b"{}")
    with pytest.raises(TooLarge):
        unbake_png(_of_parts(MAX_CHUNKS + 1))


def test_picture_baked_again_at_the_bound_keeps_its_number_of_parts() -> None:
    baked = bake_png(_of_parts(MAX_CHUNKS - 1), b"{}")

    assert unbake_png(bake_png(baked, b"[]")) == b"[]"
