"""A platform of a test: it signs real launches, and can be told to get any of it wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.test import Client
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from lti_tool.digest import digest
from lti_tool.models import Deployment, KeySetCache, Registration

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
LEFT_OUT = object()  # a claim given as this is not sent


@cache
def key_named(kid: str) -> rsa.RSAPrivateKey:
    """One key for each name in a run: making one takes longer than a launch."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(kid: str) -> dict[str, Any]:
    jwk = RSAAlgorithm.to_jwk(key_named(kid).public_key(), as_dict=True)
    return {**jwk, "kid": kid, "alg": "RS256", "use": "sig"}


@dataclass
class Platform:
    """Its registration here, and what it would send."""

    issuer: str = "https://lms.example.edu"
    client_id: str = "client-1"
    deployment_id: str = "deployment-1"
    kid: str = "platform-key"
    jwks_url: str = "https://lms.example.edu/jwks"
    row: Registration | None = None
    sent: dict[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return f"{settings.LC_BASE_URL}/lti/launch"

    def register(self, program_id: int | None, *, keys_known: bool = True) -> Platform:
        self.row = Registration.objects.create(
            name=f"LMS of {self.client_id}",
            issuer=self.issuer,
            client_id=self.client_id,
            digest=digest(self.issuer, self.client_id),
            issuer_digest=digest(self.issuer),
            auth_url=f"{self.issuer}/auth",
            token_url=f"{self.issuer}/token",
            jwks_url=self.jwks_url,
        )
        if program_id is not None:
            Deployment.objects.create(
                registration=self.row,
                deployment_id=self.deployment_id,
                digest=digest(self.deployment_id),
                program_id=program_id,
                approved=True,
            )
        if keys_known:
            know_keys(self.jwks_url, [public_jwk(self.kid)], until=timezone.now())
        return self

    def login(self, client: Client, **changes: str) -> tuple[str, str]:
        """The browser comes from the platform; state and nonce that we sent it back with."""
        given = {
            "iss": self.issuer,
            "client_id": self.client_id,
            "login_hint": "ada",
            "target_link_uri": self.target,
            "lti_message_hint": "hint ~1",
        } | changes
        response = client.get("/lti/login", {k: v for k, v in given.items() if v})
        assert response.status_code == 302, response.content.decode()
        query = parse_qs(urlsplit(response.headers["Location"]).query)
        return query["state"][0], query["nonce"][0]

    def claims(self, nonce: str, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A valid learner's launch with these claims changed; short names mean LTI's own."""
        now = int(time.time())
        whole = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "ada-at-lms",
            "exp": now + 60,
            "iat": now,
            "nonce": nonce,
            "name": "Ada Osei",
            "given_name": "Ada",
            "family_name": "Osei",
            "email": "ada@lms.example.edu",
            f"{LTI}version": "1.3.0",
            f"{LTI}message_type": "LtiResourceLinkRequest",
            f"{LTI}deployment_id": self.deployment_id,
            f"{LTI}target_link_uri": self.target,
            f"{LTI}resource_link": {"id": "link-1", "title": "A vision"},
            f"{LTI}context": {"id": "course-1", "label": "EDL 501", "title": "Leading"},
            f"{LTI}roles": [f"{ROLE}Learner"],
            f"{LTI}launch_presentation": {"return_url": f"{self.issuer}/course/1?a=b"},
        }
        for name, value in (changes or {}).items():
            whole[name if name in whole or "/" in name else _long(name)] = value
        return {name: value for name, value in whole.items() if value is not LEFT_OUT}

    def token(self, claims: Mapping[str, Any], **headers: Any) -> str:
        given = {"kid": self.kid} | headers
        sent = {name: value for name, value in given.items() if value is not LEFT_OUT}
        # the claims as they are: PyJWT's own encode would mend or refuse some of them
        body = json.dumps(claims).encode()
        return jwt.api_jws.PyJWS().encode(body, key_named(self.kid), "RS256", headers=sent)

    def launch(self, client: Client, **changes: Any) -> Any:
        """Log-in and answer of one launch; the response to the answer."""
        target = changes.get("target_link_uri", self.target)
        hint = target if isinstance(target, str) else self.target
        state, nonce = self.login(client, target_link_uri=hint)
        token = self.token(self.claims(nonce, changes))
        self.sent = {"state": state, "id_token": token}
        return client.post("/lti/launch", self.sent)

    def visit(self, client: Client, **changes: Any) -> str:
        """The path of the visit that a launch opens, without the slash at the end."""
        response = self.launch(client, **changes)
        assert response.status_code == 302, response.content.decode()
        return str(response.headers["Location"]).rstrip("/")


def know_keys(url: str, keys: list[dict[str, Any]], *, until: datetime) -> None:
    """That key set as if it had been fetched just now."""
    KeySetCache.objects.update_or_create(
        digest=digest(url),
        defaults={
            "url": url,
            "keys": keys,
            "fetched_at": until,
            "tried_at": until,
            "expires_at": until + timedelta(hours=1),
        },
    )


def _long(name: str) -> str:
    plain = {"exp", "iat", "nbf", "azp", "aud", "iss", "sub", "nonce", "email", "name"}
    return name if name in plain else f"{LTI}{name}"
