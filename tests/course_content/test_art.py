"""Badges and glyphs: complete, the same everywhere, told apart without colour, hard to break."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from course_content.art import badge_png, badge_svg, glyph_svg
from course_content.art.comb import places
from course_content.art.edges import outline, pattern
from course_content.art.lettering import SANS, SERIF, face, fit, width
from course_content.catalog import DomainLetter, UnknownItem
from course_content.loading import load

SVG = "{http://www.w3.org/2000/svg}"
LETTERS = {c.code: load().framework.domain_of(c.code).letter for c in load().framework.competencies}
STACKS = {"I": "V", "II": "P", "III": "C", "IV": "S", "framework": ""}
ALL_CODES = {**LETTERS, **STACKS}


def badge(code: str = "I.1", title: str = "A Shared Vision", program: str = "Riverbend") -> str:
    return badge_svg(code, title=title, domain=ALL_CODES[code], program=program, year=2031)


def picture(svg: str, size: int) -> Image.Image:
    return Image.open(io.BytesIO(badge_png(svg, size)))


def test_every_competency_domain_and_the_framework_has_a_badge_of_its_own() -> None:
    drawn = {badge(code, title="Same title") for code in ALL_CODES}

    assert len(drawn) == 26


@pytest.mark.parametrize("code", ALL_CODES)
def test_a_badge_is_nothing_but_paths(code: str) -> None:
    root = ElementTree.fromstring(badge(code))  # noqa: S314 - our own drawing

    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}

    assert tags <= {"svg", "title", "path", "g", "circle", "clipPath"}
    assert names.isdisjoint({"style", "class", "href", "font-family"})


def test_the_same_call_gives_the_same_bytes() -> None:
    assert badge() == badge()
    assert badge_png(badge(), 128) == badge_png(badge(), 128)


@pytest.mark.parametrize("size", [64, 128, 512, 1024])
def test_a_png_has_the_size_asked_for_and_clear_corners(size: int) -> None:
    image = picture(badge(), size)

    assert image.size == (size, size)
    assert image.getpixel((0, 0))[3] == 0
    assert image.getpixel((size // 2, size // 2))[3] == 255


@pytest.mark.parametrize("size", [0, 15, 4097])
def test_sizes_where_there_is_nothing_to_see_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="from 16 to 4096"):
        badge_png(badge(), size)


def test_domains_differ_in_outline_and_pattern() -> None:
    assert len({outline(letter, 250) for letter in DomainLetter}) == 4
    assert len({pattern(letter, 0, 260)[0] for letter in DomainLetter}) == 4


def test_title_program_and_year_are_named_for_readers_and_escaped() -> None:
    svg = badge_svg("I.1", title="Ours & <theirs>", domain="V", program='"R" U', year=2031)

    assert "<title>Ours &amp; &lt;theirs&gt;. &quot;R&quot; U, 2031</title>" in svg


@pytest.mark.parametrize("name", ["Nguyễn Thị Định Academy", "Universidad Peñaflor", "École Œuvre"])
@pytest.mark.parametrize("which", [SERIF, SANS])
def test_the_letters_cover_the_names_of_our_programs(name: str, which: str) -> None:
    missing = [c for c in name + name.upper() if face(which).name(c) == ".notdef"]

    assert missing == []


def test_a_character_without_letter_is_a_visible_box() -> None:
    assert width("校", SERIF, 40) > 10
    assert badge(title="校長") != badge(title="")


def test_decomposed_letters_are_set_like_composed_ones() -> None:
    assert badge(title="Pe\u0303na") == badge(title="Pẽna")


def test_a_pair_of_letters_is_kerned() -> None:
    assert width("To", SERIF, 100) < width("T", SERIF, 100) + width("o", SERIF, 100)


def test_a_title_of_45_letters_is_still_legible_at_128_pixels() -> None:
    setting = fit("Content, Instruction, and Human Development X", SERIF, 365, 100, 50)

    assert len("".join(setting.lines)) > 40
    assert setting.size * 128 / 512 >= 7.5


def test_every_title_of_the_framework_is_at_least_nine_pixels_high_at_128() -> None:
    sizes = [fit(c.title, SERIF, 365, 100, 50).size for c in load().framework.competencies]

    assert min(sizes) * 128 / 512 >= 9


@pytest.mark.parametrize("program", ["R", "Riverbend " * 20, "Donaudampfschiff" * 9])
def test_a_program_of_any_length_stays_on_the_rim(program: str) -> None:
    plain, written = (picture(badge(program=name), 256) for name in ("", program))

    field = (60, 60, 196, 250)

    assert written.getbbox() == plain.getbbox()
    assert written.crop(field).tobytes() == plain.crop(field).tobytes()


def test_unknown_codes_and_domains_are_refused() -> None:
    with pytest.raises(UnknownItem):
        badge_svg("V.9", title="x", domain="V", program="x", year=2031)
    with pytest.raises(ValueError, match="'Z' is not a valid DomainLetter"):
        badge_svg("I.1", title="x", domain="Z", program="x", year=2031)


@pytest.mark.parametrize("code", LETTERS)
def test_a_glyph_has_the_colour_of_its_text_and_is_hidden_from_readers(code: str) -> None:
    svg = glyph_svg(code)

    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))

    assert 'aria-hidden="true"' in svg
    assert colours <= {"currentColor", "none"}
    ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def test_an_unknown_glyph_is_refused() -> None:
    with pytest.raises(UnknownItem):
        glyph_svg("I.9")


def test_the_comb_has_a_place_for_each_competency_and_no_two_cells_touch() -> None:
    comb = places()
    points = list(comb.values())

    nearest = min(
        (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a in points for b in points if a is not b
    )

    assert list(comb) == list(LETTERS)
    assert nearest > 2.9
