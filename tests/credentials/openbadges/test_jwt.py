"""Dora is handed a token: whose it is, whether it is whole, and whether it agrees with itself."""

from __future__ import annotations

import hmac
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges import (
    Answer,
    Finding,
    Ports,
    Question,
    Report,
    StatusList,
    Verdict,
    bake_png,
    credential_document,
    issue_jwt,
    status_list_document,
    verify,
)
from credentials.openbadges.checked_lists import CheckedLists
from credentials.openbadges.errors import BadProof, NotSafe, OpenBadgesError
from credentials.openbadges.jwt import MAX_TOKEN_BYTES, read_token
from credentials.openbadges.tokenkeys import TokenKey
from tests.credentials.openbadges.issued import (
    AWARDED,
    AWAY,
    CONTENT,
    INDEX,
    ISSUER,
    KEY,
    LIST,
    TODAY,
    fetching,
    signed,
    tiny_png,
)
from tests.credentials.openbadges.other_proofs import SMALL
from tests.credentials.openbadges.tokens import (
    BEGINS,
    CLAIMS,
    ES256,
    PAYLOAD,
    PAYLOAD_1,
    RS256,
    STRANGER,
    TOKEN_HOME,
    TOKENS,
    did,
    encoded,
    method,
    signer,
    token,
)

SECOND = timedelta(seconds=1)


def _ask(data: bytes, ports: Ports = TOKEN_HOME, as_of: datetime = TODAY) -> Report:
    return verify(data, as_of=as_of, ports=ports)


def _signature(data: bytes, ports: Ports = TOKEN_HOME) -> tuple[str, str]:
    found = _ask(data, ports).finding(Question.SIGNATURE)
    return str(found.answer), found.code


# --- what is issued --------------------------------------------------------------------------


@pytest.mark.parametrize("key", [ES256, RS256], ids=["ES256", "RS256"])
def test_badge_is_issued_as_a_token_that_verifies(key: TokenKey) -> None:
    data = issue_jwt(credential_document(CONTENT), key, kid=method(key))

    assert _ask(data).verdict is Verdict.VERIFIED


def test_token_has_the_members_of_the_badge_and_its_claims() -> None:
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    document = credential_document(replace(CONTENT, valid_until=ends))

    found = read_token(issue_jwt(document, ES256, kid=method(ES256)))

    assert found.header == {"alg": "ES256", "kid": method(ES256), "typ": "JWT"}
    assert found.document == document
    assert {name: found.payload[name] for name in found.payload.keys() - document.keys()} == {
        "iss": ISSUER,
        "jti": CONTENT.id,
        "sub": CONTENT.subject_id,
        "nbf": BEGINS,
        "exp": int(ends.timestamp()),
    }


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"id": None}, NotSafe),
        ({"issuer": None}, NotSafe),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, NotSafe),
        ({"validFrom": None}, NotSafe),
        ({"undefinedWord": "x"}, NotSafe),
        ({"proof": {}}, BadProof),
    ],
)
def test_token_of_a_badge_that_lacks_something_is_not_issued(
    changes: dict[str, Any], error: type[OpenBadgesError]
) -> None:
    changed = {**SMALL, **changes}
    document = {name: member for name, member in changed.items() if member is not None}

    with pytest.raises(error):
        issue_jwt(document, ES256, kid=method(ES256))


# --- what is verified ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TOKENS)
def test_token_is_verified_whatever_kind_it_is(kind: str) -> None:
    report = _ask(TOKENS[kind])

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.SIGNATURE).code == "signed"


def test_token_comes_out_of_a_picture() -> None:
    assert _ask(bake_png(tiny_png(), TOKENS["ES256"])).verdict is Verdict.VERIFIED


def test_token_is_verified_elsewhere_over_the_network() -> None:
    ports = replace(AWAY, fetch=fetching(did=json.dumps(did()).encode()))

    assert _ask(TOKENS["RS256"], ports).verdict is Verdict.VERIFIED


def test_token_whose_issuer_cannot_be_reached_could_not_be_checked() -> None:
    assert _signature(TOKENS["ES256"], AWAY) == ("unchecked", "issuer-unreachable")


def test_report_on_a_token_says_what_the_badge_says() -> None:
    summary = _ask(TOKENS["ES256 in data model 1.1"]).summary

    assert summary is not None
    assert (summary.name, summary.issuer_id, summary.valid_from) == (
        "Shared Vision",
        ISSUER,
        AWARDED,
    )


# --- how it is signed ------------------------------------------------------------------------


def _hmac(data: bytes) -> bytes:
    """Sealed with the issuer's public key as if it were a secret that both sides share."""
    public = json.dumps(ES256.public_jwk).encode()
    return hmac.digest(public, data, "sha256")


@pytest.mark.parametrize(
    ("data", "answer", "code"),
    [
        (token(alg="none", sign=lambda data: b""), "no", "not-signed"),
        (token(alg="None", sign=lambda data: b""), "no", "not-signed"),
        (token(alg="none"), "no", "not-signed"),
        (token(alg=None), "no", "not-signed"),
        (token(alg=7), "no", "not-signed"),
        (token(alg="HS256", sign=_hmac), "no", "bad-proof"),
        (token(alg="hs512", sign=_hmac), "no", "bad-proof"),
        (token(alg="PS256", key=RS256), "unchecked", "proof-not-supported"),
        (token(alg="ES384"), "unchecked", "proof-not-supported"),
        (token(alg="es256"), "unchecked", "proof-not-supported"),
        (token(crit=["exp"]), "no", "bad-proof"),
        (token(crit=[]), "no", "bad-proof"),
        (token(b64=False), "no", "bad-proof"),
        (token(zip="DEF"), "no", "bad-proof"),
        (token(enc="A128GCM"), "no", "bad-proof"),
        (token(cty="JWT"), "no", "bad-proof"),
        (token(typ="at+jwt"), "no", "bad-proof"),
        (token(typ=["JWT"]), "no", "bad-proof"),
        (token({**PAYLOAD, "aud": "https://other.example"}), "no", "bad-proof"),
        (token(kid=None), "no", "bad-proof"),
        (token(kid=7), "no", "bad-proof"),
        (token(typ=None), "yes", "signed"),
        (token(typ="application/VC+JWT"), "yes", "signed"),
        (token(x5c=["AAAA"], unknown=1), "yes", "signed"),
    ],
)
def test_token_signed_in_another_way(data: bytes, answer: str, code: str) -> None:
    assert _signature(data) == (answer, code)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (token(key=RS256, alg="ES256"), "altered"),
        (token(alg="RS256"), "altered"),
        (token(alg="EdDSA"), "altered"),
        (token(alg="EdDSA", sign=KEY.sign), "altered"),
        (token(kid=method(RS256)), "altered"),
        (token(sign=signer(STRANGER)), "altered"),
        (token(sign=lambda data: b""), "altered"),
        (token(sign=lambda data: bytes(64)), "altered"),
        (token(sign=lambda data: bytes(1000)), "altered"),
    ],
)
def test_signature_must_fit_the_key_and_its_kind(data: bytes, code: str) -> None:
    assert _signature(data) == ("no", code)


# --- with which key --------------------------------------------------------------------------

OTHER_ISSUER = "did:web:other.example"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (token(key=STRANGER), "key-not-listed"),
        (token(key=STRANGER, kid=None, jwk=STRANGER.public_jwk), "key-not-listed"),
        (token(key=STRANGER, jwk=STRANGER.public_jwk), "key-not-listed"),
        (token(key=STRANGER, kid=method(ES256), jwk=STRANGER.public_jwk), "key-not-listed"),
        (token(jwk=STRANGER.public_jwk), "altered"),
        (token(kid=f"{OTHER_ISSUER}#{ES256.public.thumbprint}"), "key-not-listed"),
        (token(kid="https://other.example/key"), "key-not-listed"),
        (token(kid="https://lead.example/key"), "key-not-listed"),
        (token(kid="http://lead.example/lc/issuers/key"), "key-not-listed"),
        (token(kid="data:application/json,{}"), "key-not-listed"),
        (token(kid=ISSUER), "key-not-listed"),
        (token(kid=""), "key-not-listed"),
    ],
)
def test_key_that_is_not_the_issuers_is_not_believed(data: bytes, code: str) -> None:
    assert _signature(data) == ("no", code)


@pytest.mark.parametrize(
    "data",
    [
        token(jwk=ES256.public_jwk),
        token(kid=None, jwk=ES256.public_jwk),
        token(kid=f"#{ES256.public.thumbprint}"),
        token(kid=ES256.public.thumbprint),
    ],
)
def test_key_of_the_issuers_counts_however_it_is_named(data: bytes) -> None:
    assert _signature(data) == ("yes", "signed")


@pytest.mark.parametrize(
    "jwk",
    [
        "key",
        {},
        {"kty": "oct", "k": "AAAA"},
        {**ES256.public_jwk, "use": "enc"},
        {**ES256.public_jwk, "d": "AAAA"},
        {**ES256.public_jwk, "alg": "ES384"},
    ],
)
def test_key_in_the_header_that_is_none_leaves_the_signature_unchecked(jwk: Any) -> None:
    assert _signature(token(jwk=jwk)) == ("unchecked", "bad-key")


def test_stranger_who_shows_a_key_is_told_without_network() -> None:
    altered = token(sign=signer(STRANGER), jwk=ES256.public_jwk)

    assert _signature(altered, AWAY) == ("no", "altered")


# --- keys at an address of their own ---------------------------------------------------------

SCHOOL = "https://school.example/issuers/1"
JWKS = "https://school.example/jwks.json"
KEYS = {"keys": [RS256.public_jwk, ES256.public_jwk]}


def _at_school(kid: str, issuer: str = SCHOOL) -> bytes:
    payload = deepcopy(PAYLOAD)
    payload["iss"] = payload["issuer"]["id"] = issuer
    return token(payload, kid=kid)


def _fetch(url: str, answer: Any) -> Ports:
    return replace(AWAY, fetch=fetching(**{url: json.dumps(answer).encode()}))


@pytest.mark.parametrize(
    ("kid", "answer"),
    [
        (JWKS, ES256.public_jwk),
        (JWKS, {"keys": [ES256.public_jwk]}),
        (f"{JWKS}#{ES256.public.thumbprint}", KEYS),
        (JWKS, {"keys": [RS256.public_jwk, {**ES256.public_jwk, "kid": JWKS}]}),
    ],
)
def test_key_at_an_address_of_the_issuers_counts(kid: str, answer: Any) -> None:
    assert _signature(_at_school(kid), _fetch(JWKS, answer)) == ("yes", "signed")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (KEYS, ("no", "key-not-listed")),
        ({"keys": []}, ("no", "key-not-listed")),
        ({}, ("no", "key-not-listed")),
        ([], ("no", "key-not-listed")),
        ({"keys": [ES256.public_jwk, ES256.public_jwk]}, ("no", "key-not-listed")),
        ({"keys": "all"}, ("unchecked", "bad-key")),
        ({"keys": [{}] * 101}, ("unchecked", "bad-key")),
        ({"kty": "EC", "crv": "P-256"}, ("unchecked", "bad-key")),
        (RS256.public_jwk, ("no", "altered")),
    ],
)
def test_address_that_does_not_answer_with_that_one_key(
    answer: Any, expected: tuple[str, str]
) -> None:
    assert _signature(_at_school(JWKS), _fetch(JWKS, answer)) == expected


def test_address_that_does_not_answer_leaves_the_signature_unchecked() -> None:
    assert _signature(_at_school(JWKS), AWAY) == ("unchecked", "issuer-unreachable")


@pytest.mark.parametrize(
    ("issuer", "kid", "known"),
    [
        (SCHOOL, "https://school.example/key", True),
        (SCHOOL, "https://SCHOOL.example:443/key", True),
        (SCHOOL, "https://school.example:8443/key", False),
        (SCHOOL, "https://evil.example/key", False),
        (SCHOOL, "https://school.example.evil.example/key", False),
        (SCHOOL, "https://school.example@evil.example/key", False),
        (SCHOOL, "https://evil.example\\@school.example/key", False),
        (SCHOOL, "http://school.example/key", False),
        ("did:web:school.example", "https://school.example/key", True),
        ("did:web:school.example:a", "https://school.example/a/key", True),
        ("did:web:school.example:a", "https://school.example/key", False),
        ("did:web:school.example:a", "https://school.example/ab/key", False),
        ("did:web:school.example:a", "https://school.example/a/../key", False),
        ("did:web:school.example:a", "https://school.example/a/%2e%2E/key", False),
        ("did:web:school.example:a", "https://school.example/a/..%2fkey", False),
        (f"did:key:{KEY.public_multibase}", "https://school.example/key", False),
    ],
)
def test_issuer_answers_for_its_own_addresses_only(issuer: str, kid: str, known: bool) -> None:
    data = _at_school(kid, issuer)

    assert _signature(data, _fetch(kid, ES256.public_jwk)) == (
        ("yes", "signed") if known else ("no", "key-not-listed")
    )


def test_address_that_leads_away_from_the_issuer_is_not_believed() -> None:
    there = fetching(**{JWKS: json.dumps(ES256.public_jwk).encode()})
    ports = replace(AWAY, fetch=lambda url: replace(there(url), url="https://evil.example/key"))

    assert _signature(_at_school(JWKS), ports) == ("unchecked", "issuer-unreachable")


# --- what its claims say ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "did:web:other.example"},
        {"iss": None},
        {"jti": "urn:uuid:other"},
        {"sub": "urn:uuid:other"},
        {"sub": [CLAIMS["sub"]]},
        {"nbf": BEGINS + 1},
        {"nbf": BEGINS - 1},
        {"nbf": str(BEGINS)},
        {"nbf": True},
        {"nbf": 9_000_000_000_000},
    ],
)
@pytest.mark.parametrize("payload", [PAYLOAD, PAYLOAD_1], ids=["2.0", "1.1"])
def test_claim_that_says_other_than_the_badge_is_a_no(
    payload: dict[str, Any], claims: dict[str, Any]
) -> None:
    assert _signature(token({**payload, **claims})) == ("no", "claims-differ")


def test_end_that_only_the_token_names_is_a_no() -> None:
    assert _signature(token({**PAYLOAD, "exp": BEGINS + 1_000})) == ("no", "claims-differ")


def test_disagreement_is_told_in_words() -> None:
    finding: Finding = _ask(token({**PAYLOAD, "sub": "urn:uuid:other"})).finding(Question.SIGNATURE)

    assert finding.reason == (
        "The token around it and the badge inside it disagree about who holds it."
    )


@pytest.mark.parametrize("absent", ["iss", "jti", "sub", "nbf"])
def test_claim_that_is_absent_contradicts_nothing(absent: str) -> None:
    payload = {name: member for name, member in PAYLOAD.items() if name != absent}

    assert _ask(token(payload)).verdict is Verdict.VERIFIED


def test_claims_say_what_the_older_data_model_leaves_out() -> None:
    inner = deepcopy(PAYLOAD_1["vc"])
    del inner["id"], inner["issuanceDate"], inner["issuer"]["id"], inner["credentialSubject"]["id"]
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    data = token({"vc": inner, **CLAIMS, "exp": int(ends.timestamp())})

    assert _ask(data, as_of=ends).verdict is Verdict.VERIFIED
    assert _ask(data, as_of=ends + SECOND).finding(Question.NOT_EXPIRED).code == "expired"
    assert _ask(data, as_of=AWARDED - SECOND).finding(Question.NOT_EXPIRED).code == "not-yet"


# --- what is no token of a badge -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (token({**PAYLOAD, "vc": PAYLOAD_1["vc"]}), "bad-token"),
        (token({"vc": "urn:uuid:1", **CLAIMS}), "bad-token"),
        (token(["badge"]), "not-json"),
        (token(b"badge badge"), "not-json"),
        (token(b'{"id":"urn:a","id":"urn:b"}'), "not-json"),
        (token(b'{"id":"\xff\xff"}'), "not-json"),
        (token({"name": "x" * 300_000}), "too-large"),
        (token(name="x" * 9_000), "too-large"),
        (b"AAAAAAAAA.AAAAAAAA.", "bad-token"),
        (TOKENS["ES256"] + b"AAA", "bad-token"),
        (TOKENS["ES256"].replace(b".", b".A", 1), "bad-token"),
        (b"eyJhbGciOiJIUzI1NiJ9." + b"A" * MAX_TOKEN_BYTES + b".", "bad-token"),
    ],
)
def test_token_that_holds_no_badge_is_told_apart(data: bytes, code: str) -> None:
    finding = _ask(data).finding(Question.READABLE)

    assert (finding.answer, finding.code) == (Answer.NO, code)


def test_last_letter_of_a_signature_has_one_spelling_only() -> None:
    data = TOKENS["ES256"]
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    next_letter = alphabet[alphabet.index(data[-1:]) + 1 :][:1]

    assert _ask(data[:-1] + next_letter).finding(Question.READABLE).code == "bad-token"


def test_signed_badge_inside_a_token_counts_by_the_token() -> None:
    inside = {**json.loads(signed()), "name": "Altered"}

    assert _signature(token(inside)) == ("yes", "signed")
    assert _signature(token(inside, key=STRANGER)) == ("no", "key-not-listed")


def test_answers_about_a_token_name_no_jargon() -> None:
    reasons = [found.reason for found in _ask(token({**PAYLOAD, "sub": "x"})).findings]

    assert [reason for reason in reasons if "JWT" in reason or "claim" in reason] == []


def test_address_of_a_key_is_asked_for_once() -> None:
    asked: list[str] = []
    there = fetching(**{JWKS: json.dumps(ES256.public_jwk).encode()})

    def fetch(url: str) -> Any:
        asked.append(url)
        return there(url)

    _ask(_at_school(JWKS), replace(AWAY, fetch=fetch))

    assert asked == [JWKS]


_part = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from([ISSUER]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["alg", "kid", "jwk", "typ", "crit", "cty"]), _part),
    st.dictionaries(st.sampled_from([*PAYLOAD, "exp", "vc", "proof", "aud"]), _part, min_size=1),
)
def test_token_with_anything_in_any_place_is_answered(
    header: dict[str, Any], payload: dict[str, Any]
) -> None:
    head, body, signature = TOKENS["ES256"].split(b".")
    parts = read_token(TOKENS["ES256"])
    forged = [encoded({**parts.header, **header}), encoded({**parts.payload, **payload})]
    changed = forged != [head, body]

    report = _ask(b".".join([*forged, signature]))

    assert (report.verdict is Verdict.VERIFIED) is not changed
    json.dumps(report.to_json())


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, len(TOKENS["ES256"])),
    st.integers(0, 30),
    st.binary(max_size=8) | st.text("AQgw.-_", max_size=8).map(str.encode),
)
def test_mutated_token_is_never_verified(place: int, length: int, put: bytes) -> None:
    original = TOKENS["ES256"]
    data = original[:place] + put + original[place + length :]

    report = _ask(data)

    assert (report.verdict is Verdict.VERIFIED) is (data.strip() == original)


# --- revocation lists as tokens --------------------------------------------------------------


def _listing(*revoked: int, key: TokenKey = ES256) -> bytes:
    bits = StatusList.empty().with_revoked(revoked)
    return token(status_list_document(LIST, ISSUER, bits, AWARDED), key)


@pytest.mark.parametrize(
    ("listing", "answer", "code"),
    [
        (_listing(), "yes", "not-revoked"),
        (_listing(INDEX), "no", "revoked"),
        (_listing(key=STRANGER), "unchecked", "status-list-not-signed"),
        (TOKENS["ES256"], "unchecked", "status-list-other"),
        (TOKENS["ES256"] + b"AAA", "unchecked", "status-list-unreadable"),
    ],
)
def test_revocation_list_may_be_a_token(listing: bytes, answer: str, code: str) -> None:
    badge = issue_jwt(credential_document(CONTENT), ES256, kid=method(ES256))
    ports = replace(TOKEN_HOME, status_list=lambda url: listing, lists=CheckedLists())

    found = _ask(badge, ports).finding(Question.NOT_REVOKED)

    assert (str(found.answer), found.code) == (answer, code)
