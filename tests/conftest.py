"""The cast and the clients every test may use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from credentials.data import Actor
from credentials.models import Program
from tests.browsing import chromium, chromium_path, driver
from tests.factories.people import make_member, make_program

__all__ = ["chromium", "chromium_path", "driver"]  # fixtures for every folder

if not apps.is_installed("lti_tool"):  # another host: what is the site's own is not there
    collect_ignore = ["lti_tool", "journeys", "soak"]


@pytest.fixture
def program(db: None) -> Program:
    """Ada's program."""
    return make_program()


@pytest.fixture
def other_program(db: None) -> Program:
    """Cem's program."""
    return make_program("hillside")


@pytest.fixture
def ada(program: Program) -> Actor:
    """A learner."""
    return make_member(program, "Ada", "learner")


@pytest.fixture
def al(program: Program) -> Actor:
    """Another learner of the same program."""
    return make_member(program, "Al", "learner")


@pytest.fixture
def ben(program: Program) -> Actor:
    """A reviewer."""
    return make_member(program, "Ben", "reviewer", qualification="Principal, 12 years")


@pytest.fixture
def bea(program: Program) -> Actor:
    """Another reviewer."""
    return make_member(program, "Bea", "reviewer", qualification="Principal supervisor")


@pytest.fixture
def cem(other_program: Program) -> Actor:
    """Everything he may be, but in another program."""
    return make_member(other_program, "Cem", "learner", "reviewer", "administrator")


@pytest.fixture
def dana(program: Program) -> Actor:
    """The administrator."""
    return make_member(program, "Dana", "administrator")


@pytest.fixture
def client_for(db: None) -> Callable[[Actor], Client]:
    """A browser in which that person is signed in."""

    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        return client

    return make
