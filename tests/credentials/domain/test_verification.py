"""Own records answer a verification before, and instead of, the network."""

from __future__ import annotations

import pytest
from django.utils import timezone

from credentials.conf import conf
from credentials.data import Actor
from credentials.domain.verification import OwnRecords, own_base_urls
from credentials.models import Badge, Program
from tests.factories.badges import issued

INDICATOR = "8f2985d9-868c-51d9-94f4-818ea5594a9d"  # I.1.c
OTHER = "06c59a25-971c-5472-b155-5268ebfb643c"  # I.1.a
BASE = "https://badges.example.edu"


@pytest.fixture
def own(program: Program) -> OwnRecords:
    """The records of the installation that Ada's program lives in."""
    return OwnRecords(base_urls=own_base_urls(), now=timezone.now())


@pytest.fixture
def badge(ada: Actor, ben: Actor) -> Badge:
    """Ada's badge."""
    return issued(ada, ben)


def test_addresses_of_old_and_new_issuers_are_own(own: OwnRecords) -> None:
    assert own.base_urls == {BASE, conf().base_url}


@pytest.mark.parametrize(
    ("url", "code", "there"),
    [
        (f"{BASE}/lc/uri/{INDICATOR}", INDICATOR, True),
        (f"{BASE}/lc/uri/{INDICATOR}", "", True),
        (f"http://localhost:8000/lc/uri/{INDICATOR}", INDICATOR, True),
        (f"{BASE}/lc/uri/{INDICATOR}", OTHER, False),
        (f"{BASE}/lc/uri/11111111-2222-4333-8444-555555555555", "", False),
        (f"{BASE}/lc/uri/{INDICATOR.upper()}", INDICATOR, False),
        (f"{BASE}/lc/uri/{INDICATOR}/", INDICATOR, False),
        (f"{BASE}/somewhere", "", False),
        (f"https://case.example/lc/uri/{INDICATOR}", INDICATOR, None),
        (f"{BASE}.evil.example/lc/uri/{INDICATOR}", INDICATOR, None),
        ("", "", None),
    ],
)
def test_alignment_is_looked_up_byte_for_byte(
    own: OwnRecords, url: str, code: str, there: bool | None
) -> None:
    assert own.item(url, code) is there


def test_did_document_of_an_own_issuer_comes_from_its_record(
    own: OwnRecords, program: Program
) -> None:
    document = own.did_document(program.issuer.did)

    assert document is not None
    assert document["id"] == program.issuer.did


def test_stranger_has_no_record(own: OwnRecords) -> None:
    assert own.did_document("did:web:badges.example.edu:lc:issuers:someone-else") is None
    assert own.status_list("https://elsewhere.example/lc/status/1") is None
    assert own.badge("https://elsewhere.example/lc/badges/1") is None


def test_status_list_under_another_host_is_not_ours(own: OwnRecords, badge: Badge) -> None:
    path = f"/lc/status/{badge.status_list.uuid}"

    assert own.status_list(f"{BASE}{path}") is not None
    assert own.status_list(f"{conf().base_url}{path}") is None


@pytest.mark.parametrize("suffix", ["", ".json", ".png"])
def test_badge_is_found_under_each_of_its_addresses(
    own: OwnRecords, badge: Badge, suffix: str
) -> None:
    assert own.badge(f"{BASE}/lc/badges/{badge.uuid}{suffix}") == badge
