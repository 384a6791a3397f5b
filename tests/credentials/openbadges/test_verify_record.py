"""Dora is given a record: it is asked about itself, and about every badge in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Fetched,
    Ports,
    Question,
    Report,
    SigningKey,
    Unreachable,
    Verdict,
    credential_document,
    did_document,
    sign,
    verification_method,
    verify,
)
from credentials.openbadges.ports import asked_once
from credentials.openbadges.record import MAX_BADGES, MAX_IN_DOUBT
from tests.credentials.openbadges.fuller import SCORED
from tests.credentials.openbadges.issued import (
    AWARDED,
    AWAY,
    HOME,
    INDEX,
    ISSUER,
    KEY,
    METHOD,
    TODAY,
    fetching,
    own_did,
    signed,
    signed_document,
    signed_list,
)
from tests.credentials.openbadges.recorded import RECORD, SUBJECT, badge_of, record

Q = Question


def _ask(data: bytes, ports: Ports = HOME, **more: Any) -> Report:
    return verify(data, as_of=TODAY, ports=ports, **more)


def _resigned(change: Callable[[dict[str, Any]], None]) -> bytes:
    """The record with something changed in it, signed anew by its issuer."""
    document = json.loads(record())
    del document["proof"]
    change(document)
    return sign(document, KEY, verification_method=METHOD, created=AWARDED)


def _inside(document: dict[str, Any]) -> list[Any]:
    found: list[Any] = document["credentialSubject"]["verifiableCredential"]
    return found


def test_good_record_is_verified_with_every_badge_in_it() -> None:
    report = _ask(record())

    assert report.verdict is Verdict.VERIFIED
    assert [part.verdict for part in report.parts] == [Verdict.VERIFIED] * 3
    assert {str(f.question): (str(f.answer), f.code) for f in report.findings} == {
        "readable": ("yes", "read"),
        "well_formed": ("yes", "well-formed"),
        "issuer_known": ("yes", "known"),
        "signature": ("yes", "signed"),
        "not_expired": ("yes", "valid"),
        "not_revoked": ("yes", "no-list"),
        "recipient": ("unchecked", "not-asked"),
        "alignment": ("unchecked", "none-named"),
        "endorsed": ("unchecked", "none-carried"),
    }


def test_badge_alone_has_no_parts() -> None:
    assert _ask(signed()).parts == ()


def test_each_part_says_what_it_says_alone() -> None:
    alone = _ask(RECORD.badges[1])
    part = _ask(record()).parts[1]

    assert part.summary == alone.summary
    assert part.findings[1:] == alone.findings[1:]


def test_report_as_json_holds_the_parts() -> None:
    written = _ask(record()).to_json()

    assert [part["summary"]["name"] for part in written["parts"]] == [
        "Badge 1",
        "Badge 2",
        "Badge 3",
    ]
    assert json.loads(json.dumps(written)) == written


def test_altered_record_is_told_though_its_badges_hold() -> None:
    report = _ask(record().replace(b"Badges of one learner", b"Badges of our learner"))

    assert report.verdict is Verdict.NOT_VERIFIED
    assert report.finding(Q.SIGNATURE).code == "altered"
    assert [part.verdict for part in report.parts] == [Verdict.VERIFIED] * 3


def test_altered_badge_is_told_though_its_record_is_signed() -> None:
    def change(document: dict[str, Any]) -> None:
        _inside(document)[1]["name"] = "Badge two"

    report = _ask(_resigned(change))

    assert report.verdict is Verdict.NOT_VERIFIED
    assert report.finding(Q.SIGNATURE).answer is Answer.YES
    assert [part.finding(Q.SIGNATURE).code for part in report.parts] == [
        "signed",
        "altered",
        "signed",
    ]


def test_revoked_badge_makes_the_record_one_not_to_rely_on() -> None:
    ports = replace(HOME, status_list=lambda url: signed_list(INDEX))
    one_apart = replace(badge_of(1), status=replace(badge_of(1).status, index=INDEX + 1))
    data = record(replace(RECORD, badges=(signed(one_apart), RECORD.badges[1]), associations=()))

    report = _ask(data, ports)

    assert report.verdict is Verdict.NOT_VERIFIED
    assert [part.finding(Q.NOT_REVOKED).code for part in report.parts] == ["not-revoked", "revoked"]


def test_expired_badge_in_a_record_is_expired_and_not_forged() -> None:
    ended = replace(badge_of(2), valid_until=AWARDED + timedelta(days=1))

    report = _ask(record(replace(RECORD, badges=(signed(ended),), associations=())))

    assert report.parts[0].finding(Q.NOT_EXPIRED).code == "expired"
    assert report.parts[0].finding(Q.SIGNATURE).answer is Answer.YES


def test_record_whose_badge_could_not_be_checked_could_not_be_checked() -> None:
    stranger = SigningKey.from_bytes(bytes(range(2, 34)))
    other = "did:web:elsewhere.example"
    named = replace(badge_of(2), issuer=replace(RECORD.issuer, id=other))
    badge = sign(
        credential_document(named),
        stranger,
        verification_method=verification_method(other, stranger.public_multibase),
        created=AWARDED,
    )
    trusting = replace(HOME, trust=lambda issuer, as_of: HOME.trust(ISSUER, as_of))

    report = _ask(record(replace(RECORD, badges=(badge,), associations=())), trusting)

    assert report.verdict is Verdict.COULD_NOT_CHECK
    assert report.parts[0].finding(Q.SIGNATURE).code == "issuer-unreachable"


def test_record_without_network_is_checked_elsewhere_with_one_look_at_each_address() -> None:
    asked: list[str] = []
    answers = fetching(did=json.dumps(own_did()).encode(), status=signed_list())

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return answers(url)

    report = _ask(record(), replace(AWAY, fetch=fetch))

    assert report.verdict is Verdict.VERIFIED
    assert len(asked) == len(set(asked)) == 2


@pytest.mark.parametrize(
    ("asked", "verdict", "codes"),
    [
        (SUBJECT, Verdict.VERIFIED, ["not-asked"] * 3),
        ("urn:uuid:of-cem", Verdict.NOT_VERIFIED, ["not-asked"] * 3),
    ],
)
def test_record_is_asked_whose_it_is_and_vouches_for_its_own_badges(
    asked: str, verdict: Verdict, codes: list[str]
) -> None:
    report = _ask(record(), recipient=asked)

    assert report.verdict is verdict
    assert [part.finding(Q.RECIPIENT).code for part in report.parts] == codes


def test_badge_of_another_issuer_in_a_record_is_asked_whose_it_is() -> None:
    stranger = SigningKey.from_bytes(bytes(range(2, 34)))
    other = "did:web:elsewhere.example"
    ports = replace(
        HOME,
        resolve_issuer=lambda did: did_document(
            did, [(stranger if did == other else KEY).public_multibase]
        ),
        trust=lambda issuer, as_of: HOME.trust(ISSUER, as_of),
    )
    badge = sign(
        credential_document(replace(badge_of(2), issuer=replace(RECORD.issuer, id=other))),
        stranger,
        verification_method=verification_method(other, stranger.public_multibase),
        created=AWARDED,
    )
    data = record(replace(RECORD, badges=(badge,), associations=()))

    report = _ask(data, ports, recipient=SUBJECT)

    assert report.finding(Q.RECIPIENT).answer is Answer.YES
    assert report.parts[0].finding(Q.RECIPIENT).code == "someone-else"


@pytest.mark.parametrize(
    ("entry", "answer", "code"),
    [
        ("a text", "no", "not-a-badge"),
        (7, "no", "not-a-badge"),
        (
            {
                "@context": "https://www.w3.org/ns/credentials/v2",
                "id": "data:application/vc+jwt,e30.e30.AA",
                "type": "EnvelopedVerifiableCredential",
            },
            "no",
            "not-json",
        ),
    ],
)
def test_entry_that_is_no_badge_is_answered_in_its_place(
    entry: Any, answer: str, code: str
) -> None:
    document = json.loads(record())
    _inside(document)[0] = entry

    report = _ask(json.dumps(document).encode())

    assert report.verdict is not Verdict.VERIFIED
    assert (
        report.parts[0].finding(Q.READABLE).answer,
        report.parts[0].finding(Q.READABLE).code,
    ) == (answer, code)
    assert report.parts[1].verdict is Verdict.VERIFIED


def _only(*entries: Any) -> bytes:
    """A record that says next to nothing but what is in it."""
    return json.dumps(
        {
            "@context": [],
            "type": ["VerifiableCredential", "ClrCredential"],
            "credentialSubject": {"verifiableCredential": list(entries)},
        }
    ).encode()


def test_badges_beyond_the_bound_are_not_looked_at_and_the_report_says_so() -> None:
    badge = json.loads(signed(replace(badge_of(1), alignments=(), evidence=())))
    document = json.loads(record())
    _inside(document).extend({**badge, "id": f"urn:x:{n}"} for n in range(80))

    report = _ask(json.dumps(document).encode())

    assert len(report.parts) == MAX_BADGES + 1
    assert report.parts[-1].finding(Q.READABLE).code == "too-many-badges"


def test_record_that_cannot_be_read_for_sure_has_few_of_its_badges_looked_at() -> None:
    report = _ask(_only(*({"id": n} for n in range(1_000))))

    assert len(report.parts) == MAX_IN_DOUBT + 1
    assert report.parts[-1].finding(Q.READABLE).reason == (
        "The record cannot be read for sure and holds more than 8 badges; this one and those after "
        "it were not looked at."
    )
    assert report.verdict is Verdict.NOT_VERIFIED


def test_records_within_records_are_opened_twice_and_no_deeper() -> None:
    third = json.loads(_only(json.loads(_only({"id": "urn:x"}))))
    second = json.loads(_only(third))

    report = _ask(_only(second))

    (first,) = report.parts
    (deeper,) = first.parts
    assert [part.finding(Q.READABLE).code for part in deeper.parts] == ["too-deep"]


def test_bound_on_badges_counts_those_of_every_record_inside() -> None:
    several = json.loads(_only(*({"id": n} for n in range(3))))

    report = _ask(_only(several, several, several))

    assert [len(part.parts) for part in report.parts] == [3, 3, 0]
    assert report.parts[2].finding(Q.READABLE).code == "too-many-badges"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "name"),
        ({"partial": "no"}, "partial"),
        ({"type": ["VerifiableCredential", "ClrCredential", "OpenBadgeCredential"]}, "type"),
        ({"credentialSubject": {"id": SUBJECT, "type": ["ClrSubject"]}}, "badges"),
        ({"credentialSubject": {"id": SUBJECT, "type": ["AchievementSubject"]}}, "subject"),
    ],
)
def test_record_that_lacks_a_part_is_not_well_formed(changes: dict[str, Any], code: str) -> None:
    report = _ask(signed_document({**_unsigned(), **changes}))

    assert report.finding(Q.WELL_FORMED).code == code


def _unsigned() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(record())
    del document["proof"]
    return document


def test_summary_of_a_scored_rubric_names_the_levels() -> None:
    summary = _ask(signed(SCORED)).summary

    assert summary is not None
    assert [(one.name, one.value) for one in summary.results] == [
        ("I.1.a Title a", "Shown"),
        ("I.1.b Title b", "Extended"),
    ]


def test_addresses_beyond_the_bound_are_not_asked() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return Fetched(body=b"", content_type="", url=url)

    ports = asked_once(replace(HOME, fetch=fetch), at_most=2)
    ports.fetch("https://a.example")
    ports.fetch("https://b.example")
    ports.fetch("https://a.example")

    with pytest.raises(Unreachable, match="more addresses"):
        ports.fetch("https://c.example")
    assert asked == ["https://a.example", "https://b.example"]
