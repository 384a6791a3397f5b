"""`python -m bench`: measure everything in one run and write bench/results.json."""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from bench import batch, pairs, python_peers, single
from bench.timing import ROUNDS, SECONDS, Pair

RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    """Ratios first, absolute figures beside them."""
    measured: dict[str, Pair] = {}
    for compare in (
        pairs.against_digitalbazaar,
        pairs.against_pyld,
        pairs.against_bakery,
        python_peers.against_openbadges,
        python_peers.against_openbadgeslib,
    ):
        for name, pair in compare().items():
            measured[name] = pair
            tell(name, f"{pair.ratio:.2f} times")
    figures: dict[str, Any] = {
        "status_check_per_s": round(single.status_check_per_s()),
        "batch_21000_seconds": round(batch.batch_seconds(), 1),
        "content_load_seconds": round(single.content_load_s(), 2),
        "hostile_cpu_seconds": single.hostile_cpu_s(),
    }
    for name, figure in figures.items():
        tell(name, figure)
    write(measured, figures)
    return 0


def tell(name: str, figure: object) -> None:
    """A line as soon as there is one."""
    sys.stdout.write(f"{name:34} {figure}\n")
    sys.stdout.flush()


def write(measured: dict[str, Pair], figures: dict[str, Any]) -> None:
    """The figures of this run and nothing of an earlier one."""
    told = {
        "measured_with": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cores": os.cpu_count(),
            "rounds": ROUNDS,
            "seconds_per_turn": SECONDS,
            "credential_bytes": pairs.credential_bytes(),
        },
        **{name: round(pair.ratio, 2) for name, pair in measured.items()},
        **figures,
        "absolute": {name: pair.to_json() for name, pair in measured.items()},
    }
    RESULTS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
