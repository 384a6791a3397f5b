"""The peers of `make bench` that are Python do what they are measured at, or say so."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.peers import Peer
from credentials.openbadges import credential_document
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    ISSUER,
    ISSUER_URL,
    KEY,
    LIST,
    METHOD,
    TODAY,
    own_did,
    signed,
    signed_list,
    tiny_png,
)
from tests.credentials.openbadges.older_issued import ASSERTION, published, to_sign, token
from tests.judges import FOLDER
from tests.judges.environments import python_of

pytestmark = pytest.mark.judge


def _peer(name: str, material: dict[str, Any]) -> Peer:
    script = FOLDER / f"bench_{name}.py"
    return Peer([python_of(name), str(script)], material, name=name)


def _of_openbadges(**changes: Any) -> dict[str, Any]:
    return {
        "hostedUrl": ASSERTION,
        "signed": token(to_sign()).decode(),
        "documents": published(),
        "pictures": {CONTENT.image_url: b64encode(tiny_png()).decode()},
        "now": TODAY.isoformat(),
        **changes,
    }


def _of_openbadgeslib(**changes: Any) -> dict[str, Any]:
    key = Ed25519PrivateKey.from_private_bytes(KEY.to_bytes())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "unsigned": credential_document(CONTENT),
        "signed": signed().decode(),
        "signedWithStatus": signed().decode(),
        "issuer": ISSUER,
        "documents": {ISSUER_URL: json.dumps(own_did()), LIST: signed_list().decode()},
        "key": pem.decode(),
        "method": METHOD,
        "created": AWARDED.isoformat(),
        "now": TODAY.isoformat(),
        **changes,
    }


def test_openbadges_verifies_hosted_and_signed_badges() -> None:
    with _peer("openbadges", _of_openbadges()) as peer:
        assert peer.rate("hosted")(0) > 0
        assert peer.rate("signed")(0) > 0


def test_openbadges_is_not_measured_at_a_badge_it_refuses() -> None:
    forged = token(to_sign()).decode()[:-8] + "AAAAAAAA"

    with (
        _peer("openbadges", _of_openbadges(signed=forged)) as peer,
        pytest.raises(RuntimeError, match="the peer does not verify our badge"),
    ):
        peer.rate("signed")


def test_openbadgeslib_issues_and_verifies() -> None:
    with _peer("openbadgeslib", _of_openbadgeslib()) as peer:
        assert peer.rate("issue")(0) > 0
        assert peer.rate("verify")(0) > 0
        assert peer.rate("verifyWithStatus")(0) > 0


def test_openbadgeslib_is_not_measured_at_a_badge_it_refuses() -> None:
    forged = signed().decode().replace("Shared Vision", "Shared Vipion")

    with (
        _peer("openbadgeslib", _of_openbadgeslib(signed=forged)) as peer,
        pytest.raises(RuntimeError, match="signature mismatch"),
    ):
        peer.rate("verify")
