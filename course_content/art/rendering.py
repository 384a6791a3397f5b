"""An SVG badge as PNG bytes, by a renderer that is a wheel and asks nothing of the machine."""

from __future__ import annotations

from resvg_py import svg_to_bytes


def badge_png(svg: str, size: int) -> bytes:
    """The badge as a PNG of `size` by `size` pixels, transparent around the hexagon.

    The same SVG gives the same bytes with the same renderer. Raises ValueError below 16 and above
    4096 pixels, where there is nothing to see or too much to hold.
    """
    if not 16 <= size <= 4096:
        raise ValueError(f"a badge is drawn from 16 to 4096 pixels, not {size}")
    return bytes(svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True))
