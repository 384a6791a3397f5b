"""`lc init`: make the secrets of a new installation, once, readable by their owner alone."""

from __future__ import annotations

import argparse
import base64
import os
import secrets
from pathlib import Path

needs_django = False


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments: LC_DATA_DIR says where."""


def run(arguments: argparse.Namespace) -> int:
    """Write the files that are missing; existing ones are never touched."""
    for path in initialise(Path(os.environ.get("LC_DATA_DIR", "var")).resolve()):
        print(f"wrote {path}")
    return 0


def initialise(data_dir: Path) -> list[Path]:
    """The key files made now (mode 0600 in a folder of mode 0700); none at a second call."""
    folder = data_dir / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data_dir / "static").mkdir(exist_ok=True)
    made = []
    for name in ("lc_master_key", "lc_secret_key"):
        path = folder / name
        try:
            # O_EXCL: of two first starts at once, one makes the key and the other reads it
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n")
        made.append(path)
    return made
