"""Independent implementations that judge what we issue; installed for the tests, never shipped.

`npm ci` in this folder installs those on Node, `make judges` those in Python environments of their
own. Where one of them is missing a test is skipped and says so; under CI=true it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from credentials.openbadges.contexts import PINNED, context_document
from credentials.openbadges.status import ENTRIES

FOLDER = Path(__file__).parent
PACKAGES = (
    "@digitalbazaar/vc",
    "@digitalbazaar/vc-status-list",
    "@digitalcredentials/verifier-core",
)


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
    answer: dict[str, Any] = _run(
        "verify_vc.mjs",
        {
            "credential": json.loads(credential),
            "did": did,
            "statusList": None if status_list is None else json.loads(status_list),
            "contexts": _contexts(),
            "now": None if now is None else now.isoformat(),
        },
    )
    return answer


def judge_core(
    cases: Mapping[str, tuple[bytes, Mapping[str, bytes]]], *, now: datetime
) -> dict[str, dict[str, Any]]:
    """What npm @digitalcredentials/verifier-core says about each credential, offline.

    A case is the credential and what addresses answer beside the pinned contexts. Returns for
    each {"signature", "expiration", "revocation", "schema": True, False or None where not
    reached, "errors": [name]}; `revocation` True means in force.
    """
    job = [
        {
            "credential": json.loads(credential),
            "answers": {
                **_contexts(),
                **{url: json.loads(document) for url, document in answers.items()},
            },
        }
        for credential, answers in cases.values()
    ]
    verdicts = _run("verify_core.mjs", {"now": now.isoformat(), "cases": job})
    return dict(zip(cases, verdicts, strict=True))


def signed_by_judge(credential: dict[str, Any], kind: str) -> tuple[dict[str, Any], str]:
    """The credential as another issuer's tools sign it, and their public key in Multikey form.

    `kind` is "P-256" or "P-384" (ecdsa-rdfc-2019), "Ed25519" (eddsa-rdfc-2022) or
    "Ed25519Signature2020".
    """
    job = {"credential": credential, "kind": kind, "contexts": _contexts()}
    answer = _run("sign_vc.mjs", job)
    return answer["credential"], answer["multibase"]


def token_by_judge(payload: dict[str, Any], alg: str, kid: str) -> tuple[bytes, dict[str, str]]:
    """A token as Node's own cryptography makes it, and the public key as JWK."""
    answer = _run("tokens.mjs", {"payload": payload, "alg": alg, "kid": kid})
    return answer["token"].encode(), answer["jwk"]


def judge_token(token: bytes, jwk: dict[str, str]) -> dict[str, Any]:
    """What Node's own cryptography finds in a token: {"verified", "header", "payload"}."""
    answer = _run("tokens.mjs", {"token": token.decode(), "jwk": jwk})
    assert isinstance(answer, dict)
    return answer


def lists_by_judge(
    list_id: str, revoked: list[int], *, bitstring: str, list_2021: str
) -> dict[str, Any]:
    """Revocation lists as npm @digitalbazaar/vc-bitstring-status-list and vc-status-list make them.

    Returns {"bitstring", "list2021": the list as an unsigned credential, "read": {the same two: the
    indexes that they find revoked in our encoded lists}}.
    """
    answer: dict[str, Any] = _run(
        "status_list.mjs",
        {
            "id": list_id,
            "length": ENTRIES,
            "revoked": revoked,
            "encoded": {"bitstring": bitstring, "list2021": list_2021},
        },
    )
    return answer


def _contexts() -> dict[str, Any]:
    return {url: context_document(url) for url in PINNED}


def _run(script: str, job: dict[str, Any]) -> Any:
    program = node()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            [program, str(FOLDER / script), str(path)],
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        )
    return json.loads(done.stdout)


def node() -> str:
    """The Node to run; skips, or fails under CI=true, where it or the packages are absent."""
    program = shutil.which("node")
    if program and all((FOLDER / "node_modules" / package).is_dir() for package in PACKAGES):
        return program
    missing = (
        "Node 20 or newer and `npm ci` in tests/judges"
        if not program
        else "`npm ci` in tests/judges"
    )
    not_installed(missing)


def not_installed(missing: str) -> NoReturn:
    """Skip the test and say what to install; fail under CI=true."""
    message = f"the independent judges are not installed: {missing}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
