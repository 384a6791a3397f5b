"""Independent implementations that judge what we issue; installed for the tests, never shipped.

`npm ci` in this folder installs them. Where Node or they are missing a test is skipped and says
so; under CI=true it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from credentials.openbadges.contexts import PINNED, context_document

FOLDER = Path(__file__).parent


def judge_vc(
    credential: bytes,
    did: dict[str, Any],
    status_list: bytes | None = None,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """What npm @digitalbazaar/vc says about a credential, offline.

    `did` is the issuer's document, `status_list` the signed list as served. Returns
    {"verified": bool, "errors": [text], "status": True in force, False revoked, None not read}.
    """
    return _run(
        "verify_vc.mjs",
        {
            "credential": json.loads(credential),
            "did": did,
            "statusList": None if status_list is None else json.loads(status_list),
            "contexts": {url: context_document(url) for url in PINNED},
            "now": None if now is None else now.isoformat(),
        },
    )


def signed_by_judge(credential: dict[str, Any], kind: str) -> tuple[dict[str, Any], str]:
    """The credential as another issuer's tools sign it, and their public key in Multikey form.

    `kind` is "P-256" or "P-384" (ecdsa-rdfc-2019) or "Ed25519Signature2020".
    """
    contexts = {url: context_document(url) for url in PINNED}
    answer = _run("sign_vc.mjs", {"credential": credential, "kind": kind, "contexts": contexts})
    return answer["credential"], answer["multibase"]


def _run(script: str, job: dict[str, Any]) -> dict[str, Any]:
    node = _node()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            [node, str(FOLDER / script), str(path)],
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        )
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def _node() -> str:
    """The Node to run; skips, or fails under CI=true, where it or the packages are absent."""
    node = shutil.which("node")
    if node and (FOLDER / "node_modules" / "@digitalbazaar" / "vc").is_dir():
        return node
    missing = (
        "Node 20 or newer and `npm ci` in tests/judges" if not node else "`npm ci` in tests/judges"
    )
    message = f"the independent judges are not installed: {missing}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
