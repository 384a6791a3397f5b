"""`lc key new`: print a fresh LC_MASTER_KEY. `lc key rotate`: give an issuer a new signing key."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The program is named by its slug."""
    parser.add_argument("action", choices=["new", "rotate"])
    parser.add_argument("program", nargs="?", help="slug of the program whose key is rotated")


def needs_django(arguments: argparse.Namespace) -> bool:
    """A first key is wanted before there are settings that could be read."""
    return bool(arguments.action != "new")


def run(arguments: argparse.Namespace) -> int:
    """A retired key keeps verifying the badges it signed."""
    if arguments.action == "new":
        from credentials import vault

        print(vault.new_master_key())
        return 0
    from django.db import transaction
    from django.utils import timezone

    from credentials.domain import audit, program
    from credentials.models import Issuer

    issuer = Issuer.objects.filter(program__slug=arguments.program or "").first()
    if issuer is None:
        print("Name the program by its slug, for example: lc key rotate lakeshore")
        return 2
    with transaction.atomic():
        now = timezone.now()
        key = program.new_key(issuer=issuer, now=now)
        audit.record(
            actor=None,
            verb="issuer.key-rotated",
            subject_kind="issuer",
            subject=issuer.uuid,
            program=issuer.program.uuid,
            details={"key": key.public_multibase},
            now=now,
        )
    print(f"{issuer.name} signs with {key.public_multibase} from now on")
    return 0
