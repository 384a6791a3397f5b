"""Where the published test vectors are, or why the tests that use them are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def folder() -> Path:
    """The folder of vectors: LC_VECTORS, or ../shared/vectors beside the repository.

    Skips the test where neither exists; under CI=true it fails instead if ../shared is there.
    """
    given = os.environ.get("LC_VECTORS")
    found = Path(given) if given else ROOT.parent / "shared" / "vectors"
    if found.is_dir():
        return found
    if os.environ.get("CI") == "true" and (ROOT.parent / "shared").is_dir():
        pytest.fail(f"the published vectors are missing: {found} does not exist")
    pytest.skip("published vectors absent: put them in ../shared/vectors or set LC_VECTORS")
