"""Endorsements: written, carried by a badge, and checked wherever they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
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
    StatusEntry,
    StatusList,
    TokenKey,
    Verdict,
    clr_document,
    credential_document,
    did_document,
    endorsement_document,
    sign,
    status_list_document,
    verification_method,
    verify,
)
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.report import SummaryEndorsement
from tests.credentials.openbadges.endorsed import (
    ENDORSEMENT,
    UNIVERSITY,
    UNIVERSITY_KEY,
    both_at_home,
    endorsed_by_university,
    with_endorsements,
    with_university_on_list,
)
from tests.credentials.openbadges.issued import (
    AWARDED,
    BASE,
    CONTENT,
    HOME,
    ISSUER,
    KEY,
    OTHER_KEY,
    TODAY,
    own_did,
    signed,
    signed_document,
)
from tests.credentials.openbadges.recorded import RECORD, record
from tests.credentials.openbadges.tokens import ES256, STRANGER, token

Q = Question
GOOD = endorsed_by_university()
SECOND = timedelta(seconds=1)


def _report(data: bytes, ports: Ports | None = None, **more: Any) -> Report:
    return verify(data, ports=ports or both_at_home(), **{"as_of": TODAY, **more})


def _ask(*endorsements: bytes, ports: Ports | None = None, **more: Any) -> Finding:
    return _report(signed(with_endorsements(*endorsements)), ports, **more).finding(Q.ENDORSED)


# --- written -------------------------------------------------------------------------------------


def test_endorsement_is_written_as_the_standard_asks() -> None:
    content = replace(
        ENDORSEMENT,
        valid_until=AWARDED + timedelta(days=1),
        status=StatusEntry(list_url="https://university.example/list", index=5),
    )

    assert endorsement_document(content) == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        "id": "https://university.example/endorsements/7",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement of Shared Vision",
        "issuer": {
            "id": UNIVERSITY,
            "type": ["Profile"],
            "name": "State University",
            "url": "https://university.example/",
        },
        "validFrom": "2026-03-02T15:04:05Z",
        "validUntil": "2026-03-03T15:04:05Z",
        "credentialSubject": {
            "id": CONTENT.achievement.id,
            "type": ["EndorsementSubject"],
            "endorsementComment": "We accept this achievement for **three** hours of practice.",
        },
        "credentialStatus": {
            "id": "https://university.example/list#5",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "5",
            "statusListCredential": "https://university.example/list",
        },
    }


@pytest.mark.parametrize(
    "change", [{"comment": " "}, {"endorsed_id": "badge 33"}, {"valid_until": AWARDED}]
)
def test_endorsement_that_no_signature_could_cover_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotSafe):
        endorsement_document(replace(ENDORSEMENT, **change))


@pytest.mark.parametrize("other", [b"{", b"[]", signed(), json.dumps({"a": 1}).encode()])
def test_only_a_signed_endorsement_is_taken_into_a_badge(other: bytes) -> None:
    with pytest.raises(NotSafe):
        credential_document(replace(CONTENT, endorsements=(other,)))


# --- alone ---------------------------------------------------------------------------------------


def test_endorsement_by_itself_says_what_it_is() -> None:
    report = _report(GOOD, both_at_home(trust=with_university_on_list))

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Q.WELL_FORMED).code == "endorsement"
    assert report.finding(Q.ENDORSED).code == "none-carried"
    assert report.summary is not None
    assert report.summary.kind == "endorsement"
    assert report.summary.subject_id == CONTENT.achievement.id
    assert report.summary.description == ENDORSEMENT.comment


def test_endorsement_is_awarded_to_nobody() -> None:
    finding = _report(GOOD, recipient=CONTENT.achievement.id).finding(Q.RECIPIENT)

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, "not-an-award")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "name"),
        ({"credentialSubject": {"type": "EndorsementSubject"}}, "subject"),
        ({"credentialSubject": {"id": "urn:x:1", "type": "AchievementSubject"}}, "subject"),
        ({"type": ["VerifiableCredential"]}, "type"),
        ({"issuer": UNIVERSITY}, "issuer"),
    ],
)
def test_endorsement_that_lacks_something_is_not_well_formed(
    changes: dict[str, Any], code: str
) -> None:
    assert _report(endorsed_by_university(**changes)).finding(Q.WELL_FORMED).code == code


# --- carried -------------------------------------------------------------------------------------


def test_badge_without_endorsement_has_none_to_check() -> None:
    finding = _report(signed()).finding(Q.ENDORSED)

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, "none-carried")


def test_good_endorsement_names_its_endorser_by_the_trust_list() -> None:
    finding = _ask(GOOD, ports=both_at_home(trust=with_university_on_list))

    assert finding.reason == (
        "Every endorsement it carries (1) is word for word as its endorser signed it. Endorsed "
        "by: The State University of Example."
    )


def test_endorser_on_no_list_is_named_by_identifier_and_not_by_its_own_words() -> None:
    assert _ask(GOOD).reason == (
        "Every endorsement it carries (1) is word for word as its endorser signed it. Endorsed "
        "by: did:web:university.example (whose name is on no trust list here)."
    )


def _about(endorsed_id: str) -> bytes:
    return endorsed_by_university(replace(ENDORSEMENT, endorsed_id=endorsed_id))


def _carried_at(place: str) -> bytes:
    document = credential_document(CONTENT)
    achievement = document["credentialSubject"]["achievement"]
    achievement["creator"] = {"id": f"{BASE}/creator", "type": ["Profile"], "name": "Creator"}
    places = {
        "badge": (document, CONTENT.id),
        "issuer": (document["issuer"], ISSUER),
        "achievement": (achievement, CONTENT.achievement.id),
        "creator": (achievement["creator"], f"{BASE}/creator"),
    }
    carrier, endorsed_id = places[place]
    carrier["endorsement"] = [json.loads(_about(endorsed_id))]
    return signed_document(document)


@pytest.mark.parametrize("place", ["badge", "issuer", "achievement", "creator"])
def test_endorsement_is_found_wherever_it_stands(place: str) -> None:
    data = _carried_at(place)

    assert _report(data).verdict is Verdict.VERIFIED
    assert _report(data).finding(Q.ENDORSED).code == "endorsed"


def test_badge_tells_what_its_endorsements_say() -> None:
    summary = _report(signed(with_endorsements(GOOD))).summary

    assert summary is not None
    assert summary.endorsements == (
        SummaryEndorsement(
            issuer_id=UNIVERSITY, issuer_name="State University", comment=ENDORSEMENT.comment
        ),
    )


def test_issuers_endorsement_of_its_own_badge_is_called_that() -> None:
    own = replace(ENDORSEMENT, issuer=CONTENT.issuer)

    finding = _ask(endorsed_by_university(own, KEY, ISSUER))

    assert finding.reason.endswith("Endorsed by: its own issuer.")


ALTERED = GOOD.replace(b"three", b"seven")
BY_ANOTHER = endorsed_by_university(key=OTHER_KEY)


@pytest.mark.parametrize(
    ("endorsement", "code"),
    [
        (ALTERED, "endorsement-not-genuine"),
        (BY_ANOTHER, "endorsement-not-genuine"),
        (endorsed_by_university(signer="did:web:other.example"), "endorsement-not-genuine"),
        (_about("https://lead.example/lc/achievements/23/1.0"), "endorses-else"),
    ],
)
def test_false_endorsement_makes_the_badge_not_verified(endorsement: bytes, code: str) -> None:
    report = _report(signed(with_endorsements(GOOD, endorsement)))

    assert report.finding(Q.ENDORSED).answer is Answer.NO
    assert report.finding(Q.ENDORSED).code == code
    assert report.finding(Q.SIGNATURE).answer is Answer.YES
    assert report.verdict is Verdict.NOT_VERIFIED


def _with_value(value: Any) -> Report:
    """A badge in which something stands where an endorsement should."""
    document = {**json.loads(signed()), "endorsement": value}
    return _report(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("value", "answer", "code"),
    [
        ([], Answer.UNCHECKED, "none-carried"),
        ("https://university.example/7", Answer.UNCHECKED, "endorsement-not-supported"),
        ([None], Answer.UNCHECKED, "endorsement-not-supported"),
        ({}, Answer.NO, "not-an-endorsement"),
        (json.loads(signed()), Answer.NO, "not-an-endorsement"),
        ({**json.loads(GOOD), "issuer": {"id": 7}}, Answer.NO, "not-an-endorsement"),
        ({**json.loads(GOOD), "proof": None}, Answer.NO, "endorsement-not-genuine"),
        ({**json.loads(GOOD), "credentialSubject": []}, Answer.NO, "endorsement-not-genuine"),
        ([json.loads(GOOD)] * 5, Answer.YES, "endorsed"),
        ([json.loads(GOOD)] * 6, Answer.UNCHECKED, "too-many-endorsements"),
    ],
)
def test_whatever_stands_for_an_endorsement_is_answered(
    value: Any, answer: Answer, code: str
) -> None:
    finding = _with_value(value).finding(Q.ENDORSED)

    assert (finding.answer, finding.code) == (answer, code)


def test_endorsement_that_shares_the_vocabulary_around_it_is_read_with_it() -> None:
    endorsement = json.loads(GOOD)
    del endorsement["@context"]

    assert _with_value(endorsement).finding(Q.ENDORSED).code == "endorsed"


def test_endorser_out_of_reach_leaves_the_badge_verified_and_the_question_open() -> None:
    report = _report(signed(with_endorsements(GOOD)), HOME)

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Q.ENDORSED).answer is Answer.UNCHECKED
    assert report.finding(Q.ENDORSED).code == "endorsement-unchecked"


def test_altered_endorsement_is_told_apart_without_its_endorser() -> None:
    assert _ask(ALTERED, ports=HOME).code == "endorsement-not-genuine"


def test_endorsed_badge_in_a_record_is_asked_about_it_there() -> None:
    badge = signed(with_endorsements(ALTERED))

    report = _report(record(replace(RECORD, badges=(badge,), associations=())))

    assert report.finding(Q.ENDORSED).code == "none-carried"
    assert report.parts[0].finding(Q.ENDORSED).code == "endorsement-not-genuine"
    assert report.verdict is Verdict.NOT_VERIFIED


def test_achievement_of_a_record_may_be_endorsed() -> None:
    document = clr_document(RECORD)
    endorsed = credential_document(with_endorsements(GOOD))["credentialSubject"]["achievement"]
    document["credentialSubject"]["achievement"] = [endorsed]

    assert _report(signed_document(document)).finding(Q.ENDORSED).code == "endorsed"


# --- in force ------------------------------------------------------------------------------------

ENDS = TODAY - timedelta(days=10)
LIST_URL = "https://university.example/list"


@pytest.mark.parametrize(
    ("as_of", "answer", "code"),
    [
        (ENDS, Answer.YES, "endorsed"),
        (ENDS + SECOND, Answer.UNCHECKED, "endorsement-lapsed"),
    ],
)
def test_endorsement_that_ran_out_says_nothing_any_more(
    as_of: Any, answer: Answer, code: str
) -> None:
    data = signed(with_endorsements(endorsed_by_university(replace(ENDORSEMENT, valid_until=ENDS))))
    report = _report(data, as_of=as_of)

    assert (report.finding(Q.ENDORSED).answer, report.finding(Q.ENDORSED).code) == (answer, code)
    assert report.verdict is Verdict.VERIFIED


def _listed(*revoked: int) -> Ports:
    bits = StatusList.empty().with_revoked(revoked)
    method = verification_method(UNIVERSITY, UNIVERSITY_KEY.public_multibase)
    document = status_list_document(LIST_URL, UNIVERSITY, bits, AWARDED)
    data = sign(document, UNIVERSITY_KEY, verification_method=method, created=AWARDED)
    return both_at_home(status_list=lambda url: data if url == LIST_URL else HOME.status_list(url))


LISTED = endorsed_by_university(
    replace(ENDORSEMENT, status=StatusEntry(list_url=LIST_URL, index=5))
)


@pytest.mark.parametrize(
    ("ports", "answer", "code"),
    [
        (_listed(4), Answer.YES, "endorsed"),
        (_listed(5), Answer.NO, "endorsement-withdrawn"),
        (both_at_home(), Answer.UNCHECKED, "endorsement-unchecked"),
    ],
)
def test_endorsement_in_its_endorsers_list(ports: Ports, answer: Answer, code: str) -> None:
    finding = _ask(LISTED, ports=ports)

    assert (finding.answer, finding.code) == (answer, code)


# --- as tokens -----------------------------------------------------------------------------------

UNIVERSITY_METHOD = f"{UNIVERSITY}#{STRANGER.public.thumbprint}"


def _with_token_key() -> Ports:
    university = did_document(UNIVERSITY, [], [STRANGER.public_jwk])
    return replace(HOME, resolve_issuer={ISSUER: own_did(), UNIVERSITY: university}.get)


def _as_token(key: TokenKey = STRANGER, **changes: Any) -> str:
    payload = {**endorsement_document(ENDORSEMENT), **changes}
    return token(payload, key, kid=UNIVERSITY_METHOD).decode()


def _badge_with(endorsement: str) -> bytes:
    document = credential_document(CONTENT)
    document["credentialSubject"]["achievement"]["endorsementJwt"] = [endorsement]
    return signed_document(document)


@pytest.mark.parametrize(
    ("endorsement", "answer", "code"),
    [
        (_as_token(), Answer.YES, "endorsed"),
        (_as_token(ES256), Answer.NO, "endorsement-not-genuine"),
        (_as_token(iss=ISSUER), Answer.NO, "endorsement-not-genuine"),
        (_as_token(credentialSubject={"id": BASE}), Answer.NO, "endorses-else"),
        (_as_token(type=["VerifiableCredential"]), Answer.NO, "not-an-endorsement"),
        (_as_token() + "AAA", Answer.NO, "not-an-endorsement"),
        ("a.b.c", Answer.NO, "not-an-endorsement"),
        ("\u00e9", Answer.NO, "not-an-endorsement"),
    ],
)
def test_endorsement_may_be_a_token(endorsement: str, answer: Answer, code: str) -> None:
    found = _report(_badge_with(endorsement), _with_token_key()).finding(Q.ENDORSED)

    assert (found.answer, found.code) == (answer, code)


def test_endorsement_in_a_token_is_told_like_others() -> None:
    report = _report(_badge_with(_as_token()), _with_token_key())

    assert report.verdict is Verdict.VERIFIED
    assert report.summary is not None
    assert [one.comment for one in report.summary.endorsements] == [ENDORSEMENT.comment]


# --- hostile -------------------------------------------------------------------------------------

_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("urn:x:1"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "@context", "proof"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(st.sampled_from([*json.loads(GOOD)]), _ANYTHING, min_size=1, max_size=3))
def test_whatever_an_endorsement_says_there_is_an_answer(changes: dict[str, Any]) -> None:
    changed = {**json.loads(GOOD), **changes}

    finding = _with_value(changed).finding(Q.ENDORSED)

    assert (finding.code == "endorsed") is (changed == json.loads(GOOD))


def test_poisoned_endorsements_are_not_read_once_the_badge_was_too_much_work() -> None:
    names = [f"_:b{number}" for number in range(8)]
    poison = [
        {"id": a, "type": ["Evidence"], "alignment": [{"id": b} for b in names if b != a]}
        for a in names
    ]

    finding = _with_value([{**json.loads(GOOD), "evidence": poison}] * 5).finding(Q.ENDORSED)

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, "not-reached")
