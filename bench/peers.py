"""Peers in processes of their own: one line of JSON asks, one line answers."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Self

from bench.timing import Rate


class Peer:
    """A process that answers {"operation", "seconds"} with {"per_s"}; a context manager."""

    def __init__(self, command: list[str], material: dict[str, Any], *, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._ask(material)

    def rate(self, operation: str) -> Rate:
        """The rate of one of its operations; it is run once beforehand, as ours is."""
        self._ask({"operation": operation, "seconds": 0})
        return lambda seconds: float(
            self._ask({"operation": operation, "seconds": seconds})["per_s"]
        )

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended before it answered")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{self.name}: {answer['error']}")
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:  # closes the pipes and waits
            self._process.terminate()
