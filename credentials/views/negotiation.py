"""One address, two readers: which of the forms we have a request would rather see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

HTML = "text/html"
#: A header longer than this is cut: no client needs more, and work stays bounded.
MAX_ACCEPT = 2000

_QUALITY = re.compile(r"[01](?:\.\d{0,3})?")


def preferred(accept: str, offers: Sequence[str]) -> str:
    """The offer that an Accept header likes best (RFC 9110, section 12.5.1).

    The most specific range that matches an offer gives its weight; of equal weights the earlier
    offer wins. An absent header, and one that no offer satisfies, get the first offer: a reader
    who asks for nothing we have is better served by the document than by a refusal.
    """
    ranges = [parsed for part in accept[:MAX_ACCEPT].split(",") if (parsed := _range(part))]
    if not ranges:
        return offers[0]
    weights = [_weight(offer, ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else offers[0]


def wants_page(request: HttpRequest, machine: Sequence[str]) -> bool:
    """Whether the request would rather have a page than one of the `machine` types."""
    return preferred(request.headers.get("Accept", ""), [*machine, HTML]) == HTML


def negotiated(response: HttpResponse) -> HttpResponse:
    """The response, marked for caches as one of several forms."""
    patch_vary_headers(response, ["Accept"])
    return response


def _range(part: str) -> tuple[str, str, float] | None:
    """(type, subtype, weight) of one media range; None for what is none."""
    media, *parameters = (piece.strip() for piece in part.split(";"))
    kind, slash, subtype = media.lower().partition("/")
    if not kind or not slash or not subtype:
        return None
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            weight = min(float(value), 1.0) if _QUALITY.fullmatch(value.strip()) else 0.0
    return kind, subtype, weight


def _weight(offer: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    kind, _, subtype = offer.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        weights = [weight for *media, weight in ranges if tuple(media) == wanted]
        if weights:
            return max(weights)
    return 0.0
