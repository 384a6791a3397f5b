"""Dora verifies without a network: the same answers, and how old each of them is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from credentials.openbadges import Question, Report, StatusEntry, credential_document, verify
from credentials.openbadges.age import as_of
from credentials.openbadges.bundle import Bundle, Kind
from credentials.openbadges.bundle_records import OwnIssuer, read_framework, write_own
from credentials.openbadges.errors import BadBundle
from credentials.openbadges.offline import Knowledge, verify_offline
from credentials.openbadges.trust import listed
from tests.credentials.openbadges.bundles import EDITION, FRAMEWORK, LIST_HAD, MADE, MEMBERS, bundle
from tests.credentials.openbadges.issued import (
    AWAY,
    CONTENT,
    INDEX,
    ISSUER,
    KEY,
    LIST,
    OTHER_KEY,
    TODAY,
    fetching,
    signed,
    signed_document,
    signed_list,
)
from tests.credentials.openbadges.recorded import record

#: A badge that its issuer cannot take back.
WITHOUT_LIST = {
    name: part for name, part in credential_document(CONTENT).items() if name != "credentialStatus"
}
TWELVE_DAYS = "Known as of 10 November 2026, 12 days ago."
THIRTEEN_DAYS = "Known as of 9 November 2026, 13 days ago."


def report(data: bytes | None = None, held: Bundle | None = None, now: datetime = TODAY) -> Report:
    """Dora's report with what the bundle holds."""
    knowledge = Knowledge(held or bundle())
    return verify_offline(data or signed(), knowledge=knowledge, as_of=now, now=now)


def ages(found: Report) -> dict[str, datetime]:
    """Question -> date, of the findings that rest on the bundle."""
    return {
        str(one.question): one.known_as_of for one in found.findings if one.known_as_of is not None
    }


def test_badge_verifies_and_each_finding_that_rests_on_the_bundle_tells_its_age() -> None:
    found = report()

    assert found.verdict == "verified"
    assert ages(found) == {
        "issuer_known": MADE,
        "signature": MADE,
        "not_revoked": LIST_HAD,
        "alignment": MADE,
    }


def test_every_badge_inside_a_record_tells_the_age_of_its_own_answers() -> None:
    found = report(record())

    assert [ages(part) for part in found.parts] == 3 * [
        {
            "issuer_known": MADE,
            "signature": MADE,
            "not_revoked": LIST_HAD,
            "alignment": MADE,
        }
    ]


def test_age_is_said_in_words_and_to_machines() -> None:
    found = report()

    assert found.finding(Question.SIGNATURE).reason.endswith(TWELVE_DAYS)
    assert found.finding(Question.NOT_REVOKED).reason == (
        "The issuer's list, as it stood then (dated 2 March 2026), leaves it in force. "
        f"{THIRTEEN_DAYS}"
    )
    assert found.to_json()["findings"][5]["known_as_of"] == "2026-11-09T08:00:00Z"


@pytest.mark.parametrize(
    "data",
    [
        signed(),
        signed().replace(b"Vision", b"Visiom", 1),
        signed(key=OTHER_KEY),
        signed_document(WITHOUT_LIST),
        signed(replace(CONTENT, valid_until=datetime(2026, 3, 3, tzinfo=TODAY.tzinfo))),
        signed(replace(CONTENT, status=StatusEntry(list_url=f"{LIST}x", index=INDEX))),
        signed(replace(CONTENT, issuer=replace(CONTENT.issuer, id="did:web:stranger.example"))),
        b"{}",
        b"not a badge",
        b"",
    ],
    ids=range(10),
)
def test_report_is_that_of_the_network_but_for_the_age(data: bytes) -> None:
    network = fetching(did=MEMBERS[Kind.ISSUER].body, status=MEMBERS[Kind.STATUS_LIST].body)
    online = verify(
        data,
        as_of=TODAY,
        ports=replace(
            AWAY,
            fetch=network,
            trust=lambda issuer_id, as_of: listed([EDITION], issuer_id=issuer_id, as_of=as_of),
            resolve_alignment=FRAMEWORK.has,
        ),
    )

    offline = verify_offline(data, knowledge=Knowledge(bundle()), as_of=TODAY, now=TODAY)

    def told(found: Report) -> list[tuple[str, str, str]]:
        return [(str(f.question), str(f.answer), f.code) for f in found.findings]

    assert told(offline) == told(online)
    assert (offline.verdict, offline.summary) == (online.verdict, online.summary)


def test_altered_badge_needs_no_bundle_to_be_called_altered() -> None:
    found = report(signed().replace(b"Vision", b"Visiom", 1))

    assert found.finding(Question.SIGNATURE).code == "altered"
    assert found.finding(Question.SIGNATURE).known_as_of is None


def test_revoked_by_the_list_of_that_day_is_revoked() -> None:
    held = bundle(replace(MEMBERS[Kind.STATUS_LIST], body=signed_list(INDEX)))

    assert report(held=held).finding(Question.NOT_REVOKED).code == "revoked"


@pytest.mark.parametrize(
    ("kind", "question", "code"),
    [
        (Kind.ISSUER, Question.SIGNATURE, "issuer-unreachable"),
        (Kind.STATUS_LIST, Question.NOT_REVOKED, "status-list-unreachable"),
        (Kind.TRUST_LIST, Question.ISSUER_KNOWN, "no-list"),
        (Kind.FRAMEWORK, Question.ALIGNMENT, "elsewhere"),
    ],
)
def test_what_the_bundle_lacks_is_could_not_check(
    kind: Kind, question: Question, code: str
) -> None:
    finding = report(held=bundle(without=kind)).finding(question)

    assert (finding.answer, finding.code) == ("unchecked", code)


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (Kind.ISSUER, Question.SIGNATURE),
        (Kind.STATUS_LIST, Question.NOT_REVOKED),
        (Kind.TRUST_LIST, Question.ISSUER_KNOWN),
    ],
)
def test_what_the_bundle_lacks_is_told_with_the_bundles_age(kind: Kind, question: Question) -> None:
    finding = report(held=bundle(without=kind)).finding(question)

    assert "is as of 10 November 2026, 12 days ago" in finding.reason


def test_issuer_of_the_installation_that_made_the_bundle_is_known_by_its_record() -> None:
    record = OwnIssuer(
        issuer=ISSUER, legal_name="Ridgeline", host="lead.example", since=date(2026, 1, 1)
    )
    held = bundle(
        replace(MEMBERS[Kind.OWN_ISSUERS], body=write_own([record])), without=Kind.TRUST_LIST
    )

    finding = report(held=held).finding(Question.ISSUER_KNOWN)

    assert finding.reason == (
        f"Ridgeline issues from lead.example, by that installation’s own record. {TWELVE_DAYS}"
    )


def test_key_taken_off_since_is_not_known_to_be_until_the_bundle_is_new() -> None:
    newer = b'{"id": "%s", "assertionMethod": []}' % ISSUER.encode()
    held = bundle(replace(MEMBERS[Kind.ISSUER], body=newer))

    assert report().finding(Question.SIGNATURE).code == "signed"
    assert report(held=held).finding(Question.SIGNATURE).code == "key-not-listed"


@pytest.mark.parametrize("kind", [Kind.TRUST_LIST, Kind.OWN_ISSUERS, Kind.FRAMEWORK])
@pytest.mark.parametrize("body", [b"", b"[1]", b'{"codes": [], "within": 1}', b"null"])
def test_member_that_is_not_what_it_is_called_is_refused(kind: Kind, body: bytes) -> None:
    with pytest.raises(BadBundle):
        Knowledge(bundle(replace(MEMBERS[kind], body=body)))


@pytest.mark.parametrize("kind", [Kind.ISSUER, Kind.STATUS_LIST])
def test_document_that_cannot_be_read_is_could_not_check(kind: Kind) -> None:
    found = report(held=bundle(replace(MEMBERS[kind], body=b"no JSON")))

    assert found.verdict == "could not check"


def test_framework_tells_its_own_items_from_other_peoples() -> None:
    read = read_framework(MEMBERS[Kind.FRAMEWORK].body)
    base = "https://lead.example/lc/uri"

    assert read.has(f"{base}/1111-a", "1111-a") is True
    assert read.has(f"{base}/1111-a", "1111-b") is False
    assert read.has(f"{base}/9999", "") is False
    assert read.has("https://elsewhere.example/1", "") is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "as of 10 November 2026, which by this computer’s clock has not come yet"),
        (0, "as of 10 November 2026, today"),
        (1, "as of 10 November 2026, 1 day ago"),
        (1200, "as of 10 November 2026, 1,200 days ago"),
    ],
)
def test_age_counts_days(days: int, words: str) -> None:
    assert as_of(MADE, now=MADE + timedelta(days=days)) == words


def test_keys_that_are_their_own_name_rest_on_no_bundle() -> None:
    did = f"did:key:{KEY.public_multibase}"
    content = replace(CONTENT, issuer=replace(CONTENT.issuer, id=did))

    finding = report(signed(content, method=f"{did}#{KEY.public_multibase}")).finding(
        Question.SIGNATURE
    )

    assert (finding.code, finding.known_as_of) == ("signed", None)
