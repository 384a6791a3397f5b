"""The running platform as one value, handed to everything that answers a request."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lti_tool.practice_lms.facts import Facts, facts
from lti_tool.practice_lms.keys import SigningKey, load_or_make
from lti_tool.practice_lms.storage import Storage
from lti_tool.practice_lms.tool_keys import Fetch, ToolKeys, fetch_from


@dataclass(frozen=True, kw_only=True)
class Lms:
    """Who we are, what we remember, whom we believe, and what time it is."""

    facts: Facts
    key: SigningKey
    storage: Storage
    tool_keys: ToolKeys
    now: Callable[[], float]


def open_lms(
    folder: Path,
    *,
    port: int,
    tool: str,
    fetch: Fetch | None = None,
    now: Callable[[], float] = time.time,
) -> Lms:
    """The platform that lives in `folder`; made there at the first call."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = facts(folder=folder, port=port, tool=tool)
    return Lms(
        facts=known,
        key=load_or_make(folder / "signing-key.pem"),
        storage=Storage(folder / "practice-lms.sqlite3"),
        tool_keys=ToolKeys(fetch or fetch_from(known.tool_jwks_url), now),
        now=now,
    )


def opaque() -> str:
    """A value that nobody can guess."""
    return secrets.token_urlsafe(24)


def first_seen(rows: sqlite3.Connection, value: str, *, expires: float, now: float) -> bool:
    """Whether that jti or nonce arrives for the first time; it is remembered from then on."""
    rows.execute("DELETE FROM seen WHERE expires < ?", (now,))
    added = rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (value, expires))
    return added.rowcount == 1
