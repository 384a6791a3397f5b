"""`lc key`: print a fresh key; rotate an issuer's keys, or take one from the environment."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credentials.models import Issuer, IssuerKey


def configure(parser: argparse.ArgumentParser) -> None:
    """The program is named by its slug."""
    parser.add_argument("action", choices=["new", "list", "rotate", "adopt"])
    parser.add_argument("program", nargs="?", help="slug of the program whose keys are meant")
    parser.add_argument("variable", nargs="?", help="adopt: environment variable with the key")


def needs_django(arguments: argparse.Namespace) -> bool:
    """A first key is wanted before there are settings that could be read."""
    return bool(arguments.action != "new")


def run(arguments: argparse.Namespace) -> int:
    """A retired key keeps verifying the badges it signed."""
    if arguments.action == "new":
        from credentials import vault

        print(vault.new_master_key())
        return 0
    from django.utils import timezone

    from credentials.models import Issuer

    issuer = Issuer.objects.filter(program__slug=arguments.program or "").first()
    if issuer is None:
        print(f"Name the program by its slug, for example: lc key {arguments.action} lakeshore")
        return 2
    if arguments.action == "list":
        return _list(issuer)
    key = _change(issuer, arguments, timezone.now())
    print(f"{issuer.name} signs with {key.public_multibase} from now on")
    return 0


def _list(issuer: Issuer) -> int:
    for key in issuer.keys.order_by("created_at", "pk"):
        place = f"environment variable {key.variable}" if key.variable else "database, sealed"
        print(f"{key.state:8} {key.public_multibase}  {key.created_at:%Y-%m-%d}  {place}")
    return 0


def _change(issuer: Issuer, arguments: argparse.Namespace, now: datetime) -> IssuerKey:
    from django.db import transaction

    from credentials.domain import audit, issuer_key

    with transaction.atomic():
        audit.line_up()
        if arguments.action == "adopt":
            key = issuer_key.adopt(issuer=issuer, variable=arguments.variable or "", now=now)
        else:
            key = issuer_key.rotate(issuer=issuer, now=now)
        audit.record(
            actor=None,
            verb=f"issuer.key-{'adopted' if arguments.action == 'adopt' else 'rotated'}",
            subject_kind="issuer",
            subject=issuer.uuid,
            program=issuer.program.uuid,
            details={"key": key.public_multibase},
            now=now,
        )
    return key
