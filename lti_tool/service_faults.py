"""How a platform's service can fail us, and what its answer says about it.

ServiceFault
+-- Unavailable      not now: try again later
+-- Declined         not like this: trying again changes nothing, somebody must look
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from credentials.api.outside import Answered

#: However long a platform asks us to stay away.
LONGEST_WAIT: Final = timedelta(days=1)
_LONGEST_WORDS: Final = 300


class ServiceFault(Exception):
    """Root; `reason` is a sentence for staff, `status` that of the answer if there was one."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Unavailable(ServiceFault):
    """Not now; `after` is what the platform asked for (Retry-After).

    `everybody` tells that the platform as a whole does not serve us, not one request of ours.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        after: timedelta | None = None,
        everybody: bool = True,
    ) -> None:
        super().__init__(reason, status=status)
        self.after = after
        self.everybody = everybody


class Declined(ServiceFault):
    """The platform will not take it, however often it is asked."""


def wait_asked(answered: Answered, *, now: datetime) -> timedelta | None:
    """How long Retry-After asks for (RFC 9110, 10.2.3), at most a day; None if it does not."""
    told = answered.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal() and len(told) < 10:
        return min(timedelta(seconds=int(told)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)


def words(answered: Answered) -> str:
    """What the platform says about its refusal, short enough for a line of a table."""
    text = answered.body.decode("utf-8", "replace")
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        told = [
            document[name]
            for name in ("error", "error_description", "message", "reason", "detail")
            if isinstance(document.get(name), str)
        ]
        text = ": ".join(told) or text
    elif "<" in text:
        return ""  # a page for people, not a reason
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(clean.split())[:_LONGEST_WORDS]
