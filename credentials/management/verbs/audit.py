"""`lc audit verify`: prove that the audit log is whole and unaltered."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """One action so far."""
    parser.add_argument("action", choices=["verify"])


def run(arguments: argparse.Namespace) -> int:
    """0 and a count when the chain holds; 1 and every fault when it does not."""
    from credentials.domain import audit
    from credentials.models import AuditEntry

    faults = list(audit.faults())
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{AuditEntry.objects.count()} entries, each follows from the one before it")
    return 1 if faults else 0
