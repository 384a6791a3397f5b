"""`lc_program`: the first step of a real installation: a program and its first administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug

from credentials import api
from lti_tool.people import make_account


class Command(BaseCommand):
    """Repeatable: an existing program or account is kept as it is."""

    help = "Make a program, its issuer and key, and its first administrator's account."

    def add_arguments(self, parser: CommandParser) -> None:
        """Everything that a program needs before anybody can be invited."""
        parser.add_argument("slug", help="short name, such as lakeshore")
        parser.add_argument("--name", required=True, help="as members and badges call it")
        parser.add_argument("--legal-name", required=True, help="the legal name of the issuer")
        parser.add_argument("--administrator", required=True, metavar="E-MAIL")
        parser.add_argument("--administrator-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes what is missing and says what the administrator does next."""
        try:
            validate_slug(options["slug"])
            validate_email(options["administrator"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        program = api.found_program(
            slug=options["slug"],
            name=options["name"],
            legal_name=options["legal_name"],
            contact_email=options["administrator"],
        )
        user = make_account(
            email=options["administrator"], name=options["administrator_name"], password=None
        )
        api.enrol(program=program, user=user, role="administrator")
        self.stdout.write(
            f"{program.name} is ready. {user.email} chooses a password at "
            f"{settings.LC_BASE_URL}/accounts/password/reset/ and invites everybody else."
        )
