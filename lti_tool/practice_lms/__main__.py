"""`python -m lti_tool.practice_lms`: serve the practice LMS, or print what a tool must know."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from waitress.server import create_server

from lti_tool.practice_lms.application import Application
from lti_tool.practice_lms.facts import LOOPBACK, facts
from lti_tool.practice_lms.lms import open_lms


def main(argv: list[str] | None = None) -> int:
    """Serves until told to stop; in production it refuses, since it asks nobody for a password."""
    arguments = _arguments(argv)
    if os.environ.get("LC_MODE") == "production":
        print("The practice LMS has no passwords: it does not run in production.", file=sys.stderr)
        return 2
    folder = Path(os.environ.get("LC_DATA_DIR", "var")).resolve() / "practice-lms"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if arguments.registration:
        known = facts(folder=folder, port=arguments.port, tool=arguments.tool)
        print(json.dumps(known.registration(), indent=2))
        return 0
    lms = open_lms(folder, port=arguments.port, tool=arguments.tool)
    try:
        server = create_server(Application(lms), host=LOOPBACK, port=arguments.port, threads=8)
    except OSError as fault:
        print(f"The practice LMS cannot listen on port {arguments.port}: {fault}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lti_tool.practice_lms", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--tool", default="http://localhost:8000", help="base URL of the tool")
    parser.add_argument(
        "--registration", action="store_true", help="print the registration as JSON and end"
    )
    return parser.parse_args(argv)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
