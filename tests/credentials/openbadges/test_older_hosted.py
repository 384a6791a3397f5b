"""Dora is handed a hosted badge of Open Badges 2.0: what its issuer publishes today decides."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from credentials.openbadges import (
    Fetched,
    Generation,
    Ports,
    Question,
    Report,
    Unreachable,
    Verdict,
    bake_png,
    bake_svg,
    verify,
)
from credentials.openbadges.older.documents import withdrawn_document
from tests.credentials.openbadges.issued import BASE, CONTENT, SUBJECT, TODAY, tiny_png
from tests.credentials.openbadges.older_issued import (
    ASSERTION,
    BADGE_CLASS,
    ISSUER_2,
    badge_class,
    hosted,
    issuer,
    published,
    world,
)
from tests.credentials.openbadges.pictures import SVG

Q = Question
TWO = Generation.TWO
HANDED = json.dumps(hosted()).encode()
#: Verified, but the framework is published elsewhere and nobody was named.
GOOD = {
    "readable": ("yes", "read"),
    "well_formed": ("yes", "well-formed"),
    "issuer_known": ("yes", "known"),
    "signature": ("yes", "published"),
    "not_expired": ("yes", "valid"),
    "not_revoked": ("yes", "not-revoked"),
    "recipient": ("unchecked", "not-asked"),
    "alignment": ("unchecked", "elsewhere"),
    "endorsed": ("unchecked", "none-carried"),
}


def _ask(data: bytes = HANDED, *, ports: Ports | None = None, **documents: Any) -> Report:
    return verify(data, as_of=TODAY, ports=ports or world(published(**documents)))


def _codes(report: Report) -> dict[str, tuple[str, str]]:
    return {str(f.question): (str(f.answer), f.code) for f in report.findings}


@pytest.mark.parametrize(
    "data",
    [
        HANDED,
        ASSERTION.encode(),
        b" " + ASSERTION.encode() + b"\n",
        bake_png(tiny_png(), HANDED, generation=TWO),
        bake_png(tiny_png(), ASSERTION.encode(), generation=TWO),
        bake_svg(SVG, HANDED, generation=TWO),
        bake_svg(SVG, ASSERTION.encode(), generation=TWO),
    ],
    ids=["json", "address", "spaced", "png", "png-address", "svg", "svg-address"],
)
def test_good_badge_is_verified_in_whatever_form(data: bytes) -> None:
    report = _ask(data)

    assert _codes(report) == GOOD
    assert report.verdict is Verdict.VERIFIED


def test_summary_says_what_the_newer_badge_would_say() -> None:
    summary = _ask().summary

    assert summary is not None
    assert (summary.id, summary.issuer_id, summary.subject_id) == (ASSERTION, ISSUER_2, SUBJECT)
    assert (summary.name, summary.achievement_id) == ("Shared Vision", BADGE_CLASS)
    assert summary.awarded == CONTENT.awarded
    assert [each.code for each in summary.alignments] == ["1111-a", "1111-b"]
    assert [each.name for each in summary.evidence] == ["Vision protocol", "Town hall"]
    assert summary.criteria == CONTENT.achievement.criteria


def test_each_document_is_fetched_once() -> None:
    asked: list[str] = []
    ports = world(published())

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return ports.fetch(url)

    _ask(ports=replace(ports, fetch=fetch))

    assert asked == [ASSERTION, BADGE_CLASS, ISSUER_2]


# --- what the issuer's address says ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("recipient", {"type": "email", "hashed": False, "identity": "cem@a.example"}, "holder"),
        ("issuedOn", "2020-01-01T00:00:00Z", "the date of the award"),
        ("expires", "2099-01-01T00:00:00Z", "the date of its end"),
        ("badge", "https://lead.example/lc/achievements/99", "what was awarded"),
        ("evidence", [], "the evidence"),
        ("narrative", "Better.", "the description"),
        ("tags", ["x"], "“tags”"),
    ],
)
def test_handed_in_copy_that_was_altered_is_a_no(name: str, value: Any, told: str) -> None:
    report = _ask(json.dumps(hosted(**{name: value})).encode())

    finding = report.finding(Q.SIGNATURE)
    assert (finding.answer, finding.code) == ("no", "altered")
    assert f"{told})." in finding.reason
    assert report.finding(Q.NOT_REVOKED).answer == "yes"
    assert report.verdict is Verdict.NOT_VERIFIED


def test_class_that_stands_in_the_badge_is_the_one_its_address_publishes() -> None:
    embedded = badge_class(name="Better", issuer=issuer(name="Somebody"))

    report = _ask(json.dumps(hosted(badge=embedded)).encode())

    assert _codes(report) == GOOD
    assert report.summary is not None
    assert report.summary.name == "Shared Vision"


@pytest.mark.parametrize(
    "answer",
    [410, withdrawn_document(assertion_id=ASSERTION, reason="By mistake."), hosted(revoked=True)],
    ids=["gone", "gone with words", "revoked"],
)
def test_badge_that_its_issuer_withdrew_is_revoked(answer: Any) -> None:
    report = _ask(assertion=answer)

    assert report.finding(Q.NOT_REVOKED).code == "revoked"
    assert report.finding(Q.WELL_FORMED).answer == "yes"
    assert report.verdict is Verdict.NOT_VERIFIED
    assert "mistake" not in str(report.to_json())


def test_address_that_is_gone_is_revoked_though_nothing_can_be_read() -> None:
    report = _ask(bake_png(tiny_png(), ASSERTION.encode(), generation=TWO), assertion=410)

    assert _codes(report)["readable"] == ("unchecked", "withdrawn")
    assert _codes(report)["not_revoked"] == ("no", "revoked")
    assert report.verdict is Verdict.NOT_VERIFIED


@pytest.mark.parametrize("answer", [404, 500, b"<html>", b"[]"])
def test_address_that_does_not_answer_is_never_not_revoked(answer: Any) -> None:
    report = _ask(assertion=answer)

    assert report.finding(Q.SIGNATURE).code == "hosted-unreachable"
    assert report.finding(Q.NOT_REVOKED).code == "hosted-unreachable"
    assert report.verdict is Verdict.COULD_NOT_CHECK


def test_address_alone_that_does_not_answer_could_not_be_fetched() -> None:
    report = _ask(ASSERTION.encode(), assertion=404)

    assert _codes(report)["readable"] == ("unchecked", "not-fetched")
    assert report.verdict is Verdict.COULD_NOT_CHECK


def test_address_that_answers_with_another_badge_does_not_publish_this_one() -> None:
    report = _ask(assertion=hosted(id=f"{ASSERTION}/other"))

    assert report.finding(Q.SIGNATURE).code == "not-published"
    assert report.finding(Q.NOT_REVOKED).answer == "unchecked"


def test_address_that_only_leads_to_another_address_is_not_followed() -> None:
    report = _ask(ASSERTION.encode(), assertion=b"https://lead.example/other")

    assert _codes(report)["readable"] == ("no", "not-a-badge")


def test_address_of_a_copy_is_judged_by_the_badge_it_names() -> None:
    copy = f"{BASE}/copies/33"
    ports = world({**published(), copy: hosted()})

    assert _codes(_ask(copy.encode(), ports=ports)) == GOOD


# --- whose address it is ---------------------------------------------------------------------

ELSEWHERE = "https://files.example/33"


def _published_elsewhere(**policy: Any) -> Report:
    """A badge that names Ada's class and issuer, published on somebody else's host."""
    copy = hosted(id=ELSEWHERE)
    verification = {"verification": policy} if policy else {}
    documents = {**published(issuer=issuer(**verification)), ELSEWHERE: copy}
    return _ask(json.dumps(copy).encode(), ports=world(documents))


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        ({}, "other-origin"),
        ({"allowedOrigins": "lead.example"}, "other-origin"),
        ({"allowedOrigins": "files.example"}, "published"),
        ({"allowedOrigins": ["lead.example", "Files.Example"]}, "published"),
        ({"startsWith": "https://files.example/"}, "other-origin"),
        ({"startsWith": "https://files.", "allowedOrigins": ["files.example"]}, "published"),
        ({"startsWith": ["https://x/"], "allowedOrigins": ["files.example"]}, "other-origin"),
        ({"allowedOrigins": []}, "issuer-not-hosted"),
    ],
)
def test_badge_counts_only_where_its_issuer_says_that_its_badges_are(
    policy: dict[str, Any], code: str
) -> None:
    assert _published_elsewhere(**policy).finding(Q.SIGNATURE).code == code


def test_forger_who_names_a_known_issuer_is_not_known() -> None:
    report = _published_elsewhere()

    assert report.finding(Q.ISSUER_KNOWN).code == "not-proven"
    assert report.verdict is Verdict.NOT_VERIFIED


def test_address_that_points_on_to_another_host_is_not_its_issuers() -> None:
    ports = world(published())

    def fetch(url: str) -> Fetched:
        found = ports.fetch(url)
        return replace(found, url=ELSEWHERE) if url == ASSERTION else found

    finding = _ask(ports=replace(ports, fetch=fetch)).finding(Q.SIGNATURE)

    assert (finding.answer, finding.code) == ("unchecked", "redirected")


def test_issuer_written_into_the_badge_is_fetched_from_its_address() -> None:
    ours = badge_class(id="urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b", issuer=issuer())
    forged = {**ours, "issuer": {**issuer(), "verification": {"allowedOrigins": "files.example"}}}
    copy = hosted(id=ELSEWHERE, badge=forged)

    report = _ask(json.dumps(copy).encode(), ports=world({**published(), ELSEWHERE: copy}))

    assert report.finding(Q.SIGNATURE).code == "other-origin"


@pytest.mark.parametrize(
    ("missing", "well_formed", "signature", "issuer_known", "alignment"),
    [
        (
            "badge_class",
            "badge-class-unreachable",
            "issuer-unreachable",
            "issuer-unreachable",
            "badge-class-unreachable",
        ),
        (
            "issuer",
            "issuer-unreachable",
            "issuer-unreachable",
            "issuer-unreachable",
            "elsewhere",
        ),
    ],
)
def test_what_it_names_and_cannot_be_had_leaves_it_unchecked(
    missing: str, well_formed: str, signature: str, issuer_known: str, alignment: str
) -> None:
    report = _ask(**{missing: 503})

    codes = _codes(report)
    assert codes["well_formed"] == ("unchecked", well_formed)
    assert codes["signature"] == ("unchecked", signature)
    assert codes["issuer_known"] == ("unchecked", issuer_known)
    assert codes["alignment"] == ("unchecked", alignment)
    assert codes["not_revoked"] == ("yes", "not-revoked")


def test_badge_that_names_no_address_is_not_hosted() -> None:
    report = _ask(json.dumps(hosted(id=SUBJECT)).encode())

    assert report.finding(Q.SIGNATURE).code == "not-hosted"
    assert report.finding(Q.NOT_REVOKED).answer == "unchecked"


def test_endorsement_of_others_is_not_read() -> None:
    endorsed = badge_class(endorsement=["https://files.example/endorsement"])

    assert _ask(badge_class=endorsed).finding(Q.ENDORSED).code == "endorsement-not-supported"


def test_badge_without_network_could_not_be_checked() -> None:
    def fetch(url: str) -> Fetched:
        raise Unreachable(f"{url} did not answer.")

    report = _ask(ports=replace(world({}), fetch=fetch))

    assert report.verdict is Verdict.COULD_NOT_CHECK
    assert report.finding(Q.NOT_REVOKED).reason == (
        "Its issuer's address could not be asked, so it may have been withdrawn. "
        f"{ASSERTION} did not answer."
    )


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"expires": "2026-11-22T09:00:00Z"}, "valid"),
        ({"expires": "2026-11-22T08:59:59+00:00"}, "expired"),
        ({"expires": "2026-11-22T09:59:59+0100"}, "expired"),
        ({"issuedOn": "2026-11-22T09:00:01Z"}, "not-yet"),
        ({"issuedOn": "2026-11-22T04:00:00-0500"}, "valid"),
        ({"issuedOn": "yesterday"}, "no-date"),
        ({"expires": 7}, "no-date"),
    ],
)
def test_validity_is_judged_by_what_the_issuer_publishes(dates: dict[str, Any], code: str) -> None:
    document = hosted(**dates)

    report = _ask(json.dumps(document).encode(), assertion=document)

    assert report.finding(Q.NOT_EXPIRED).code == code
    assert report.finding(Q.SIGNATURE).code == "published"


def test_expired_badge_is_not_called_forged() -> None:
    ended = hosted(replace(CONTENT, valid_until=datetime(2026, 6, 1, tzinfo=UTC)))

    report = _ask(json.dumps(ended).encode(), assertion=ended)

    assert {name: pair for name, pair in _codes(report).items() if pair[0] == "no"} == {
        "not_expired": ("no", "expired")
    }
