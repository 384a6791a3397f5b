"""Figures without a peer: what one thing takes on this machine, as medians."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any, Final

from bench import material
from bench.timing import rate_of
from credentials.openbadges import StatusList, verify
from credentials.openbadges.documents.badge import CONTEXTS

TIMES: Final = 5
LIMIT: Final = 256 * 1024


def cpu_seconds(operation: Callable[[], object], times: int = TIMES) -> float:
    """Median CPU time of this process for one call."""
    taken = []
    for _ in range(times):
        began = process_time()
        operation()
        taken.append(process_time() - began)
    return median(taken)


def content_load_s() -> float:
    """Reading and checking all modules once, in a fresh process without Django."""
    script = (
        "from time import perf_counter as now\n"
        "from course_content.loading import load\n"
        "began = now(); load(); print(now() - began)"
    )
    answers = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(TIMES)
    ]
    return median(float(answer.stdout) for answer in answers)


def status_check_per_s() -> float:
    """Unpacking a list of 131,072 entries and looking one up."""
    listed = material.bits().encode()
    return median(
        rate_of(lambda: StatusList.decode(listed).is_revoked(94_567))(1) for _ in range(3)
    )


def hostile_cpu_s() -> dict[str, float]:
    """CPU time until each hostile document of up to 256 KiB is answered."""
    ports = material.ports()
    return {
        name: round(cpu_seconds(lambda d=data: verify(d, as_of=material.TODAY, ports=ports)), 4)
        for name, data in hostile().items()
    }


def hostile() -> dict[str, bytes]:
    """What is built to keep a verifier busy; each is a badge in its form."""
    note = {"type": ["Evidence"], "name": "x" * 50}
    return {
        "poison_8_tied_nodes": _badge({"evidence": tied(8)}),
        "tied_nodes_256_KiB": _filled({"type": ["Evidence"]}),
        "texts_256_KiB": _filled(note),
        "vocabularies_256_KiB": _filled({"@context": list(CONTEXTS), **note}),
        "unknown_words_256_KiB": _filled({"nowhere": "x" * 50}),
        "depth_256_KiB": b'{"evidence":' * (LIMIT // 12),
        "brackets_256_KiB": b"[" * LIMIT,
        "digits_256_KiB": b'{"creditsEarned": ' + b"9" * (LIMIT - 20) + b"}",
    }


def tied(count: int) -> list[dict[str, Any]]:
    """Pieces of evidence that all point at each other and that nothing tells apart."""
    names = [f"_:{number}" for number in range(count)]
    return [
        {
            "type": ["Evidence"],
            "id": name,
            "alignment": [{"id": other} for other in names if other != name],
        }
        for name in names
    ]


def _badge(changes: dict[str, Any]) -> bytes:
    return json.dumps({**json.loads(material.signed()), **changes}).encode()


def _filled(note: dict[str, Any]) -> bytes:
    room = LIMIT - len(material.signed())
    return _badge({"evidence": [note] * (room // (len(json.dumps(note)) + 2))})
