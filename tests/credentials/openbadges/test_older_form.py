"""Dora is handed badges of Open Badges 2.0 that lack something, or that are older still."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges import Answer, Question, Verdict, verify
from tests.credentials.openbadges.issued import TODAY
from tests.credentials.openbadges.older_issued import (
    badge_class,
    hosted,
    issuer,
    published,
    to_sign,
    token,
    world,
)

Q = Question


def _well_formed(**documents: Any) -> tuple[str, str]:
    everything = published(**documents)
    assertion = json.dumps(documents.get("assertion", hosted())).encode()
    report = verify(assertion, as_of=TODAY, ports=world(everything))
    found = report.finding(Q.WELL_FORMED)
    return str(found.answer), found.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "BadgeClass"}, "type"),
        ({"type": None}, "type"),
        ({"recipient": "ada@lead.example"}, "recipient"),
        ({"recipient": {"type": "id", "identity": "x"}}, "recipient"),
        ({"recipient": {"type": "email", "identity": "x", "hashed": False}}, "recipient"),
        ({"recipient": {"type": "email", "identity": "a@b", "hashed": True}}, "recipient"),
        (
            {"recipient": {"type": "email", "identity": "md5$" + "0" * 32, "hashed": False}},
            "recipient",
        ),
        ({"verification": None}, "verification"),
        ({"verification": {"type": "EndorsedBadge"}}, "verification"),
        ({"issuedOn": None}, "issued-on"),
        ({"issuedOn": "2026-03-02"}, "issued-on"),
        ({"expires": "never"}, "date"),
    ],
)
def test_assertion_that_lacks_something_says_what(changes: dict[str, Any], code: str) -> None:
    assert _well_formed(assertion=hosted(**changes)) == ("no", code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "Assertion"}, "badge-class"),
        ({"name": " "}, "badge-class"),
        ({"description": None}, "badge-class"),
        ({"image": None}, "badge-class"),
        ({"criteria": None}, "criteria"),
        ({"criteria": {}}, "criteria"),
        ({"alignment": {"targetName": "A"}}, "alignment"),
        ({"alignment": [{"targetName": "A", "targetUrl": "urn:x:1"}]}, "alignment"),
    ],
)
def test_badge_class_that_lacks_something_says_what(changes: dict[str, Any], code: str) -> None:
    assert _well_formed(badge_class=badge_class(**changes)) == ("no", code)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Assertion"},
        {"name": None},
        {"url": None},
        {"url": "lead.example"},
    ],
)
def test_issuer_that_lacks_something_says_so(changes: dict[str, Any]) -> None:
    assert _well_formed(issuer=issuer(**changes)) == ("no", "issuer")


@pytest.mark.parametrize(
    "documents",
    [
        {"assertion": hosted(type=["Assertion", "Extension"])},
        {"assertion": hosted(verification={"type": ["HostedBadge"]})},
        {"assertion": hosted(evidence="https://lead.example/talk")},
        {"badge_class": badge_class(criteria="https://lead.example/criteria")},
        {"badge_class": badge_class(image={"id": "https://lead.example/a.png"})},
        {"badge_class": badge_class(image="data:image/png;base64,AAAA", alignment=None)},
        {"issuer": issuer(type="Profile", email=None)},
    ],
)
def test_other_ways_to_write_the_same_are_well_formed(documents: Any) -> None:
    assert _well_formed(**documents) == ("yes", "well-formed")


@pytest.mark.parametrize(
    "document",
    [
        {**hosted(), "@context": "https://w3id.org/openbadges/v1"},
        {"uid": "7", "recipient": {}, "badge": "https://a.example/b", "verify": {}},
    ],
)
def test_badge_from_before_2_0_is_told_apart(document: dict[str, Any]) -> None:
    report = verify(json.dumps(document).encode(), as_of=TODAY, ports=world({}))

    assert report.finding(Q.WELL_FORMED).code == "open-badges-1"
    assert report.finding(Q.SIGNATURE).answer is Answer.UNCHECKED
    assert report.verdict is not Verdict.VERIFIED


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "identity", "hashed", "publicKey", "creator"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=9,
)


def _changed(document: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = [*document, "verification", "revoked", "expires", "publicKey", "revocationList"]
    something = _json.filter(lambda value: value is not None)  # null says nothing
    return st.dictionaries(st.sampled_from(names), something, max_size=3).map(
        lambda changes: {**document, **changes}
    )


@settings(max_examples=60, deadline=None)
@given(_changed(hosted()), _changed(badge_class()), _changed(issuer()))
def test_anything_in_any_place_is_answered(
    assertion: dict[str, Any], awarded: dict[str, Any], by: dict[str, Any]
) -> None:
    ports = world(published(badge_class=awarded, issuer=by))

    report = verify(json.dumps(assertion).encode(), as_of=TODAY, ports=ports, recipient="a@b.c")

    assert len(report.findings) == len(Question)
    assert report.finding(Q.SIGNATURE).answer is not Answer.YES or assertion == hosted()


@settings(max_examples=40, deadline=None)
@given(_changed(to_sign()), _changed(issuer()), _json)
def test_anything_in_a_token_is_answered(
    assertion: dict[str, Any], by: dict[str, Any], listing: Any
) -> None:
    ports = world(published(issuer=by, revoked=listing))

    report = verify(token(assertion), as_of=TODAY, ports=ports, recipient="a@b.c")

    assert len(report.findings) == len(Question)
    json.dumps(report.to_json())
