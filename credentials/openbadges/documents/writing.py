"""The values of a document, each refused unless every tool reads it as we wrote it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from credentials.openbadges.errors import NotSafe
from credentials.openbadges.proof import instant
from credentials.openbadges.rdfterms import ABSOLUTE_IRI
from credentials.openbadges.strictjson import check_value

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def iri(place: str, value: str) -> str:
    """A complete address without spaces; raises NotSafe naming the place."""
    if not ABSOLUTE_IRI.fullmatch(value):
        raise NotSafe(f"{place}: {value[:80]!r} is not a complete address.")
    return value


def text(place: str, value: str) -> str:
    """A text with something in it and no control characters; raises NotSafe."""
    if not value.strip():
        raise NotSafe(f"{place}: the text is empty.")
    if _CONTROL.search(value):
        raise NotSafe(f"{place}: the text contains a control character.")
    return value


def moment(place: str, value: datetime) -> str:
    """A date with its time zone, as XML Schema writes it in UTC; raises NotSafe."""
    if value.tzinfo is None:
        raise NotSafe(f"{place}: the date has no time zone.")
    return instant(value)


def amount(place: str, value: float) -> float:
    """A number of at most 15 digits, not negative; whole numbers as integers; raises NotSafe.

    JavaScript and Python write other numbers differently, and then signatures do not agree.
    """
    try:
        check_value(value)
    except NotSafe as error:
        raise NotSafe(f"{place}: {error.message}") from None
    if value < 0:
        raise NotSafe(f"{place}: the number is negative.")
    return int(value) if float(value).is_integer() else value
