"""`lc work`: do what is left after the commits, for as long as it runs."""

from __future__ import annotations

import argparse
import signal
import threading


def configure(parser: argparse.ArgumentParser) -> None:
    """--once for cron and tests, --every for how often to look."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
    parser.add_argument(
        "--every", type=float, default=1.0, metavar="SECONDS", help="how often to look (default 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Drain, wait, drain; SIGTERM and SIGINT end it after the item in hand."""
    from credentials import work

    if arguments.once:
        print(f"{work.drain()} done")
        return 0
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        work.tick()
        stop.wait(arguments.every)
    return 0
