"""One request to a platform's service: bearer token, media types, one way to fail."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from credentials.api import outside
from credentials.api.outside import Answered
from lti_tool import tokens
from lti_tool.models import Deployment
from lti_tool.service_faults import Declined, Unavailable, wait_asked, words

#: The platform, or something before it, is not there for anybody.
_AWAY: Final = frozenset({408, 425, 429, 502, 503, 504})


def call(
    deployment: Deployment,
    scopes: Iterable[str],
    method: str,
    url: str,
    *,
    now: datetime,
    accept: str = "",
    content_type: str = "",
    document: object = None,
) -> Answered:
    """A good answer (2xx). Call it outside a transaction.

    A refused token is replaced once. Raises Unavailable for what may be different later, Declined
    for what will not.
    """
    wanted = sorted(set(scopes))
    headers = {"Accept": accept or "*/*"}
    body = None
    if content_type:
        headers["Content-Type"] = content_type
        body = json.dumps(document).encode()
    for attempt in (1, 2):
        token = tokens.bearer(deployment, wanted, now=now)
        answered = _send(method, url, {**headers, "Authorization": f"Bearer {token}"}, body)
        if answered.status != 401:
            break
        tokens.forget(deployment, wanted)
        if attempt == 2:
            raise Unavailable(
                f"The platform refuses the token it gave: {words(answered)}", status=401
            )
    return _good(answered, now=now)


def document_of(answered: Answered) -> Any:
    """The JSON of an answer; raises Declined where there is none."""
    try:
        return json.loads(answered.body)
    except (ValueError, RecursionError):
        raise Declined("The platform's answer is no JSON.", status=answered.status) from None


def _send(method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answered:
    try:
        return outside.send(method, url, headers=headers, body=body)
    except outside.FetchRefused as fault:
        raise Declined(f"The platform's address may not be used: {fault.reason}") from None
    except outside.FetchFailed as fault:
        raise Unavailable(fault.reason) from None


def _good(answered: Answered, *, now: datetime) -> Answered:
    status = answered.status
    if 200 <= status < 300:
        return answered
    told = f"{status} {words(answered)}".strip()
    if status in _AWAY or status >= 500:
        raise Unavailable(
            f"The platform is busy or broken: {told}",
            status=status,
            after=wait_asked(answered, now=now),
            everybody=status in _AWAY,
        )
    if 300 <= status < 400:
        raise Declined("The platform's address has moved; launch from it once more.", status=status)
    raise Declined(f"The platform refuses: {told}", status=status)
