"""Dora's badges from other issuers: each kind of proof is checked, none is taken for another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from credentials.openbadges import Answer, Question, Report, Verdict, verify
from credentials.openbadges.contexts import OB_300, OB_301, OB_302, OB_303, VC_V1
from credentials.openbadges.publickey import PublicKey
from tests.credentials.openbadges.issued import AWARDED, AWAY, KEY, TODAY
from tests.credentials.openbadges.other_proofs import (
    ED25519_2020,
    OTHER_HOME,
    P256,
    PROOFS,
    SMALL,
    as_bytes,
    in_data_model_1,
    with_ecdsa,
    with_ed25519,
)


def _ask(document: dict[str, Any], as_of: datetime = TODAY) -> Report:
    return verify(as_bytes(document), as_of=as_of, ports=OTHER_HOME)


@pytest.mark.parametrize("kind", PROOFS)
def test_badge_is_verified_whatever_kind_of_proof_it_carries(kind: str) -> None:
    report = _ask(PROOFS[kind])

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.SIGNATURE).code == "signed"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("eddsa-rdfc-2022", {"cryptosuite": "ecdsa-rdfc-2019"}),
        ("eddsa-rdfc-2022", {"cryptosuite": "eddsa-2022"}),
        ("eddsa-2022", {"cryptosuite": "eddsa-rdfc-2022"}),
        ("ecdsa-rdfc-2019 P-256", {"cryptosuite": "eddsa-rdfc-2022"}),
        ("Ed25519Signature2020", {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}),
    ],
)
def test_proof_of_one_kind_is_none_of_another(kind: str, changes: dict[str, str]) -> None:
    badge = PROOFS[kind]

    found = _ask({**badge, "proof": {**badge["proof"], **changes}}).finding(Question.SIGNATURE)

    assert (found.answer, found.code) == (Answer.NO, "altered")


def test_signature_of_the_wrong_length_for_its_kind_is_refused() -> None:
    badge = PROOFS["ecdsa-rdfc-2019 P-384"]

    found = _ask({**badge, "proof": {**badge["proof"], "cryptosuite": "eddsa-rdfc-2022"}})

    assert found.finding(Question.SIGNATURE).code == "bad-proof"


def test_key_of_another_kind_under_the_name_of_the_method_is_refused() -> None:
    badge = with_ecdsa(SMALL, P256)
    name = PublicKey.of(P256.public_key()).multibase
    method = badge["proof"]["verificationMethod"].replace(name, KEY.public_multibase)

    found = _ask({**badge, "proof": {**badge["proof"], "verificationMethod": method}})

    assert found.finding(Question.SIGNATURE).code == "altered"


def test_every_proof_by_the_issuer_must_be_good() -> None:
    badge, other = PROOFS["eddsa-rdfc-2022"], PROOFS["ecdsa-rdfc-2019 P-256"]
    broken = {**other["proof"], "created": "2026-03-02T15:04:06Z"}

    assert _ask({**badge, "proof": [badge["proof"], other["proof"]]}).verdict is Verdict.VERIFIED
    assert _ask({**badge, "proof": [badge["proof"], broken]}).verdict is Verdict.NOT_VERIFIED


def test_badge_of_a_did_key_issuer_on_another_curve_needs_no_network() -> None:
    public = PublicKey.of(P256.public_key()).multibase
    document = {**SMALL, "issuer": {**SMALL["issuer"], "id": f"did:key:{public}"}}

    badge = with_ecdsa(document, P256, issuer=f"did:key:{public}")

    report = verify(as_bytes(badge), as_of=TODAY, ports=AWAY)
    assert report.finding(Question.SIGNATURE).answer is Answer.YES


# --- the older data model --------------------------------------------------------------------

ENDS = datetime(2027, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _older(**members: Any) -> dict[str, Any]:
    document = {**in_data_model_1(SMALL, ED25519_2020), **members}
    return with_ed25519(document, type="Ed25519Signature2020")


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        (AWARDED - SECOND, "not-yet"),
        (AWARDED, "valid"),
        (ENDS, "valid"),
        (ENDS + SECOND, "expired"),
    ],
)
def test_validity_in_the_older_data_model(as_of: datetime, code: str) -> None:
    report = _ask(_older(expirationDate="2027-01-01T00:00:00Z"), as_of)

    assert report.finding(Question.NOT_EXPIRED).code == code


@pytest.mark.parametrize("open_badges", [OB_300, OB_301, OB_302, OB_303])
@pytest.mark.parametrize(
    ("security", "kind"),
    [
        (ED25519_2020, {"type": "Ed25519Signature2020"}),
        ("https://w3id.org/security/data-integrity/v1", {"cryptosuite": "eddsa-2022"}),
        ("https://w3id.org/security/data-integrity/v2", {"cryptosuite": "eddsa-rdfc-2022"}),
    ],
)
def test_older_data_model_goes_with_each_vocabulary_of_open_badges(
    open_badges: str, security: str, kind: dict[str, str]
) -> None:
    document = {**in_data_model_1(SMALL), "@context": [VC_V1, open_badges, security]}

    assert _ask(with_ed25519(document, **kind)).verdict is Verdict.VERIFIED


def test_badge_with_the_dates_of_both_data_models_must_satisfy_both() -> None:
    badge = _older(expirationDate="2028-01-01T00:00:00Z", validUntil="2027-01-01T00:00:00Z")

    assert _ask(badge, ENDS).verdict is Verdict.VERIFIED
    assert _ask(badge, ENDS + SECOND).finding(Question.NOT_EXPIRED).code == "expired"


def test_summary_of_the_older_data_model_has_its_dates() -> None:
    summary = _ask(_older(expirationDate="2027-01-01T00:00:00Z")).summary

    assert summary is not None
    assert (summary.valid_from, summary.valid_until) == (AWARDED, ENDS)


def test_badge_of_the_older_data_model_without_its_own_date_is_not_well_formed() -> None:
    document = in_data_model_1(SMALL, ED25519_2020)
    document["validFrom"] = document.pop("issuanceDate")

    report = _ask(with_ed25519(document, type="Ed25519Signature2020"))

    assert report.finding(Question.WELL_FORMED).code == "valid-from"
