"""A badge inside an SVG picture: write it in, take it out again, byte for byte.

The picture is read with lxml and written out again: no entities, no network, no DTD, no huge
trees. Scripts in the picture are neither executed nor removed: a baked picture is as safe or
unsafe to show as the picture was.
Sources: Open Badges 3.0, section "Baked badges" (SVG); Open Badges 2.0, "Baking Specification".
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from lxml import etree

from credentials.openbadges.errors import (
    DamagedSvg,
    NoBadgeInside,
    NotAnSvg,
    NotSafe,
    TooLarge,
    Truncated,
)
from credentials.openbadges.generation import Generation

MAX_SVG_BYTES: Final = 4 * 1024 * 1024
#: Each part of a picture takes memory far beyond its bytes.
MAX_PARTS: Final = 100_000
#: Attributes and names of vocabularies that the opening tag may have: each is compared with each.
MAX_NAMES: Final = 500

_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_PREFIX: Final = "openbadges"
_NAMES: Final = {
    Generation.THREE: ("https://purl.imsglobal.org/ob/v3p0", "credential"),
    Generation.TWO: ("http://openbadges.org", "assertion"),
}
_TAGS: Final = {kind: f"{{{space}}}{name}" for kind, (space, name) in _NAMES.items()}

_JWS: Final = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_URL: Final = re.compile(rb"https?://[\x21-\x7e]+")
#: libxml2's XML_ERR_TAG_NOT_FINISHED and XML_ERR_DOCUMENT_EMPTY.
_UNFINISHED: Final = 77
_EMPTY: Final = 4

#: Never with collect_ids=False: it makes libxml2 load the DTD that a picture names.
_PARSER: Final = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    huge_tree=False,
    strip_cdata=False,
)


def bake_svg(svg: bytes, badge: bytes, *, generation: Generation = Generation.THREE) -> bytes:
    """The picture with `badge` (exact bytes of UTF-8 JSON, a JWS or, for 2.0, an address) inside.

    One element directly after the opening tag: a JWS or an address in its `verify`, JSON in CDATA.
    Whatever badge the picture carried before, of 3.0 or 2.0, is replaced. Raises NotAnSvg,
    Truncated, DamagedSvg, TooLarge; NotSafe for a badge that XML cannot hold.
    """
    root = _root(svg)
    _forget(root)
    inside = _element(badge, generation)
    inside.tail, root.text = root.text, None
    root.insert(0, inside)
    _declare(root, _NAMES[generation][0])
    data = _written(svg, root)
    if len(data) > MAX_SVG_BYTES:
        raise TooLarge(f"The picture would have more than {MAX_SVG_BYTES:,} bytes.")
    return data


def unbake_svg(svg: bytes) -> bytes:
    """The exact bytes that were baked in: of 3.0, or else of 2.0.

    Raises NoBadgeInside without a badge or with two, and what `bake_svg` raises for a picture
    that is not whole.
    """
    root = _root(svg)
    found = list(root.iter(_TAGS[Generation.THREE])) or list(root.iter(_TAGS[Generation.TWO]))
    if not found:
        raise NoBadgeInside("The picture carries no badge.")
    if len(found) > 1:
        raise NoBadgeInside("The picture carries several badges; it must carry exactly one.")
    (element,) = found
    if len(element):
        raise DamagedSvg("The badge in the picture is mixed with other marks.")
    text = element.text or ""
    return (text if text.strip() else element.get("verify", text)).encode()


def _root(svg: bytes) -> Any:
    """The picture as a tree, whole and harmless to hold."""
    if len(svg) > MAX_SVG_BYTES:
        raise TooLarge(f"The picture has more than {MAX_SVG_BYTES:,} bytes.")
    if svg.count(b"<") > MAX_PARTS:
        raise TooLarge(f"The picture has more than {MAX_PARTS:,} parts.")
    try:
        root = etree.fromstring(svg, _PARSER)
    except etree.XMLSyntaxError as error:
        code = error.code  # type: ignore[attr-defined]  # the stubs do not know it
        if code == _EMPTY:
            raise NotAnSvg("The file is not an SVG picture.") from None
        if code == _UNFINISHED or not svg.rstrip().endswith(b">"):
            raise Truncated(
                "The picture ends before it is complete: the file was cut off."
            ) from None
        raise DamagedSvg("The picture was damaged: its marks do not fit together.") from None
    if root.tag not in {_SVG, "svg"}:
        raise NotAnSvg("The file is not an SVG picture.")
    if len(root.attrib) + len(root.nsmap) > MAX_NAMES:
        raise TooLarge(f"The picture's opening tag has more than {MAX_NAMES} parts.")
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        raise DamagedSvg("The picture declares abbreviations of its own, which are not read here.")
    return root


def _remove(element: Any) -> None:
    """Take an element out and leave the text that follows it where it is."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _forget(root: Any) -> None:
    """Take every badge out, and the names that only badges use."""
    for old in list(root.iter(*_TAGS.values())):
        _remove(old)
    spaces = [space for space, _ in _NAMES.values()]
    if any(space in spaces for space in root.nsmap.values()):
        others = [prefix for prefix, space in root.nsmap.items() if space not in spaces]
        etree.cleanup_namespaces(root, keep_ns_prefixes=[name for name in others if name])


def _declare(root: Any, space: str) -> None:
    """Move the badge's prefix to the opening tag, where the standard has it.

    Where the picture uses the prefix for something else, it stays with the badge.
    """
    if _PREFIX not in root.nsmap:
        keep = [prefix for prefix in root.nsmap if prefix]
        etree.cleanup_namespaces(root, top_nsmap={_PREFIX: space}, keep_ns_prefixes=keep)


def _element(badge: bytes, generation: Generation) -> Any:
    space, name = _NAMES[generation]
    element = etree.Element(f"{{{space}}}{name}", nsmap={_PREFIX: space})
    verify = _verify(badge, generation)
    try:
        if verify is not None:
            element.set("verify", verify)
        if verify is None or verify.encode() != badge:
            element.text = _character_data(badge.decode())
    except ValueError:  # as lxml and the decoder call it
        raise NotSafe("It contains a character that an SVG picture cannot hold.") from None
    return element


def _verify(badge: bytes, generation: Generation) -> str | None:
    """What stands in `verify`: the badge itself if it is short of structure, else its address."""
    if _JWS.fullmatch(badge):
        return badge.decode("ascii")
    if generation is Generation.THREE:
        return None
    if _URL.fullmatch(badge):
        return badge.decode("ascii")
    try:
        assertion = json.loads(badge)
    except (ValueError, RecursionError):
        return None
    address = assertion.get("id") if isinstance(assertion, dict) else None
    if isinstance(address, str) and _URL.fullmatch(address.encode("utf-8", "replace")):
        return address
    return None


def _character_data(badge: str) -> Any:
    """CDATA, or escaped text where CDATA would end too early or change the line ends."""
    return badge if "]]>" in badge or "\r" in badge else etree.CDATA(badge)


def _written(svg: bytes, root: Any) -> bytes:
    """The picture with what surrounds it: declaration, document type, remarks."""
    tree = root.getroottree()
    around: dict[str, Any] = {
        "xml_declaration": svg.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"),
        "standalone": tree.docinfo.standalone,
    }
    data: bytes = etree.tostring(tree, encoding="UTF-8", **around)
    return data
