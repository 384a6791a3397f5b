"""Judges that are Python packages, each asked in an environment of its own (`make judges`)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.judges import FOLDER


def judge_in(environment: str, script: str, jobs: Mapping[str, Any]) -> dict[str, Any]:
    """What a judge's script answers to each job, by the job's name; one process for all of them."""
    done = subprocess.run(
        [str(python_of(environment)), str(FOLDER / script)],
        input="".join(json.dumps(job) + "\n" for job in jobs.values()),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return dict(zip(jobs, answers, strict=True))


def python_of(environment: str) -> Path:
    """The environment's Python; skips, or fails under CI=true, where it is not made."""
    python = FOLDER.parents[1] / ".venvs" / environment / "bin" / "python"
    if (python.parents[1] / ".installed").exists():
        return python
    message = f"the environment {environment} of an independent judge is not made: `make judges`"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
