"""The list of codes is whole: every code that the source can give is in it, and no other."""

from credentials.openbadges.codes import CODES
from tests.house.codes_in_source import codes, texts

#: Errors that stop something else than a verification: no finding carries their codes. And one
#: field of the same name that is no code of a finding.
NO_FINDINGS = {
    "bad-bundle",
    "bad-trust-list",
    "self-check-failed",
    "targetCode",
}


def test_every_code_that_a_finding_can_get_is_listed() -> None:
    assert codes() - NO_FINDINGS - set(CODES) == set()


def test_every_code_on_the_list_is_in_the_source() -> None:
    assert set(CODES) - texts() == set()


def test_list_is_in_order_and_says_each_in_a_sentence() -> None:
    assert list(CODES) == sorted(CODES)
    assert [code for code, said in CODES.items() if not said.endswith(".")] == []
