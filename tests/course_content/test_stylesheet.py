"""The stylesheet: tokens are legible on every ground, nothing is fetched, every class is ours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import course_content

CSS = (Path(course_content.__file__).parent / "static/lc_content/lc.css").read_text()
TEXTS = [
    "ink", "muted", "link", "vision", "self", "others", "systems", "good", "careful", "bad",
]  # fmt: skip
GROUNDS = ["paper", "card"]
SOFT = {
    "link": ["link-soft"],
    "good": ["good-soft"],
    "careful": ["careful-soft"],
    "bad": ["bad-soft"],
    "muted": ["plain-soft", "link-soft"],
    "ink": ["plain-soft", "link-soft", "good-soft", "careful-soft", "bad-soft"],
}
FILLED = ["vision", "self", "others", "systems"]


def tokens(scheme: str) -> dict[str, str]:
    """Colour tokens of the light or the dark scheme."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)", 1)
    block = light if scheme == "light" else dark.split("/* --- elements", 1)[0]
    return dict(re.findall(r"--lc-([a-z-]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *product(TEXTS, GROUNDS),
    *((text, ground) for text, grounds in SOFT.items() for ground in grounds),
    *(("on-fill", ground) for ground in FILLED),
    ("on-link", "link"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_have_a_contrast_of_five_to_one(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours[text], colours[ground]) >= 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_of_controls_have_a_contrast_of_three_to_one(scheme: str, ground: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours["edge"], colours[ground]) >= 3


def test_nothing_is_fetched() -> None:
    assert re.findall(r"url\(|@import|https?://", CSS) == []


def test_every_class_is_ours() -> None:
    rules = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", CSS, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules))

    assert {name for name in classes if not name.startswith("lc-")} == set()


def test_the_focus_ring_is_three_pixels_and_every_removal_puts_another_in_its_place() -> None:
    removals = re.findall(r"([^{}]+)\{[^}]*outline: none", CSS)

    assert "outline: 3px solid" in CSS
    assert [r.strip() for r in removals] == [
        '.lc-root :where([tabindex="-1"]:focus)',
        ".lc-choice :focus-visible",
        ".lc-cell",
        ".lc-cell:focus-visible",
    ]
