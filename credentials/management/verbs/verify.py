"""`lc verify FILE|URL ...`: verify badges, one report each; 0 only if every one of them verifies.

"-" reads from standard input. What this installation published itself is never fetched.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credentials.api.verification import Verification

MARKS = {"yes": "yes", "no": "NO", "unchecked": "could not check"}
WIDTH = 96  # characters of a line in a terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """What to verify, whom and which day to ask about, and how to say it."""
    parser.add_argument("what", nargs="+", metavar="FILE|URL", help="PNG, SVG or JSON; - for stdin")
    parser.add_argument("--json", action="store_true", help="reports as JSON, for machines")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="judge as of the end of a day")
    parser.add_argument("--recipient", default="", metavar="ID", help="whose badge it should be")
    parser.add_argument("--offline", action="store_true", help="fetch nothing from the network")


def run(arguments: argparse.Namespace) -> int:
    """Prints every report, also after a bad one."""
    from django.db import DatabaseError

    from credentials.api.verification import Verdict

    try:
        found = [_verify(what, arguments) for what in arguments.what]
    except DatabaseError:
        print("lc: the database does not answer: `lc doctor` says why", file=sys.stderr)
        return 2
    if arguments.json:
        json.dump([one.to_json() for one in found], sys.stdout, indent=2, ensure_ascii=False)
        print()
    else:
        print("\n\n".join(_in_words(one) for one in found))
    return 0 if all(one.report.verdict is Verdict.VERIFIED for one in found) else 1


def _verify(what: str, arguments: argparse.Namespace) -> Verification:
    from credentials.api import verification

    asked = {
        "as_of": arguments.as_of,
        "recipient": arguments.recipient,
        "network": not arguments.offline,
    }
    if what.lower().startswith(("https://", "http://")):
        return verification.verify_url(url=what, **asked)
    try:
        data = _read(what, verification.MAX_BYTES + 1)
    except OSError as error:
        return verification.not_handed_in(
            source=what, reason=f"{what} could not be opened: {error.strerror or error}."
        )
    return verification.verify_bytes(data=data, source=what, **asked)


def _read(what: str, most: int) -> bytes:
    """At most that many bytes, so that a huge file costs no memory; raises OSError."""
    if what == "-":
        return sys.stdin.buffer.read(most)
    with Path(what).open("rb") as file:
        return file.read(most)


def _in_words(found: Verification) -> str:
    from credentials.api.verdict import QUESTIONS, meaning

    means = meaning(found)
    when = f"Checked {found.checked_at:%Y-%m-%d %H:%M} UTC"
    if found.report.as_of != found.checked_at:
        when += f", as of the end of {found.report.as_of:%Y-%m-%d}"
    lines = [found.source, f"  {means.headline.upper()}", f"  {when}", ""]
    for finding in found.report.findings:
        mark = "not asked" if finding.code == "not-asked" else MARKS[finding.answer]
        lines.append(f"  {mark:<16}{QUESTIONS[finding.question]}")
        lines += _wrapped(finding.reason, indent=18)
    return "\n".join([*lines, "", *_wrapped(means.sentence), *_wrapped(means.ask)])


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _day(text: str) -> datetime | None:
    """The end of that day in UTC; None for today, which is now."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2031-03-04") from None
    today = datetime.now(UTC).date()
    if day > today:
        raise argparse.ArgumentTypeError(f"{day} has not come yet")
    return None if day == today else datetime.combine(day, time.max, UTC)
