"""An emblem as a small one-coloured symbol, for cells of the honeycomb and headers of modules."""

from __future__ import annotations

from course_content.art.emblem import Emblem, Tone, svg
from course_content.art.emblems.register import emblem

#: What lies behind is fainter; all else has the full colour of the text around it.
_OPACITY = {Tone.INK: 1.0, Tone.SOFT: 0.5, Tone.ACCENT: 1.0}


def glyph_marks(code: str) -> str:
    """The SVG elements of the emblem in `currentColor` on a field of 120 by 120, without `<svg>`.

    Raises UnknownItem.
    """
    drawing: Emblem = emblem(code)
    return "".join(svg(mark, "currentColor", _OPACITY[mark.tone]) for mark in drawing)


def glyph_svg(code: str) -> str:
    """The emblem as an inline `<svg class="lc-glyph">`; hidden from readers, a title stands beside.

    Raises UnknownItem.
    """
    return (
        '<svg class="lc-glyph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120"'
        f' aria-hidden="true" focusable="false">{glyph_marks(code)}</svg>'
    )
