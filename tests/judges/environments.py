"""Judges that are Python packages, each asked in an environment of its own (`make judges`)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from typing import Any

from tests.judges import FOLDER, not_installed


def judge_in(environment: str, script: str, jobs: Mapping[str, Any]) -> dict[str, Any]:
    """What a judge's script answers to each job, by the job's name; one process for all of them."""
    done = subprocess.run(
        [python_of(environment), str(FOLDER / script)],
        input="".join(json.dumps(job) + "\n" for job in jobs.values()),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return dict(zip(jobs, answers, strict=True))


def python_of(environment: str) -> str:
    """The environment's Python; skips, or fails under CI=true, where it is not made."""
    folder = FOLDER.parents[1] / ".venvs" / environment
    if not (folder / ".installed").exists():
        not_installed("`make judges`")
    return str(folder / "bin" / "python")
