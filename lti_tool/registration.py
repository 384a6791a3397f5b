"""Which LMS is speaking, and how one is made known to this tool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import pylti1p3.registration
from django.conf import settings
from django.db import transaction

from credentials import api
from credentials.data import ProgramView
from credentials.errors import Invalid, Problem
from lti_tool import toolkeys
from lti_tool.digest import digest
from lti_tool.launch import LONGEST_ID, MODULE_PARAMETER
from lti_tool.models import Deployment, Registration
from lti_tool.refusal import Refused

LONGEST_ISSUER: Final = 500
LONGEST_ADDRESS: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Platform:
    """What an LMS tells whoever registers a tool with it."""

    name: str
    issuer: str
    client_id: str
    auth_url: str
    jwks_url: str
    token_url: str = ""
    token_audience: str = ""
    frame_origins: tuple[str, ...] = ()
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class ToolAddresses:
    """What the LMS wants to know of us."""

    login: str
    launch: str
    jwks: str
    module_parameter: str


def tool_addresses() -> ToolAddresses:
    """Under the configured base URL, never under the host of a request."""
    base = settings.LC_BASE_URL
    return ToolAddresses(
        login=f"{base}/lti/login",
        launch=f"{base}/lti/launch",
        jwks=f"{base}/lti/jwks",
        module_parameter=MODULE_PARAMETER,
    )


def find(*, issuer: str, client_id: str, deployment_id: str) -> Registration:
    """The active registration that a log-in names; raises Refused LTI-102 or LTI-103.

    The client id decides. A platform may leave it out (security framework, 5.1.1.1): then the
    issuer must be enough, or the issuer with the deployment.
    """
    if client_id:
        row = Registration.objects.filter(digest=digest(issuer, client_id), active=True).first()
        if row is None:
            raise Refused("LTI-102", f"issuer {issuer[:200]!r} and client id {client_id[:80]!r}")
        return row
    rows = Registration.objects.filter(issuer_digest=digest(issuer), active=True)
    if deployment_id and len(rows) > 1:
        rows = rows.filter(deployments__digest=digest(deployment_id))
    found = list(rows[:2])
    if not found:
        raise Refused("LTI-102", f"issuer {issuer[:200]!r}, no client id given")
    if len(found) > 1:
        raise Refused("LTI-103", f"several clients of issuer {issuer[:200]!r}, no client id given")
    return found[0]


def for_library(row: Registration) -> pylti1p3.registration.Registration:
    """The same in the words of PyLTI1p3."""
    return (
        pylti1p3.registration.Registration()
        .set_issuer(row.issuer)
        .set_client_id(row.client_id)
        .set_auth_login_url(row.auth_url)
        .set_auth_token_url(row.token_url)
        .set_key_set_url(row.jwks_url)
    )


@transaction.atomic
def add_platform(platform: Platform, *, now: datetime) -> Registration:
    """The platform may launch us; called again with its client id it changes the addresses.

    Makes the tool's own keys if there are none. Raises Invalid with every fault at once.
    """
    problems = tuple(_problems(platform))
    if problems:
        raise Invalid("The platform cannot be registered as given.", problems)
    toolkeys.ensure(now=now)
    row, _ = Registration.objects.update_or_create(
        digest=digest(platform.issuer, platform.client_id),
        defaults={
            "name": platform.name,
            "issuer": platform.issuer,
            "client_id": platform.client_id,
            "issuer_digest": digest(platform.issuer),
            "auth_url": platform.auth_url,
            "jwks_url": platform.jwks_url,
            "token_url": platform.token_url,
            "token_audience": platform.token_audience,
            "frame_origins": [origin_of(address) for address in platform.frame_origins],
            "family": platform.family,
            "active": True,
        },
    )
    return row


@transaction.atomic
def approve(
    registration: Registration, *, deployment_id: str, program: ProgramView, now: datetime
) -> Deployment:
    """Launches of that deployment are accepted from now on, into that program; repeatable.

    Raises Invalid where the deployment belongs to another program: its learners' work stays there.
    """
    row, _ = Deployment.objects.get_or_create(
        registration=registration,
        digest=digest(deployment_id),
        defaults={"deployment_id": deployment_id, "created_at": now},
    )
    if row.program_id not in (None, program.id):
        raise Invalid(
            f"Deployment {deployment_id} belongs to another program and keeps it: "
            "its learners' work is there."
        )
    row.program_id, row.approved, row.approved_at = program.id, True, row.approved_at or now
    row.save(update_fields=["program", "approved", "approved_at"])
    return row


def approved(registration: Registration, *, deployment_id: str, now: datetime) -> Deployment:
    """The deployment that a verified launch names; raises Refused LTI-501 until it has a program.

    An unknown one is noted, so that staff only have to say which program it belongs to.
    """
    row = (
        Deployment.objects.select_related("program")
        .filter(registration=registration, digest=digest(deployment_id))
        .first()
    )
    if row is None:
        row, _ = Deployment.objects.get_or_create(
            registration=registration,
            digest=digest(deployment_id),
            defaults={"deployment_id": deployment_id, "created_at": now},
        )
    if not row.approved or row.program is None:
        raise Refused(
            "LTI-501",
            f"deployment {deployment_id!r} has no program yet: "
            f"lc platform approve {registration.client_id} {deployment_id} PROGRAM",
        )
    return row


def origins(registration: Registration) -> tuple[str, ...]:
    """Who may show us in a frame: the origin of the platform's log-in, and those given by hand."""
    return (origin_of(registration.auth_url), *registration.frame_origins)


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def program_named(slug: str) -> ProgramView:
    """The program of that short name; raises NotFound."""
    return api.known_program(slug=slug)


def _problems(platform: Platform) -> Sequence[Problem]:
    problems = []
    required = {"name": platform.name, "issuer": platform.issuer, "client_id": platform.client_id}
    longest = {"name": 200, "issuer": LONGEST_ISSUER, "client_id": LONGEST_ID}
    for field, value in required.items():
        if not value or len(value) > longest[field]:
            problems.append(
                Problem(field=field, code="length", message=f"{field}: 1 to {longest[field]} signs")
            )
    addresses = {
        "auth_url": platform.auth_url,
        "jwks_url": platform.jwks_url,
        "token_url": platform.token_url,
        **{f"frame {origin}": origin for origin in platform.frame_origins},
    }
    for field, value in addresses.items():
        if not value and field == "token_url":
            continue  # an LMS without grade and roster services
        if not _is_address(value):
            message = (
                f"{field}: an address that starts with https:// (http:// only on this machine)"
            )
            problems.append(Problem(field=field, code="address", message=message))
    return problems


def _is_address(value: str) -> bool:
    if len(value) > LONGEST_ADDRESS or not value.isascii() or any(c.isspace() for c in value):
        return False
    if set(value) & set(";,'\"<>\\"):
        return False  # it is going to stand in a header
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    local = host in {"localhost", "127.0.0.1"} or host.endswith(".localhost")
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and local))
