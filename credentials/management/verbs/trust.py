"""`lc trust import FILE`: bring in a dated trust list. `lc trust list`: show the lists here."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The format of the file is in docs/trust-lists.md."""
    parser.add_argument("action", choices=["import", "list"])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")


def run(arguments: argparse.Namespace) -> int:
    """A file with faults is refused whole, with all of them; the others are brought in."""
    if arguments.action == "list":
        return _list()
    if not arguments.files:
        print("lc: name the file of the trust list", file=sys.stderr)
        return 2
    return max(_import(path) for path in arguments.files)


def _import(path: Path) -> int:
    from credentials.api.trust import import_trust_list
    from credentials.errors import Invalid, LCError

    try:
        added = import_trust_list(raw=path.read_bytes())
    except OSError as error:
        print(f"lc: {path} could not be opened: {error.strerror or error}", file=sys.stderr)
        return 1
    except LCError as error:
        print(f"lc: {path}: {error.message}", file=sys.stderr)
        for problem in error.problems if isinstance(error, Invalid) else ():
            print(f"  {problem.message}", file=sys.stderr)
        return 1
    print(f"{added.name}, dated {added.dated}: {'brought in' if added.new else 'here already'}")
    return 0


def _list() -> int:
    from credentials.api.trust import trust_lists

    for one in trust_lists():
        print(f"{one.dated}  {one.issuers:>5} issuers  {one.name} ({one.publisher})")
    return 0
