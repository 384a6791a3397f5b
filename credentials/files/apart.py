"""Reads a file in a process of its own, so that a hostile one can neither hang nor crash us.

The child gets no secrets in its environment, cannot write files, and is bounded in time and
memory; what it answers is bytes that we made (`child`). At most two run at once per process: a
third waits, and is told Busy rather than queueing without end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from credentials.files.facts import Busy, FileFacts, Refused

INSPECTION_SECONDS = 60.0
PAGE_SECONDS = 15.0
WAITING_SECONDS = 30.0
_ROOM = BoundedSemaphore(2)


def inspect(path: Path) -> FileFacts:
    """The facts of the file at `path`; raises Refused, or Busy."""
    facts, preview = _ask("inspect", path, "", INSPECTION_SECONDS)
    facts["texts"], facts["notes"] = tuple(facts["texts"]), tuple(facts["notes"])
    return FileFacts(**facts, preview=preview)


def page(path: Path, number: int) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as PNG; raises Refused, or Busy."""
    return _ask("page", path, str(number), PAGE_SECONDS)[1]


def _ask(what: str, path: Path, argument: str, seconds: float) -> tuple[dict[str, Any], bytes]:
    if not _ROOM.acquire(timeout=WAITING_SECONDS):
        raise Busy
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments, no shell; the path is our own
            [_python(), "-m", "credentials.files.child", what, str(path), argument],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            cwd="/" if os.name == "posix" else None,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_hard() from None
    finally:
        _ROOM.release()
    line, newline, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not newline:
        raise _too_hard()
    answer: dict[str, Any] = json.loads(line)
    if "refused" in answer:
        raise Refused(answer["refused"], answer["message"])
    return answer, rest


def _python() -> str:
    """The interpreter; under an embedding server `sys.executable` is the server itself."""
    here = Path(sys.prefix) / "bin" / "python"
    return str(here) if here.exists() else sys.executable


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([root, *(p for p in sys.path if p)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
    }


def _too_hard() -> Refused:
    return Refused(
        "too-complex",
        "This file could not be read within the time and memory that one file gets. Print it to "
        "PDF, or export it again, and upload the new copy.",
    )
