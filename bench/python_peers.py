"""Comparisons with Python peers that need an environment of their own (`make judges`)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench import material
from bench.pairs import issuing, verifying
from bench.peers import Peer
from bench.timing import Pair, interleaved, rate_of
from credentials.openbadges import Answer, Question, did_web_url, verify
from tests.credentials.openbadges import older_issued as older
from tests.credentials.openbadges.issued import CONTENT, tiny_png


def against_openbadges() -> dict[str, Pair]:
    """Validate Open Badges 2.0, hosted and signed: PyPI openbadges 1.1.2."""
    published = older.published()
    token = older.token(older.to_sign())
    given = {
        "hostedUrl": older.ASSERTION,
        "signed": token.decode(),
        "documents": published,
        "pictures": {CONTENT.image_url: b64encode(tiny_png()).decode()},
        "now": material.TODAY.isoformat(),
    }
    hosted = json.dumps(published[older.ASSERTION]).encode()
    with _peer("openbadges", given) as peer:
        return {
            "ob2_validate_vs_openbadges": interleaved(
                rate_of(_validating(hosted)), peer.rate("hosted")
            ),
            "ob2_signed_vs_openbadges": interleaved(
                rate_of(_validating(token)), peer.rate("signed")
            ),
        }


def _validating(badge: bytes) -> Callable[[], None]:
    ports = older.world(older.published())

    def validated() -> None:
        report = verify(badge, as_of=material.TODAY, ports=ports)
        if report.finding(Question.SIGNATURE).answer is not Answer.YES:
            raise RuntimeError("our own badge of 2.0 does not hold")

    return validated


def against_openbadgeslib() -> dict[str, Pair]:
    """Issue and verify Open Badges 3.0: PyPI openbadgeslib 4."""
    plain, listed = material.signed(status=False), material.signed()
    status_list = material.signed_list()
    key = Ed25519PrivateKey.from_private_bytes(material.KEY.to_bytes())
    given = {
        "unsigned": material.unsigned(status=False),
        "signed": plain.decode(),
        "signedWithStatus": listed.decode(),
        "issuer": material.ISSUER,
        "documents": {
            did_web_url(material.ISSUER): json.dumps(material.did()),
            material.LIST: status_list.decode(),
        },
        "key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "method": material.METHOD,
        "created": material.AWARDED.isoformat(),
        "now": material.TODAY.isoformat(),
    }
    with _peer("openbadgeslib", given) as peer:
        return {
            "issue_vs_openbadgeslib": interleaved(rate_of(issuing()), peer.rate("issue")),
            "verify_vs_openbadgeslib": interleaved(
                rate_of(verifying(plain, status_list)), peer.rate("verify")
            ),
        }


def _peer(name: str, given: dict[str, Any]) -> Peer:
    python = Path(".venvs") / name / "bin" / "python"
    return Peer([str(python), f"tests/judges/bench_{name}.py"], given, name=name)
