"""The tool knows the practice LMS because the practice command was told what it prints."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from lti_tool.models import Deployment, Registration
from lti_tool.practice_lms.lms import Lms


@pytest.mark.django_db
def test_practice_lms_is_registered_once_and_its_deployment_has_the_practice_program(
    lms: Lms, settings: Any
) -> None:
    settings.LC_PRACTICE = True
    said = StringIO()

    for _ in range(2):
        call_command("lc_practice", lms=json.dumps(lms.facts.registration()), stdout=said)

    row = Registration.objects.get()
    deployment = Deployment.objects.get()
    assert (row.issuer, row.client_id) == (lms.facts.issuer, lms.facts.client_id)
    assert (deployment.deployment_id, deployment.approved) == (lms.facts.deployment_id, True)
    assert deployment.program is not None
    assert deployment.program.slug == "practice"
    assert "http://lms.localhost:8001/ (a practice LMS)" in said.getvalue()
