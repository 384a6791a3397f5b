"""The process that touches the bytes: `python -m credentials.files.child inspect|page PATH [N]`.

It answers one line of JSON, then raw bytes (the copy of a picture, or a drawn page).
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from pathlib import Path

MEMORY = 2 * 1024**3  # bytes of address space
CPU_SECONDS = 60


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 0 with an answer on stdout, refusals included."""
    _confine()
    what, path, number = arguments
    # imported only now: the limits hold for the libraries, too
    from credentials.files import inspection, pdf
    from credentials.files.facts import Refused

    try:
        if what == "page":
            _answer({}, pdf.draw(Path(path), int(number)))
        else:
            facts = dataclasses.asdict(inspection.inspect(Path(path)))
            _answer(facts, facts.pop("preview"))
    except Refused as refused:
        _answer({"refused": refused.code, "message": refused.message}, b"")
    return 0


def _confine() -> None:
    try:
        import resource
    except ImportError:  # not a POSIX system: time stays bounded by the parent
        return
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is already set
            resource.setrlimit(limit, (value, value))


def _answer(head: dict[str, object], content: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
