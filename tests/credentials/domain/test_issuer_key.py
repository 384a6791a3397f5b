"""An issuer's keys: published before they sign, verifying after they retired."""

from __future__ import annotations

import base64
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from credentials import archive, vault, work
from credentials.domain import badge as badges
from credentials.domain import issuer_key
from credentials.errors import Invalid
from credentials.models import Badge, Issuer, IssuerKey
from credentials.openbadges.keys import SigningKey
from tests.factories import work as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(ada) -> Issuer:
    return Issuer.objects.get(program_id=ada.program_id)


@pytest.fixture
def variable(monkeypatch) -> str:
    """An environment variable that holds a key of its own."""
    secret = base64.urlsafe_b64encode(SigningKey.generate().to_bytes()).decode()
    monkeypatch.setenv("LC_TEST_ISSUER_KEY", secret)
    return "LC_TEST_ISSUER_KEY"


def _states(issuer: Issuer) -> list[str]:
    return list(issuer.keys.order_by("created_at", "pk").values_list("state", flat=True))


def test_new_issuer_has_a_key_that_signs_and_the_next_one(issuer):
    assert _states(issuer) == ["active", "next"]


def test_rotation_activates_the_key_that_was_published_before(issuer):
    published = issuer.keys.get(state="next")

    assert issuer_key.rotate(issuer=issuer, now=timezone.now()) == published
    assert _states(issuer) == ["retired", "active", "next"]


def test_every_key_stays_in_the_issuers_document(issuer):
    for _ in range(3):
        issuer_key.rotate(issuer=issuer, now=timezone.now())

    listed = badges.did_document(issuer)["assertionMethod"]

    assert len(listed) == 5
    assert {name.partition("#")[2] for name in listed} == set(
        issuer.keys.values_list("public_multibase", flat=True)
    )


def test_issuer_made_before_there_were_next_keys_is_rotated_too(issuer):
    issuer.keys.filter(state="next").delete()

    issuer_key.rotate(issuer=issuer, now=timezone.now())

    assert _states(issuer) == ["retired", "active", "next"]


def test_adopted_key_signs_and_its_secret_is_not_stored(issuer, variable, ada, ben):
    adopted = issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())
    make.passed(ada, ben)
    work.drain()

    assert bytes(IssuerKey.objects.get(pk=adopted.pk).sealed_private) == b""
    assert Badge.objects.get().key == adopted


def test_adopting_twice_changes_nothing(issuer, variable):
    first = issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())

    assert issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now()) == first
    assert _states(issuer).count("active") == 1
    assert len(_states(issuer)) == 3


@pytest.mark.parametrize("text", ["", "short", "?" * 43, "A" * 44])
def test_variable_without_a_key_is_refused_with_what_to_do(issuer, variable, monkeypatch, text):
    monkeypatch.setenv(variable, text)

    with pytest.raises(Invalid, match="`lc key new` prints 32 fresh ones"):
        issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())
    assert _states(issuer) == ["active", "next"]


def test_variable_that_changed_signs_nothing(issuer, variable, monkeypatch):
    row = issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())
    monkeypatch.setenv(variable, vault.new_master_key())

    with pytest.raises(ImproperlyConfigured, match="holds another key than"):
        issuer_key.open_key(row)


def test_no_text_of_a_key_shows_its_secret(issuer, variable):
    row = issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())
    key = issuer_key.open_key(row)

    secret = os.environ[variable]
    assert secret not in f"{row!r} {row} {key!r} {key}"


def test_backup_carries_an_adopted_key_without_its_secret(issuer, variable, tmp_path):
    issuer_key.adopt(issuer=issuer, variable=variable, now=timezone.now())
    archive.backup(tmp_path / "all.lcbackup")

    assert os.environ[variable].rstrip("=").encode() not in (tmp_path / "all.lcbackup").read_bytes()
