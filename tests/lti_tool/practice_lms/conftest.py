"""The practice LMS without a socket, a clock one can turn, and a tool that signs what it likes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lti_tool.practice_lms.keys import load_or_make
from lti_tool.practice_lms.lms import Lms, open_lms
from lti_tool.practice_lms.messages import SCOPES
from tests.lti_tool.practice_lms.other_side import Browser, Clock, Tool

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture(scope="session")
def drawn_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys take a while to draw: two, once."""
    folder = tmp_path_factory.mktemp("keys")
    load_or_make(folder / "lms.pem")
    load_or_make(folder / "tool.pem")
    return folder


@pytest.fixture
def tool(drawn_keys: Path) -> Tool:
    """The tool whose keys the LMS fetches."""
    return Tool(load_or_make(drawn_keys / "tool.pem"))


@pytest.fixture
def clock() -> Clock:
    """The LMS's clock."""
    return Clock()


@pytest.fixture
def lms(tmp_path: Path, drawn_keys: Path, tool: Tool, clock: Clock) -> Lms:
    """A platform with an empty course."""
    shutil.copy(drawn_keys / "lms.pem", tmp_path / "signing-key.pem")
    return open_lms(
        tmp_path, port=8001, tool="http://localhost:8000", fetch=tool.key_set, now=clock
    )


@pytest.fixture
def tess(lms: Lms) -> Browser:
    """The teacher."""
    return Browser(lms).sign_in("tess")


@pytest.fixture
def sam(lms: Lms) -> Browser:
    """A student."""
    return Browser(lms).sign_in("sam")


@pytest.fixture
def sofia(lms: Lms) -> Browser:
    """Another student."""
    return Browser(lms).sign_in("sofia")


@pytest.fixture
def server(lms: Lms) -> Browser:
    """The tool's server, which has no cookie."""
    return Browser(lms)


@pytest.fixture
def assertion(lms: Lms, tool: Tool, clock: Clock) -> Callable[..., dict[str, str]]:
    """The fields of a token request, with claims changed (None: left out)."""

    def make(scope: str = " ".join(SCOPES), **changed: object) -> dict[str, str]:
        claims = {
            "iss": lms.facts.client_id,
            "sub": lms.facts.client_id,
            "aud": lms.facts.token_url,
            "iat": int(clock()),
            "exp": int(clock()) + 60,
            "jti": f"jti {time.monotonic_ns()}",
        } | changed
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": tool.key.sign({k: v for k, v in claims.items() if v is not None}),
            "scope": scope,
        }

    return make


@pytest.fixture
def bearer(
    server: Browser, lms: Lms, assertion: Callable[..., dict[str, str]]
) -> Callable[..., str]:
    """The Authorization header for those scopes."""

    def get(scope: str = " ".join(SCOPES)) -> str:
        answer = server.post(lms.facts.token_url, assertion(scope))
        return f"Bearer {answer.json['access_token']}"

    return get
