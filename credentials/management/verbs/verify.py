"""`lc verify FILE|URL ...`: verify badges, one report each; 0 only if every one of them verifies.

"-" reads from standard input. What this installation published itself is never fetched. With
`--offline BUNDLE` nothing is fetched at all and no installation is needed (docs/verifying.md).
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credentials.openbadges import Finding
    from credentials.verdict import Verification

MARKS = {"yes": "yes", "no": "NO", "unchecked": "could not check"}
NOT_OPEN = {"not-asked": "not asked", "none-carried": "none", "none-named": "none"}
WIDTH = 96  # characters of a line in a terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """What to verify, whom and which day to ask about, and how to say it."""
    parser.add_argument(
        "what", nargs="+", metavar="FILE|URL", help="PNG, SVG, JSON or JWT; - for stdin"
    )
    parser.add_argument("--json", action="store_true", help="reports as JSON, for machines")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="judge as of the end of a day")
    parser.add_argument("--recipient", default="", metavar="ID", help="whose badge it should be")
    parser.add_argument("--no-fetch", action="store_true", help="fetch nothing from the network")
    parser.add_argument(
        "--offline", type=Path, metavar="BUNDLE", help="know only what this offline bundle holds"
    )
    parser.add_argument(
        "--signed-by", default="", metavar="KEY", help="the key that must have signed the bundle"
    )


def needs_django(arguments: argparse.Namespace) -> bool:
    """A district that was given a bundle has no installation, only the package."""
    return arguments.offline is None


def run(arguments: argparse.Namespace) -> int:
    """Prints every report, also after a bad one."""
    from credentials.openbadges import Verdict

    if arguments.signed_by and not arguments.offline:
        print("lc: --signed-by is about a bundle: name it with --offline", file=sys.stderr)
        return 2
    look = _offline if arguments.offline else _online
    found = look(arguments)
    if isinstance(found, str):
        print(f"lc: {found}", file=sys.stderr)
        return 2
    if arguments.json:
        json.dump([one.to_json() for one in found], sys.stdout, indent=2, ensure_ascii=False)
        print()
    else:
        print("\n\n".join(_in_words(one) for one in found))
    return 0 if all(one.report.verdict is Verdict.VERIFIED for one in found) else 1


def _online(arguments: argparse.Namespace) -> list[Verification] | str:
    from django.db import DatabaseError

    from credentials.api import verification

    def look(what: str) -> Verification:
        as_of, whose, network = arguments.as_of, arguments.recipient, not arguments.no_fetch
        if _is_url(what):
            return verification.verify_url(url=what, as_of=as_of, recipient=whose, network=network)
        data = _read(what)
        if isinstance(data, str):
            return verification.not_handed_in(source=what, reason=data)
        return verification.verify_bytes(
            data=data, source=what, as_of=as_of, recipient=whose, network=network
        )

    try:
        return [look(what) for what in arguments.what]
    except DatabaseError:
        return "the database does not answer: `lc doctor` says why"


def _offline(arguments: argparse.Namespace) -> list[Verification] | str:
    from credentials.offline import Offline, open_bundle
    from credentials.openbadges.errors import BadBundle

    try:
        bundle = open_bundle(arguments.offline, signed_by=arguments.signed_by)
        offline = Offline(bundle, now=datetime.now(UTC))
    except BadBundle as error:
        return f"{arguments.offline}: {error.message}"

    def look(what: str) -> Verification:
        if _is_url(what):
            return offline.not_fetched(url=what)
        data = _read(what)
        if isinstance(data, str):
            return offline.not_handed_in(source=what, reason=data)
        return offline.verify_bytes(
            data=data, source=what, as_of=arguments.as_of, recipient=arguments.recipient
        )

    return [look(what) for what in arguments.what]


def _is_url(what: str) -> bool:
    return what.lower().startswith(("https://", "http://"))


def _read(what: str) -> bytes | str:
    """The file, or why it cannot be read; cut where it is too long for a badge."""
    from credentials.openbadges.baking import MAX_PNG_BYTES

    most = MAX_PNG_BYTES + 1
    try:
        if what == "-":
            return sys.stdin.buffer.read(most)
        with Path(what).open("rb") as file:
            return file.read(most)
    except OSError as error:
        return f"{what} could not be opened: {error.strerror or error}."


def _in_words(found: Verification) -> str:
    from credentials.openbadges.age import as_of
    from credentials.verdict import QUESTIONS, meaning, parts

    means = meaning(found)
    when = f"Checked {found.checked_at:%Y-%m-%d %H:%M} UTC"
    if found.report.as_of != found.checked_at:
        when += f", as of the end of {found.report.as_of:%Y-%m-%d}"
    if found.bundle is not None:
        when += f". Known {as_of(found.bundle.made, now=found.checked_at)}, from a bundle"
    lines = [found.source, f"  {means.headline.upper()}", f"  {when}", ""]
    for finding in found.report.findings:
        lines += _line(QUESTIONS[finding.question], finding)
    for number, part in enumerate(parts(found.report), start=1):
        named = f"{part.name} ({part.issuer})" if part.issuer else part.name
        lines += ["", *_wrapped(f"Badge {number}: {named}: {part.verdict.replace('-', ' ')}")]
        for question, finding in part.findings:
            lines += _line(question, finding)
    return "\n".join([*lines, "", *_wrapped(means.sentence), *_wrapped(means.ask)])


def _line(question: str, finding: Finding) -> list[str]:
    mark = NOT_OPEN.get(finding.code) or MARKS[finding.answer]
    return [f"  {mark:<16}{question}", *_wrapped(finding.reason, indent=18)]


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
    from credentials.verdict import asked_about

    try:
        return asked_about(text, today=datetime.now(UTC).date())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
