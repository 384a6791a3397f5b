"""Where the practice LMS and its one tool are, and what each calls the other."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Browsers resolve every name under .localhost to this machine (RFC 6761); Python may not. So
#: people use this name and servers speak to the address.
SITE_HOST = "lms.localhost"
LOOPBACK = "127.0.0.1"
CONTEXT_ID = "course-v1-leading-schools"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a registration consists of, from both sides."""

    port: int
    tool: str  #: the tool's base URL, as browsers use it
    client_id: str
    deployment_id: str

    @property
    def issuer(self) -> str:
        """The platform's name in every message, and its site for browsers."""
        return f"http://{SITE_HOST}:{self.port}"

    @property
    def services(self) -> str:
        """Where servers reach the platform."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def authorize_url(self) -> str:
        """The OIDC authorization endpoint (security 1.0, 5.1.1.2)."""
        return f"{self.issuer}/lti/authorize"

    @property
    def token_url(self) -> str:
        """The OAuth 2 token endpoint (security 1.0, 4.1)."""
        return f"{self.services}/lti/token"

    @property
    def jwks_url(self) -> str:
        """The platform's public keys."""
        return f"{self.services}/lti/jwks"

    @property
    def deep_link_return_url(self) -> str:
        """Where the tool posts what the teacher picked."""
        return f"{self.issuer}/lti/deep-linking"

    @property
    def tool_login_url(self) -> str:
        """The tool's login initiation."""
        return f"{self.tool}/lti/login"

    @property
    def tool_launch_url(self) -> str:
        """The tool's one registered redirect URI."""
        return f"{self.tool}/lti/launch"

    @property
    def tool_jwks_url(self) -> str:
        """The tool's public keys, by the address a server on this machine can resolve."""
        there = urlsplit(self.tool)
        host = there.hostname or ""
        if there.scheme == "http" and (host == "localhost" or host.endswith(".localhost")):
            return f"http://{LOOPBACK}:{there.port or 80}/lti/jwks"
        return f"{self.tool}/lti/jwks"

    def registration(self) -> dict[str, str]:
        """What the tool's side must be told, by plain names."""
        return {
            "issuer": self.issuer,
            "client_id": self.client_id,
            "deployment_id": self.deployment_id,
            "auth_url": self.authorize_url,
            "token_url": self.token_url,
            "jwks_url": self.jwks_url,
        }


def facts(*, folder: Path, port: int, tool: str) -> Facts:
    """The facts of the installation in `folder`; the identifiers are drawn once and kept."""
    path = folder / "registration.json"
    if not path.exists():
        drawn = {
            "client_id": f"practice-{secrets.token_hex(8)}",
            "deployment_id": f"Deployment:{secrets.token_hex(4)}",
        }
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(drawn, indent=2) + "\n")
        partial.replace(path)
    kept = json.loads(path.read_text())
    return Facts(
        port=port,
        tool=tool.rstrip("/"),
        client_id=kept["client_id"],
        deployment_id=kept["deployment_id"],
    )
