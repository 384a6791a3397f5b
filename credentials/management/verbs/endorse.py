"""`lc endorse`: co-sign another program's achievement, or carry what others signed for yours."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from credentials.api.endorsing import Described, EndorsementView


def configure(parser: argparse.ArgumentParser) -> None:
    """One sub-verb for each step; docs/operating.md tells them in order."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    ask = actions.add_parser("ask", help="the address of an achievement of yours, for an endorser")
    ask.add_argument("code", metavar="CODE", help="competency or stack, for example I.1")
    ask.add_argument("file", nargs="?", type=Path, metavar="FILE", help="write its document here")
    write = actions.add_parser("write", help="sign an endorsement of somebody's achievement")
    write.add_argument("--achievement", required=True, metavar="URL_OR_FILE")
    write.add_argument("--comment", required=True, metavar="TEXT", help="what you stand behind")
    write.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="last day (UTC)")
    write.add_argument("--show", action="store_true", help="only show what would be signed")
    write.add_argument("file", type=Path, metavar="FILE")
    add = actions.add_parser("add", help="later badges carry this endorsement")
    add.add_argument("--accept-unknown", action="store_true", help="endorser on no trust list")
    add.add_argument("file", type=Path, metavar="FILE")
    listing = actions.add_parser("list", help="the endorsements that were added")
    withdraw = actions.add_parser("withdraw", help="later badges do not carry it any more")
    withdraw.add_argument("endorsement", type=UUID, metavar="ID", help="as `list` shows it")
    for action in (ask, write, add, listing, withdraw):
        action.add_argument("--program", required=True, metavar="SLUG")


def run(arguments: argparse.Namespace) -> int:
    """What does not verify is refused with the reason; a file that cannot be used ends with 2."""
    verbs = {"ask": _ask, "write": _write, "add": _add, "list": _list, "withdraw": _withdraw}
    try:
        return verbs[arguments.action](arguments)
    except OSError as error:
        print(f"lc: {error.filename}: {error.strerror or error}", file=sys.stderr)
        return 2


def _ask(arguments: argparse.Namespace) -> int:
    from credentials.api.endorsing import achievement_to_endorse

    url, document = achievement_to_endorse(program=arguments.program, code=arguments.code)
    if arguments.file:
        arguments.file.write_bytes(document)
    print(url)
    return 0


def _write(arguments: argparse.Namespace) -> int:
    from credentials.api.endorsing import achievement_at, achievement_in, write_endorsement

    named = arguments.achievement
    if named.startswith(("https:", "http:")):
        achievement = achievement_at(url=named)
    else:
        achievement = achievement_in(raw=Path(named).read_bytes())
    _show(achievement, arguments)
    if arguments.show:
        print("Nothing was signed.")
        return 0
    until = arguments.until
    made = write_endorsement(
        program=arguments.program,
        achievement=achievement,
        comment=arguments.comment,
        ends_at=datetime.combine(until, time(23, 59, 59), UTC) if until else None,
    )
    arguments.file.write_bytes(made)
    print(f"{arguments.file}: signed")
    return 0


def _show(achievement: Described, arguments: argparse.Namespace) -> None:
    print(f"  endorses  {achievement.name} ({achievement.id})")
    print(f"  about     {achievement.description}")
    for line in achievement.criteria.splitlines():
        print(f"  criteria  {line}")
    print(f"  comment   {arguments.comment}")
    print(f"  until     {arguments.until or 'no end'}")


def _add(arguments: argparse.Namespace) -> int:
    from credentials.api.endorsing import add_endorsement

    added = add_endorsement(
        program=arguments.program,
        raw=arguments.file.read_bytes(),
        accept_unknown=arguments.accept_unknown,
    )
    print(f"{_line(added)}: {'added' if added.new else 'here already'}")
    if added.revocable:
        print("Careful: its endorser can revoke it, and badges that carry it then do not verify.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from credentials.api.endorsing import endorsements

    for one in endorsements(program=arguments.program):
        print(f"{one.uuid}  {one.state:9}  {one.added_at:%Y-%m-%d}  {_line(one)}")
    return 0


def _withdraw(arguments: argparse.Namespace) -> int:
    from credentials.api.endorsing import withdraw_endorsement

    found = withdraw_endorsement(program=arguments.program, endorsement_uuid=arguments.endorsement)
    print(f"{_line(found)}: withdrawn; badges that carry it keep it")
    return 0


def _line(one: EndorsementView) -> str:
    return f"{one.competency} by {one.name or one.endorser}"
