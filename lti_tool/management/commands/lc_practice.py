"""`lc_practice`: a practice program with its people, whose passwords everybody may know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from credentials import api
from credentials.data import ProgramView
from lti_tool import registration
from lti_tool.people import make_account

PROGRAM = "Lakeshore Principal Preparation (practice)"
LEGAL_NAME = "Lakeshore University (practice)"
PASSWORD = "practice at lakeshore"  # noqa: S105  # practice mode only: it is printed and known


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the cast."""

    name: str
    role: str
    does: str
    qualification: str = ""

    @property
    def email(self) -> str:
        """What they sign in with; `.example` reaches nobody (RFC 2606)."""
        return f"{self.name.split()[0].lower()}@lakeshore.example"


CAST = (
    Person(name="Ada Osei", role="learner", does="works through modules, submits evidence"),
    Person(name="Al Romero", role="learner", does="the same, beside Ada"),
    Person(
        name="Ben Whitfield",
        role="reviewer",
        does="claims and scores evidence",
        qualification="Former elementary principal, 12 years",
    ),
    Person(
        name="Bea Lindqvist",
        role="reviewer",
        does="the same, beside Ben",
        qualification="Supervisor of principals, 8 years",
    ),
    Person(name="Dana Whitecloud", role="administrator", does="looks after people and dates"),
)


class Command(BaseCommand):
    """Seeds once; a second run changes nothing and prints the same."""

    help = "Seed the practice program and its people, and print how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the practice LMS prints about itself with --registration."""
        parser.add_argument("--lms", default="", metavar="JSON", help="registration of the LMS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses outside practice mode: these passwords are public."""
        if not settings.LC_PRACTICE:
            raise CommandError("lc_practice works in practice mode only: its passwords are public.")
        program = api.found_program(
            slug="practice",
            name=PROGRAM,
            legal_name=LEGAL_NAME,
            contact_email="office@lakeshore.example",
        )
        for person in CAST:
            user = make_account(email=person.email, name=person.name, password=PASSWORD)
            api.enrol(
                program=program, user=user, role=person.role, qualification=person.qualification
            )
        self.stdout.write(self._how_to_sign_in())
        if options["lms"]:
            self.stdout.write(self._connect(json.loads(options["lms"]), program))

    def _connect(self, told: dict[str, str], program: ProgramView) -> str:
        """Registers the practice LMS as anybody registers theirs; how to go there."""
        now = timezone.now()
        platform = registration.Platform(
            name="Practice LMS",
            issuer=told["issuer"],
            client_id=told["client_id"],
            auth_url=told["auth_url"],
            jwks_url=told["jwks_url"],
            token_url=told["token_url"],
            family="practice-lms",
        )
        row = registration.add_platform(platform, now=now)
        registration.approve(row, deployment_id=told["deployment_id"], program=program, now=now)
        return f"\n  the same inside a course: {told['issuer']}/ (a practice LMS)"

    def _how_to_sign_in(self) -> str:
        lines = ["", f"{PROGRAM}: sign in at {settings.LC_BASE_URL}{settings.LOGIN_URL}", ""]
        for person in CAST:
            lines.append(f"  {person.email:<24} {person.role:<14} {person.does}")
        lines += ["", f"  password of each: {PASSWORD}"]
        lines.append(f"  their mail: {settings.LC_BASE_URL}/practice/mail")
        return "\n".join(lines)
