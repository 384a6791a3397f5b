"""PyPI openbadges 1.1.2 in its own environment and process, asked over a pipe."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tests.judges import FOLDER
from tests.judges.environments import python_of

#: Address -> document, bytes of a picture, or the status that the address answers instead.
Published = Mapping[str, Any]


class OlderJudge:
    """The judge, waiting for the next badge."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(
        self,
        badge: bytes,
        documents: Published,
        recipient: Mapping[str, str] | None,
        now: datetime,
    ) -> dict[str, Any]:
        """{"valid": bool, "errors": [text], "warnings": [text]} for an address, JSON, JWS or
        picture; nothing but `documents` is reachable for the judge."""
        job = {
            "badge": _badge(badge),
            "documents": {url: _answer(found) for url, found in documents.items()},
            "recipient": recipient,
            "now": now.isoformat(),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def older_judge() -> Iterator[OlderJudge]:
    """Starts the judge; skips, or fails under CI=true, where it is not installed."""
    with subprocess.Popen(
        [python_of("openbadges"), str(FOLDER / "ob2_judge.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it writes a traceback for every address that does not answer
        text=True,
    ) as process:
        yield OlderJudge(process)


def _badge(badge: bytes) -> Any:
    for start, name in ((b"\x89PNG", "badge.png"), (b"<svg", "badge.svg")):
        if badge.startswith(start):
            return {"image": b64encode(badge).decode("ascii"), "name": name}
    return badge.decode()


def _answer(found: Any) -> dict[str, Any]:
    status = found if isinstance(found, int) else 200
    kind = "image/png" if isinstance(found, bytes) else "application/ld+json"
    body = b"" if isinstance(found, int) else found
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {"status": status, "type": kind, "body": b64encode(text).decode("ascii")}
