"""Accounts as the site makes them, and limits that start anew with each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from lti_tool.models import User
from lti_tool.people import make_account

PASSWORD = "river stones and lanterns"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name resolves: whatever would be fetched from outside fails at once."""

    def nothing(*_: object, **__: object) -> None:
        raise OSError("no network in this test")

    monkeypatch.setattr("socket.getaddrinfo", nothing)


@pytest.fixture
def eve(db: None) -> User:
    """Somebody with an account and no program."""
    return make_account(email="eve@example.edu", name="Eve Example", password=PASSWORD)


@pytest.fixture
def browser(db: None) -> Client:
    """Nobody is signed in; forms need their token, as in a real browser they would."""
    return Client()
