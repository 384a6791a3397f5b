"""`lc run`: the whole product on this machine for practice: people, worker, server, an LMS."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

needs_django = False


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen; the loopback address unless told otherwise."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=None, help="default: the port of LC_BASE_URL")
    parser.add_argument("--lms-port", type=int, default=None, help="default: one above the port")
    parser.add_argument("--threads", type=int, default=8, help="requests answered at once")


def run(arguments: argparse.Namespace) -> int:
    """Prepare what is missing; worker, practice LMS and server start and end together."""
    from pathlib import Path

    from credentials.management.verbs.init import initialise

    # SIGTERM ends like Ctrl-C, so that what was started beside us is never left behind
    signal.signal(signal.SIGTERM, lambda *_: _stop())
    if arguments.port:  # the addresses in the pages must be the ones that answer
        os.environ.setdefault("LC_BASE_URL", f"http://localhost:{arguments.port}")
    port = arguments.port or urlsplit(os.environ.get("LC_BASE_URL", "")).port or 8000
    lms_port = arguments.lms_port or port + 1
    _allow_fetching_from(f"127.0.0.1:{lms_port}")
    initialise(Path(os.environ.get("LC_DATA_DIR", "var")).resolve())
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from credentials import diagnosis

    if not settings.LC_PRACTICE:
        print("`lc run` is for practice. In production start the web server and `lc work`.")
        return 2
    call_command("migrate", verbosity=0)
    wrong = [check for check in diagnosis.examine() if not check.ok and check.name != "worker"]
    if any(check.name in {"addresses", "signing keys"} for check in wrong):
        print("\n".join(f"{check.name}: {check.says}" for check in wrong))
        return 1
    # the LMS is a layer above and a stranger to us: it is named, not imported
    lms = ("lti_tool.practice_lms", "--port", str(lms_port), "--tool", settings.LC_BASE_URL)
    registration = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", *lms, "--registration"], check=True, capture_output=True, text=True
    )
    with _beside(*lms) as practice_lms, _beside("credentials.cli", "work"):
        call_command("lc_practice", lms=registration.stdout)
        if practice_lms.poll() is not None:
            print(f"Choose another port for the practice LMS: lc run --lms-port {lms_port + 1}")
            return 1
        _serve(arguments.host, port, arguments.threads, settings.LC_BASE_URL)
    return 0


def _allow_fetching_from(place: str) -> None:
    """Adds host:port of the practice LMS to what may be fetched, here and in the worker."""
    allowed = [x for x in os.environ.get("LC_FETCH_ALLOW", "").split(",") if x]
    os.environ["LC_FETCH_ALLOW"] = ",".join([*allowed, place])


@contextmanager
def _beside(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """That module as a process of its own, ended with the block."""
    process = subprocess.Popen([sys.executable, "-m", *command])  # noqa: S603  # our own command
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)


def _serve(host: str, port: int, threads: int, base_url: str) -> None:
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    server = create_server(get_wsgi_application(), host=host, port=port, threads=threads)
    print(f"\nOpen {base_url}/  (stop with Ctrl-C)\n", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Thread(target=server.run, daemon=True).start()
        threading.Event().wait()
    server.close()


def _stop() -> None:
    raise KeyboardInterrupt
