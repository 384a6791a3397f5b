"""A report as it is handed over: what was looked at and when, and what it means.

In the words of somebody who has to decide about a person today. Needs no Django: `lc verify
--offline` works where nothing but the package is installed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from credentials.openbadges import Answer, Finding, Question, Report, Verdict
from credentials.openbadges.proof import instant


def asked_about(text: str, *, today: date) -> datetime | None:
    """The end of the day that somebody asks about, in UTC; None for today or nothing: now.

    Raises ValueError, with a sentence, for what is no day and for a day to come.
    """
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise ValueError("Write the day as year-month-day, such as 2031-03-04.") from None
    if day > today:
        raise ValueError("That day has not come yet. Choose today or a day before it.")
    return None if day == today else datetime.combine(day, time.max, UTC)


@dataclass(frozen=True, kw_only=True)
class Rested:
    """The offline bundle that a report rests on: when it was made, by whom, signed by which key."""

    made: datetime
    maker: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """A report, when it was made, and what this installation adds to a badge of its own.

    `source` says what was looked at, in the words of the asker. `badge`, `holder`, `program` and
    `contact` are filled only for a badge that this installation signed; `holder` only where the
    holder switched the name on. `bundle` is the bundle that a report made offline rests on.
    """

    report: Report
    checked_at: datetime
    source: str
    badge: UUID | None = None
    holder: str = ""
    program: str = ""
    contact: str = ""
    bundle: Rested | None = None

    def to_json(self) -> dict[str, Any]:
        """The report with what was looked at and when, as values that `json.dumps` takes."""
        found: dict[str, Any] = {"source": self.source, "checked_at": instant(self.checked_at)}
        if self.bundle is not None:
            found["bundle"] = {**asdict(self.bundle), "made": instant(self.bundle.made)}
        return {**found, **self.report.to_json()}


#: The questions as a clerk would ask them; "yes" is always the good answer.
QUESTIONS = {
    Question.READABLE: "Could a badge be read?",
    Question.WELL_FORMED: "Is it built as an Open Badge has to be?",
    Question.ISSUER_KNOWN: "Is the issuer known here?",
    Question.SIGNATURE: "Is the signature intact?",
    Question.NOT_EXPIRED: "Was it valid on the day asked about?",
    Question.NOT_REVOKED: "Has its issuer left it in force?",
    Question.RECIPIENT: "Was it awarded to the person you named?",
    Question.ALIGNMENT: "Do the statements it points to exist?",
    Question.ENDORSED: "Is the support of others that it carries genuine?",
}

#: The "no" that decides what is said first, gravest first: (question, headline, what it means).
NO = (
    (
        Question.READABLE,
        "No badge could be read",
        (
            "What you handed in is not a badge, or it is damaged. This says nothing about the "
            "person: badges are often spoilt by a screenshot, a converted picture or a printout."
        ),
    ),
    (
        Question.SIGNATURE,
        "Do not rely on it: the signature is not good",
        (
            "What it says was changed after it was signed, or it was not signed by the issuer it "
            "names. One changed letter is enough, and nobody can tell which one."
        ),
    ),
    (
        Question.WELL_FORMED,
        "Not a badge that can be relied on",
        (
            "It lacks something that every Open Badge must have, or it says things that its "
            "signature may not cover."
        ),
    ),
    (
        Question.NOT_REVOKED,
        "Revoked: its issuer has taken it back",
        (
            "It was issued, and its issuer no longer stands behind it. The issuer can say why to "
            "those who may know."
        ),
    ),
    (
        Question.ENDORSED,
        "It claims support that it does not have",
        (
            "It carries an endorsement that is forged, about something else or withdrawn. Whoever "
            "put it there claims the support of somebody who does not give it."
        ),
    ),
    (
        Question.RECIPIENT,
        "Not awarded to the person you named",
        "The badge names another holder than the one you asked about.",
    ),
    (
        Question.NOT_EXPIRED,
        "Not valid on the day you asked about",
        "It is not false: on that day it was not yet, or no longer, in force.",
    ),
    (
        Question.ISSUER_KNOWN,
        "Its issuer is not approved here",
        (
            "A signature says that nothing was changed. Whether to rely on the one who signed is "
            "answered by a trust list, and no list in force here names this issuer."
        ),
    ),
    (
        Question.ALIGNMENT,
        "It points to statements that do not exist",
        "At least one statement that the badge says it demonstrates is not in the framework.",
    ),
)

GENUINE = "Genuine, but its issuer is not approved here"
VERIFIED = (
    "Its issuer signed exactly these words, still stands behind them, and is known here. That is "
    "what was checked. Whether it counts for hiring, pay or a licence is your own rule to apply."
)
ENDORSEMENT = (
    "Whoever endorses signed exactly these words and is known here. An endorsement speaks about "
    "what it endorses, such as a kind of badge; it awards nothing to anybody."
)
RECORD = (
    "Its issuer signed the record, and each badge in it was checked by itself: signed by its own "
    "issuer, in force, and from somebody who is known here. Whether they count for hiring, pay or "
    "a licence is your own rule to apply."
)
NOTHING = (
    "No badge was reached that could be read here, so nothing can be said about it, neither good "
    "nor bad."
)
COULD_NOT_CHECK = (
    "Nothing speaks against it, but at least one question has no answer yet. Do not treat it as "
    "verified. Try again later, or ask."
)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """The headline, what it means, whom to ask; `verdict` is the stylesheet's word for it."""

    verdict: str  #: verified, not-verified, could-not-check
    headline: str
    sentence: str
    ask: str


def meaning(verification: Verification) -> Meaning:
    """What the report comes to."""
    report = verification.report
    match report.verdict:
        case Verdict.VERIFIED if report.summary and report.summary.kind == "endorsement":
            headline, sentence = "An endorsement, verified: it is not a badge", ENDORSEMENT
        case Verdict.VERIFIED if report.parts:
            headline, sentence = f"Verified: a record of {_badges(len(report.parts))}", RECORD
        case Verdict.VERIFIED:
            headline, sentence = "Verified", VERIFIED
        case Verdict.COULD_NOT_CHECK if report.summary is None:
            headline, sentence = "Nothing could be checked", NOTHING
        case Verdict.COULD_NOT_CHECK:
            headline, sentence = "Could not be checked in full", COULD_NOT_CHECK
        case _:
            headline, sentence = _gravest(report)
    return Meaning(
        verdict=str(report.verdict).replace(" ", "-"),
        headline=headline,
        sentence=sentence,
        ask=_ask(verification),
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One badge of a record: what it calls itself, what was found, in the same words."""

    name: str
    issuer: str
    verdict: str  #: as in Meaning
    word: str  #: yes, no or unchecked
    findings: tuple[tuple[str, Finding], ...]


def parts(report: Report) -> tuple[Part, ...]:
    """The badges inside a record, in its order; those of a record inside it follow it."""
    return tuple(part for one in report.parts for part in (_part(one), *parts(one)))


_WORDS = {Verdict.VERIFIED: "yes", Verdict.NOT_VERIFIED: "no", Verdict.COULD_NOT_CHECK: "unchecked"}


def _part(report: Report) -> Part:
    summary = report.summary
    return Part(
        name=_name(report),
        issuer=(summary.issuer_name or summary.issuer_id) if summary else "",
        verdict=str(report.verdict).replace(" ", "-"),
        word=_WORDS[report.verdict],
        findings=tuple((QUESTIONS[found.question], found) for found in report.findings),
    )


def _gravest(report: Report) -> tuple[str, str]:
    for question, headline, sentence in NO:
        if report.finding(question).answer is Answer.NO:
            signed = report.finding(Question.SIGNATURE).answer is Answer.YES
            genuine = signed and question is Question.ISSUER_KNOWN
            return GENUINE if genuine else headline, sentence
    bad = [part for part in report.parts if part.verdict is Verdict.NOT_VERIFIED]
    if not bad:
        return "Not verified", "At least one answer is no."
    headline, sentence = _gravest(bad[0])
    named = f"“{_name(bad[0])}”: {headline}. {sentence}"
    return f"{_bad(len(bad), len(report.parts))} in this record", named


def _badges(number: int) -> str:
    return "one badge" if number == 1 else f"{number} badges"


def _bad(bad: int, number: int) -> str:
    if number == 1:
        return "Do not rely on the one badge"
    return f"Do not rely on {bad} of the {number} badges"


def _name(report: Report) -> str:
    summary = report.summary
    return (summary.name or summary.id if summary else "") or "One without a name"


def _ask(verification: Verification) -> str:
    if verification.program:
        to = f" at {verification.contact}" if verification.contact else ""
        return f"Questions about this badge go to {verification.program}{to}."
    summary = verification.report.summary
    if summary is None:
        return "Ask whoever gave it to you for the original file or its link."
    named = summary.issuer_name or summary.issuer_id or "the issuer it names"
    return (
        f"It names “{named}” as its issuer. Ask there by a way you know already, not by one that "
        "the badge gives you."
    )
