"""Refusals for programs: RFC 9457 problem documents that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.http import JsonResponse

PROBLEM_TYPE: Final = "application/problem+json"

#: Every code of a refusal with its HTTP status; codes are stable and never reused.
STATUSES: Final = {
    "as-of": 422,
    "bad-form": 400,
    "both": 422,
    "busy": 503,
    "no-link": 422,
    "not-text": 422,
    "nothing": 422,
    "post-only": 405,
    "recipient-in-address": 422,
    "too-large": 413,
    "too-long": 422,
    "too-often": 429,
    "unknown-type": 415,
}


class Refused(Exception):
    """A request that is not answered; `code` is one of `STATUSES`, `detail` says what to do."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = STATUSES[code]
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})


def problem(refused: Refused) -> JsonResponse:
    """The refusal as a response; its title is the status in words."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "code": refused.code,
        "detail": refused.detail,
    }
    return JsonResponse(
        document, status=refused.status, content_type=PROBLEM_TYPE, headers=refused.headers
    )
