"""The `lc` command: each verb is a file of the house's or a door's `management.verbs`."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Final

#: Doors are layers above: they are named, not imported here; one that is not installed is left out.
VERBS: Final = ("credentials.management.verbs", "lti_tool.management.verbs")


def main(argv: list[str] | None = None) -> int:
    """Run one verb; its exit status. What we refuse is one sentence, never a traceback."""
    # the site is a layer above: it is named, not imported, and an LMS sets its own
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.site.settings")
    parser = argparse.ArgumentParser(prog="lc", description="Learner-centered credentials")
    choices = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, verb in sorted(_verbs().items()):
        told = (verb.__doc__ or "").split(": ", 1)[-1].strip().splitlines()[0]
        sub = choices.add_parser(name, help=told, description=verb.__doc__)
        verb.configure(sub)
        sub.set_defaults(run=verb.run, needs_django=getattr(verb, "needs_django", True))
    arguments = parser.parse_args(argv)
    needs = arguments.needs_django
    if not (needs(arguments) if callable(needs) else needs):
        return int(arguments.run(arguments))
    return _with_django(arguments)


def _with_django(arguments: argparse.Namespace) -> int:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        from credentials.errors import LCError
    except ImproperlyConfigured as fault:
        print(f"lc: {fault}", file=sys.stderr)
        return 2
    try:
        return int(arguments.run(arguments))
    except (LCError, ImproperlyConfigured) as fault:
        print(f"lc: {fault}", file=sys.stderr)
        return 1


def _verbs() -> dict[str, ModuleType]:
    return {
        module.name: importlib.import_module(f"{package}.{module.name}")
        for package in VERBS
        if find_spec(package.partition(".")[0]) and find_spec(package)
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
    }


if __name__ == "__main__":
    sys.exit(main())
