"""`lc bundle write FILE`: all that verifying needs, for use without a network. `show`: what is in.

docs/verifying.md tells who needs one and how old it may be.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credentials.openbadges.bundle import Bundle


def configure(parser: argparse.ArgumentParser) -> None:
    """Which file, and for writing: who signs, and whom to limit it to."""
    parser.add_argument("action", choices=["write", "show"])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--program", default="", metavar="SLUG", help="whose key signs it")
    parser.add_argument(
        "--issuer", nargs="+", default=[], metavar="ID", help="of the others, only these issuers"
    )
    parser.add_argument(
        "--badge",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="badges whose reports shall be made again: what they name is fetched too",
    )
    parser.add_argument(
        "--list", nargs="+", default=[], metavar="NAME", help="only these trust lists"
    )


def needs_django(arguments: argparse.Namespace) -> bool:
    """Whoever was given a bundle has no installation."""
    return bool(arguments.action == "write")


def run(arguments: argparse.Namespace) -> int:
    """0 where the bundle is whole; 1 where it was written but lacks something it looked for."""
    return _write(arguments) if arguments.action == "write" else _show(arguments.file)


def _write(arguments: argparse.Namespace) -> int:
    from credentials.api.bundle import make_bundle

    try:
        badges = [path.read_bytes() for path in arguments.badge]
    except OSError as error:
        print(f"lc: {error.filename} could not be opened: {error.strerror}", file=sys.stderr)
        return 2
    made = make_bundle(
        program=arguments.program, issuers=arguments.issuer, lists=arguments.list, badges=badges
    )
    unfinished = arguments.file.with_name(f"{arguments.file.name}.part")
    try:
        unfinished.write_bytes(made.data)
        unfinished.replace(arguments.file)
    except OSError as error:
        print(f"lc: {arguments.file} was not written: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{arguments.file}: {len(made.data):,} bytes")
    _tell(made.bundle)
    return 1 if made.bundle.missing else 0


def _show(path: Path) -> int:
    from credentials.offline import open_bundle
    from credentials.openbadges.errors import BadBundle

    try:
        _tell(open_bundle(path))
    except BadBundle as error:
        print(f"lc: {path}: {error.message}", file=sys.stderr)
        return 1
    return 0


def _tell(bundle: Bundle) -> None:
    from credentials.openbadges.age import as_of

    print(f"  made      {as_of(bundle.made, now=datetime.now(UTC))}")
    print(f"  by        {bundle.maker}")
    print(f"  key       {bundle.key}")
    for kind, number in sorted(Counter(str(one.kind) for one in bundle.members).items()):
        print(f"  {number:>7,}   {kind}")
    for url in bundle.other_vocabularies:
        print(f"  careful:  its maker reads another edition of {url}")
    for one in bundle.missing:
        print(f"  missing   {one.name}: {one.reason}")
