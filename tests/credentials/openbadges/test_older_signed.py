"""Dora is handed a signed badge of Open Badges 2.0: its issuer's key and list decide."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credentials.openbadges import Generation, Question, Report, Verdict, bake_png, bake_svg, verify
from tests.credentials.openbadges.issued import BASE, TODAY, tiny_png
from tests.credentials.openbadges.older_issued import (
    ASSERTION,
    KEY_2,
    LIST_2,
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

Q = Question
TWO = Generation.TWO
URN = "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b"


def _ask(data: bytes, **documents: Any) -> Report:
    return verify(data, as_of=TODAY, ports=world(published(**{"assertion": 404, **documents})))


def _signature(data: bytes, **documents: Any) -> tuple[str, str]:
    found = _ask(data, **documents).finding(Q.SIGNATURE)
    return str(found.answer), found.code


@pytest.mark.parametrize("form", ["token", "png", "svg"])
def test_good_badge_is_verified_in_whatever_form(form: str) -> None:
    signed = token(to_sign())
    data = {
        "token": b"\n" + signed + b" ",
        "png": bake_png(tiny_png(), signed, generation=TWO),
        "svg": bake_svg(SVG, signed, generation=TWO),
    }[form]

    report = _ask(data)

    assert {str(f.question): (str(f.answer), f.code) for f in report.findings} == {
        "readable": ("yes", "read"),
        "well_formed": ("yes", "well-formed"),
        "issuer_known": ("yes", "known"),
        "signature": ("yes", "signed"),
        "not_expired": ("yes", "valid"),
        "not_revoked": ("yes", "not-revoked"),
        "recipient": ("unchecked", "not-asked"),
        "alignment": ("unchecked", "elsewhere"),
        "endorsed": ("unchecked", "none-carried"),
    }
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "change",
    [
        {"id": f"{ASSERTION}/other"},
        {"type": ["Assertion"]},
        {"recipient": {"type": "email", "hashed": False, "identity": "cem@a.example"}},
        {"badge": badge_class(name="Better", id=URN)},
        {"issuedOn": "2020-01-01T00:00:00Z"},
        {"expires": "2099-01-01T00:00:00Z"},
        {"narrative": "Better."},
        {"evidence": []},
        {"related": []},
        {"@context": ["https://w3id.org/openbadges/v2"]},
    ],
    ids=lambda change: "".join(change),
)
def test_each_signed_member_altered_once_is_a_no(change: dict[str, Any]) -> None:
    head, _, signature = token(to_sign()).split(b".")
    altered = token(to_sign(**change)).split(b".")[1]

    assert _signature(b".".join([head, altered, signature])) == ("no", "altered")


def test_signature_of_somebody_else_is_altered() -> None:
    assert _signature(token(to_sign(), by=rsa_key("Cem"))) == ("no", "altered")


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ({"alg": "none"}, ("no", "not-signed")),
        ({"alg": "HS256"}, ("no", "not-signed")),
        ({"alg": "PS256"}, ("unchecked", "proof-not-supported")),
        ({"alg": None}, ("unchecked", "proof-not-supported")),
        ({"kid": "https://files.example/key"}, ("yes", "signed")),
    ],
)
def test_token_counts_only_as_signed_with_rs256(
    header: dict[str, Any], answer: tuple[str, str]
) -> None:
    assert _signature(token(to_sign(), **header)) == answer


def test_signed_badge_without_its_signature_is_a_no() -> None:
    assert _signature(json.dumps(to_sign()).encode()) == ("no", "not-signed")


def test_token_of_a_hosted_badge_is_judged_by_what_is_published() -> None:
    assert _signature(token(hosted()), assertion=hosted()) == ("yes", "published")


# --- whose key it is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (KEY_2, ("yes", "signed")),
        ([f"{KEY_2}/other", KEY_2], ("yes", "signed")),
        ({**key(), "id": KEY_2}, ("yes", "signed")),
        (f"{KEY_2}/other", ("no", "key-not-listed")),
        ([], ("no", "key-not-listed")),
        (None, ("no", "key-not-listed")),
        ([7, {}], ("no", "key-not-listed")),
    ],
)
def test_key_counts_only_as_the_issuer_lists_it(keys: Any, answer: tuple[str, str]) -> None:
    assert _signature(token(to_sign()), issuer=issuer(publicKey=keys)) == answer


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (404, ("unchecked", "key-unreachable")),
        (key(id=f"{KEY_2}/other"), ("unchecked", "key-unreachable")),
        (key(owner="https://files.example/issuer"), ("no", "key-not-listed")),
        ({"id": KEY_2, "publicKeyPem": "x"}, ("no", "key-not-listed")),
        (key(publicKeyPem="-----BEGIN PUBLIC KEY-----"), ("unchecked", "bad-key")),
        (key(publicKeyPem=None), ("unchecked", "bad-key")),
        (key(publicKeyPem=pem(rsa_key("Cem"))), ("no", "altered")),
    ],
)
def test_key_is_the_one_that_its_address_publishes_for_the_issuer(
    answers: Any, expected: tuple[str, str]
) -> None:
    assert _signature(token(to_sign()), key=answers) == expected


def test_badge_that_names_no_key_is_checked_with_those_of_its_issuer() -> None:
    unnamed = to_sign(verification={"type": "SignedBadge"})
    two = issuer(publicKey=[{**key(publicKeyPem=pem(rsa_key("old"))), "id": URN}, KEY_2])

    assert _signature(token(unnamed), issuer=two) == ("yes", "signed")


def test_forger_who_brings_his_own_issuer_under_a_known_name_is_not_its_key() -> None:
    theirs = f"{BASE}/files/key"
    forged = badge_class(id=URN, issuer={**issuer(), "publicKey": theirs})
    assertion = to_sign(badge=forged, verification={"type": "SignedBadge", "creator": theirs})

    report = _ask(token(assertion, by=rsa_key("Cem")))

    assert report.finding(Q.SIGNATURE).code == "key-not-listed"
    assert report.finding(Q.ISSUER_KNOWN).code == "not-proven"


def test_issuer_without_a_web_address_proves_nothing() -> None:
    nowhere = {**issuer(), "id": URN}
    assertion = to_sign(badge=badge_class(id=URN, issuer=nowhere))

    assert _signature(token(assertion)) == ("no", "key-not-listed")


def test_issuer_that_cannot_be_had_leaves_signature_and_list_unchecked() -> None:
    report = _ask(token(to_sign()), issuer=503)

    assert report.finding(Q.SIGNATURE).code == "issuer-unreachable"
    assert report.finding(Q.NOT_REVOKED).code == "status-list-unreachable"
    assert report.verdict is Verdict.COULD_NOT_CHECK


# --- the issuer's list -----------------------------------------------------------------------


def _revoked(listing: Any, assertion: dict[str, Any] | None = None) -> tuple[str, str]:
    found = _ask(token(assertion or to_sign()), revoked=listing).finding(Q.NOT_REVOKED)
    return str(found.answer), found.code


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        ([], ("yes", "not-revoked")),
        ([f"{ASSERTION}/other", {"id": URN}, {"uid": "7"}, 7, None], ("yes", "not-revoked")),
        ([ASSERTION], ("no", "revoked")),
        (ASSERTION, ("no", "revoked")),
        ([{"id": ASSERTION, "revocationReason": "By mistake."}], ("no", "revoked")),
        (None, ("unchecked", "status-list-other")),
    ],
)
def test_list_names_what_was_revoked(entries: Any, answer: tuple[str, str]) -> None:
    assert _revoked({**revoked(), "revokedAssertions": entries}) == answer


@pytest.mark.parametrize(
    ("listing", "code"),
    [
        (404, "status-list-unreachable"),
        (b"<html>", "status-list-unreachable"),
        ({**revoked(), "id": f"{LIST_2}/other"}, "status-list-other"),
        ({**revoked(), "issuer": "https://files.example/issuer"}, "status-list-other"),
        ({"error": "maintenance"}, "status-list-other"),
    ],
)
def test_list_that_cannot_be_relied_on_is_never_not_revoked(listing: Any, code: str) -> None:
    assert _revoked(listing) == ("unchecked", code)


def test_reason_that_a_list_gives_is_not_repeated() -> None:
    report = _ask(token(to_sign()), revoked=revoked(this="Cem did not like her."))

    assert report.finding(Q.NOT_REVOKED).code == "revoked"
    assert "Cem" not in str(report.to_json())


def test_badge_with_the_number_of_older_lists_is_found_by_it() -> None:
    listing = {**revoked(), "revokedAssertions": [{"uid": "A-33"}]}

    assert _revoked(listing, to_sign(uid="A-33")) == ("no", "revoked")


def test_badge_that_says_of_itself_that_it_was_revoked_is() -> None:
    assert _revoked(revoked(), to_sign(revoked=True)) == ("no", "revoked")


@pytest.mark.parametrize(
    ("named", "answer"),
    [(None, ("yes", "no-list")), (URN, ("unchecked", "status-entry"))],
)
def test_issuer_without_a_list_that_can_be_fetched(named: Any, answer: tuple[str, str]) -> None:
    found = _ask(token(to_sign()), issuer=issuer(revocationList=named)).finding(Q.NOT_REVOKED)

    assert (str(found.answer), found.code) == answer
