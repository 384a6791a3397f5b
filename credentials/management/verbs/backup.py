"""`lc backup FILE`: everything of this installation in one file."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """The file holds people's evidence and the signing keys: keep it as you keep those."""
    from credentials import archive

    contents = archive.backup(arguments.file)
    print(
        f"{arguments.file}: {contents.rows} rows, {contents.files} files. It holds evidence and "
        "signing keys: keep it where only you can read it."
    )
    return 0
