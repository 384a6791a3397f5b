"""The 1EdTech Revocation List: believed as far as an unsigned file can be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from credentials.openbadges import (
    Answer,
    Finding,
    Ports,
    Question,
    Verdict,
    revocation_list_document,
    verify,
)
from credentials.openbadges.documents import credential_document
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.ports import Fetched
from tests.credentials.openbadges.issued import (
    AWAY,
    BASE,
    CONTENT,
    HOME,
    ISSUER,
    ISSUER_URL,
    TODAY,
    fetching,
    own_did,
    signed_document,
)

LISTING = f"{BASE}/lc/revocations/5f0c"
ELSEWHERE = "https://badges.example/revocations"


def _badge(url: str = LISTING) -> bytes:
    document = credential_document(CONTENT)
    document["credentialStatus"] = {"id": url, "type": "1EdTechRevocationList"}
    return signed_document(document)


def _listing(*revoked: str, url: str = LISTING, **changes: Any) -> bytes:
    document = revocation_list_document(url, ISSUER, dict.fromkeys(revoked))
    return json.dumps({**document, **changes}).encode()


def _ports(listing: bytes, url: str = LISTING, **did: Any) -> Ports:
    """Dora's district: the issuer and the list answer over the network."""
    document = json.dumps({**own_did(), **did}).encode()
    return replace(AWAY, fetch=fetching(**{ISSUER_URL: document, url: listing}))


def _ask(listing: bytes, url: str = LISTING, **did: Any) -> Finding:
    report = verify(_badge(url), as_of=TODAY, ports=_ports(listing, url, **did))
    return report.finding(Question.NOT_REVOKED)


def test_list_of_our_own_is_written_as_the_standard_asks() -> None:
    revoked = {CONTENT.id: None, f"{BASE}/lc/badges/34": "Issued twice."}

    assert revocation_list_document(LISTING, ISSUER, revoked) == {
        "id": LISTING,
        "issuer": ISSUER,
        "revokedCredentials": [
            {"id": CONTENT.id, "revoked": True},
            {
                "id": f"{BASE}/lc/badges/34",
                "revoked": True,
                "revocationReason": "Issued twice.",
            },
        ],
    }


def test_list_of_our_own_refuses_what_is_no_identifier() -> None:
    with pytest.raises(NotSafe):
        revocation_list_document(LISTING, ISSUER, {"badge 33": None})


def test_badge_that_the_list_does_not_name_is_verified() -> None:
    report = verify(_badge(), as_of=TODAY, ports=_ports(_listing(f"{BASE}/lc/badges/34")))

    assert report.verdict is Verdict.VERIFIED
    assert report.finding(Question.NOT_REVOKED).reason == (
        "Its issuer's list of withdrawn badges, as it stands now, does not name it. A list of "
        "this kind is not signed: it is as reliable as its issuer's web server."
    )


def test_badge_that_the_list_names_is_revoked() -> None:
    finding = _ask(_listing(CONTENT.id))

    assert (finding.answer, finding.code) == (Answer.NO, "revoked")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"id": CONTENT.id}, "revoked"),
        ({"id": CONTENT.id, "revoked": "true"}, "revoked"),
        ({"id": CONTENT.id, "revoked": None}, "revoked"),
        (CONTENT.id, "revoked"),
        ({"id": CONTENT.id, "revoked": False}, "not-listed"),
        ({"id": CONTENT.id, "revoked": "false"}, "not-listed"),
        ({"id": CONTENT.id.upper()}, "not-listed"),
        (7, "not-listed"),
    ],
)
def test_entry_counts_as_revoked_unless_it_says_no(entry: Any, code: str) -> None:
    assert _ask(_listing(revokedCredentials=[entry])).code == code


@pytest.mark.parametrize(
    ("listing", "code"),
    [
        (b"", "status-list-unreadable"),
        (b"[]", "status-list-other"),
        (b"<html></html>", "status-list-unreadable"),
        (_listing(id=f"{BASE}/lc/revocations/else"), "status-list-other"),
        (_listing(issuer="did:web:other.example"), "status-list-other"),
        (_listing(CONTENT.id, issuer="did:web:other.example"), "status-list-other"),
        (_listing(revokedCredentials=None), "status-list-unreadable"),
        (_listing(revokedCredentials={"id": CONTENT.id}), "status-list-unreadable"),
        (_listing(*(f"urn:x:{n}" for n in range(20_000))), "status-list-unreadable"),
    ],
)
def test_list_that_cannot_be_relied_on_is_never_not_revoked(listing: bytes, code: str) -> None:
    finding = _ask(listing)

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, code)


def test_list_that_does_not_answer_is_never_not_revoked() -> None:
    report = verify(_badge(), as_of=TODAY, ports=replace(HOME, status_list=lambda url: None))

    assert report.finding(Question.NOT_REVOKED).code == "status-list-unreachable"


def test_list_kept_elsewhere_is_not_believed_when_it_is_silent() -> None:
    finding = _ask(_listing(url=ELSEWHERE), ELSEWHERE)

    assert (finding.answer, finding.code) == (Answer.UNCHECKED, "status-list-elsewhere")


def test_list_kept_elsewhere_is_believed_when_it_takes_the_badge_back() -> None:
    assert _ask(_listing(CONTENT.id, url=ELSEWHERE), ELSEWHERE).code == "revoked"


@pytest.mark.parametrize("url", [ELSEWHERE, [ELSEWHERE]])
def test_list_kept_elsewhere_is_believed_when_the_issuers_document_names_it(url: Any) -> None:
    service = {"id": "#list", "type": "1EdTechRevocationList", "serviceEndpoint": url}

    assert _ask(_listing(url=ELSEWHERE), ELSEWHERE, service=[service]).code == "not-listed"


@pytest.mark.parametrize(
    "service",
    ["x", {"type": "LinkedDomains", "serviceEndpoint": ELSEWHERE}, {"serviceEndpoint": ELSEWHERE}],
)
def test_service_of_another_type_does_not_name_the_list(service: Any) -> None:
    finding = _ask(_listing(url=ELSEWHERE), ELSEWHERE, service=service)

    assert finding.code == "status-list-elsewhere"


@pytest.mark.parametrize(
    "url", ["http://lead.example/r", "https://lead.example:8443/r", "https://lead.example.evil/r"]
)
def test_list_at_nearly_the_issuers_host_is_elsewhere(url: str) -> None:
    assert _ask(_listing(url=url), url).code == "status-list-elsewhere"


def test_list_that_was_redirected_elsewhere_is_not_believed() -> None:
    near = _ports(_listing()).fetch

    def fetch(url: str) -> Fetched:
        return replace(near(url), url=ELSEWHERE if url == LISTING else url)

    report = verify(_badge(), as_of=TODAY, ports=replace(_ports(b""), fetch=fetch))

    assert report.finding(Question.NOT_REVOKED).code == "status-list-elsewhere"


def test_list_of_this_installation_is_believed_without_any_network() -> None:
    ports = replace(HOME, status_list=lambda url: _listing() if url == LISTING else None)

    assert verify(_badge(), as_of=TODAY, ports=ports).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("entry", [{}, {"id": "list"}, {"id": 7}])
def test_entry_without_an_address_cannot_be_checked(entry: dict[str, Any]) -> None:
    document = json.loads(_badge())
    document["credentialStatus"] = {"type": "1EdTechRevocationList", **entry}

    report = verify(json.dumps(document).encode(), as_of=TODAY, ports=HOME)

    assert report.finding(Question.NOT_REVOKED).code == "status-entry"
