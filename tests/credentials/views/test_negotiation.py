"""Which form a request would rather see (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import pytest

from credentials.views.negotiation import preferred

OFFERS = ["application/vc+ld+json", "application/json", "text/html"]
CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7"
)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "application/vc+ld+json"),
        ("*/*", "application/vc+ld+json"),
        (CHROMIUM, "text/html"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, text/html;q=0.4", "application/json"),
        ("application/json;q=0.4, text/html;q=0.5", "text/html"),
        ("text/*;q=0.9, application/json;q=0.8", "text/html"),
        ("application/*", "application/vc+ld+json"),
        ("application/vc+ld+json;q=0, */*", "application/json"),
        ("TEXT/HTML", "text/html"),
        ("text/html;level=1;q=0.7, application/json;q=0.6", "text/html"),
        ("image/png", "application/vc+ld+json"),
        ("nonsense, ;;, text/html;q=high, /", "application/vc+ld+json"),
        ("text/html;q=0.3, */*;q=0.2, application/json;q=0", "text/html"),
    ],
)
def test_preferred_offer(accept: str, wanted: str) -> None:
    assert preferred(accept, OFFERS) == wanted


def test_endless_header_is_cut() -> None:
    assert preferred("text/plain," * 100_000 + "text/html", OFFERS) == "application/vc+ld+json"
