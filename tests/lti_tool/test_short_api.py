"""The tool owns its host's root, so the verification API is at the short address too."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.credentials.openbadges.issued import signed


@pytest.mark.django_db
def test_short_address_gives_the_same_report() -> None:
    altered = signed().replace(b"Vision", b"Visiom", 1).replace(b"lead.example", b"localhost")
    asked = {"data": altered, "content_type": "application/json", "follow": False}

    short, decided = (
        Client().post(f"{path}?as_of=2026-04-01", **asked).json()
        for path in ("/api/verify", "/lc/api/verify")
    )

    assert short["findings"] == decided["findings"]
    assert short["verdict"] == "not verified"
