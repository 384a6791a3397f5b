"""`lc restore FILE`: a backup into an empty installation, on whichever database."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Migrate, then read all of it or nothing."""
    from django.core.management import call_command

    from credentials import archive

    call_command("migrate", verbosity=0)
    contents = archive.restore(arguments.file)
    print(f"{contents.rows} rows and {contents.files} files are back. Now run `lc doctor`.")
    return 0
