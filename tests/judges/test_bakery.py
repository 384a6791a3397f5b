"""PyPI openbadges-bakery reads the Open Badges 2.0 pictures we bake, and we read what it bakes."""

from __future__ import annotations

import io
import json

import pytest
from openbadges_bakery import utils as bakery

from credentials.openbadges import (
    Generation,
    bake_png,
    bake_svg,
    unbake_png,
    unbake_svg,
)
from tests.credentials.openbadges.issued import signed, tiny_png
from tests.credentials.openbadges.pictures import DRAWN, SVG

pytestmark = [
    pytest.mark.judge,
    # the bakery's own: it was last released in 2021
    pytest.mark.filterwarnings("ignore:Please use rfc3986.validators:DeprecationWarning"),
]

ADDRESS = "https://lead.example/lc/badges/33/2.0"
JWS = "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6InVybjp1dWlkOjEifQ.c2lnbmF0dXJl"
ASSERTION = json.dumps({"id": ADDRESS, "type": "Assertion", "narrative": "“Él” <& 😀"})
TWO = Generation.TWO


@pytest.mark.parametrize("badge", [ADDRESS, JWS, ASSERTION], ids=["address", "jws", "json"])
def test_bakery_reads_our_png(badge: str) -> None:
    baked = bake_png(tiny_png(), badge.encode(), generation=TWO)

    assert bakery.unbake(io.BytesIO(baked)) == badge


@pytest.mark.parametrize("picture", [SVG, SVG.replace(b"svg ", b"svg id='a' ")])
@pytest.mark.parametrize(
    ("badge", "read"),
    # the address in `verify` is what the bakery prefers to the text beside it
    [(ADDRESS, ADDRESS), (JWS, JWS), (ASSERTION, ADDRESS), ('{"a": 1}', '{"a": 1}')],
    ids=["address", "jws", "json", "json without address"],
)
def test_bakery_reads_our_svg(picture: bytes, badge: str, read: str) -> None:
    baked = bake_svg(picture, badge.encode(), generation=TWO)

    assert bakery.unbake(io.BytesIO(baked)) == read


@pytest.mark.parametrize("badge", [ADDRESS, JWS, ASSERTION], ids=["address", "jws", "json"])
def test_we_read_the_png_of_the_bakery(badge: str) -> None:
    baked = bakery.bake(io.BytesIO(tiny_png()), badge).read()

    assert unbake_png(baked) == badge.encode()


@pytest.mark.parametrize("picture", [SVG, DRAWN])
@pytest.mark.parametrize("badge", [ADDRESS, JWS, ASSERTION], ids=["address", "jws", "json"])
def test_we_read_the_svg_of_the_bakery(badge: str, picture: bytes) -> None:
    with bakery.bake(
        io.BytesIO(picture.replace(b"<!-- Generator: a drawing program -->", b"")), badge
    ) as baked:
        assert unbake_svg(baked.read()) == badge.encode()


def test_bakery_finds_no_older_badge_after_a_newer_replaced_it() -> None:
    baked = bakery.bake(io.BytesIO(tiny_png()), ADDRESS).read()

    assert bakery.unbake(io.BytesIO(bake_png(baked, signed()))) is None
