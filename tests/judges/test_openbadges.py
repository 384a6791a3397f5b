"""PyPI openbadges 1.1.2, of 1EdTech's older validator, and we give the same verdicts on 2.0.

Where it is known to differ, it is by what it does not look at; each such case is a test too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges import Generation, Question, Report, Verdict, bake_png, bake_svg, verify
from credentials.openbadges.documents.content import ConsentedEmail
from credentials.openbadges.older.documents import withdrawn_document
from credentials.openbadges.older.signing import sign_assertion
from credentials.openbadges.tokenkeys import TokenKey
from tests.credentials.openbadges.issued import CONTENT, SUBJECT, TODAY, tiny_png
from tests.credentials.openbadges.older_issued import (
    ASSERTION,
    ISSUER_2,
    KEY_2,
    Published,
    badge_class,
    hosted,
    issuer,
    key,
    pem,
    published,
    revoked,
    rsa_key,
    to_sign,
    token,
    world,
)
from tests.credentials.openbadges.pictures import SVG
from tests.judges.older import OlderJudge, older_judge

pytestmark = pytest.mark.judge

TWO = Generation.TWO
EMAIL = ConsentedEmail.of("ada@lead.example", "s4lt")
ENDED = datetime(2026, 6, 1, tzinfo=UTC)
ELSEWHERE = "https://files.example/33"
SIGNED = sign_assertion(to_sign(), TokenKey(rsa_key()))


@pytest.fixture(scope="module")
def judge() -> Iterator[OlderJudge]:
    """The judge, started once for all that is asked of it here."""
    with older_judge() as started:
        yield started


def _profile(recipient: str) -> dict[str, str] | None:
    if not recipient:
        return None
    return {"email" if "@" in recipient else "id": recipient}


def _ours(badge: bytes, documents: Published, recipient: str = "") -> Report:
    return verify(badge, as_of=TODAY, ports=world(documents), recipient=recipient)


def _theirs(
    judge: OlderJudge, badge: bytes, documents: Published, recipient: str = ""
) -> dict[str, Any]:
    pictures = {CONTENT.image_url or "": tiny_png()}
    return judge.ask(badge, {**pictures, **documents}, _profile(recipient), TODAY)


def _both(
    judge: OlderJudge, badge: bytes, documents: Published, recipient: str = ""
) -> tuple[bool, bool]:
    ours = _ours(badge, documents, recipient).verdict is Verdict.VERIFIED
    return ours, bool(_theirs(judge, badge, documents, recipient)["valid"])


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "badge",
    [
        ASSERTION.encode(),
        _text(hosted()),
        bake_png(tiny_png(), _text(hosted()), generation=TWO),
        bake_svg(SVG, _text(hosted()), generation=TWO),
    ],
    ids=["address", "json", "png", "svg"],
)
def test_good_hosted_badge(judge: OlderJudge, badge: bytes) -> None:
    assert _both(judge, badge, published()) == (True, True)


@pytest.mark.parametrize(
    "badge",
    [
        SIGNED,
        bake_png(tiny_png(), SIGNED, generation=TWO),
        bake_svg(SVG, SIGNED, generation=TWO),
    ],
    ids=["token", "png", "svg"],
)
def test_good_signed_badge(judge: OlderJudge, badge: bytes) -> None:
    assert _both(judge, badge, published(assertion=404)) == (True, True)


def test_judge_has_nothing_to_warn_of(judge: OlderJudge) -> None:
    for badge in (ASSERTION.encode(), SIGNED):
        answer = _theirs(judge, badge, published())
        assert answer == {"valid": True, "errors": [], "warnings": []}


@pytest.mark.parametrize(
    "documents",
    [
        {"assertion": hosted(replace(CONTENT, valid_until=ENDED))},
        {"assertion": hosted(issuedOn="2026-12-01T00:00:00Z")},
        {"assertion": 410},
        {"assertion": withdrawn_document(assertion_id=ASSERTION, reason="Withdrawn.")},
        {"assertion": 404},
        {"assertion": hosted(recipient="ada@lead.example")},
        {"assertion": hosted(issuedOn=None)},
        {"assertion": hosted(verification=None)},
        {"badge_class": 404},
        {"badge_class": badge_class(name=None)},
        {"badge_class": badge_class(criteria=None)},
        {"badge_class": badge_class(image=None)},
        {"badge_class": badge_class(alignment=[{"targetName": "A"}])},
        {"issuer": 404},
        {"issuer": issuer(name=None)},
        {"issuer": issuer(url="lead.example")},
        {"issuer": issuer(verification={"allowedOrigins": "files.example"})},
        {"issuer": issuer(verification={"startsWith": "https://lead.example/other/"})},
    ],
)
def test_bad_hosted_badge(judge: OlderJudge, documents: dict[str, Any]) -> None:
    assert _both(judge, ASSERTION.encode(), published(**documents)) == (False, False)


def test_badge_published_elsewhere(judge: OlderJudge) -> None:
    forged = hosted(id=ELSEWHERE, narrative="Better.")

    documents = {**published(), ELSEWHERE: forged}
    assert _both(judge, _text(forged), documents) == (False, False)
    allowing = issuer(verification={"allowedOrigins": "files.example"})
    assert _both(judge, _text(forged), {**documents, ISSUER_2: allowing}) == (True, True)


def _altered() -> bytes:
    head, _, signature = SIGNED.split(b".")
    return b".".join([head, token(to_sign(narrative="Better.")).split(b".")[1], signature])


@pytest.mark.parametrize(
    ("badge", "documents"),
    [
        (_altered(), {}),
        (token(to_sign(), by=rsa_key("Cem")), {}),
        (SIGNED, {"revoked": revoked(this="Withdrawn.")}),
        (SIGNED, {"revoked": revoked(this="Withdrawn.", **{f"{ASSERTION}/9": "By mistake."})}),
        (SIGNED, {"revoked": 404}),
        (token(to_sign(replace(CONTENT, valid_until=ENDED))), {}),
        (SIGNED, {"key": 404}),
        (SIGNED, {"key": key(publicKeyPem=pem(rsa_key("Cem")))}),
        (SIGNED, {"issuer": issuer(publicKey=f"{KEY_2}/other")}),
        (SIGNED, {"issuer": 404}),
        (SIGNED, {"badge_class": 404}),
    ],
    ids=[
        "altered",
        "forged",
        "revoked",
        "revoked with others",
        "list unreachable",
        "expired",
        "key unreachable",
        "other key",
        "key not listed",
        "issuer unreachable",
        "class unreachable",
    ],
)
def test_bad_signed_badge(judge: OlderJudge, badge: bytes, documents: dict[str, Any]) -> None:
    assert _both(judge, badge, published(assertion=404, **documents)) == (False, False)


@pytest.mark.parametrize(
    ("content", "recipient", "good"),
    [
        (CONTENT, SUBJECT, True),
        (CONTENT, SUBJECT.replace("7d0f", "7d0e"), False),
        (replace(CONTENT, holder=EMAIL), "ada@lead.example", True),
        (replace(CONTENT, holder=EMAIL), "cem@lead.example", False),
        (replace(CONTENT, holder=EMAIL), SUBJECT, False),
    ],
)
def test_recipient(judge: OlderJudge, content: Any, recipient: str, good: bool) -> None:
    said = hosted(content)
    signed = token(to_sign(content))

    assert _both(judge, _text(said), published(assertion=said), recipient) == (good, good)
    assert _both(judge, signed, published(assertion=404), recipient) == (good, good)


# --- where the judge does not look ------------------------------------------------------------


def test_judge_does_not_compare_what_was_handed_in(judge: OlderJudge) -> None:
    """It fetches the published copy and judges that; the file may say anything else."""
    assert _both(judge, _text(hosted(narrative="Better.")), published()) == (False, True)


def test_judge_does_not_read_that_a_hosted_badge_was_revoked(judge: OlderJudge) -> None:
    documents = published(assertion=hosted(revoked=True))

    assert _both(judge, ASSERTION.encode(), documents) == (False, True)


def test_judge_does_not_ask_whose_the_key_is(judge: OlderJudge) -> None:
    documents = published(key=key(owner="https://files.example/issuer"))

    assert _both(judge, SIGNED, documents) == (False, True)


def test_judge_reads_a_list_of_one_as_a_list_of_nothing(judge: OlderJudge) -> None:
    """Which is why ours names a single one twice."""
    documents = published(revoked={**revoked(), "revokedAssertions": [{"id": ASSERTION}]})

    assert _both(judge, SIGNED, documents) == (False, True)


def test_judge_relies_on_md5(judge: OlderJudge) -> None:
    weak = {"type": "email", "hashed": True, "identity": "md5$ef5b7e0fededdb2c0ec95711081bae7c"}
    documents = published(assertion=hosted(recipient=weak))

    found = _ours(ASSERTION.encode(), documents, "ada@lead.example")
    assert found.finding(Question.RECIPIENT).code == "weak-hash"
    assert _theirs(judge, ASSERTION.encode(), documents, "ada@lead.example")["valid"] is True
