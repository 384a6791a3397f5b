"""`lc issue`: sign and bake every badge that waits, on all cores, with its progress shown."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TextIO

_BAR = 30  # characters


def configure(parser: argparse.ArgumentParser) -> None:
    """--processes, for a machine that has other things to do as well."""
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many processes sign (default: one for each core)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Safe to break off and to start again; 1 if a badge could not be signed."""
    from django.utils import timezone

    from credentials.domain import cohort

    total = cohort.waiting(now=timezone.now())
    bar = _Bar(total, sys.stderr)
    done = cohort.Progress()
    for done in cohort.issue(processes=max(arguments.processes, 1)):
        bar.show(done.issued + done.refused + done.dropped)
    bar.end()
    left = cohort.waiting(now=timezone.now())
    print(f"{done.issued:,} badges issued")
    if left:
        print(f"{left:,} are being signed by another worker, or were left by one that was stopped:")
        print("start this again in a minute")
    if done.refused:
        print(f"{done.refused:,} could not be signed: `lc doctor` says why")
    return 1 if done.refused else 0


class _Bar:
    """On a terminal a bar that moves, elsewhere a line for each tenth."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total, self._out = total, out
        self._moves = out.isatty()
        self._began = time.monotonic()
        self._told = 0

    def show(self, done: int) -> None:
        total = max(self._total, done, 1)
        tenth = done * 10 // total
        rate = done / max(time.monotonic() - self._began, 0.001)
        line = f"{done:,} of {total:,} badges, {rate:,.0f} per second"
        if self._moves:
            filled = "#" * (done * _BAR // total)
            self._out.write(f"\r[{filled:<{_BAR}}] {line} ")
        elif tenth > self._told:
            self._out.write(f"{line}\n")
        self._told = tenth
        self._out.flush()

    def end(self) -> None:
        if self._moves and self._total:
            self._out.write("\n")
