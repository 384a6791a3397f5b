"""The colours of the four domains, for the art only; the pages have their own tokens in lc.css."""

from __future__ import annotations

from dataclasses import dataclass

from course_content.catalog import DomainLetter

INK = "#1b2730"
PAPER = "#fbf7ec"


@dataclass(frozen=True)
class Palette:
    """From dark to light in one hue, and one warm or cool colour against it."""

    deep: str
    shade: str
    main: str
    middle: str
    light: str
    accent: str


PALETTES = {
    DomainLetter.VISION: Palette("#063b3a", "#085250", "#0b6e69", "#2b8b84", "#9fd4cb", "#f6b75e"),
    DomainLetter.SELF: Palette("#1c2258", "#2c347e", "#3f4aa8", "#5c67c2", "#b8bff0", "#f5a583"),
    DomainLetter.OTHERS: Palette("#4f2d00", "#734300", "#9a5b00", "#b67620", "#f0cf95", "#a5dcd2"),
    DomainLetter.SYSTEMS: Palette("#45103a", "#681d52", "#8a2c6a", "#a44c85", "#e6b7d5", "#bcd98a"),
}

#: The badge of the whole framework belongs to no domain.
WHOLE = Palette("#16212b", "#212e3b", "#2c3c4b", "#43566a", "#bccad6", "#f6b75e")
