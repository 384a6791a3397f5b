"""Pictures that badges are baked into."""

from __future__ import annotations

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">\n  <path d="M0 0L1 1"/>\n</svg>'

#: As a drawing program writes it: declaration, remark, document type, names of its own, a script.
DRAWN = b"""<?xml version='1.0' encoding='UTF-8' standalone='no'?>
<!-- Generator: a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:draw="https://draw.example/ns" draw:v="1">
  <draw:view zoom="2"/>
  <script><![CDATA[if (a < b) throw "never run";]]></script>
</svg>
<!-- end -->"""


def drawn(parts: int = 400) -> bytes:
    """A picture of that many parts."""
    lines = b"".join(
        b'<path d="M%d 0L1 %d" fill="none" stroke="teal"/>' % (n, n) for n in range(parts)
    )
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + lines + b"</svg>"
