"""Other people's client code speaks to the practice LMS over a socket."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from cryptography.hazmat.primitives import serialization
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from pylti1p3.names_roles import NamesRolesProvisioningService
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from lti_tool.practice_lms import messages
from lti_tool.practice_lms.application import Application
from lti_tool.practice_lms.course import PEOPLE
from lti_tool.practice_lms.lms import Lms, open_lms
from tests.lti_tool.practice_lms.other_side import Tool


class Connector(ServiceConnector):
    """PyLTI1p3 as the tool's server; it leaves the keeping of tokens to its user."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration)
        self.tokens: dict[str, str] = {}

    def _get_cached_access_token(self, scope_key: str) -> str | None:
        return self.tokens.get(scope_key)

    def _cache_access_token(self, scope_key: str, access_token: str, expires_in: float) -> None:
        self.tokens[scope_key] = access_token


class _Server(ThreadingMixIn, WSGIServer):
    """One thread for each request, all of them waited for at the end."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about requests."""


def no_app(environ: object, start_response: object) -> list[bytes]:
    """Stands in until the port, which the platform's addresses name, is known."""
    raise RuntimeError("asked before it was ready")


@pytest.fixture
def listening(tmp_path: Path, drawn_keys: Path, tool: Tool) -> Iterator[Lms]:
    """The platform at a port of this machine."""
    shutil.copy(drawn_keys / "lms.pem", tmp_path / "signing-key.pem")
    with make_server("127.0.0.1", 0, no_app, _Server, _Quiet) as server:
        port = server.server_port
        lms = open_lms(tmp_path, port=port, tool="http://localhost:8000", fetch=tool.key_set)
        server.set_app(Application(lms))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield lms
        server.shutdown()  # ends between two requests, unlike closing a socket that is waited on
        thread.join()


@pytest.fixture
def connector(listening: Lms, tool: Tool) -> Iterator[Connector]:
    """That client with the tool's key."""
    pem = tool.key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    registration = (
        Registration()
        .set_issuer(listening.facts.issuer)
        .set_client_id(listening.facts.client_id)
        .set_auth_token_url(listening.facts.token_url)
        .set_tool_private_key(pem.decode())
    )
    registration.get_kid = lambda: tool.key.kid  # type: ignore[method-assign]  # a key of its own making has another name
    made = Connector(registration)
    yield made
    made._requests_session.close()


def test_pylti1p3_reads_the_roster(listening: Lms, connector: Connector) -> None:
    service = NamesRolesProvisioningService(
        connector, {"context_memberships_url": messages.memberships_url(listening.facts)}
    )

    assert [m["user_id"] for m in service.get_members()] == [person.id for person in PEOPLE]


def test_pylti1p3_makes_a_column_and_fills_it(listening: Lms, connector: Connector) -> None:
    service = AssignmentsGradesService(
        connector,
        {
            "scope": list(messages.SCOPES),
            "lineitems": messages.line_items_url(listening.facts),
        },
    )
    column = service.find_or_create_lineitem(
        LineItem().set_label("Vision").set_score_maximum(12).set_tag("lc")
    )
    grade = (
        Grade()
        .set_user_id(PEOPLE[1].id)
        .set_score_given(9)
        .set_score_maximum(12)
        .set_activity_progress("Completed")
        .set_grading_progress("FullyGraded")
        .set_timestamp("2026-03-01T10:00:00.000+00:00")
    )

    service.put_grade(grade, column)

    assert [(g["userId"], g["resultScore"]) for g in service.get_grades(column)] == [
        (PEOPLE[1].id, 9.0)
    ]
