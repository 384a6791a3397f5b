"""`lc doctor` says what is wrong and how to mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from credentials import vault
from credentials.cli import main
from credentials.conf import conf
from credentials.models import WorkItem
from tests.factories.people import BASE_URL


@pytest.fixture(autouse=True)
def same_address():
    with override_settings(LC_BASE_URL=BASE_URL):
        conf.cache_clear()
        yield
    conf.cache_clear()


def wrong(capsys) -> dict[str, str]:
    """What the doctor calls wrong: name -> what it says."""
    main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    return dict(line[6:].split(": ", 1) for line in lines if line.startswith("WRONG"))


def test_healthy_installation_gives_status_0(program, capsys):
    assert main(["doctor"]) == 0


def test_changed_address_is_explained(program, capsys):
    with override_settings(LC_BASE_URL="https://new.example.edu"):
        conf.cache_clear()
        assert f"Set LC_BASE_URL={BASE_URL}" in wrong(capsys)["addresses"]


def test_other_master_key_is_explained(program, capsys):
    with override_settings(LC_MASTER_KEY=vault.new_master_key()):
        conf.cache_clear()
        assert "Set the master key that was in use" in wrong(capsys)["signing keys"]


def test_work_that_nobody_does_names_the_worker(program, capsys):
    WorkItem.objects.create(
        kind="status", key="x", not_before=timezone.now() - timedelta(minutes=5)
    )

    assert wrong(capsys)["worker"] == "1 items wait: is `lc work` running?"
