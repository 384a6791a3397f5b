"""/healthz says whether the installation can work, and nothing that anyone should not know."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from credentials.models import Issuer, Program, WorkItem


def test_healthy_installation_answers_200(client: Client, db: None) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["ok"] is True


def test_work_that_nobody_does_answers_503(client: Client, db: None) -> None:
    late = timezone.now() - timedelta(hours=1)
    WorkItem.objects.create(kind="sign", key="somebody", not_before=late)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert [c["name"] for c in answer.json()["checks"] if not c["ok"]] == ["worker"]


def test_issuer_without_a_key_answers_503(client: Client, program: Program) -> None:
    Issuer.objects.update(base_url=settings.LC_BASE_URL)
    program.issuer.keys.update(active=None)

    answer = client.get("/healthz")

    assert [c["name"] for c in answer.json()["checks"] if not c["ok"]] == ["signing keys"]


def test_health_tells_no_secret(client: Client, program: Program) -> None:
    told = client.get("/healthz").content.decode()

    secrets = (settings.LC_MASTER_KEY, settings.SECRET_KEY, str(settings.DATA_DIR))
    assert [secret for secret in secrets if secret in told] == []
