"""PyPI openbadgeslib judges our badges in pictures, and we judge those that it issues.

It reads a revocation list, but the list's own signature only in a token; the proof of ours is
judged apart. How it reads Open Badges 2.0 is not asked.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from credentials.openbadges import (
    Answer,
    Question,
    TokenKey,
    bake_png,
    bake_svg,
    credential_document,
    issue_jwt,
    verification_method,
    verify,
)
from tests.credentials.openbadges.endorsed import (
    endorsed_by_university,
    university_did,
    with_endorsements,
)
from tests.credentials.openbadges.fuller import FULL, SCORED
from tests.credentials.openbadges.issued import (
    AWARDED,
    CONTENT,
    INDEX,
    ISSUER,
    ISSUER_URL,
    KEY,
    LIST,
    METHOD,
    OTHER_KEY,
    SUBJECT,
    TODAY,
    signed,
    signed_list,
    tiny_png,
)
from tests.credentials.openbadges.pictures import SVG
from tests.credentials.openbadges.recorded import record
from tests.credentials.openbadges.tokens import ES256, RS256, TOKEN_HOME, did, method
from tests.judges.environments import judge_in

pytestmark = [pytest.mark.judge, pytest.mark.xdist_group("openbadgeslib")]

DOCUMENT = credential_document(CONTENT)
BADGE = signed()
TOKEN = issue_jwt(DOCUMENT, ES256, kid=method(ES256))
ENDED = replace(CONTENT, valid_until=datetime(2026, 6, 1, tzinfo=UTC))
OTHER_METHOD = verification_method(ISSUER, OTHER_KEY.public_multibase)
PUBLISHED = {
    ISSUER_URL: json.dumps(did()),
    "https://university.example/.well-known/did.json": json.dumps(university_did()),
}
IN_FORCE = {**PUBLISHED, LIST: signed_list().decode()}
WITHDRAWN = {**PUBLISHED, LIST: signed_list(INDEX).decode()}


def _in_picture(badge: bytes, documents: Mapping[str, str] = IN_FORCE, *, svg: bool = False) -> Any:
    picture = bake_svg(SVG, badge) if svg else bake_png(tiny_png(), badge)
    return {
        "picture": b64encode(picture).decode(),
        "documents": dict(documents),
        "now": TODAY.isoformat(),
    }


def _proof(document: bytes) -> Any:
    return {"signed": json.loads(document), "documents": PUBLISHED}


def _to_issue(key: str, alg: str | None = None) -> Any:
    said = {
        "issuer": ISSUER,
        "subject": SUBJECT,
        "achievement": CONTENT.achievement.id,
        "name": "Shared Vision",
        "status": DOCUMENT["credentialStatus"],
    }
    return {
        "issue": said,
        "alg": alg,
        "key": key,
        "method": METHOD,
        "created": AWARDED.isoformat(),
    }


def _token_pem(key: TokenKey) -> str:
    private = load_der_private_key(key.to_bytes(), None)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _proof_pem() -> str:
    private = Ed25519PrivateKey.from_private_bytes(KEY.to_bytes())
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


GOOD = {
    "in a PNG": _in_picture(BADGE),
    "in an SVG": _in_picture(BADGE, svg=True),
    "with everything a badge of ours can say": _in_picture(signed(FULL)),
    "scored rubric": _in_picture(signed(SCORED)),
    "endorsed": _in_picture(signed(with_endorsements(endorsed_by_university()))),
    "token in a PNG": _in_picture(TOKEN),
    "token in an SVG": _in_picture(TOKEN, svg=True),
    "token of an RSA key": _in_picture(issue_jwt(DOCUMENT, RS256, kid=method(RS256))),
    "proof of the record": _proof(record()),
    "proof of the endorsement": _proof(endorsed_by_university()),
    "proof of the revocation list": _proof(signed_list()),
}
FORGED = {
    "name": _in_picture(BADGE.replace(b"Shared Vision", b"Shared Vipion")),
    "result": _in_picture(BADGE.replace(b'"Completed"', b'"Failed"')),
    "date": _in_picture(BADGE.replace(b"2026-03-02", b"2026-03-03")),
    "place in the list": _in_picture(BADGE.replace(b"94567", b"94568")),
    "key of somebody else": _in_picture(signed(key=OTHER_KEY)),
    "association in the record": _proof(record().replace(b'"isPartOf"', b'"precedes"', 1)),
    "words of the endorsement": _proof(endorsed_by_university().replace(b"three", b"seven")),
    "bits of the list": _proof(
        json.dumps(
            {
                **json.loads(signed_list(INDEX)),
                "credentialSubject": json.loads(signed_list())["credentialSubject"],
            }
        ).encode()
    ),
}
REFUSED = {
    "altered token": (_in_picture(TOKEN[:-8] + b"AAAAAAAA"), "Invalid signature"),
    "unlisted key": (
        _in_picture(signed(key=OTHER_KEY, method=OTHER_METHOD)),
        f"DID document has no verificationMethod with id {OTHER_METHOD!r}",
    ),
    "revoked": (
        _in_picture(BADGE, WITHDRAWN),
        f"Credential status 'revocation' is set at index {INDEX} in {LIST}",
    ),
    "revoked token": (
        _in_picture(TOKEN, WITHDRAWN),
        f"Credential status 'revocation' is set at index {INDEX} in {LIST}",
    ),
    "without its list": (
        _in_picture(BADGE, PUBLISHED),
        f"could not fetch status list {LIST}: {LIST} is not reachable",
    ),
    "expired": (
        _in_picture(signed(ENDED)),
        "Credential has expired (validUntil 2026-06-01T00:00:00+00:00)",
    ),
}
ISSUED = {
    "by it": _to_issue(_proof_pem()),
    "by it, ES256": _to_issue(_token_pem(ES256), "ES256"),
    "by it, RS256": _to_issue(_token_pem(RS256), "RS256"),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """One process for all of them: it takes longer to start than to judge."""
    refused = {name: job for name, (job, _) in REFUSED.items()}
    jobs = {**GOOD, **FORGED, **refused, **ISSUED}
    return judge_in("openbadgeslib", "openbadgeslib_judge.py", jobs)


@pytest.mark.parametrize("badge", GOOD)
def test_library_accepts_the_badge(badge: str, answers: dict[str, Any]) -> None:
    assert answers[badge] == {"valid": True, "reason": None}


@pytest.mark.parametrize("badge", FORGED)
def test_library_finds_the_change(badge: str, answers: dict[str, Any]) -> None:
    assert answers[badge]["valid"] is False
    assert answers[badge]["reason"].endswith("Invalid Data Integrity proof (signature mismatch)")


@pytest.mark.parametrize("badge", REFUSED)
def test_library_refuses_the_badge(badge: str, answers: dict[str, Any]) -> None:
    reason = f"OB3 verification failed: {REFUSED[badge][1]}"

    assert answers[badge] == {"valid": False, "reason": reason}


def _signature(badge: bytes) -> tuple[Answer, str]:
    found = verify(badge, as_of=TODAY, ports=TOKEN_HOME).finding(Question.SIGNATURE)
    return found.answer, found.code


@pytest.mark.parametrize("badge", ISSUED)
def test_badge_of_the_library_is_verified(badge: str, answers: dict[str, Any]) -> None:
    report = verify(answers[badge]["badge"].encode(), as_of=TODAY, ports=TOKEN_HOME)

    asked = {finding.question: finding.answer for finding in report.findings}
    assert asked[Question.WELL_FORMED] is Answer.YES
    assert asked[Question.SIGNATURE] is Answer.YES
    assert asked[Question.NOT_REVOKED] is Answer.YES


def test_badge_of_the_library_is_refused_altered(answers: dict[str, Any]) -> None:
    badge = answers["by it"]["badge"].encode()

    assert _signature(badge.replace(b"Shared", b"Sheared", 1)) == (Answer.NO, "altered")


@pytest.mark.parametrize("badge", ["by it, ES256", "by it, RS256"])
def test_token_of_the_library_is_refused_altered(badge: str, answers: dict[str, Any]) -> None:
    token = answers[badge]["badge"].encode()

    assert _signature(token[:-8] + b"AAAAAAAA") == (Answer.NO, "altered")
