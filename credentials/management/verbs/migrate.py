"""`lc migrate`: bring the database to this version's schema."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", verbosity=1)
    return 0
