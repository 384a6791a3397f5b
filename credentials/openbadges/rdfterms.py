"""Addresses, texts, numbers and truth values as canonical N-Quads write them.

Source: W3C RDF 1.2 N-Quads, section 5 (canonical form); JSON-LD 1.1 API, section 8.6 (numbers).
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring
from typing import Final

#: An absolute IRI: a scheme, no space of any kind, and no character that N-Quads cannot hold
#: between < and >. Written as what is allowed, which is matched twice as fast as what is not.
IRI_TAIL: Final = r"(?:[!#-;=?-\[\]_a-z~]++|[^\x00-\x7f\s]++)++"
ABSOLUTE_IRI: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{IRI_TAIL}")
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
LANGUAGE: Final = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")

_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}


def quoted(text: str) -> str:
    """`text` between quotation marks."""
    # JSON escapes the same characters but one, if not always alike: where it escapes none there is
    # nothing to do, and it finds that out faster than anything else.
    written = encode_basestring(text)
    if len(written) == len(text) + 2 and "\x7f" not in text:
        return written
    return f'"{text.translate(_ESCAPES)}"'


def literal(text: str, datatype: str | None = None, language: str | None = None) -> str:
    """A text with what it is; xsd:string is the type of a text that has none."""
    if language is not None:
        return f"{quoted(text)}@{language}"
    if datatype is None or datatype == f"{XSD}string":
        return quoted(text)
    return f"{quoted(text)}^^<{datatype}>"


def number(value: float, datatype: str | None = None) -> str:
    """A number; whole ones as integers unless the type says double."""
    if float(value).is_integer() and datatype != f"{XSD}double":
        return literal(str(int(value)), datatype or f"{XSD}integer")
    mantissa, _, exponent = f"{value:1.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    mantissa = mantissa + "0" if mantissa.endswith(".") else mantissa
    return literal(f"{mantissa}E{int(exponent)}", datatype or f"{XSD}double")


def truth(value: bool, datatype: str | None = None) -> str:
    """Yes or no."""
    return literal("true" if value else "false", datatype or f"{XSD}boolean")
