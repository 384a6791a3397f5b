"""`lc_course`: says which program a course of this platform works for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials import api
from credentials.errors import NotFound
from lc_xblock.models import CourseProgram


class Command(BaseCommand):
    """Repeatable; the last word counts, and what was handed in stays where it was handed in."""

    help = "Say which program a course works for; before that, nothing opens in its blocks."

    def add_arguments(self, parser: CommandParser) -> None:
        """The course as the platform spells it, and the program's short name."""
        parser.add_argument("course", help="such as course-v1:Org+Course+Run")
        parser.add_argument("--program", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the row and says what it means."""
        try:
            program = api.known_program(slug=options["program"])
        except NotFound as unknown:
            raise CommandError(unknown.message) from None
        CourseProgram.assign(options["course"], program.id)
        self.stdout.write(f"{options['course']} now works for {program.name}.")
