"""What a door asks of a platform it knows (keys, tokens, scores), all within the fetch policy."""

from __future__ import annotations

from collections.abc import Mapping

from credentials.conf import conf
from credentials.fetching import Answered, Fetched, Fetcher, FetchError, FetchFailed, FetchRefused

__all__ = ["Answered", "FetchError", "FetchFailed", "FetchRefused", "Fetched", "fetch", "send"]

#: Seconds. Somebody waits for the page behind these.
PATIENCE = 3.0
#: Seconds for a whole request of a worker, for which nobody waits.
DEADLINE = 15.0
MAX_BYTES = 1024 * 1024


def fetch(url: str, *, accept: str = "application/json", max_bytes: int = MAX_BYTES) -> Fetched:
    """A good answer to a GET within three seconds, redirects followed; raises FetchError."""
    fetcher = Fetcher(
        conf().fetch_allow,
        connect_seconds=PATIENCE,
        read_seconds=PATIENCE,
        deadline_seconds=PATIENCE,
    )
    return fetcher.get(url, accept=accept, max_bytes=max_bytes)


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    max_bytes: int = MAX_BYTES,
) -> Answered:
    """Whatever a service answers to one request, with any status; raises FetchError.

    Nothing is sent on to where a redirect points: what is sent carries a secret.
    """
    fetcher = Fetcher(conf().fetch_allow, deadline_seconds=DEADLINE)
    return fetcher.send(method, url, headers=headers, body=body, max_bytes=max_bytes)
