"""What the practice LMS remembers: one SQLite file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS sitting (          -- who is signed in, by digest of the cookie
    digest TEXT PRIMARY KEY, person TEXT NOT NULL, since REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS link (             -- activities of the tool in the course
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, url TEXT NOT NULL,
    custom TEXT NOT NULL, placed REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS start (            -- message hints: launches that were begun here
    hint TEXT PRIMARY KEY, person TEXT NOT NULL, message TEXT NOT NULL, link TEXT,
    target TEXT NOT NULL, frame INTEGER NOT NULL, expires REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS picking (          -- deep linking requests that may be answered once
    data TEXT PRIMARY KEY, person TEXT NOT NULL, expires REAL NOT NULL, answered REAL
);
CREATE TABLE IF NOT EXISTS seen (             -- jti and nonce values of the tool's messages
    value TEXT PRIMARY KEY, expires REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS token (
    digest TEXT PRIMARY KEY, scopes TEXT NOT NULL, expires REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS line_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT, link TEXT, label TEXT NOT NULL, maximum REAL NOT NULL,
    resource_id TEXT NOT NULL, tag TEXT NOT NULL, made REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS score (            -- the newest of each person
    item INTEGER NOT NULL, person TEXT NOT NULL, stamp TEXT NOT NULL, second INTEGER NOT NULL,
    given REAL, maximum REAL, activity TEXT NOT NULL, grading TEXT NOT NULL,
    comment TEXT NOT NULL, received REAL NOT NULL, PRIMARY KEY (item, person)
);
CREATE TABLE IF NOT EXISTS arrival (          -- every score that was taken or refused, in order
    id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, person TEXT NOT NULL,
    stamp TEXT NOT NULL, given REAL, status INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS heard (            -- what the tool asked of the services
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, status INTEGER NOT NULL, told TEXT NOT NULL
);
"""


class Storage:
    """One file; `open` to read, `change` to write, each on a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch(mode=0o600)
        with self.open() as rows:
            rows.execute("PRAGMA journal_mode = WAL")
        connection = sqlite3.connect(self.path)
        connection.executescript(SCHEMA)
        connection.close()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection without a transaction around it."""
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One transaction with the write lock: kept if the block ends well, else dropped."""
        with self.open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
