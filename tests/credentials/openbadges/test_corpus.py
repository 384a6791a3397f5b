"""Every badge of the corpus gets exactly the answers it is expected to, in plain words."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from credentials.openbadges import Question, Report, Verdict
from credentials.openbadges.codes import CODES
from tests.credentials.openbadges.corpus import BAD, CORPUS, GOOD
from tests.credentials.openbadges.corpus.entry import Entry, answers

#: Words that a district's HR clerk would have to ask a programmer about.
JARGON: Final = re.compile(
    r"(?i)\b(algorithm|assertionMethod|base64\w*|bitstring|boolean|bytes?string|canonical\w*|"
    r"checksum|codec|cryptosuite|dereferenc\w*|dict|digest|enum|exception|false|float|gzip|hash\w*|"
    r"HTTP|invalid|IRI|JSON-LD|KeyError|malformed|metadata|multibase|NoneType|N-Quads|null|"
    r"parameter|pars\w+|payload|proofs?|proofValue|RDF|regex|schema|serial\w*|SHA-?\d+|string|"
    r"syntax|Traceback|true|tuple|URI|URL|UTC|valid(?:From|Until)|verificationMethod|YAML)\b"
)
#: What is named in a sentence: an address, something quoted, something in brackets.
NAMED: Final = re.compile(r"\b(?:https?|did|urn):\S+|'[^']*'(?!\w)|\"[^\"]*\"|\([^)]*\)|“[^”]*”")
each = pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)


def told(report: Report) -> list[tuple[str, str]]:
    """Code and reason of every finding, also on the badges inside."""
    own = [(found.code, found.reason) for found in report.findings]
    return own + [pair for part in report.parts for pair in told(part)]


def words(reason: str) -> str:
    """The sentence without what it names."""
    return NAMED.sub("", reason)


@each
def test_badge_gets_exactly_the_expected_answers(one: Entry) -> None:
    report = one.report

    assert answers(report) == one.expected
    assert [answers(part) for part in report.parts] == [*map(dict, one.parts)]
    assert report.verdict == one.verdict


@each
def test_reasons_are_sentences_of_an_office(one: Entry) -> None:
    reasons = told(one.report)

    assert [reason for _, reason in reasons if not reason.endswith(".")] == []
    assert [
        reason for _, reason in reasons if not reason[0].isupper() and not NAMED.match(reason)
    ] == []
    assert [reason for _, reason in reasons if JARGON.search(words(reason))] == []
    assert [reason for code, reason in reasons if "-" in code and code in words(reason)] == []


@each
def test_report_has_every_question_and_is_json(one: Entry) -> None:
    report = one.report

    assert [found.question for found in report.findings] == list(Question)
    assert {code for code, _ in told(report)} - set(CODES) == set()
    assert json.loads(json.dumps(report.to_json())) == report.to_json()


def test_no_bad_badge_is_verified_and_every_good_one_is() -> None:
    assert [one.name for one in BAD if one.verdict == Verdict.VERIFIED] == []
    assert [one.name for one in GOOD if one.verdict != Verdict.VERIFIED] == []
    assert len({one.name for one in CORPUS}) == len(CORPUS)
