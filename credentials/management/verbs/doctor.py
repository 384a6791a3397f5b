"""`lc doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import argparse

_MARK = {True: "ok   ", False: "WRONG"}


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Every check with its answer; 1 if anything is wrong."""
    from credentials import diagnosis

    found = diagnosis.examine()
    for check in found:
        print(f"{_MARK[check.ok]} {check.name}: {check.says}")
    return 0 if all(check.ok for check in found) else 1
