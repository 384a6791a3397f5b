"""The cast: Ada and Al learn, Ben and Bea review, Dana administers, Cem has no access."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.urls import reverse

from credentials.data import Actor
from credentials.domain.program import create_program
from credentials.models import Membership, Program

BASE_URL = "https://badges.example.edu"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


class TestLinks:
    """The links of a door that mounts the house at its own paths."""

    __test__ = False

    def to(self, name: str, **arguments: object) -> str:
        return reverse(f"lc:{name}", kwargs=arguments or None)


def make_program(slug: str = "lakeshore") -> Program:
    """A program with issuer and key."""
    return create_program(
        slug=slug,
        name=f"{slug.capitalize()} Principal Preparation",
        legal_name=f"{slug.capitalize()} University",
        base_url=BASE_URL,
        contact_email=f"office@{slug}.example.edu",
        now=START,
    )


def make_member(program: Program, name: str, *roles: str, qualification: str = "") -> Actor:
    """A person with these roles in the program, as a door would let them in."""
    model = get_user_model()
    email = f"{name.lower()}@example.edu"
    user = model.objects.filter(username=email).first()
    if user is None:
        user = model.objects.create_user(username=email, email=email, password="practice-pass")
        user.first_name, user.last_name = name, "Example"
        user.save()
    for role in roles:
        Membership.objects.create(
            program=program, user=user, role=role, qualification=qualification, since=START
        )
    return Actor(
        user_id=user.pk,
        program_id=program.pk,
        program_name=program.name,
        roles=frozenset(roles),
        name=name,
        links=TestLinks(),
    )
