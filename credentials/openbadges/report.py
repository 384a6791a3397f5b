"""What a verification found: every question, its answer and why, in words of an HR office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from credentials.openbadges.proof import instant


class Answer(StrEnum):
    """The only three answers there are."""

    YES = "yes"
    NO = "no"
    UNCHECKED = "unchecked"


class Question(StrEnum):
    """What is asked of every badge, in this order; the wording makes "yes" the good answer.

    readable      Could a badge be read out of what was handed in?
    well_formed   Does it have the parts that Open Badges 3.0 asks for, in words that are known?
    issuer_known  Is its issuer this installation's own record or on a dated trust list, and is
                  the signature that issuer's? Never answered "yes" from the badge itself: without
                  a good signature anyone could have written the issuer's name into it.
    signature     Is it, in every word, as the holder of the issuer's published key signed it?
    not_expired   Was it already, and was it still, valid at the moment asked about?
    not_revoked   Does the issuer's own signed list, as it stands now, leave it in force? A list
                  that cannot be had or trusted is "could not check", never "yes".
    recipient     Was it awarded to whom the asker names? Nobody named: "could not check".
    alignment     Do the statements it says it demonstrates exist as it quotes them?
    endorsed      Does every endorsement it carries verify, as its endorser signed it and of this?
                  None carried: "could not check".
    """

    READABLE = "readable"
    WELL_FORMED = "well_formed"
    ISSUER_KNOWN = "issuer_known"
    SIGNATURE = "signature"
    NOT_EXPIRED = "not_expired"
    NOT_REVOKED = "not_revoked"
    RECIPIENT = "recipient"
    ALIGNMENT = "alignment"
    ENDORSED = "endorsed"


class Verdict(StrEnum):
    """All questions in one line."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    COULD_NOT_CHECK = "could not check"


#: Each must be "yes" for the verdict "verified".
REQUIRED = (
    Question.READABLE,
    Question.WELL_FORMED,
    Question.ISSUER_KNOWN,
    Question.SIGNATURE,
    Question.NOT_EXPIRED,
    Question.NOT_REVOKED,
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One question and its answer; `code` is stable and for machines, `reason` a sentence.

    `known_as_of` is the date of the oldest thing it rests on, where that was kept from an earlier
    day (an offline bundle); None where everything was looked up for this report.
    """

    question: Question
    answer: Answer
    code: str
    reason: str
    known_as_of: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SummaryAlignment:
    """One statement that the badge says it demonstrates."""

    name: str
    url: str
    code: str
    framework: str


@dataclass(frozen=True, kw_only=True)
class SummaryResult:
    """One result that the badge reports: what was judged and how it ended."""

    name: str
    status: str
    value: str  #: a figure or a word, or the name of the level of a rubric


@dataclass(frozen=True, kw_only=True)
class SummaryEvidence:
    """What the badge says about one piece of evidence; `url` is text, never to be fetched."""

    name: str
    narrative: str
    genre: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SummaryEndorsement:
    """What an endorsement in the badge says; whether it is genuine is in the endorsed finding."""

    issuer_id: str
    issuer_name: str  #: as claimed
    comment: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What the badge itself says: plain text of bounded length, every claim its own.

    `kind` is "badge", "record" for a record of badges, or "endorsement" for one that was handed in
    by itself: then `subject_id` is what it stands behind and `description` its comment.
    """

    id: str
    name: str
    description: str
    issuer_id: str
    issuer_name: str  #: as claimed; the name on a trust list is in the issuer_known finding
    subject_id: str
    valid_from: datetime | None
    valid_until: datetime | None
    awarded: datetime | None
    achievement_id: str
    achievement_name: str
    criteria: str
    alignments: tuple[SummaryAlignment, ...]
    results: tuple[SummaryResult, ...]
    evidence: tuple[SummaryEvidence, ...]
    review_statement: str
    image: str
    kind: str = "badge"
    endorsements: tuple[SummaryEndorsement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """The findings, one per question in the order of `Question`, judged as of a moment.

    `parts` are the reports on the badges inside a record, in its order; a badge has none.
    """

    findings: tuple[Finding, ...]
    as_of: datetime
    summary: Summary | None = None
    parts: tuple[Report, ...] = ()

    def finding(self, question: Question) -> Finding:
        """The finding of that question; every report has one for each."""
        return next(found for found in self.findings if found.question is question)

    @property
    def verdict(self) -> Verdict:
        """A "no" anywhere means "not verified"; "yes" to all that is required means "verified".

        A recipient nobody asked about, an alignment nobody could look up and an endorsement that
        is missing, has run out or could not be checked do not stand in the way. Any other question
        that could not be answered makes it "could not check"; so does a recipient who was asked
        about and could not be checked, because "verified" would read as if the badge were that
        person's. A false endorsement is a "no" like any other: whoever signed a badge around it
        claims support that was never given, and "verified" above it would lend that claim weight.
        A record is no better than the worst badge in it.
        """
        worst = (Verdict.NOT_VERIFIED, Verdict.COULD_NOT_CHECK, Verdict.VERIFIED)
        return min((self._own_verdict(), *(part.verdict for part in self.parts)), key=worst.index)

    def _own_verdict(self) -> Verdict:
        if any(found.answer is Answer.NO for found in self.findings):
            return Verdict.NOT_VERIFIED
        if all(self.finding(question).answer is Answer.YES for question in REQUIRED):
            recipient = self.finding(Question.RECIPIENT)
            if recipient.answer is Answer.YES or recipient.code == "not-asked":
                return Verdict.VERIFIED
        return Verdict.COULD_NOT_CHECK

    def to_json(self) -> dict[str, Any]:
        """The report as values that `json.dumps` takes, with the same words and codes."""
        return {
            "verdict": str(self.verdict),
            "as_of": instant(self.as_of),
            "findings": [
                {
                    "question": str(found.question),
                    "answer": str(found.answer),
                    "code": found.code,
                    "reason": found.reason,
                    **(
                        {"known_as_of": instant(found.known_as_of)}
                        if found.known_as_of is not None
                        else {}
                    ),
                }
                for found in self.findings
            ],
            "summary": None if self.summary is None else _plain(asdict(self.summary)),
            "parts": [part.to_json() for part in self.parts],
        }


def nothing_to_read(*, code: str, reason: str, as_of: datetime) -> Report:
    """The report where no badge could be got hold of at all: every question is open."""
    rest = "Nothing could be read, so this was not reached."
    return Report(
        findings=tuple(
            Finding(
                question=question,
                answer=Answer.UNCHECKED,
                code=code if question is Question.READABLE else "not-reached",
                reason=reason if question is Question.READABLE else rest,
            )
            for question in Question
        ),
        as_of=as_of,
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the questions; each question must be answered once."""
    by_question = {found.question: found for found in findings}
    return tuple(by_question[question] for question in Question)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value
