"""A list that was found good is remembered, and nothing that could change the answer is missed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from credentials.openbadges import CheckedLists, Finding, Ports, Question, StatusList, verify
from credentials.openbadges.checked_lists import CheckedList, Key
from credentials.openbadges.proof import instant
from tests.credentials.openbadges.issued import (
    AWARDED,
    HOME,
    INDEX,
    ISSUER,
    METHOD,
    OTHER_KEY,
    TODAY,
    own_did,
    signed,
    signed_list,
)

SECOND = timedelta(seconds=1)


class Counted(CheckedLists):
    """A memo that says how many lists had to be checked and kept."""

    kept = 0

    def keep(self, key: Key, checked: CheckedList) -> None:
        self.kept += 1
        super().keep(key, checked)


def _ports(lists: CheckedLists, status_list: Callable[[str], bytes | None] | None = None) -> Ports:
    return replace(HOME, lists=lists, status_list=status_list or HOME.status_list)


def _ask(ports: Ports, as_of: datetime = TODAY) -> Finding:
    return verify(signed(), as_of=as_of, ports=ports).finding(Question.NOT_REVOKED)


def test_list_is_checked_once_for_many_badges() -> None:
    lists = Counted()

    findings = [_ask(_ports(lists), TODAY + SECOND * n) for n in range(3)]

    assert lists.kept == 1
    assert findings == [_ask(HOME)] * 3


def test_list_with_other_bytes_is_checked_anew() -> None:
    lists = Counted()
    before = _ask(_ports(lists))

    after = _ask(_ports(lists, lambda url: signed_list(INDEX)))

    assert (before.code, after.code, lists.kept) == ("not-revoked", "revoked", 2)


def test_list_that_is_not_good_is_not_kept() -> None:
    lists = Counted()

    finding = _ask(_ports(lists, lambda url: signed_list(key=OTHER_KEY)))

    assert (finding.code, len(lists)) == ("status-list-not-signed", 0)


def test_key_that_is_withdrawn_counts_at_once() -> None:
    lists = CheckedLists()
    _ask(_ports(lists))
    withdrawn = own_did()
    withdrawn["verificationMethod"][0]["revoked"] = instant(AWARDED)

    finding = _ask(replace(_ports(lists), resolve_issuer=lambda issuer: withdrawn))

    assert finding.code == "status-list-not-signed"


def test_list_that_ends_within_the_hour_is_judged_to_the_second() -> None:
    lists = Counted()
    ends = TODAY + timedelta(minutes=30)
    ports = _ports(lists, lambda url: signed_list(validUntil=instant(ends)))

    codes = [_ask(ports, moment).code for moment in (TODAY, ends, ends + SECOND)]

    assert codes == ["not-revoked", "not-revoked", "status-list-expired"]
    assert lists.kept == 0


def test_another_hour_is_judged_anew() -> None:
    lists = Counted()
    ends = TODAY + timedelta(hours=2)
    ports = _ports(lists, lambda url: signed_list(validUntil=instant(ends)))

    codes = [_ask(ports, TODAY + timedelta(hours=n)).code for n in (0, 1, 2, 3)]

    assert codes == ["not-revoked", "not-revoked", "not-revoked", "status-list-expired"]
    assert lists.kept == 2


def test_issuer_out_of_reach_is_not_answered_from_memory() -> None:
    lists = CheckedLists()
    _ask(_ports(lists))

    finding = _ask(replace(_ports(lists), resolve_issuer=lambda issuer: None))

    assert finding.code == "status-list-not-signed"


def _key(number: int) -> Key:
    return (
        number.to_bytes(32, "big"),
        "list",
        ISSUER,
        METHOD.encode(),
        AWARDED,
    )


EMPTY = CheckedList(purposes=frozenset({"revocation"}), dated=AWARDED, bits=StatusList.empty())


def test_memo_forgets_what_was_not_asked_about_for_longest() -> None:
    lists = CheckedLists(max_lists=2)
    lists.keep(_key(1), EMPTY)
    lists.keep(_key(2), EMPTY)
    lists.get(_key(1))

    lists.keep(_key(3), EMPTY)

    assert [lists.get(_key(number)) is not None for number in (1, 2, 3)] == [True, False, True]


def test_memo_is_bounded_in_bytes() -> None:
    lists = CheckedLists(max_bytes=3 * len(EMPTY.bits.bits))

    for number in range(10):
        lists.keep(_key(number), EMPTY)
        lists.keep(_key(number), EMPTY)

    assert len(lists) == 3


def test_memo_is_shared_by_threads() -> None:
    lists = CheckedLists(max_lists=4)

    def work(number: int) -> None:
        for _ in range(50):
            lists.keep(_key(number), EMPTY)
            lists.get(_key(number + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert len(lists) == 4
