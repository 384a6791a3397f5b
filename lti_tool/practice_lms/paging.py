"""Cutting a long list into pages that name the next (RFC 8288)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from lti_tool.practice_lms.web import Refusal, Request

Row = TypeVar("Row")


def cut(
    rows: Sequence[Row], request: Request, url: str
) -> tuple[Sequence[Row], tuple[tuple[str, str], ...]]:
    """The rows of the page that was asked for, and the Link header to the next if there is one."""
    limit = _whole(request, "limit", len(rows) or 1)
    start = _whole(request, "from", 0)
    if limit == 0:
        raise Refusal(400, "invalid", "limit must be above zero.")
    shown = rows[start : start + limit]
    if start + limit >= len(rows):
        return shown, ()
    query = {**request.query, "limit": str(limit), "from": str(start + limit)}
    return shown, (("Link", f'<{url.partition("?")[0]}?{urlencode(query)}>; rel="next"'),)


def _whole(request: Request, name: str, default: int) -> int:
    value = request.query.get(name, "")
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or len(value) > 6:
        raise Refusal(400, "invalid", f"{name} must be a whole number.")
    return int(value)
